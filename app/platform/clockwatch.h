// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

class QSocketNotifier;

namespace latchkey {

//! Reports when somebody sets the wall clock, and on Linux also when the machine wakes up. Where
//! the system cannot tell, jumped() is never emitted; the clock is looked at once a minute anyway.
class ClockWatch : public QObject {
    Q_OBJECT
public:
    explicit ClockWatch(QObject *parent = nullptr);
    ~ClockWatch() override;

Q_SIGNALS:
    void jumped();

private:
    void arm();
    void onReadable();

    int m_timer = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace latchkey
