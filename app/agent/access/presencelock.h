// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <QObject>

namespace latchkey {

//! Whether programs get no tokens because nobody is at the machine: its screen is locked, or it
//! goes to sleep. Sessions are renewed all the same.
class PresenceLock : public QObject {
    Q_OBJECT
public:
    //! After waking up, desktops need a moment to lock the screen.
    static constexpr Milliseconds wakeUpTime = std::chrono::seconds(5);

    explicit PresenceLock(DeadlineQueue &deadlines, QObject *parent = nullptr);

    [[nodiscard]] bool isLocked() const { return m_isEnabled && isAlone(); }

    //! A setting; on by default.
    void setEnabled(bool isEnabled);
    void setScreenLocked(bool isLocked);
    //! False comes on waking up. It then stays locked for `wakeUpTime`, or longer where the screen
    //! is locked by then.
    void setAsleep(bool isAsleep);

Q_SIGNALS:
    //! isLocked() has become true.
    void locked();
    //! Nobody is at the machine any more, also where the setting is off.
    void left();
    //! isLocked() has become true or false. Comes after left() and locked().
    void changed();

private:
    [[nodiscard]] bool isAlone() const { return m_isScreenLocked || m_isAsleep; }
    void change(bool &fact, bool value);

    DeadlineQueue &m_deadlines;
    Deadline m_awakeAt;
    bool m_isEnabled = true;
    bool m_isScreenLocked = false;
    bool m_isAsleep = false;
};

} // namespace latchkey
