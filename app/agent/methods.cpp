// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods.h"

#include "agent/outcomes.h"
#include "agent/refreshcall.h"
#include "agent/refusals.h"
#include "agent/sessionjson.h"
#include "session/code.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualPatience = 10s;
constexpr Milliseconds signInPatience = 30s;

std::optional<RpcError> whyNotTrust(const Session &session, const Fingerprint &fingerprint)
{
    const auto *question = std::get_if<state::TrustNeeded>(&session.state());
    if (!question)
        return noCertificateInQuestion();
    if (question->seen.fingerprint != fingerprint)
        return trustNeeded(session);
    return {};
}

} // namespace

Methods::Methods(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines, AgentInfo info,
    QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_gate(gate)
    , m_deadlines(deadlines)
    , m_info(std::move(info))
    , m_tokens(gate, deadlines)
    , m_doctor(m_info.makeDoctor, deadlines)
{
}

bool Methods::call(const RpcRequest &request, const Caller &caller, const Reply &reply)
{
    static const QHash<QString, Handler> handlers{{u"agent.info"_s, &Methods::info},
        {u"agent.doctor"_s, &Methods::doctor}, {u"session.list"_s, &Methods::list},
        {u"session.get"_s, &Methods::get}, {u"session.token"_s, &Methods::token},
        {u"session.tokenUsed"_s, &Methods::tokenUsed}, {u"session.refresh"_s, &Methods::refresh},
        {u"session.signIn"_s, &Methods::signIn}, {u"session.submitCode"_s, &Methods::submitCode},
        {u"session.trust"_s, &Methods::trust}, {u"session.signOut"_s, &Methods::signOut},
        {u"session.forget"_s, &Methods::forget}, {u"session.setPolicy"_s, &Methods::setPolicy},
        {u"ledger.list"_s, &Methods::ledger}};
    const Handler handler = handlers.value(request.method);
    if (!handler)
        return false;
    (this->*handler)({Params(request.params), caller, reply});
    return true;
}

void Methods::info(Call call)
{
    call.reply(QJsonValue(QJsonObject{{u"program"_s, m_info.program},
        {u"version"_s, QStringLiteral(LATCHKEY_VERSION)}, {u"pid"_s, m_info.pid},
        {u"windows"_s, m_info.hasWindows}}));
}

void Methods::doctor(Call call)
{
    const Instant deadline = deadlineOf(call.params, usualPatience);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    m_doctor.ask(deadline, call.caller.owner,
        [reply = call.reply](const QJsonObject &report) { reply(QJsonValue(report)); });
}

void Methods::list(Call call)
{
    QJsonArray sessions;
    for (int row = 0; row < m_sessions.rowCount(); ++row)
        sessions.append(jsonFrom(m_sessions.at(row)->snapshot()));
    call.reply(QJsonValue(sessions));
}

void Methods::get(Call call)
{
    if (const Session *session = sessionOf(call))
        call.reply(QJsonValue(jsonWithHistoryFrom(session->snapshot())));
}

void Methods::token(Call call)
{
    TokenRequest request;
    request.minValid = call.params.span(u"minValid"_s);
    request.orBest = call.params.flag(u"orBest"_s);
    request.deadline = deadlineOf(call.params, usualPatience);
    if (call.params.flag(u"withProxy"_s)) // its credentials are for who goes through it
        request.proxyFor = m_info.proxyFor;
    request.whyNotRenew = [this, caller = call.caller](const Session &session) {
        return whyNotRenew(session, caller);
    };
    if (Session *session = sessionOf(call))
        m_tokens.give(call, *session, request);
}

//! Only of a token that was given to be held.
void Methods::tokenUsed(Call call)
{
    const QString name = call.params.text(u"name"_s);
    const qint64 requests = call.params.count(u"requests"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    m_tokens.noteUse(call, name, requests);
}

void Methods::refresh(Call call)
{
    const Instant deadline = deadlineOf(call.params, usualPatience);
    Session *session = sessionOf(call);
    if (!session)
        return;
    if (const auto refusal = whyNotRenew(*session, call.caller))
        return call.reply(*refusal);
    session->refreshNow();
    const auto whyNot = [this, caller = call.caller](const Session &s) {
        return whyNotRenew(s, caller);
    };
    await(call, *session, {refreshCondition(*session, whyNot), settledLate, deadline}, m_deadlines);
}

//! Without windows, those alone that could do nothing else there without a person's yes.
bool Methods::isLimited(const Caller &caller) const
{
    return m_info.hasWindows || AccessGate::whyNotAlone(caller.program());
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
    return isLimited(caller) ? takeRenewal(session) : std::nullopt;
}

std::optional<RpcError> Methods::takeRenewal(const Session &session)
{
    const auto wait = m_renewals.take(session.account().name, session.now().steady);
    return wait ? std::optional(renewedTooOften(*wait)) : std::nullopt;
}

//! A wrong password has the session renewed, too.
std::optional<RpcError> Methods::whyNotSignIn(const Account &account, const Caller &caller)
{
    const Session *session = m_sessions.find(account.name);
    const bool isRenewal = session && session->tokens() && session->account().isSameUser(account);
    return isRenewal && isLimited(caller) ? takeRenewal(*session) : std::nullopt;
}

void Methods::signIn(Call call)
{
    SignInRequest request;
    Account draft;
    draft.name = call.params.text(u"name"_s);
    draft.user = call.params.text(u"user"_s);
    draft.kind = call.params.optionalText(u"kind"_s, u"azure"_s);
    draft.shortLived = call.params.flag(u"shortLived"_s);
    draft.keepSignedIn = !call.params.flag(u"memoryOnly"_s);
    const QString server = call.params.text(u"server"_s);
    request.password = call.params.secret(u"password"_s);
    const QString trust = call.params.optionalText(u"trust"_s);
    const QString code = call.params.optionalText(u"code"_s);
    request.deadline = deadlineOf(call.params, signInPatience);
    if (call.params.problem())
        return call.reply(*call.params.problem());

    const auto trusted = Fingerprint::fromText(trust);
    if (!trust.isEmpty() && !trusted)
        return call.reply(wrongFingerprint());
    const auto codeDigits = codeFrom(code);
    if (!code.isEmpty() && !codeDigits)
        return call.reply(wrongCode());
    request.code = codeDigits.value_or(Secret());
    draft.pin = trusted.value_or(Fingerprint());
    const auto account = Account::make(draft, server);
    if (!account)
        return call.reply(wrongAccount(account.error()));
    request.account = *account;
    beginSignIn(call, request, {});
}

//! By the time that a person has answered, they may have to be asked for something else.
void Methods::beginSignIn(
    const Call &call, const SignInRequest &request, const std::optional<Permission> &given)
{
    const auto needed = neededToSignIn(request.account);
    if (needed && needed != given) {
        return confirm(call, request.account.name, *needed, request.deadline,
            [=, this] { beginSignIn(call, request, needed); });
    }
    if (const auto refusal = whyNotSignIn(request.account, call.caller))
        return call.reply(*refusal);
    m_info.allowPrompt();
    const QString &name = request.account.name;
    ++m_signIns[name]; // those that wait for an earlier one are asked from inside signIn()
    const auto session = m_sessions.signIn(request.account, request.password);
    if (!session) {
        --m_signIns[name];
        return call.reply(wrongAccount(session.error()));
    }
    const auto wait = waitFor(name, request.deadline, request.code);
    await(call, **session, signInOutcome(**session, wait), m_deadlines);
}

SignInWait Methods::waitFor(const QString &name, const Instant &deadline, const Secret &code) const
{
    const auto isReplaced = [this, name, count = m_signIns.value(name)] {
        return m_signIns.value(name) != count;
    };
    return {deadline, isReplaced, code};
}

//! Behind a name that people know, or that one is signing in under, nobody is to find another
//! appliance, or another one in its place.
std::optional<Permission> Methods::neededToSignIn(const Account &account) const
{
    const Session *session = m_sessions.find(account.name);
    const auto known = session ? std::optional(session->account()) : m_sessions.known(account.name);
    const QString server = account.server.toString();
    const QString sha256 = account.pin.toText();
    if (known && !known->isSameUser(account)) {
        const bool isTaken = session && !session->isProvisional(); // and will be refused
        return isTaken
            ? std::nullopt
            : std::optional(Permission{Permission::OtherAccount, server, account.user, sha256});
    }
    const Fingerprint pin = known ? known->pin : Fingerprint();
    if (!account.pin.isEmpty() && account.pin != pin)
        return Permission{Permission::Trust, server, {}, sha256, pin.toText()};
    return {};
}

void Methods::submitCode(Call call)
{
    const auto code = codeFrom(call.params.text(u"code"_s));
    const Instant deadline = deadlineOf(call.params, signInPatience);
    Session *session = sessionOf(call);
    if (!session)
        return;
    if (!code)
        return call.reply(wrongCode());
    if (session->phase() != Phase::CodeNeeded)
        return call.reply(noCodeAskedFor());
    session->submitCode(*code);
    const auto wait = waitFor(session->account().name, deadline);
    await(call, *session, resumedOutcome(*session, wait), m_deadlines);
}

void Methods::trust(Call call)
{
    const auto fingerprint = Fingerprint::fromText(call.params.text(u"sha256"_s));
    const Instant deadline = deadlineOf(call.params, signInPatience);
    Session *session = sessionOf(call);
    if (!session)
        return;
    if (!fingerprint)
        return call.reply(wrongFingerprint());
    decideTrust(call, *session, *fingerprint, deadline, {});
}

//! By the time that a person has answered, the question may be another one.
void Methods::decideTrust(const Call &call, Session &session, const Fingerprint &fingerprint,
    const Instant &deadline, const std::optional<Permission> &given)
{
    if (const auto refusal = whyNotTrust(session, fingerprint))
        return call.reply(*refusal);
    const Account &account = session.account();
    const Permission needed{Permission::Trust, account.server.toString(), {}, fingerprint.toText(),
        account.pin.toText()};
    if (needed != given) {
        return confirm(call, session, needed, deadline,
            [=, this](Session &asked) { decideTrust(call, asked, fingerprint, deadline, needed); });
    }
    session.trust(fingerprint);
    const auto wait = waitFor(account.name, deadline);
    await(call, session, resumedOutcome(session, wait), m_deadlines);
}

void Methods::signOut(Call call)
{
    const Instant deadline = deadlineOf(call.params, usualPatience);
    const Session *session = sessionOf(call);
    if (!session)
        return;
    confirm(call, *session, {Permission::SignOut}, deadline, [=, this](Session &asked) {
        asked.signOut();
        await(call, asked, {signedOut, signedOutLate, deadline}, m_deadlines);
    });
}

void Methods::setPolicy(Call call)
{
    const auto policy = handOutPolicyFrom(call.params.text(u"policy"_s));
    const Instant deadline = deadlineOf(call.params, usualPatience);
    Session *session = sessionOf(call);
    if (!session)
        return;
    if (!policy)
        return call.reply(wrongParameter(u"policy"_s, u"allow, ask or never"_s));
    // Else a program that may not have a token could let itself in.
    const auto whyNotLoosen = m_info.hasWindows ? std::optional(looserPolicy())
                                                : AccessGate::whyNotAlone(call.caller.program());
    if (whyNotLoosen && *policy < session->account().policy)
        return call.reply(*whyNotLoosen);
    whyNotLoosen ? session->tightenPolicy(*policy) : session->setPolicy(*policy);
    await(call, *session, {saved, savedLate, deadline}, m_deadlines);
}

void Methods::ledger(Call call)
{
    QJsonArray handOuts;
    for (const HandOut &handOut : m_gate.ledger().entries())
        handOuts.append(jsonFrom(handOut));
    call.reply(QJsonValue(handOuts));
}

void Methods::forget(Call call)
{
    const Instant deadline = deadlineOf(call.params, usualPatience);
    const Session *session = sessionOf(call);
    if (!session)
        return;
    confirm(call, *session, {Permission::Forget}, deadline, [=, this](const Session &asked) {
        Session *leaving = m_sessions.forget(asked.account().name);
        await(call, *leaving, {signedOut, signedOutLate, deadline}, m_deadlines);
    });
}

void Methods::confirm(const Call &call, const QString &name, const Permission &permission,
    const Instant &deadline, const std::function<void()> &act)
{
    if (!m_info.hasWindows) {
        const auto refusal = AccessGate::whyNotAlone(call.caller.program());
        return refusal ? call.reply(*refusal) : act();
    }
    m_gate.confirm(name, permission, call.caller.program(), deadline, call.caller.owner,
        [call, act](const std::optional<RpcError> &refusal) {
            if (refusal)
                call.reply(*refusal);
            else
                act();
        });
}

//! By the time that a person has answered, the session may be gone.
void Methods::confirm(const Call &call, const Session &session, const Permission &permission,
    const Instant &deadline, const std::function<void(Session &)> &act)
{
    const QString name = session.account().name;
    confirm(call, name, permission, deadline, [=, this] {
        if (Session *asked = m_sessions.find(name))
            act(*asked);
        else
            call.reply(sessionGone());
    });
}

Session *Methods::sessionOf(Call &call)
{
    const QString name = call.params.text(u"name"_s);
    if (call.params.problem()) {
        call.reply(*call.params.problem());
        return nullptr;
    }
    Session *session = m_sessions.find(name);
    if (!session)
        call.reply(noSession(name));
    return session;
}

Instant Methods::deadlineOf(Params &params, Milliseconds otherwise) const
{
    return m_deadlines.now() + params.span(u"deadline"_s).value_or(otherwise);
}

} // namespace latchkey
