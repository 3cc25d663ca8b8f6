// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Reports when the machine goes to sleep and when it wakes up. Delays the sleep until work under
//! way has ended, if the system allows that: on Linux logind does, for 5 seconds by default.
class SleepWatch : public QObject {
    Q_OBJECT
public:
    explicit SleepWatch(QObject *parent = nullptr);
    ~SleepWatch() override;

    //! The answer to aboutToSleep(): Latchkey is ready.
    void letSleep();

Q_SIGNALS:
    void aboutToSleep();
    void wokeUp();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
