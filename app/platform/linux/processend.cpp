// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/processend.h"

#include <QFile>
#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! pidfd_open(2): the handle stays the process's own, whoever gets its number later.
int handleOf(qint64 pid)
{
    return static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
}

} // namespace

//! The handle becomes readable once the process has ended, whether or not its parent has waited for
//! it.
bool hasEnded(qint64 pid, std::chrono::milliseconds patience)
{
    const int handle = handleOf(pid);
    if (handle < 0)
        return errno == ESRCH;
    pollfd end{handle, POLLIN, 0};
    const bool isEnded = poll(&end, 1, static_cast<int>(patience.count())) == 1;
    close(handle);
    return isEnded;
}

//! proc_pid_stat(5), field 22. The name, which comes second, may hold anything but ends with the
//! last bracket.
qint64 startOf(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    constexpr qsizetype field = 22 - 2; // from the blank after the bracket
    return line.sliced(line.lastIndexOf(')') + 1).split(' ').value(field).toLongLong();
}

//! The start is looked at through the number while the handle is open already: where it is right,
//! the handle is that process's.
ProcessStop::ProcessStop(qint64 pid, qint64 started, QObject *parent)
    : QObject(parent)
    , m_handle(pid > 0 && started > 0 ? handleOf(pid) : -1)
{
    if (m_handle >= 0 && startOf(pid) != started)
        close(std::exchange(m_handle, -1));
}

ProcessStop::~ProcessStop()
{
    if (m_handle >= 0)
        close(m_handle);
}

void ProcessStop::begin()
{
    auto *end = new QSocketNotifier(m_handle, QSocketNotifier::Read, this);
    connect(end, &QSocketNotifier::activated, this, [this, end] {
        end->setEnabled(false);
        Q_EMIT ended();
    });
    QTimer::singleShot(patience, this, [this] { send(SIGKILL); });
    send(SIGTERM);
}

//! pidfd_send_signal(2); where the process has ended, it does nothing.
void ProcessStop::send(int signal) const
{
    syscall(SYS_pidfd_send_signal, m_handle, signal, nullptr, 0);
}

} // namespace latchkey
