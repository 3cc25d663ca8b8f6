// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "restart.h"

#include "programs.h"

#include <userenv.h>
#include <wtsapi32.h>

#include <optional>

namespace latchkey::handover {

namespace {

// Of whoever installs, so that nobody else can have something started.
constexpr auto keyName = L"Software\\Latchkey\\Handover";
constexpr auto parentName = L"Software\\Latchkey";
constexpr DWORD longestValue = 65536; //!< in characters

std::wstring nameOf(const std::wstring &file)
{
    return file.substr(file.find_last_of(L'\\') + 1);
}

bool isRestarted(const std::wstring &name)
{
    return name == L"latchkey.exe" || name == L"latchkeyd.exe";
}

//! What follows the program's own name.
std::wstring argumentsOf(const std::wstring &commandLine)
{
    const bool isQuoted = commandLine.starts_with(L'"');
    const auto end = commandLine.find(isQuoted ? L'"' : L' ', isQuoted ? 1 : 0);
    return end == std::wstring::npos ? std::wstring()
                                     : commandLine.substr(end + (isQuoted ? 1 : 0));
}

// "SESSION NAME ARGUMENTS"
std::wstring lineFor(const Program &program)
{
    const std::wstring name = nameOf(program.file);
    std::wstring arguments = argumentsOf(program.commandLine);
    if (name == L"latchkey.exe" && arguments.find(L"--hidden") == std::wstring::npos)
        arguments += L" --hidden";
    return std::to_wstring(program.session) + L' ' + name + arguments;
}

//! Leaves nothing of it in the registry.
void forget()
{
    RegDeleteKeyW(HKEY_CURRENT_USER, keyName);
    DWORD keys = 0;
    DWORD values = 0;
    HKEY key = nullptr;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, parentName, 0, KEY_READ, &key) != ERROR_SUCCESS)
        return;
    RegQueryInfoKeyW(key, nullptr, nullptr, nullptr, &keys, nullptr, nullptr, &values, nullptr,
        nullptr, nullptr, nullptr);
    RegCloseKey(key);
    if (keys == 0 && values == 0)
        RegDeleteKeyW(HKEY_CURRENT_USER, parentName);
}

std::vector<std::wstring> takeKept()
{
    std::vector<std::wstring> lines;
    HKEY key = nullptr;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, keyName, 0, KEY_READ, &key) != ERROR_SUCCESS)
        return lines;
    for (DWORD index = 0;; ++index) {
        std::wstring line(longestValue, L'\0');
        DWORD size = longestValue * sizeof(wchar_t);
        if (RegGetValueW(key, nullptr, std::to_wstring(index).c_str(), RRF_RT_REG_SZ, nullptr,
                line.data(), &size)
            != ERROR_SUCCESS)
            break;
        line.resize(size / sizeof(wchar_t) - 1);
        lines.push_back(line);
    }
    RegCloseKey(key);
    forget();
    return lines;
}

//! The token of the person in \a session; only the system can ask for it.
Handle personIn(DWORD session)
{
    HANDLE token = nullptr;
    return Handle(WTSQueryUserToken(session, &token) ? token : nullptr);
}

//! That of the desktop here, which has not the rights that an administrator's installer may have.
Handle personHere()
{
    DWORD id = 0;
    GetWindowThreadProcessId(GetShellWindow(), &id);
    const Handle shell(id ? OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id) : nullptr);
    HANDLE token = nullptr;
    if (!shell || !OpenProcessToken(shell.get(), TOKEN_DUPLICATE, &token))
        return {};
    const Handle shells(token);
    HANDLE copy = nullptr;
    DuplicateTokenEx(
        shells.get(), MAXIMUM_ALLOWED, nullptr, SecurityImpersonation, TokenPrimary, &copy);
    return Handle(copy);
}

void startAs(HANDLE person, bool isHere, const std::wstring &file, std::wstring commandLine)
{
    constexpr DWORD flags = CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW;
    STARTUPINFOW how{};
    how.cb = sizeof how;
    PROCESS_INFORMATION started{};
    void *environment = nullptr;
    if (person)
        CreateEnvironmentBlock(&environment, person, FALSE);
    BOOL isStarted = FALSE;
    if (person && isHere)
        isStarted = CreateProcessWithTokenW(person, 0, file.c_str(), commandLine.data(), flags,
            environment, nullptr, &how, &started);
    else if (person)
        isStarted = CreateProcessAsUserW(person, file.c_str(), commandLine.data(), nullptr, nullptr,
            FALSE, flags, environment, nullptr, &how, &started);
    if (!isStarted && isHere)
        isStarted = CreateProcessW(file.c_str(), commandLine.data(), nullptr, nullptr, FALSE, flags,
            nullptr, nullptr, &how, &started);
    if (isStarted) {
        CloseHandle(started.hThread);
        CloseHandle(started.hProcess);
    }
    if (environment)
        DestroyEnvironmentBlock(environment);
}

} // namespace

void keep(const std::vector<Program> &programs)
{
    HKEY key = nullptr;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, keyName, 0, nullptr, REG_OPTION_VOLATILE, KEY_WRITE,
            nullptr, &key, nullptr)
        != ERROR_SUCCESS)
        return;
    DWORD index = 0;
    for (const Program &program : programs) {
        if (!isRestarted(nameOf(program.file)))
            continue;
        const std::wstring line = lineFor(program);
        RegSetValueExW(key, std::to_wstring(index++).c_str(), 0, REG_SZ,
            reinterpret_cast<const BYTE *>(line.c_str()),
            static_cast<DWORD>((line.size() + 1) * sizeof(wchar_t)));
    }
    RegCloseKey(key);
}

bool isRestartToCome()
{
    HKEY key = nullptr;
    const bool isThere =
        RegOpenKeyExW(HKEY_CURRENT_USER, keyName, 0, KEY_READ, &key) == ERROR_SUCCESS;
    if (isThere)
        RegCloseKey(key);
    return isThere;
}

void restart(const std::wstring &folder)
{
    DWORD here = 0;
    ProcessIdToSessionId(GetCurrentProcessId(), &here);
    for (const std::wstring &line : takeKept()) {
        const auto space = line.find(L' ');
        const std::wstring command =
            space == std::wstring::npos ? std::wstring() : line.substr(space + 1);
        const std::wstring name = command.substr(0, command.find(L' '));
        if (!isRestarted(name))
            continue;
        const std::wstring file = folder + L'\\' + name;
        const auto session = static_cast<DWORD>(std::wcstoul(line.c_str(), nullptr, 10));
        const bool isHere = session == here;
        const Handle person = isHere ? personHere() : personIn(session);
        startAs(person.get(), isHere, file, L'"' + file + L'"' + command.substr(name.size()));
    }
}

} // namespace latchkey::handover
