// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QWidget;

namespace latchkey::ui {

//! Drops what is typed into a window that comes up unasked: a person who types elsewhere at that
//! moment means another window, and must not press a button here, or leave a password. Ends with
//! the first click in the window, or once nothing has been typed for `quiet`. It belongs to the
//! window.
class TypingGuard final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds quiet{700};

    explicit TypingGuard(QWidget *window);

    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void wait();
    [[nodiscard]] bool isOfWindow(const QObject *object) const;

    QElapsedTimer m_waiting;
    QTimer m_quiet;
};

} // namespace latchkey::ui
