// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

// Stands in for a program of ours in a test MSI. It writes to C:\standin.log how it was started,
// and runs until it is asked to end, as ours are; with "deaf" as its argument, nothing but force
// ends it.

#include "platform/windows/endevent.h"

#include <windows.h>

#include <cstdio>
#include <string_view>

namespace {

void say(const wchar_t *what, const wchar_t *commandLine)
{
    FILE *file = _wfopen(L"C:\\standin.log", L"a, ccs=UTF-8");
    if (file == nullptr)
        return;
    std::fwprintf(file, L"%ls %ls\n", what, commandLine);
    std::fclose(file);
}

} // namespace

int wmain(int count, wchar_t **arguments)
{
    const auto name = latchkey::endEventName(GetCurrentProcessId());
    const bool isDeaf = count > 1 && std::wstring_view(arguments[1]) == L"deaf";
    HANDLE asked = CreateEventW(nullptr, TRUE, FALSE, isDeaf ? nullptr : name.c_str());
    say(L"started", GetCommandLineW());
    WaitForSingleObject(asked, INFINITE);
    say(L"ended", GetCommandLineW());
    return 0;
}
