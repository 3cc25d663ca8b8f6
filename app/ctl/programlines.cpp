// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/programlines.h"

#include "client/process.h"
#include "ctl/jsonwords.h"
#include "ctl/words.h"
#include "protocol/filepath.h"

#include <vector>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

std::string outcomeOf(const json &handOut)
{
    const json &requests = member(handOut, "requests");
    const bool isMany = requests.is_number_integer() && requests > 1;
    return textOf(handOut, "answer") + (isMany ? " (" + requests.dump() + " requests)" : "");
}

//! What the system does not vouch for, but only the program itself.
std::string said(const std::string &word)
{
    return word + " (as it says)";
}

//! As it is on a command line. In brackets the agent tells a name that the program gives itself.
std::string withScript(const std::string &program, const json &script)
{
    const bool isOwnName = program.size() > 2 && (program[0] == '(' || program[0] == '[');
    const std::string shown = isOwnName ? said(program.substr(1, program.size() - 2)) : program;
    const std::string told = text(script);
    return told == "-" ? shown : shown + " " + said(told);
}

std::string nameOf(const std::string &program)
{
    return protocol::textOf(protocol::pathFrom(program).filename());
}

//! For latchkeyctl, names the program that started it.
std::string askerOf(const json &handOut)
{
    const std::string program = textOf(handOut, "program");
    const json &parents = member(handOut, "parents");
    if (!isOurProgram(program) || !parents.is_array() || parents.empty()
        || !parents.front().is_string()) {
        return withScript(program, member(handOut, "script"));
    }
    return withScript(parents.front().get<std::string>(), member(handOut, "parentScript"))
        + " through " + nameOf(program);
}

} // namespace

std::string programLines(const json &grants)
{
    std::vector<Row> rows{{"PROGRAM", "SESSION", "ALLOWED", "UNTIL"}};
    for (const json &grant : member(grants, "allowed")) {
        const std::string through = textOf(grant, "through");
        rows.push_back(
            {textOf(grant, "program") + (through == "-" ? "" : " through " + nameOf(through)),
                textOf(grant, "session"), textOf(grant, "allowed"),
                moment(member(grant, "expiresAt"))});
    }
    for (const json &program : member(grants, "blocked"))
        rows.push_back({text(program), "-", "blocked", "-"});
    return lines(rows);
}

std::string ledgerLines(const json &handOuts)
{
    std::vector<Row> rows;
    for (const json &handOut : handOuts) {
        const bool isUncertain = member(handOut, "certain") == false;
        rows.push_back({moment(member(handOut, "at")), textOf(handOut, "session"),
            askerOf(handOut) + (isUncertain ? " (as it says)" : ""), textOf(handOut, "pid"),
            textOf(handOut, "terminal"), outcomeOf(handOut)});
    }
    return lines(rows);
}

} // namespace latchkey::ctl
