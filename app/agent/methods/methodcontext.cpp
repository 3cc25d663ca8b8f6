// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/methodcontext.h"

#include "agent/refusals.h"

using namespace Qt::StringLiterals;

namespace latchkey {

void MethodContext::confirm(const MethodCall &call, const QString &name,
    const Permission &permission, const Instant &deadline, const std::function<void()> &act)
{
    if (!info.hasWindows) {
        const auto blocked = gate.whyBlocked(call.caller.program());
        const auto refusal = blocked ? blocked : AccessGate::whyNotAlone(call.caller.program());
        return refusal ? call.reply(*refusal) : act();
    }
    gate.confirm(name, permission, call.caller.program(), deadline, call.caller.owner,
        [call, act](const std::optional<RpcError> &refusal) {
            if (refusal)
                call.reply(*refusal);
            else
                act();
        });
}

//! By the time that a person has answered, the session may be gone.
void MethodContext::confirm(const MethodCall &call, const Session &session,
    const Permission &permission, const Instant &deadline,
    const std::function<void(Session &)> &act)
{
    const QString name = session.account().name;
    confirm(call, name, permission, deadline, [=, this] {
        if (Session *asked = sessions.find(name))
            act(*asked);
        else
            call.reply(sessionGone());
    });
}

std::optional<Account> MethodContext::known(const QString &name) const
{
    const Session *session = sessions.find(name);
    return session ? session->account() : sessions.known(name);
}

std::optional<Account> MethodContext::knownAs(
    const QString &name, const QUrl &server, const QString &user) const
{
    const Session *session = sessions.find(name);
    const auto account =
        session && session->account().isPreset ? session->account() : sessions.known(name);
    if (!account || account->user != user)
        return {};
    const auto kind = kinds.find(account->kind);
    const bool isThere = account->server == (kind ? kind->serverFrom(server) : server);
    return isThere ? account : std::nullopt;
}

std::optional<RpcError> MethodContext::takeRenewal(
    const Session &session, const MethodCall::Caller &caller, int ofUncertain)
{
    const Program program = caller.program();
    if (!info.hasWindows && !AccessGate::whyNotAlone(program))
        return {};
    const QString &name = session.account().name;
    const auto wait = program.file
        ? renewals.take(name, session.now().steady)
        : renewalsOfUncertain.take(name, session.now().steady, ofUncertain);
    return wait ? std::optional(renewedTooOften(*wait)) : std::nullopt;
}

Session *MethodContext::sessionOf(MethodCall &call) const
{
    const QString name = call.params.text(u"name"_s);
    if (call.params.problem()) {
        call.reply(*call.params.problem());
        return nullptr;
    }
    Session *session = sessions.find(name);
    if (!session)
        call.reply(noSession(name));
    return session;
}

Instant MethodContext::deadlineOf(Params &params, Milliseconds otherwise) const
{
    return deadlines.now() + params.span(u"deadline"_s).value_or(otherwise);
}

} // namespace latchkey
