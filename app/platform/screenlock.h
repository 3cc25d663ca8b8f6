// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Tells whether the user's screen is locked, according to logind (for the user's session) and to
//! the desktop's screen saver. Unlocked if there is neither, as on a server.
class ScreenLock : public QObject {
    Q_OBJECT
public:
    explicit ScreenLock(QObject *parent = nullptr);
    ~ScreenLock() override;

Q_SIGNALS:
    //! Also emitted soon after the start if the screen is already locked.
    void changed(bool isLocked);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
