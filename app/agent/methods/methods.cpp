// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/methods.h"

#include "agent/methods/refreshcall.h"
#include "agent/outcomes.h"
#include "agent/refusals.h"
#include "agent/sessionjson.h"
#include "base/logging.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualPatience = 10s;

template<typename Owner> auto handler(Owner &owner, void (Owner::*method)(MethodCall))
{
    return [&owner, method](const MethodCall &call) {
        (owner.*method)(call);
    };
}

} // namespace

Methods::Methods(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines,
    const Kinds &kinds, AgentInfo info, QObject *parent)
    : QObject(parent)
    , m_context{sessions, gate, deadlines, kinds, std::move(info)}
    , m_tokens(gate, deadlines)
    , m_diagnosis(m_context)
    , m_signIns(m_context)
    , m_kinds(m_context)
    , m_grants(m_context)
    , m_handlers{{u"agent.info"_s, handler(*this, &Methods::info)},
          {u"agent.doctor"_s, handler(m_diagnosis, &DiagnosisMethods::doctor)},
          {u"agent.settings"_s, handler(*this, &Methods::settings)},
          {u"agent.report"_s, handler(m_diagnosis, &DiagnosisMethods::report)},
          {u"agent.log"_s, handler(m_diagnosis, &DiagnosisMethods::log)},
          {u"session.list"_s, handler(*this, &Methods::list)},
          {u"session.get"_s, handler(*this, &Methods::get)},
          {u"session.token"_s, handler(*this, &Methods::token)},
          {u"session.tokenUsed"_s, handler(*this, &Methods::tokenUsed)},
          {u"session.refresh"_s, handler(*this, &Methods::refresh)},
          {u"session.signIn"_s, handler(m_signIns, &SignInMethods::signIn)},
          {u"session.submitCode"_s, handler(m_signIns, &SignInMethods::submitCode)},
          {u"session.trust"_s, handler(m_signIns, &SignInMethods::trust)},
          {u"session.signOut"_s, handler(*this, &Methods::signOut)},
          {u"session.forget"_s, handler(*this, &Methods::forget)},
          {u"session.rename"_s, handler(*this, &Methods::rename)},
          {u"session.setPolicy"_s, handler(*this, &Methods::setPolicy)},
          {u"kinds.list"_s, handler(m_kinds, &KindMethods::list)},
          {u"kinds.find"_s, handler(m_kinds, &KindMethods::find)},
          {u"ledger.list"_s, handler(*this, &Methods::ledger)},
          {u"grants.list"_s, handler(m_grants, &GrantMethods::list)},
          {u"grants.revoke"_s, handler(m_grants, &GrantMethods::revoke)},
          {u"grants.block"_s, handler(m_grants, &GrantMethods::block)},
          {u"grants.unblock"_s, handler(m_grants, &GrantMethods::unblock)}}
{
}

bool Methods::call(const RpcRequest &request, const Caller &caller, const Reply &reply)
{
    const auto handler = m_handlers.constFind(request.method);
    if (handler == m_handlers.constEnd())
        return false;
    qCDebug(agentLog).noquote() << "A program calls" << request.method;
    (*handler)({Params(request.params), caller, reply});
    return true;
}

void Methods::info(MethodCall call)
{
    call.reply(QJsonValue(QJsonObject{{u"program"_s, m_context.info.program},
        {u"version"_s, QStringLiteral(LATCHKEY_VERSION)}, {u"pid"_s, m_context.info.pid},
        {u"windows"_s, m_context.info.hasWindows}}));
}

void Methods::settings(MethodCall call)
{
    call.reply(QJsonValue(m_context.info.settings()));
}

void Methods::list(MethodCall call)
{
    QJsonArray sessions;
    for (int row = 0; row < m_context.sessions.rowCount(); ++row)
        sessions.append(jsonFrom(m_context.sessions.at(row)->snapshot()));
    call.reply(QJsonValue(sessions));
}

void Methods::get(MethodCall call)
{
    if (const Session *session = m_context.sessionOf(call))
        call.reply(QJsonValue(jsonWithHistoryFrom(session->snapshot())));
}

