// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/console_windows.h"

#include "protocol/windows.h"

#include <algorithm>

#include <windows.h>

namespace latchkey::ctl {

namespace {

//! A console takes 64 KiB at once at most, on some releases less.
constexpr std::size_t mostAtOnce = 8 * 1024;

int writeToConsole(HANDLE console, std::wstring_view text)
{
    while (!text.empty()) {
        DWORD written = 0;
        if (WriteConsoleW(console, text.data(),
                static_cast<DWORD>(std::min(text.size(), mostAtOnce)), &written, nullptr)
            == 0)
            return static_cast<int>(GetLastError());
        text.remove_prefix(written);
    }
    return 0;
}

} // namespace

bool isConsole(void *stream)
{
    DWORD mode = 0;
    return GetConsoleMode(stream, &mode) != 0;
}

int writeTo(void *stream, std::string_view text)
{
    if (isConsole(stream))
        return writeToConsole(stream, protocol::wide(text));
    while (!text.empty()) {
        DWORD written = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 20U));
        if (WriteFile(stream, text.data(), size, &written, nullptr) == 0)
            return static_cast<int>(GetLastError());
        text.remove_prefix(written);
    }
    return 0;
}

} // namespace latchkey::ctl
