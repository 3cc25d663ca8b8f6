// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/programsearch_windows.h"

#include "protocol/windows.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <windows.h>

namespace latchkey::ctl {

namespace {

struct Ending {
    std::string_view text;
    bool isBatch;
};

constexpr std::array endings{
    Ending{".com", false}, Ending{".exe", false}, Ending{".bat", true}, Ending{".cmd", true}};

bool isFile(const std::string &path)
{
    const DWORD attributes = GetFileAttributesW(protocol::wide(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

//! The system drops dots and blanks at a name's end: "x.bat ." is a batch file.
bool endsWith(std::string_view path, std::string_view ending)
{
    path = path.substr(0, path.find_last_not_of(". ") + 1);
    const auto isSame = [](char one, char other) {
        return (one >= 'A' && one <= 'Z' ? one - 'A' + 'a' : one) == other;
    };
    return path.size() >= ending.size()
        && std::equal(ending.rbegin(), ending.rend(), path.rbegin(),
            [&](char e, char p) { return isSame(p, e); });
}

//! Where \a path is the whole name, and where an ending was left out.
std::optional<FoundProgram> programAt(const std::string &path)
{
    for (const Ending &ending : endings) {
        if (endsWith(path, ending.text) && isFile(path))
            return FoundProgram{path, ending.isBatch};
    }
    for (const Ending &ending : endings) {
        if (std::string whole = path + std::string(ending.text); isFile(whole))
            return FoundProgram{std::move(whole), ending.isBatch};
    }
    return std::nullopt;
}

bool isAbsolute(std::string_view folder)
{
    return folder.size() > 2 && (folder.substr(1, 2) == ":\\" || folder.starts_with(R"(\\)"));
}

std::vector<std::string> searchedFolders()
{
    const std::string path = protocol::environmentVariable(L"PATH");
    std::vector<std::string> folders;
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find(';', start), path.size());
        std::string folder = path.substr(start, end - start);
        std::erase(folder, '"');
        if (isAbsolute(folder))
            folders.push_back(std::move(folder));
        start = end + 1;
    }
    return folders;
}

} // namespace

std::optional<FoundProgram> foundProgram(const std::string &name)
{
    if (name.find_first_of("/\\:") != std::string::npos) {
        auto found = programAt(name);
        if (!found && isFile(name))
            found = FoundProgram{name, false};
        return found;
    }
    for (const std::string &folder : searchedFolders()) {
        if (auto found = programAt(folder + '\\' + name))
            return found;
    }
    return std::nullopt;
}

} // namespace latchkey::ctl