void Methods::token(MethodCall call)
{
    TokenRequest request;
    request.minValid = call.params.span(u"minValid"_s);
    request.orBest = call.params.flag(u"orBest"_s);
    request.deadline = m_context.deadlineOf(call.params, usualPatience);
    if (call.params.flag(u"withProxy"_s))
        request.proxyFor = proxyFor(call.caller);
    request.kindOf = [this](const Account &account) {
        return m_context.kinds.find(account.kind);
    };
    request.whyNotRenew = [this, caller = call.caller](const Session &session) {
        return whyNotRenew(session, caller);
    };
    if (Session *session = m_context.sessionOf(call))
        m_tokens.give(call, *session, request);
}

//! Its password is for programs that go through it: a sandbox could sign in at an appliance of its
//! own, and ask for that session's proxy.
std::function<QString(const QUrl &)> Methods::proxyFor(const Caller &caller) const
{
    if (ProgramIdentity::isCertain(caller.program()))
        return m_context.info.proxyFor;
    return [proxyFor = m_context.info.proxyFor](const QUrl &server) {
        return QUrl(proxyFor(server)).toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
    };
}

//! Only of a token that was given to be held.
void Methods::tokenUsed(MethodCall call)
{
    const QString name = call.params.text(u"name"_s);
    const qint64 requests = call.params.count(u"requests"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    m_tokens.noteUse(call, name, requests);
}

void Methods::refresh(MethodCall call)
{
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    if (const auto refusal = whyNotRenew(*session, call.caller))
        return call.reply(*refusal);
    session->refreshNow();
    const auto whyNot = [this, caller = call.caller](const Session &s) {
        return whyNotRenew(s, caller);
    };
    await(call, *session, {refreshCondition(*session, whyNot), settledLate, deadline},
        m_context.deadlines);
}

//! Who joins a renewal that is under way causes none, and one that is due comes anyway.
std::optional<RpcError> Methods::whyNotRenew(const Session &session, const Caller &caller)
{
    const TokenSet *tokens = session.tokens();
    if (!tokens || session.phase() == Phase::Refreshing)
        return {};
    const bool isHalfSpent = remaining(tokens->accessEnd, session.now()) < tokens->accessLife() / 2;
    if (session.phase() == Phase::Active && isHalfSpent)
        return {};
    return m_context.takeRenewal(session, caller);
}

void Methods::signOut(MethodCall call)
{
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    const Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    m_context.confirm(call, *session, {Permission::SignOut}, deadline, [=, this](Session &asked) {
        asked.signOut();
        await(call, asked, {signedOut, signedOutLate, deadline}, m_context.deadlines);
    });
}

void Methods::setPolicy(MethodCall call)
{
    const auto policy = handOutPolicyFrom(call.params.text(u"policy"_s));
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    if (!policy)
        return call.reply(wrongParameter(u"policy"_s, u"allow, ask or never"_s));
    // Else a program that may not have a token could let itself in.
    const auto whyNotLoosen = m_context.info.hasWindows
        ? std::optional(looserPolicy())
        : AccessGate::whyNotAlone(call.caller.program());
    if (whyNotLoosen && *policy < session->account().policy)
        return call.reply(*whyNotLoosen);
    whyNotLoosen ? session->tightenPolicy(*policy) : session->setPolicy(*policy);
    await(call, *session, {saved, savedLate, deadline}, m_context.deadlines);
}

void Methods::ledger(MethodCall call)
{
    QJsonArray handOuts;
    for (const HandOut &handOut : m_context.gate.ledger().entries())
        handOuts.append(jsonFrom(handOut));
    call.reply(QJsonValue(handOuts));
}

void Methods::forget(MethodCall call)
{
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    const Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    m_context.confirm(
        call, *session, {Permission::Forget}, deadline, [=, this](const Session &asked) {
            Session *leaving = m_context.sessions.forget(asked.account().name);
            await(call, *leaving, {signedOut, signedOutLate, deadline}, m_context.deadlines);
        });
}

//! By the time that a person has answered, the name may be taken.
void Methods::rename(MethodCall call)
{
    const QString newName = call.params.text(u"newName"_s).trimmed();
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    const Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    if (const auto problem = m_context.sessions.whyNotRename(*session, newName))
        return call.reply(wrongAccount(*problem));
    Permission permission{Permission::Rename};
    permission.newName = newName;
    m_context.confirm(call, *session, permission, deadline, [=, this](Session &asked) {
        if (const auto problem = m_context.sessions.rename(asked, newName))
            return call.reply(wrongAccount(*problem));
        await(call, asked, {saved, savedLate, deadline}, m_context.deadlines);
    });
}

} // namespace latchkey
