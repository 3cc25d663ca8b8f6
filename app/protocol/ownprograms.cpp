// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/ownprograms.h"

#include <filesystem>

namespace latchkey::protocol {

std::vector<std::string> placesOf(const std::string &program, const std::string &folder)
{
    if (folder.empty())
        return {};
    const std::filesystem::path base(folder);
    return {(base / program).lexically_normal(),
        (base / LATCHKEY_HELPERS / program).lexically_normal()};
}

std::vector<std::string> goBetweens(const std::string &folder)
{
    std::vector<std::string> files = placesOf("latchkey-gateway", folder);
    if (!folder.empty())
        files.push_back((std::filesystem::path(folder) / "latchkeyctl").lexically_normal());
    return files;
}

} // namespace latchkey::protocol
