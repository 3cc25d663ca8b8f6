// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/validityline.h"

#include <QCoreApplication>
#include <QFont>
#include <QRect>
#include <QString>

class QPainter;
class QPalette;

namespace latchkey::ui {

//! What the signs on a ValidityLine look like, and what they mean: a sample and a few words for
//! each that is on it, side by side, in as many lines as they need.
class ValidityLegend {
    Q_DECLARE_TR_FUNCTIONS(ValidityLegend)
public:
    enum class Sign { Good, Foreseen, Refresh, Outage, Sleep, SignInEnd };

    ValidityLegend() = default;
    ValidityLegend(const ValidityLine &line, const QFont &font);

    [[nodiscard]] const QList<Sign> &signs() const { return m_signs; }
    //! In pixels, in that width.
    [[nodiscard]] int heightFor(int width) const;
    void paint(QPainter &painter, const QRect &place, const QPalette &palette) const;

    //! Fills that part of a bar, or marks its middle.
    static void paintSign(
        QPainter &painter, Sign sign, const QRectF &place, const QPalette &palette);
    //! In which the sign of what is foreseen begins.
    [[nodiscard]] static QColor foreseenColor(const QPalette &palette);

private:
    struct Entry {
        Sign sign;
        QString words;
        QRect place;
    };
    [[nodiscard]] static QString wordsFor(Sign sign);
    [[nodiscard]] QList<Entry> entries(int width) const;

    QList<Sign> m_signs;
    QFont m_font;
};

} // namespace latchkey::ui
