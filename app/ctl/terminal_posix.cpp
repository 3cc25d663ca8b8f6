// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/terminal.h"

#include "client/failures.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

namespace latchkey::ctl {

namespace {

volatile std::sig_atomic_t caughtSignal = 0;

void remember(int number)
{
    caughtSignal = number;
}

bool isStop(int number)
{
    return number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
}

//! While this object exists, signals that end or stop us are only recorded. They are delivered only
//! while waitForInput() waits, so none can slip in just before it. SIGTTIN and SIGTTOU are caused
//! by our own calls and may arrive at any time.
class CaughtSignals {
public:
    CaughtSignals()
    {
        caughtSignal = 0;
        sigset_t held;
        sigemptyset(&held);
        struct sigaction action{};
        action.sa_handler = remember; // no SA_RESTART: a signal must interrupt system calls
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            sigaction(numbers[i], nullptr, &m_before[i]);
            // A signal that our caller ignores (nohup) stays ignored.
            if (m_before[i].sa_handler != SIG_IGN)
                sigaction(numbers[i], &action, nullptr);
            if (numbers[i] != SIGTTIN && numbers[i] != SIGTTOU)
                sigaddset(&held, numbers[i]);
        }
        sigprocmask(SIG_BLOCK, &held, &m_maskBefore);
    }
    ~CaughtSignals()
    {
        for (std::size_t i = 0; i < numbers.size(); ++i)
            sigaction(numbers[i], &m_before[i], nullptr);
        sigprocmask(SIG_SETMASK, &m_maskBefore, nullptr);
    }
    CaughtSignals(const CaughtSignals &) = delete;
    CaughtSignals &operator=(const CaughtSignals &) = delete;

    //! False if a signal came instead.
    [[nodiscard]] bool waitForInput(int descriptor) const
    {
        pollfd terminal{descriptor, POLLIN, 0};
        while (ppoll(&terminal, 1, nullptr, &m_maskBefore) < 0)
            if (errno != EINTR || caughtSignal != 0)
                return false;
        return true;
    }

private:
    static constexpr std::array numbers{
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU};
    std::array<struct sigaction, numbers.size()> m_before{};
    sigset_t m_maskBefore{};
};

//! While this object exists, typing is not shown.
class HiddenTyping {
public:
    explicit HiddenTyping(int descriptor)
        : m_descriptor(descriptor)
    {
        if (tcgetattr(descriptor, &m_before) != 0)
            throw cannotHide();
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
        // If a signal came, askOnce() handles it and asks nothing.
        while (caughtSignal == 0 && tcsetattr(descriptor, TCSAFLUSH, &hidden) != 0)
            if (errno != EINTR)
                throw cannotHide();
    }
    ~HiddenTyping()
    {
        while (tcsetattr(m_descriptor, TCSAFLUSH, &m_before) != 0 && errno == EINTR
            && caughtSignal != SIGTTOU) { }
    }
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    int m_descriptor;
    termios m_before{};
};

void writeTo(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written <= 0)
            return; // a signal, or the terminal is gone: the read that follows will tell
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

//! Nothing at the end of input, on a signal or on an error. The terminal delivers whole lines.
std::optional<std::string> readLineFrom(int descriptor, const CaughtSignals &signals)
{
    std::string line;
    std::array<char, 4096> chunk{};
    line.reserve(chunk.size()); // on the heap even if short, so that moves leave no copy behind
    ssize_t got = 1;
    while (got > 0 && !line.ends_with('\n')) {
        got = signals.waitForInput(descriptor) ? read(descriptor, chunk.data(), chunk.size()) : 0;
        line.append(chunk.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }
    explicit_bzero(chunk.data(), chunk.size());
    if (got <= 0)
        return std::nullopt;
    line.pop_back();
    return line;
}

std::optional<std::string> askOnce(int descriptor, std::string_view question, bool hidden)
{
    const CaughtSignals signals;
    std::optional<HiddenTyping> typing;
    if (hidden)
        typing.emplace(descriptor);
    if (caughtSignal != 0)
        return std::nullopt;
    writeTo(descriptor, question);
    auto answer = readLineFrom(descriptor, signals);
    if (hidden || !answer)
        writeTo(descriptor, "\n"); // the newline that was typed was not shown
    return answer;
}

std::string askUntilAnswered(int descriptor, std::string_view question, bool hidden)
{
    for (;;) {
        if (auto answer = askOnce(descriptor, question, hidden))
            return std::move(*answer);
        const int number = caughtSignal;
        if (number != 0)
            raise(number); // the terminal is restored; most signals end us here
        if (!isStop(number))
            throw cancelled();
    }
}

} // namespace

//! Of /dev/tty, which is there whatever stdin and stdout are.
struct Terminal::Device {
    explicit Device(int opened)
        : descriptor(opened)
    {
    }
    ~Device() { close(descriptor); }
    Device(const Device &) = delete;
    Device &operator=(const Device &) = delete;

    int descriptor;
};

std::optional<Terminal> Terminal::open()
{
    if (isatty(STDIN_FILENO) == 0)
        return std::nullopt;
    const int descriptor = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return std::nullopt;
    return Terminal(std::make_unique<Device>(descriptor));
}

Terminal::Terminal(std::unique_ptr<Device> device)
    : m_device(std::move(device))
{
}

Terminal::Terminal(Terminal &&other) noexcept = default;
Terminal::~Terminal() = default;

void Terminal::say(std::string_view text) const
{
    writeTo(m_device->descriptor, text);
}

std::string Terminal::ask(std::string_view question) const
{
    return askUntilAnswered(m_device->descriptor, question, false);
}

std::string Terminal::askHidden(std::string_view question) const
{
    return askUntilAnswered(m_device->descriptor, question, true);
}

bool Terminal::confirm(std::string_view question) const
{
    tcflush(m_device->descriptor, TCIFLUSH);
    const std::string answer = ask(question);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace latchkey::ctl
