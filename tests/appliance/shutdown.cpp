// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "shutdown.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace latchkey::appliance {

using namespace std::chrono_literals;

#ifdef Q_OS_UNIX

namespace {

// A signal handler may do hardly anything but write to a pipe.
int signalPipe[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(signalPipe[1], &byte, 1);
}

// Where that process is our parent, its end is seen by our having another parent: it may still be
// there as a zombie, which kill() takes for alive.
bool isGone(pid_t pid, bool wasParent)
{
    return (wasParent && getppid() != pid) || kill(pid, 0) != 0;
}

} // namespace

void quitOnSignals()
{
    if (pipe(signalPipe) != 0)
        return;
    auto *notifier =
        new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, QCoreApplication::instance());
    QObject::connect(
        notifier, &QSocketNotifier::activated, notifier, [] { QCoreApplication::quit(); });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}

bool quitWithProcess(qint64 process)
{
    const auto pid = static_cast<pid_t>(process);
    const bool isParent = getppid() == pid;
    if (pid <= 0 || isGone(pid, isParent))
        return false;
    auto *timer = new QTimer(QCoreApplication::instance());
    QObject::connect(timer, &QTimer::timeout, timer, [pid, isParent] {
        if (isGone(pid, isParent))
            QCoreApplication::quit();
    });
    // Asked again and again: pidfd_open() needs a newer Linux, and PR_SET_PDEATHSIG comes when the
    // thread ends that started us, though its process lives on.
    timer->start(500ms);
    return true;
}

#else

void quitOnSignals() { }

bool quitWithProcess(qint64)
{
    return false;
}

#endif

} // namespace latchkey::appliance
