// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/commandline.h"

#include <algorithm>
#include <string_view>

namespace latchkey::ctl {

namespace {

//! A backslash stands for itself, except before a quote: there, two stand for one.
std::string quoted(std::string_view argument)
{
    std::string text = "\"";
    std::size_t backslashes = 0;
    for (const char c : argument) {
        if (c == '"')
            text.append(backslashes + 1, '\\');
        backslashes = c == '\\' ? backslashes + 1 : 0;
        text += c;
    }
    text.append(backslashes, '\\');
    return text + '"';
}

//! Quotes only where they are needed, because some programs read their command line in ways of
//! their own. The name of a program is never read by the rule for backslashes, and cannot hold a
//! quote.
bool isPlain(std::string_view argument)
{
    return !argument.empty() && argument.find_first_of(" \t\n\v\f\r\"") == std::string_view::npos;
}

} // namespace

std::string commandLineOf(std::span<const std::string> command)
{
    if (command.empty())
        return {};
    std::string line = '"' + command.front() + '"';
    for (const std::string &argument : command.subspan(1))
        line += ' ' + (isPlain(argument) ? argument : quoted(argument));
    return line;
}

std::string batchLineOf(std::span<const std::string> command)
{
    const auto isHarmless = [](const std::string &argument) {
        return argument.find_first_of("\"%!\r\n") == std::string::npos;
    };
    if (command.empty() || !std::all_of(command.begin(), command.end(), isHarmless))
        return {};
    std::string line = '"' + command.front() + '"';
    for (const std::string &argument : command.subspan(1))
        line += ' ' + quoted(argument);
    return line;
}

} // namespace latchkey::ctl
