// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace latchkey::protocol {

// In text, the path of a file is UTF-8 on every system.

[[nodiscard]] std::filesystem::path pathFrom(std::string_view text);
[[nodiscard]] std::string textOf(const std::filesystem::path &path);

} // namespace latchkey::protocol
