// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

// What the installer has done around its own work, which Windows Installer cannot do by itself. Not
// installed.
//
//   handover end FOLDER    ends what runs there
//   handover stop FOLDER   the same, and keeps in mind what that was
//   handover start FOLDER  starts that again
//   handover leave FOLDER  takes the person's own autostart entry away, if it is for one of these
//   handover farewell      says what stays

#include "programs.h"
#include "restart.h"

#include <shellapi.h>
#include <shlobj.h>
#include <windows.h>

#include <string>

namespace latchkey::handover {

namespace {

constexpr auto runKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Run";
constexpr auto runName = L"Latchkey";

void stop(const std::wstring &folder)
{
    const std::vector<Program> programs = programsIn(folder);
    keep(programs);
    end(programs);
}

void leave(const std::wstring &folder)
{
    std::wstring command(32768, L'\0');
    auto size = static_cast<DWORD>(command.size() * sizeof(wchar_t));
    if (RegGetValueW(
            HKEY_CURRENT_USER, runKey, runName, RRF_RT_REG_SZ, nullptr, command.data(), &size)
        != ERROR_SUCCESS)
        return;
    const std::size_t start = command.starts_with(L'"') ? 1 : 0;
    if (CompareStringOrdinal(command.data() + start, static_cast<int>(folder.size()), folder.data(),
            static_cast<int>(folder.size()), TRUE)
        == CSTR_EQUAL)
        RegDeleteKeyValueW(HKEY_CURRENT_USER, runKey, runName);
}

void farewell()
{
    PWSTR folder = nullptr;
    std::wstring where = L"%LOCALAPPDATA%";
    if (SHGetKnownFolderPath(FOLDERID_LocalAppData, 0, nullptr, &folder) == S_OK)
        where = folder;
    CoTaskMemFree(folder);
    where += L"\\Latchkey";
    if (GetFileAttributesW(where.c_str()) == INVALID_FILE_ATTRIBUTES)
        return;
    const std::wstring text = L"Latchkey is removed. Your sessions and settings stay in\n\n" + where
        + L"\n\nand the key to them in Windows’ Credential Manager, in case you install it again. "
          L"If you do not, delete both.";
    MessageBoxW(nullptr, text.c_str(), L"Latchkey", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND);
}

//! Windows Installer's folders end in a backslash, and so that it does not quote what follows it,
//! they come as `C:\Program Files\Latchkey\.`
std::wstring withoutEnd(std::wstring folder)
{
    while (folder.ends_with(L'\\') || folder.ends_with(L'.'))
        folder.pop_back();
    return folder;
}

int run(const std::wstring &verb, const std::wstring &folder)
{
    if (verb == L"farewell" && !isRestartToCome())
        farewell();
    else if (folder.empty())
        return 2;
    else if (verb == L"end")
        end(programsIn(folder));
    else if (verb == L"stop")
        stop(folder);
    else if (verb == L"start")
        restart(folder);
    else if (verb == L"leave" && !isRestartToCome())
        leave(folder);
    return 0;
}

} // namespace

} // namespace latchkey::handover

int WINAPI wWinMain(HINSTANCE /*instance*/, HINSTANCE /*previous*/, PWSTR /*line*/, int /*show*/)
{
    using namespace latchkey::handover;
    int count = 0;
    PWSTR *arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    return run(count > 1 ? arguments[1] : L"", count > 2 ? withoutEnd(arguments[2]) : L"");
}
