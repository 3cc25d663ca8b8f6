// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace latchkey::protocol {

//! The one way to people for what others have named or said: each character that would not be seen,
//! or that a terminal would obey, or that changes how its neighbours are read, becomes its number,
//! `\u202e`; and each byte that is no UTF-8, `\xff`. The result is one line.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace latchkey::protocol
