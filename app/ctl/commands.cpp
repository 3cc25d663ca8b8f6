// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/commands.h"

#include "client/arguments.h"
#include "client/client.h"
#include "client/failures.h"
#include "client/handout.h"
#include "client/output.h"
#include "client/process.h"
#include "ctl/printing.h"
#include "ctl/programlines.h"
#include "protocol/filepath.h"

#include <cmath>
#include <utility>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

Client clientFor(const CommonOptions &options)
{
    return Client(checkedSeconds(options.deadline, "--deadline"));
}

json named(const CommonOptions &options)
{
    return {{"name", options.name}};
}

struct HandOut {
    json reply;
    std::optional<AgentError> shortfall; // why the token is only the best available
};

HandOut handOut(Client &client, const TokenOptions &options)
{
    json params = named(options);
    params["orBest"] = options.orBest;
    if (options.minValid)
        params["minValid"] = std::ceil(checkedSeconds(*options.minValid, "--min-valid").count());
    try {
        return {client.callThatWaits("session.token", std::move(params)), {}};
    } catch (const AgentError &error) {
        const auto best = error.data().find("best");
        if (!options.orBest || best == error.data().end() || !best->is_object())
            throw;
        return {*best, error};
    }
}

void printToken(const TokenOptions &options, const char *before)
{
    Client client = clientFor(options);
    const HandOut result = handOut(client, options);
    writeOutput(before + tokenFrom(result.reply) + "\n");
    if (result.shortfall)
        throw AgentError(*result.shortfall);
}

void tellNotice(const json &result)
{
    if (const std::string notice = noticeIn(result); !notice.empty())
        writeError(errorLine(notice));
}

//! The agent knows programs by their own path, and not by that of a link.
std::string fileAt(const std::string &path)
{
    std::error_code error;
    const auto file = std::filesystem::canonical(protocol::pathFrom(path), error);
    return error ? path : protocol::textOf(file);
}

void revoke(Client &client, const ProgramsOptions &options)
{
    json params{{"program", fileAt(options.revoked)}};
    if (!options.name.empty())
        params["name"] = options.name;
    if (client.call("grants.revoke", std::move(params)) == 0)
        throw nothingAllowed(options.revoked);
}

} // namespace

void printSession(const json &session)
{
    writeOutput(sessionLines(json::array({session})));
    tellNotice(session);
}

void list(const CommonOptions &options)
{
    Client client = clientFor(options);
    const json sessions = client.call("session.list", json::object());
    writeOutput(options.json ? jsonText(sessions) : sessionLines(sessions));
}

void show(const CommonOptions &options)
{
    Client client = clientFor(options);
    const json session = client.call("session.get", named(options));
    writeOutput(options.json ? jsonText(session) : sessionDetails(session));
}

void token(const TokenOptions &options)
{
    printToken(options, "");
}

void header(const TokenOptions &options)
{
    printToken(options, "Authorization: Bearer ");
}

int exec(const TokenOptions &options, const std::vector<std::string> &command)
{
    if (command.empty())
        throw nothingToRun();
    Client client = clientFor(options);
    const HandOut result = handOut(client, options);
    const std::string token = tokenFrom(result.reply);
    const std::string server = serverFrom(result.reply);
    if (result.shortfall)
        writeError(explanation(*result.shortfall));
    return becomeCommand(command, token, server);
}

void submitCode(const CommonOptions &options, const std::string &code)
{
    json params = named(options);
    params["code"] = normalisedCode(code);
    Client client = clientFor(options);
    printSession(client.callThatWaits("session.submitCode", std::move(params)));
}

void trust(const CommonOptions &options, const std::string &sha256)
{
    json params = named(options);
    params["sha256"] = normalisedFingerprint(sha256);
    Client client = clientFor(options);
    printSession(client.callThatWaits("session.trust", std::move(params)));
}

void refresh(const CommonOptions &options)
{
    Client client = clientFor(options);
    printSession(client.callThatWaits("session.refresh", named(options)));
}

void signOut(const CommonOptions &options, bool forget)
{
    Client client = clientFor(options);
    if (!forget)
        return printSession(client.callThatWaits("session.signOut", named(options)));
    tellNotice(client.callThatWaits("session.forget", named(options)));
}

void rename(const CommonOptions &options, const std::string &newName)
{
    json params = named(options);
    params["newName"] = newName;
    Client client = clientFor(options);
    printSession(client.callThatWaits("session.rename", std::move(params)));
}

void policy(const CommonOptions &options, const std::string &policy)
{
    Client client = clientFor(options);
    json params = named(options);
    if (policy.empty())
        return writeOutput(policyLine(client.call("session.get", std::move(params))));
    params["policy"] = policy;
    static_cast<void>(client.callThatWaits("session.setPolicy", std::move(params)));
}

void watch(const CommonOptions &options)
{
    Client client = clientFor(options);
    static_cast<void>(
        client.call("session.watch", options.name.empty() ? json::object() : named(options)));
    while (const auto change = client.nextNotification("session.changed"))
        writeOutput(jsonLine(*change));
    throw hasStopped();
}

void kinds(const CommonOptions &options)
{
    Client client = clientFor(options);
    const json told = client.call("kinds.list", json::object());
    writeOutput(options.json ? jsonText(told) : kindLines(told));
}

void settings(const CommonOptions &options)
{
    Client client = clientFor(options);
    const json told = client.call("agent.settings", json::object());
    writeOutput(options.json ? jsonText(told) : settingLines(told));
}

void programs(const ProgramsOptions &options)
{
    Client client = clientFor(options);
    if (!options.revoked.empty())
        return revoke(client, options);
    if (!options.blocked.empty()) {
        static_cast<void>(client.call("grants.block", {{"program", fileAt(options.blocked)}}));
        return;
    }
    if (!options.unblocked.empty()) {
        if (client.call("grants.unblock", {{"program", fileAt(options.unblocked)}}) != true)
            throw notBlocked(options.unblocked);
        return;
    }
    const json grants = client.call("grants.list", json::object());
    writeOutput(options.json ? jsonText(grants) : programLines(grants));
}

void ledger(const CommonOptions &options)
{
    Client client = clientFor(options);
    const json handOuts = client.call("ledger.list", json::object());
    writeOutput(options.json ? jsonText(handOuts) : ledgerLines(handOuts));
}

} // namespace latchkey::ctl
