// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

#include "client/commandline.h"
#include "client/process.h"
#include "protocol/windows.h"

#include <algorithm>

#include <windows.h>

namespace latchkey::test {

namespace {

HANDLE opened(const wchar_t *name)
{
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
        &inherited, OPEN_EXISTING, 0, nullptr);
}

//! What stands on the screen, without blank lines and blanks at the ends of lines.
std::string screenOf(HANDLE output)
{
    CONSOLE_SCREEN_BUFFER_INFO info{};
    GetConsoleScreenBufferInfo(output, &info);
    std::string screen;
    for (SHORT row = 0; row <= info.dwCursorPosition.Y; ++row) {
        std::wstring line(static_cast<std::size_t>(info.dwSize.X), L' ');
        DWORD got = 0;
        ReadConsoleOutputCharacterW(
            output, line.data(), static_cast<DWORD>(line.size()), {0, row}, &got);
        line.erase(line.find_last_not_of(L' ') + 1);
        if (!line.empty())
            screen += protocol::narrow(line) + "\n";
    }
    return screen;
}

void press(HANDLE input, wchar_t character)
{
    INPUT_RECORD record{};
    record.EventType = KEY_EVENT;
    record.Event.KeyEvent.bKeyDown = TRUE;
    record.Event.KeyEvent.wRepeatCount = 1;
    record.Event.KeyEvent.uChar.UnicodeChar = character;
    record.Event.KeyEvent.wVirtualKeyCode = character == L'\r' ? VK_RETURN : 0;
    DWORD written = 0;
    WriteConsoleInputW(input, &record, 1, &written);
    record.Event.KeyEvent.bKeyDown = FALSE;
    WriteConsoleInputW(input, &record, 1, &written);
}

//! Looks until the text is on the screen, or the program has ended.
bool waitFor(HANDLE output, const std::string &text, HANDLE process)
{
    do {
        if (screenOf(output).find(text) != std::string::npos)
            return true;
    } while (WaitForSingleObject(process, 20) == WAIT_TIMEOUT);
    return false;
}

PROCESS_INFORMATION started(const Arguments &command, HANDLE input, HANDLE output)
{
    std::wstring line = protocol::wide(ctl::commandLineOf(command));
    STARTUPINFOW start{};
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = input;
    start.hStdOutput = output;
    start.hStdError = output;
    PROCESS_INFORMATION process{};
    CreateProcessW(
        nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &process);
    return process;
}

} // namespace

int showConsole(const Arguments &arguments)
{
    const HANDLE report = GetStdHandle(STD_OUTPUT_HANDLE);
    FreeConsole();
    AllocConsole();
    const HANDLE input = opened(L"CONIN$");
    const HANDLE output = opened(L"CONOUT$");
    SetConsoleCtrlHandler([](DWORD) -> BOOL { return TRUE; }, TRUE);
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    const PROCESS_INFORMATION process =
        started({dashes + (dashes == arguments.end() ? 0 : 1), arguments.end()}, input, output);
    for (auto step = arguments.begin(); step < dashes - 1; step += 2) {
        if (!waitFor(output, *step, process.hProcess))
            break;
        if (step[1] == "^C")
            GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
        else
            for (const wchar_t character : protocol::wide(step[1] + "\r"))
                press(input, character);
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(process.hProcess, &code);
    DWORD mode = 0;
    GetConsoleMode(input, &mode);
    SetStdHandle(STD_OUTPUT_HANDLE, report);
    ctl::writeOutput(screenOf(output) + "code " + std::to_string(code) + "\n"
        + ((mode & ENABLE_ECHO_INPUT) != 0 ? "typing is shown\n" : "typing is hidden\n"));
    return 0;
}

} // namespace latchkey::test
