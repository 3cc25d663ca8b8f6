// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/terminal.h"

#include "client/console_windows.h"
#include "client/failures.h"
#include "client/wipe.h"
#include "protocol/windows.h"

#include <array>
#include <atomic>
#include <utility>

#include <windows.h>

namespace latchkey::ctl {

namespace {

//! What the console is set to while nothing is hidden, for a Ctrl-C that ends us.
struct Before {
    HANDLE console = nullptr;
    DWORD mode = 0;
};
std::atomic<const Before *> hidden = nullptr;

//! On a thread of the system's own. It ends the program after this.
BOOL WINAPI restoreConsole(DWORD /*event*/)
{
    if (const Before *before = hidden)
        SetConsoleMode(before->console, before->mode);
    return FALSE;
}

//! While this object exists, typing is not shown, and the console keeps it out of its history.
class HiddenTyping {
public:
    explicit HiddenTyping(HANDLE console)
        : m_before{console}
    {
        if (GetConsoleMode(console, &m_before.mode) == 0)
            throw cannotHide();
        hidden = &m_before;
        SetConsoleCtrlHandler(restoreConsole, TRUE);
        const DWORD mode = m_before.mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT);
        if (SetConsoleMode(console, mode | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT) == 0)
            throw cannotHide();
    }
    ~HiddenTyping()
    {
        SetConsoleMode(m_before.console, m_before.mode);
        SetConsoleCtrlHandler(restoreConsole, FALSE);
        hidden = nullptr;
    }
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    Before m_before;
};

//! Without the line's end. Nothing at the end of input or on an error. A Ctrl-C ends the program.
std::optional<std::string> readLineFrom(HANDLE console)
{
    constexpr wchar_t endOfInput = 0x1a; // Ctrl-Z at the beginning of a line
    std::wstring line;
    std::array<wchar_t, 4096> chunk{};
    line.reserve(chunk.size()); // on the heap even if short, so that moves leave no copy behind
    DWORD got = 1;
    while (got > 0 && !line.ends_with(L'\n')) {
        if (ReadConsoleW(console, chunk.data(), static_cast<DWORD>(chunk.size()), &got, nullptr)
            == 0)
            got = 0;
        line.append(chunk.data(), got);
    }
    overwrite(chunk.data(), chunk.size() * sizeof(wchar_t));
    if (got == 0 || line.front() == endOfInput)
        return std::nullopt;
    while (line.ends_with(L'\n') || line.ends_with(L'\r'))
        line.pop_back();
    std::string text = protocol::narrow(line);
    overwrite(line.data(), line.size() * sizeof(wchar_t));
    return text;
}

std::string answerTo(HANDLE input, HANDLE output, std::string_view question, bool isHidden)
{
    std::optional<HiddenTyping> typing;
    if (isHidden)
        typing.emplace(input);
    static_cast<void>(writeTo(output, question));
    auto answer = readLineFrom(input);
    if (isHidden || !answer)
        static_cast<void>(writeTo(output, "\n")); // the newline that was typed was not shown
    if (!answer)
        throw cancelled();
    return std::move(*answer);
}

HANDLE opened(const wchar_t *name)
{
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
        nullptr, OPEN_EXISTING, 0, nullptr);
}

} // namespace

//! The console, whatever stdout is.
struct Terminal::Device {
    protocol::Handle input{opened(L"CONIN$")};
    protocol::Handle output{opened(L"CONOUT$")};
};

std::optional<Terminal> Terminal::open()
{
    if (!isConsole(GetStdHandle(STD_INPUT_HANDLE)))
        return std::nullopt;
    auto device = std::make_unique<Device>();
    if (!device->input || !device->output)
        return std::nullopt;
    return Terminal(std::move(device));
}

Terminal::Terminal(std::unique_ptr<Device> device)
    : m_device(std::move(device))
{
}

Terminal::Terminal(Terminal &&other) noexcept = default;
Terminal::~Terminal() = default;

void Terminal::say(std::string_view text) const
{
    static_cast<void>(writeTo(m_device->output.get(), text));
}

std::string Terminal::ask(std::string_view question) const
{
    return answerTo(m_device->input.get(), m_device->output.get(), question, false);
}

std::string Terminal::askHidden(std::string_view question) const
{
    return answerTo(m_device->input.get(), m_device->output.get(), question, true);
}

bool Terminal::confirm(std::string_view question) const
{
    FlushConsoleInputBuffer(m_device->input.get());
    const std::string answer = ask(question);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace latchkey::ctl
