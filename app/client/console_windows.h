// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace latchkey::ctl {

//! Whether the stream, a HANDLE, is a console and not a file or a pipe.
[[nodiscard]] bool isConsole(void *stream);

//! Writes UTF-8 to a console whatever its code page is, and as it is to all else. Returns 0, or the
//! system's number of the error.
[[nodiscard]] int writeTo(void *stream, std::string_view text);

} // namespace latchkey::ctl
