// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QImage>
#include <QList>
#include <QString>

class QWidget;

namespace latchkey::test {

//! What is to be seen in a window: its picture, and which texts and icons were drawn where.
struct Drawing {
    struct Text {
        QString words;
        QRect place;
        QColor color;
    };
    struct Icon {
        QRect place;
    };

    QImage picture;
    QList<Text> texts;
    QList<Icon> icons;

    [[nodiscard]] static Drawing of(QWidget &window);

    //! The most frequent colour there, which is that of the ground.
    [[nodiscard]] QColor ground(const QRect &place) const;
    //! The same of what is just outside.
    [[nodiscard]] QColor groundAround(const QRect &place) const;
    [[nodiscard]] double contrastOf(const Text &text) const;
    //! Of its strongest colour.
    [[nodiscard]] double contrastOf(const Icon &icon) const;

private:
    [[nodiscard]] QRect inPixels(const QRect &place) const;
};

} // namespace latchkey::test
