// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <windows.h>

#include <memory>

namespace latchkey::handover {

struct HandleCloser {
    using pointer = HANDLE;
    void operator()(HANDLE handle) const
    {
        if (handle != INVALID_HANDLE_VALUE)
            CloseHandle(handle);
    }
};
//! Of the system; null where there is none.
using Handle = std::unique_ptr<void, HandleCloser>;

} // namespace latchkey::handover
