// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace latchkey::ui {

//! Keeps a window from being made so small that anything in it is cut. Qt by itself gives a window
//! one least height, though texts that wrap need more of it in a narrower window; and where a least
//! width is set, Qt asks no more what the texts need in this language.
class WholeWindow final : public QObject {
    Q_OBJECT
public:
    //! Owned by \a window, which has a layout when it is first shown, and is never smaller than
    //! \a least.
    explicit WholeWindow(QWidget *window, const QSize &least = {});

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void keepWhole();

    QWidget *m_window;
    QSize m_least;
};

} // namespace latchkey::ui
