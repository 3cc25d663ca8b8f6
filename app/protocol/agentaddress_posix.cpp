// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/agentaddress.h"

#include <cstdlib>

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace latchkey::protocol {

namespace {

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value != nullptr ? value : "";
}

//! The XDG Base Directory Specification has relative paths ignored.
bool isUsable(const std::string &folder)
{
    struct stat info{};
    return folder.starts_with('/') && stat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode)
        && info.st_uid == getuid();
}

std::string usersRuntimeFolder()
{
    return "/run/user/" + std::to_string(getuid());
}

std::string addressIn(const std::string &folder)
{
    return folder + "/agent.sock";
}

} // namespace

std::vector<std::string> agentAddresses()
{
    if (const std::string chosen = variable("LATCHKEY_SOCKET"); !chosen.empty())
        return {chosen};
    const std::string runtime = variable("XDG_RUNTIME_DIR");
    const std::string users = usersRuntimeFolder();
    if (isUsable(runtime) && runtime != users)
        return {addressIn(runtime + "/latchkey")};
    std::vector<std::string> addresses;
    if (isUsable(users))
        addresses.push_back(addressIn(users + "/latchkey"));
    addresses.push_back(addressIn("/tmp/latchkey-" + std::to_string(getuid())));
    return addresses;
}

std::string runtimeFolderProblem()
{
    const std::string runtime = variable("XDG_RUNTIME_DIR");
    if (!variable("LATCHKEY_SOCKET").empty() || isUsable(runtime))
        return {};
    if (!runtime.empty())
        return "XDG_RUNTIME_DIR is " + runtime + ", which is no folder of yours";
    return isUsable(usersRuntimeFolder()) ? "" : "XDG_RUNTIME_DIR is not set";
}

std::size_t longestAddress()
{
    return sizeof(sockaddr_un::sun_path) - 1;
}

} // namespace latchkey::protocol
