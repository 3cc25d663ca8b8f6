// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "programs.h"

#include "platform/windows/endevent.h"

#include <tlhelp32.h>
#include <winternl.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace latchkey::handover {

namespace {

constexpr DWORD patience = 10000; //!< in milliseconds

std::wstring fileOf(HANDLE process)
{
    std::wstring file(32768, L'\0');
    auto length = static_cast<DWORD>(file.size());
    if (!QueryFullProcessImageNameW(process, 0, file.data(), &length))
        return {};
    file.resize(length);
    return file;
}

// Its own call, because the headers of older compilers lack the number.
std::wstring commandLineOf(HANDLE process)
{
    constexpr auto processCommandLine = static_cast<PROCESSINFOCLASS>(60);
    ULONG size = 0;
    NtQueryInformationProcess(process, processCommandLine, nullptr, 0, &size);
    std::vector<wchar_t> buffer(size / sizeof(wchar_t) + 1);
    size = static_cast<ULONG>(buffer.size() * sizeof(wchar_t));
    if (NtQueryInformationProcess(process, processCommandLine, buffer.data(), size, &size) != 0)
        return {};
    const auto *text = reinterpret_cast<const UNICODE_STRING *>(buffer.data());
    return {text->Buffer, text->Length / sizeof(wchar_t)};
}

bool isBelow(const std::wstring &file, const std::wstring &folder)
{
    return file.size() > folder.size() && file[folder.size()] == L'\\'
        && CompareStringOrdinal(file.data(), static_cast<int>(folder.size()), folder.data(),
               static_cast<int>(folder.size()), TRUE)
        == CSTR_EQUAL;
}

Program programOf(DWORD id)
{
    constexpr DWORD wanted = PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE;
    Program program;
    program.process.reset(OpenProcess(wanted | PROCESS_TERMINATE, FALSE, id));
    if (!program.process)
        program.process.reset(OpenProcess(wanted, FALSE, id));
    if (!program.process)
        return program;
    program.id = id;
    ProcessIdToSessionId(id, &program.session);
    program.file = fileOf(program.process.get());
    return program;
}

} // namespace

std::vector<Program> programsIn(const std::wstring &folder)
{
    std::vector<Program> programs;
    const Handle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL found = Process32FirstW(snapshot.get(), &entry); found;
        found = Process32NextW(snapshot.get(), &entry)) {
        Program program = programOf(entry.th32ProcessID);
        if (!isBelow(program.file, folder) || program.file.ends_with(L"\\latchkeyctl.exe"))
            continue;
        program.commandLine = commandLineOf(program.process.get());
        programs.push_back(std::move(program));
    }
    return programs;
}

void end(const std::vector<Program> &programs)
{
    for (const Program &program : programs) {
        const Handle asked(OpenEventW(EVENT_MODIFY_STATE, FALSE, endEventName(program.id).c_str()));
        if (!asked || !SetEvent(asked.get()))
            TerminateProcess(program.process.get(), 1);
    }
    const ULONGLONG latest = GetTickCount64() + patience;
    for (const Program &program : programs) {
        const ULONGLONG now = GetTickCount64();
        const DWORD left = now < latest ? static_cast<DWORD>(latest - now) : 0;
        if (WaitForSingleObject(program.process.get(), left) != WAIT_TIMEOUT)
            continue;
        TerminateProcess(program.process.get(), 1);
        WaitForSingleObject(program.process.get(), patience);
    }
}

} // namespace latchkey::handover
