// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol/agentaddress.h"

#include "protocol/windows.h"

namespace latchkey::protocol {

std::vector<std::string> agentAddresses()
{
    if (const std::string chosen = environmentVariable(L"LATCHKEY_SOCKET"); !chosen.empty())
        return {chosen};
    return {R"(\\.\pipe\latchkey-)" + ourUser()};
}

std::string runtimeFolderProblem()
{
    return {};
}

//! Of a pipe's name, CreateNamedPipe's own limit.
std::size_t longestAddress()
{
    return 256;
}

} // namespace latchkey::protocol
