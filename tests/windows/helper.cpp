// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "helper.h"

#include "client/commandline.h"
#include "client/process.h"
#include "protocol/windows.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

#include <windows.h>

namespace latchkey::test {

namespace {

using nlohmann::json;

//! `tell [ARGUMENT…]`: prints how this program was called, by the two ways in which programs learn
//! it, and by whom.
int tell(const Arguments &arguments, int argc, char **argv)
{
    json told{{"system", arguments}, {"library", Arguments(argv + 2, argv + argc)},
        {"user", protocol::ourUser()}};
    for (const auto *name : {L"LATCHKEY_TOKEN", L"LATCHKEY_SERVER", L"LATCHKEY_TEST"})
        told[protocol::narrow(name)] = protocol::environmentVariable(name);
    // The library's are in a code page that lacks most letters.
    ctl::writeOutput(told.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
    return 0;
}

HANDLE wasTold = nullptr;

//! `await`: says `waits`, and ends with 42 as soon as it is told to by Ctrl-C.
int awaitControl()
{
    wasTold = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    const auto handler = [](DWORD event) -> BOOL {
        if (event == CTRL_C_EVENT)
            SetEvent(wasTold);
        return TRUE;
    };
    SetConsoleCtrlHandler(handler, TRUE);
    ctl::writeOutput("waits\n");
    WaitForSingleObject(wasTold, INFINITE);
    ctl::writeOutput("told\n");
    return 42;
}

//! `code COMMAND…`: runs a command and prints its whole exit code, of which Linux sees eight bits.
int printCode(const Arguments &arguments)
{
    std::wstring line = protocol::wide(ctl::commandLineOf(arguments));
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION started{};
    if (CreateProcessW(
            nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &started)
        == 0)
        return 1;
    WaitForSingleObject(started.hProcess, INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(started.hProcess, &code);
    ctl::writeOutput("code " + std::to_string(code) + "\n");
    return 0;
}

int run(const std::string &command, const Arguments &arguments, int argc, char **argv)
{
    if (command == "pipe")
        return servePipe(arguments);
    if (command == "console")
        return showConsole(arguments);
    if (command == "tell")
        return tell(arguments, argc, argv);
    if (command == "await")
        return awaitControl();
    if (command == "code")
        return printCode(arguments);
    if (command == "exit") // with all 32 bits
        ExitProcess(static_cast<UINT>(std::stoul(arguments.front())));
    ctl::writeError("no such command\n");
    return 2;
}

} // namespace

} // namespace latchkey::test

extern "C" int _CRT_glob =
    0; // MinGW's library, as no other, would look for files whose names fit *

int main(int argc, char **argv)
{
    using namespace latchkey;
    auto arguments = ctl::programArguments(argc, argv);
    if (arguments.empty())
        return 2;
    const std::string command = arguments.front();
    arguments.erase(arguments.begin());
    return test::run(command, arguments, argc, argv);
}
