// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/ownprograms.h"

#include "protocol/filepath.h"

namespace latchkey::protocol {

std::vector<std::string> placesOf(const std::string &program, const std::string &folder)
{
    if (folder.empty())
        return {};
    const std::filesystem::path base = pathFrom(folder);
    const std::string file = program + LATCHKEY_PROGRAM_SUFFIX;
    return {textOf((base / file).lexically_normal()),
        textOf((base / LATCHKEY_HELPERS / file).lexically_normal())};
}

std::vector<std::string> goBetweens(const std::string &folder)
{
    std::vector<std::string> files = placesOf("latchkey-gateway", folder);
    if (!folder.empty())
        files.push_back(placesOf("latchkeyctl", folder).front());
    return files;
}

} // namespace latchkey::protocol
