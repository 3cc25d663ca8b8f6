// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>

class QClipboard;
class QMimeData;
class QWidget;

namespace latchkey::ui {

//! Puts things on the desktop's clipboard and takes them back. Never asks the program that has the
//! clipboard for anything: it may not answer, and Qt would wait for it for seconds.
class DesktopClipboard final : public QObject {
    Q_OBJECT
public:
    //! What shows that a copy has come to the clipboard.
    enum class Proof {
        Owner, //!< the desktop says at once whose the clipboard is, as on X11
        //! Wayland takes copies from the window with the keyboard only, and tells that window of
        //! the new clipboard. Where no window of ours has the keyboard, a small one gets it for a
        //! moment.
        Echo,
    };

    DesktopClipboard(QClipboard &clipboard, Proof proof,
        std::chrono::milliseconds patience = std::chrono::seconds(2), QObject *parent = nullptr);
    ~DesktopClipboard() override;

    //! arrived() or refused() follows, perhaps at once, unless another put() comes first.
    void put(std::unique_ptr<QMimeData> data);
    //! Takes back what was put last, if it is still there.
    void clear();

Q_SIGNALS:
    void arrived();
    //! The desktop did not take it. Nothing is left of it.
    void refused();

private:
    void set();
    void askForFocus();
    void onFocusChanged();
    void onChanged();
    void finish(bool hasArrived);
    [[nodiscard]] bool isOurs() const;

    QClipboard &m_clipboard;
    Proof m_proof;
    QTimer m_giveUp;
    //! Waits for a window with the keyboard.
    std::unique_ptr<QMimeData> m_waiting;
    QPointer<QMimeData> m_put;
    std::unique_ptr<QWidget> m_window;
};

} // namespace latchkey::ui
