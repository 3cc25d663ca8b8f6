// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/closedchild.h"

#include "platform/hardening.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <span>

#include <link.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace latchkey {

namespace {

constexpr std::array handedOn{SIGTERM, SIGINT, SIGHUP};

volatile std::sig_atomic_t theChild = 0; // for the signal handler

//! Whether a debugger or the like is attached. None can attach once the process is hardened.
bool isTraced()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        long tracer = 0;
        if (word == "TracerPid:" && status >> tracer)
            return tracer != 0;
    }
    return false;
}

//! Without SA_RESTART, so that a signal also interrupts what \a meanwhile is waiting for.
void handSignalsOn(pid_t child)
{
    theChild = child;
    struct sigaction action{};
    action.sa_handler = [](int number) {
        kill(theChild, number);
    };
    for (const int number : handedOn)
        sigaction(number, &action, nullptr);
}

//! Stops forwarding signals before the child's number is released and another process can get it.
int statusOf(pid_t child)
{
    siginfo_t end{};
    while (waitid(P_PID, static_cast<id_t>(child), &end, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
    for (const int number : handedOn)
        std::signal(number, SIG_IGN);
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

[[noreturn]] void endAs(pid_t child)
{
    const int status = statusOf(child);
    if (WIFEXITED(status))
        std::exit(WEXITSTATUS(status));
    std::signal(WTERMSIG(status), SIG_DFL);
    std::raise(WTERMSIG(status));
    std::abort(); // in case the signal did not end the process
}

} // namespace

//! prctl(2): the child inherits that it is not dumpable, and its memory is not its parent's.
std::optional<std::string> workInClosedChild(
    int lastSignal, const std::function<void(int child)> &meanwhile)
{
    hardenProcess();
    if (isTraced()) {
        return "Another program, such as a debugger, watches this one and would see its secrets. "
               "Start it without.";
    }
    std::signal(SIGCHLD, SIG_DFL); // if SIGCHLD were ignored, the child's exit status would be lost
    const pid_t started = getpid();
    const pid_t child = fork();
    if (child < 0)
        return std::string("There is no second process to be had: ") + std::strerror(errno) + ".";
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, lastSignal);
        if (getppid() != started)
            std::_Exit(EXIT_FAILURE); // the parent had already ended
        return {};
    }
    handSignalsOn(child);
    if (meanwhile)
        meanwhile(child);
    endAs(child);
}

//! Pages that nobody writes to are read from disk again when they are needed.
void giveCodeBack(int)
{
    const auto give = [](dl_phdr_info *object, std::size_t, void *) {
        const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
        for (const auto &part : std::span(object->dlpi_phdr, object->dlpi_phnum)) {
            if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0)
                continue;
            const std::uintptr_t begin = object->dlpi_addr + part.p_vaddr;
            const std::uintptr_t whole = begin / page * page;
            madvise(reinterpret_cast<void *>(whole), part.p_memsz + begin - whole, MADV_DONTNEED);
        }
        return 0;
    };
    dl_iterate_phdr(give, nullptr);
}

int startedProcess()
{
    return getppid();
}

} // namespace latchkey
