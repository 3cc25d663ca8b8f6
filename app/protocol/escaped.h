// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace latchkey::protocol {

//! Names and words of others in a form that is safe to show to people, as one line. A character
//! that is invisible, that a terminal would obey, or that changes how its neighbours are read,
//! becomes its number, `\u202e`; a byte that is not UTF-8 becomes `\xff`.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace latchkey::protocol
