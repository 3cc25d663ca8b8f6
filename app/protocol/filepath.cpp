// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/filepath.h"

namespace latchkey::protocol {

std::filesystem::path pathFrom(std::string_view text)
{
    return std::u8string(text.begin(), text.end());
}

std::string textOf(const std::filesystem::path &path)
{
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

} // namespace latchkey::protocol
