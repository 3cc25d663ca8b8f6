// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <QObject>

namespace latchkey {

//! Whether programs must go without tokens because nobody is at the machine: its screen is locked,
//! or it goes to sleep. Sessions are kept fresh all the same.
class PresenceLock : public QObject {
    Q_OBJECT
public:
    //! A screen that is to be locked after a sleep is locked by then.
    static constexpr Milliseconds wakeUpTime = std::chrono::seconds(5);

    explicit PresenceLock(DeadlineQueue &deadlines, QObject *parent = nullptr);

    [[nodiscard]] bool isLocked() const { return m_isEnabled && isAlone(); }

    //! A setting. On from the beginning.
    void setEnabled(bool isEnabled);
    void setScreenLocked(bool isLocked);
    //! On waking it stays locked for `wakeUpTime`, and then for as long as the screen is.
    void setAsleep(bool isAsleep);

Q_SIGNALS:
    //! Once for each time.
    void locked();
    //! Nobody is at the machine any more, whether that locks anything or not.
    void left();
    //! isLocked() is another than before. After the others.
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
