// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/process.h"

#include "client/commandline.h"
#include "client/console_windows.h"
#include "client/failures.h"
#include "client/output.h"
#include "client/programsearch_windows.h"
#include "client/wipe.h"
#include "protocol/filepath.h"
#include "protocol/ownprograms.h"
#include "protocol/windows.h"

#include <algorithm>
#include <array>
#include <atomic>

#include <windows.h>

#include <shellapi.h>

namespace latchkey::ctl {

namespace {

using protocol::Handle;
using protocol::narrow;
using protocol::wide;

int lastError()
{
    return static_cast<int>(GetLastError());
}

std::wstring ourFile()
{
    std::wstring file(32768, L'\0'); // the longest path that the system knows
    file.resize(GetModuleFileNameW(nullptr, file.data(), static_cast<DWORD>(file.size())));
    return file;
}

std::string ourFolder()
{
    return protocol::textOf(std::filesystem::path(ourFile()).parent_path());
}

//! Our environment with these variables in it, in the form that CreateProcess wants.
std::wstring environmentWith(const std::vector<std::pair<std::wstring, std::string>> &variables)
{
    std::wstring block;
    for (const auto &[name, value] : variables)
        block += name + L'=' + wide(value) + L'\0';
    wchar_t *ours = GetEnvironmentStringsW();
    for (const wchar_t *entry = ours; *entry != L'\0'; entry += std::wcslen(entry) + 1) {
        const std::wstring_view text(entry);
        const auto isReplaced = [text](const auto &variable) {
            const std::wstring start = variable.first + L'=';
            return text.size() >= start.size()
                && CompareStringOrdinal(text.data(), static_cast<int>(start.size()), start.data(),
                       static_cast<int>(start.size()), TRUE)
                == CSTR_EQUAL;
        };
        if (std::none_of(variables.begin(), variables.end(), isReplaced))
            block.append(text).append(1, L'\0');
    }
    FreeEnvironmentStringsW(ours);
    return block + L'\0';
}

//! The command that runs while we wait for it.
std::atomic<HANDLE> running = nullptr;

//! The system tells every program at the console. It is the command's to say what Ctrl-C means; we
//! end as it ends. When the console goes, we are given until it has ended, too.
BOOL WINAPI leaveToCommand(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
        WaitForSingleObject(running, INFINITE);
    return TRUE;
}

//! So that the command ends if somebody ends us, as if it had our process. What it starts goes on.
HANDLE jobThatEndsWithUs()
{
    const HANDLE job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

struct Outcome {
    int error = 0; //!< why it could not be run, if that is not 0
    int exitCode = 0;
};

Outcome run(const std::string &file, std::string line, std::wstring environment)
{
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION started{};
    const DWORD flags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | CREATE_DEFAULT_ERROR_MODE;
    std::wstring wideLine = wide(line);
    const BOOL isStarted = CreateProcessW(wide(file).c_str(), wideLine.data(), nullptr, nullptr,
        TRUE, flags, environment.data(), nullptr, &start, &started);
    const int error = lastError();
    overwrite(environment.data(), environment.size() * sizeof(wchar_t));
    if (isStarted == 0)
        return {error, 0};
    const Handle process(started.hProcess);
    const Handle thread(started.hThread);
    const Handle job(jobThatEndsWithUs());
    AssignProcessToJobObject(job.get(), process.get());
    running = process.get();
    SetConsoleCtrlHandler(leaveToCommand, TRUE);
    ResumeThread(thread.get());
    WaitForSingleObject(process.get(), INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(process.get(), &code);
    return {0, static_cast<int>(code)};
}

} // namespace

//! The system's own, because those of main() are in a code page that lacks most letters.
std::vector<std::string> programArguments(int /*argc*/, char ** /*argv*/)
{
    int count = 0;
    wchar_t **all = CommandLineToArgvW(GetCommandLineW(), &count);
    std::vector<std::string> arguments;
    for (int i = 1; i < count; ++i)
        arguments.push_back(narrow(all[i]));
    LocalFree(all);
    return arguments;
}

//! A stream that is closed has a handle that is none, and may be that of the next file.
void occupyStandardStreams()
{
    for (const DWORD stream : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
        SetLastError(NO_ERROR);
        if (GetFileType(GetStdHandle(stream)) == FILE_TYPE_UNKNOWN && GetLastError() != NO_ERROR)
            SetStdHandle(stream, INVALID_HANDLE_VALUE);
    }
}

void writeOutput(std::string_view text)
{
    const int error = writeTo(GetStdHandle(STD_OUTPUT_HANDLE), text);
    if (error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA)
        throw OutputClosed();
    if (error != 0)
        throw cannotWrite(error);
}

void closeOutput()
{
    CloseHandle(GetStdHandle(STD_OUTPUT_HANDLE));
    SetStdHandle(STD_OUTPUT_HANDLE, INVALID_HANDLE_VALUE);
}

std::size_t readInput(std::span<char> chunk)
{
    DWORD got = 0;
    if (ReadFile(GetStdHandle(STD_INPUT_HANDLE), chunk.data(), static_cast<DWORD>(chunk.size()),
            &got, nullptr)
            == 0
        && GetLastError() != ERROR_BROKEN_PIPE)
        throw cannotRead(lastError());
    return got;
}

//! Not that of std::system_category(), which is in the code page of the user's language.
std::string systemMessage(int error)
{
    std::array<wchar_t, 1024> text{};
    const DWORD size =
        FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr,
            static_cast<DWORD>(error), 0, text.data(), static_cast<DWORD>(text.size()), nullptr);
    std::wstring_view sentence(text.data(), size);
    sentence = sentence.substr(0, sentence.find_last_not_of(L". \r\n") + 1);
    std::string message = sentence.empty() ? "error " + std::to_string(error) : narrow(sentence);
    // Stands for the file's name, which the reader has been told.
    if (const auto name = message.find("%1"); name != std::string::npos)
        message.replace(name, 2, "…");
    return message;
}

void writeError(std::string_view text)
{
    static_cast<void>(writeTo(GetStdHandle(STD_ERROR_HANDLE), text));
}

int becomeCommand(
    const std::vector<std::string> &command, const std::string &token, const std::string &server)
{
    constexpr int cannotBeRun = 126;
    constexpr int isNotThere = 127;
    const auto program = foundProgram(command.front());
    if (!program) {
        writeError(errorLine(cannotRun(command.front(), ERROR_FILE_NOT_FOUND).what()));
        return isNotThere;
    }
    std::vector<std::string> found = command;
    found.front() = program->file;
    std::string line = program->isBatch ? batchLineOf(found) : commandLineOf(found);
    if (line.empty()) {
        writeError(errorLine(unsafeForBatch(command.front()).what()));
        return cannotBeRun;
    }
    const Outcome outcome = run(program->file, std::move(line),
        environmentWith({{L"LATCHKEY_TOKEN", token}, {L"LATCHKEY_SERVER", server}}));
    if (outcome.error == 0)
        return outcome.exitCode;
    writeError(errorLine(cannotRun(command.front(), outcome.error).what()));
    return cannotBeRun;
}

void becomeHelper(const std::string &name, const std::vector<std::string> &arguments)
{
    const auto places = protocol::placesOf(name, ourFolder());
    if (places.empty())
        throw cannotFind(name);
    std::vector<std::string> command{places.front()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Outcome outcome = run(command.front(), commandLineOf(command), environmentWith({}));
    if (outcome.error != 0)
        throw cannotRun(command.front(), outcome.error);
    ExitProcess(static_cast<UINT>(outcome.exitCode));
}

bool isOurProgram(const std::string &path)
{
    const auto isSame = [file = wide(path)](const std::wstring &other) {
        return CompareStringOrdinal(file.c_str(), -1, other.c_str(), -1, TRUE) == CSTR_EQUAL;
    };
    const auto ours = protocol::goBetweens(ourFolder());
    return isSame(ourFile())
        || std::any_of(ours.begin(), ours.end(),
            [&](const std::string &other) { return isSame(wide(other)); });
}

} // namespace latchkey::ctl
