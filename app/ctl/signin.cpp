// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/signin.h"

#include "client/arguments.h"
#include "client/client.h"
#include "client/failures.h"
#include "client/output.h"
#include "client/process.h"
#include "client/wipe.h"
#include "ctl/printing.h"
#include "ctl/terminal.h"

#include "platform/hardening.h"
#include "protocol/escaped.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

constexpr int maximumTries = 3;

struct Request {
    std::string method;
    json params;
};

//! Answers questions that the agent has about a sign-in by asking the person at the terminal.
class Dialogue {
public:
    Dialogue(const SignInOptions &options, const std::optional<Terminal> &terminal)
        : m_options(options)
        , m_terminal(terminal)
    {
    }

    //! The request that answers `question`; throws `question` if it cannot be answered here.
    Request answerTo(const AgentError &question)
    {
        // Whoever gave a fingerprint on the command line has decided, so another one is not
        // offered.
        const bool mayTrust = m_terminal && !m_options.trust;
        if (question.code() == ExitCode::TrustNeeded && mayTrust)
            return {"session.trust", {{"name", m_options.name}, {"sha256", trusted(question)}}};
        if (question.code() == ExitCode::CodeNeeded && m_terminal && m_tries < maximumTries) {
            m_terminal->say(explanation(question));
            return {"session.submitCode", {{"name", m_options.name}, {"code", code(question)}}};
        }
        throw question;
    }

private:
    std::string trusted(const AgentError &question) const
    {
        const auto sha256 = question.data().find("sha256");
        if (sha256 == question.data().end() || !sha256->is_string())
            throw question;
        m_terminal->say(explanation(question));
        if (!m_terminal->confirm("Trust this appliance? [y/N] "))
            throw question;
        return *sha256;
    }

    std::string code(const AgentError &question)
    {
        while (m_tries++ < maximumTries) {
            try {
                return normalisedCode(m_terminal->ask("Verification code: "));
            } catch (const Failure &failure) {
                if (failure.code() != ExitCode::Usage)
                    throw;
                m_terminal->say(errorLine(failure.what()));
            }
        }
        throw question;
    }

    const SignInOptions &m_options;
    const std::optional<Terminal> &m_terminal;
    int m_tries = 0;
};

// An account that exists already has its appliance, user and kind.
json knownAccount(Client &client, const std::string &name)
{
    try {
        json session = client.call("session.get", {{"name", name}});
        return session.is_object() ? session : json::object();
    } catch (const AgentError &) {
        return json::object();
    }
}

//! Where a password will be sent. Printed because a name may not stand for what the person thinks.
std::string destination(const json &params, bool isFromAccount)
{
    const std::string words =
        "Signing in to " + params.value("server", "") + " as " + params.value("user", "");
    return protocol::escaped(words)
        + (isFromAccount ? ", as Latchkey has it under this name.\n" : ".\n");
}

void fillIn(json &params, const SignInOptions &options, Client &client)
{
    const auto set = [&params](const char *member, const std::optional<std::string> &value) {
        if (value)
            params[member] = *value;
    };
    set("server", options.server);
    set("user", options.user);
    set("kind", options.kind);
    set("clientId", options.clientId);
    if (options.server && options.user)
        return;
    const json known = knownAccount(client, options.name);
    for (const char *member : {"server", "user", "kind"})
        if (!params.contains(member) && known.contains(member))
            params[member] = known[member];
}

void askFor(json &params, const char *member, const char *option, const char *question,
    const std::optional<Terminal> &terminal)
{
    if (!params.contains(member) && terminal)
        params[member] = terminal->ask(question);
    if (params.value(member, "").empty())
        throw nothingGiven(member, option);
}

//! What the person is shown goes where they look, and a script's log has it too.
void tell(const std::string &words, const std::optional<Terminal> &terminal)
{
    if (terminal)
        terminal->say(words);
    else
        writeError(words);
}

//! Asks the agent, which asks without any credential, and says what it found before a password is
//! typed.
void findKind(json &params, Client &client, const std::optional<Terminal> &terminal)
{
    const json found = client.callThatWaits("kinds.find",
        {{"name", params["name"]}, {"server", params["server"]},
            {"user", params.value("user", "")}});
    const json candidates = found.is_object() ? found.value("candidates", json()) : json();
    const auto isSound = [](const json &one) {
        return one.is_object() && one.value("server", json()).is_string()
            && one.value("kind", json()).is_string();
    };
    if (!candidates.is_array() || !std::all_of(candidates.begin(), candidates.end(), isSound))
        throw senselessAnswer();
    if (candidates.size() != 1)
        throw noSingleKind(params.value("server", ""), candidates);
    const json &candidate = candidates.front();
    params["server"] = candidate["server"];
    params["kind"] = candidate["kind"];
    tell(candidateLines(candidates) + hintLine(candidate), terminal);
}

struct Secrets {
    Secret password;
    Secret ofTheClient;
};

//! What is typed at a terminal for an option that reads stdin must not be shown either.
Secrets secrets(const SignInOptions &options, const std::optional<Terminal> &terminal)
{
    const bool hasSecret = options.clientSecretFromStdin || (terminal && options.clientId);
    if (terminal) {
        Secret password(terminal->askHidden("Password: "));
        return {std::move(password),
            Secret(hasSecret ? terminal->askHidden("Client secret, if there is one: ") : "")};
    }
    std::vector<std::string> lines = readInputLines(hasSecret ? 2 : 1);
    return {Secret(std::move(lines.front())), Secret(hasSecret ? std::move(lines[1]) : "")};
}

void addSecrets(json &params, const SignInOptions &options, const std::optional<Terminal> &terminal)
{
    const Secrets given = secrets(options, terminal);
    if (given.password.text().empty())
        throw emptyPassword();
    params["password"] = given.password.text();
    if (!given.ofTheClient.text().empty())
        params["clientSecret"] = given.ofTheClient.text();
}

json account(const SignInOptions &options, Client &client, const std::optional<Terminal> &terminal)
{
    json params{{"name", options.name}, {"shortLived", options.shortLived},
        {"memoryOnly", options.memoryOnly}};
    if (options.code)
        params["code"] = normalisedCode(*options.code);
    if (options.trust)
        params["trust"] = normalisedFingerprint(*options.trust);
    client.connect(); // the agent could not see a hardened program
    hardenProcess(); // a password will be in memory
    fillIn(params, options, client);
    const bool isFromAccount =
        !options.server && !options.user && params.contains("server") && params.contains("user");
    askFor(params, "server", "--server URL", "Appliance: ", terminal);
    const auto askForUser = [&] {
        askFor(params, "user", "--user USER", "User name: ", terminal);
    };
    if (!terminal)
        askForUser(); // ends here if there is none
    if (!params.contains("kind"))
        findKind(params, client, terminal); // its hint may be about the user name
    askForUser();
    if (terminal)
        terminal->say(destination(params, isFromAccount));
    return params;
}

} // namespace

json signIn(const SignInOptions &options)
{
    const std::optional<Terminal> terminal = Terminal::open();
    if (!terminal && !options.passwordFromStdin)
        throw noPassword();
    Client client(checkedSeconds(options.deadline, "--deadline"));
    Request request{"session.signIn", account(options, client, terminal)};
    addSecrets(request.params, options, terminal);
    Dialogue dialogue(options, terminal);
    for (;;) {
        try {
            return client.callThatWaits(request.method, std::exchange(request.params, nullptr));
        } catch (const AgentError &question) {
            request = dialogue.answerTo(question);
        }
    }
}

} // namespace latchkey::ctl
