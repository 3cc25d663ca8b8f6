// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <chrono>

namespace latchkey {

//! Whether the process, with everything that it held, has ended or ends within \a patience. False
//! if there is no way to tell. Blocks, so it is only for the start of a program.
[[nodiscard]] bool hasEnded(
    qint64 pid, std::chrono::milliseconds patience = std::chrono::milliseconds::zero());

//! When the process was started, by a clock of the system's own, which tells it from others that
//! get its number before the next boot. 0 if there is no way to tell.
[[nodiscard]] qint64 startOf(qint64 pid);

//! Ends one process: asks it to, and after `patience` does not ask any more. Exactly one ended()
//! follows begin(), from the event loop.
class ProcessStop : public QObject {
    Q_OBJECT
public:
    //! Latchkey itself takes five seconds at most.
    static constexpr std::chrono::seconds patience{8};

    //! \a started is as of startOf().
    ProcessStop(qint64 pid, qint64 started, QObject *parent = nullptr);
    ~ProcessStop() override;

    //! The process is there, and is the one that was started then. It cannot become another any
    //! more.
    [[nodiscard]] bool isPossible() const { return m_handle >= 0; }
    void begin();

Q_SIGNALS:
    void ended();

private:
    void send(int signal) const;

    int m_handle = -1;
};

} // namespace latchkey
