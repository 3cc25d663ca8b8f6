// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

namespace latchkey {

//! Tells when the machine goes to sleep and wakes up, and lets it sleep only once what is under
//! way has ended, where the system grants that: on Linux logind, for 5 seconds by default.
class SleepWatch : public QObject {
    Q_OBJECT
public:
    explicit SleepWatch(QObject *parent = nullptr);
    ~SleepWatch() override;

    //! The answer to aboutToSleep(): we are ready.
    void letSleep();

Q_SIGNALS:
    void aboutToSleep();
    void wokeUp();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
