// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/output.h"

#include "protocol/escaped.h"

namespace latchkey::ctl {

namespace {

//! JSON leaves some characters as they are that a terminal obeys, such as U+009B.
constexpr bool isAscii = true;

} // namespace

std::string errorLine(std::string_view sentence)
{
    return "latchkeyctl: " + protocol::escaped(sentence) + "\n";
}

std::string jsonText(const nlohmann::json &value)
{
    return value.dump(2, ' ', isAscii) + "\n";
}

std::string jsonLine(const nlohmann::json &value)
{
    return value.dump(-1, ' ', isAscii) + "\n";
}

} // namespace latchkey::ctl
