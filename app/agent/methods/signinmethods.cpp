// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/signinmethods.h"

#include "agent/outcomes.h"
#include "agent/refusals.h"
#include "session/code.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualPatience = 30s;
//! What a sign-in to a session that is signed in counts as, by a program that is not certain.
constexpr int renewalsOfASignIn = 5;

std::optional<RpcError> whyNotTrust(
    const SessionModel &sessions, const Session &session, const Fingerprint &fingerprint)
{
    const Certificate *seen = certificateInQuestion(session.state());
    if (!seen)
        return noCertificateInQuestion();
    if (const auto problem = sessions.whyNotSignIn(session.account()))
        return wrongAccount(*problem);
    if (!session.mayTrust(fingerprint))
        return wrongAccount(AccountProblem::PinFixed);
    if (seen->fingerprint != fingerprint)
        return trustNeeded(session);
    return {};
}

//! Tells what was trusted there until now: \a own or, without one, by another session.
Permission trustIn(const SessionModel &sessions, const Account &account,
    const Fingerprint &fingerprint, const Fingerprint &own)
{
    const Fingerprint before = own.isEmpty() ? sessions.trustedAt(account.server) : own;
    return {Permission::Trust, {account.server.toString(QUrl::FullyEncoded)}, {},
        fingerprint.toText(), before == fingerprint ? QString() : before.toText()};
}

//! Server and user in their normal forms.
std::optional<AccountProblem> readAddress(Account &account, const QString &serverText)
{
    const auto server = Account::serverFrom(serverText);
    if (!server)
        return server.error();
    const auto user = Account::userFrom(account.user);
    if (!user)
        return user.error();
    account.server = *server;
    account.user = *user;
    return {};
}

} // namespace

void SignInMethods::signIn(MethodCall call)
{
    Account draft;
    draft.name = call.params.text(u"name"_s).trimmed();
    draft.kind = call.params.optionalText(u"kind"_s);
    draft.clientId = call.params.optionalText(u"clientId"_s);
    draft.shortLived = call.params.flag(u"shortLived"_s);
    draft.keepSignedIn = !call.params.flag(u"memoryOnly"_s);
    const QString server = call.params.text(u"server"_s);
    draft.user = call.params.text(u"user"_s);
    const Secret password = call.params.secret(u"password"_s);
    const Secret clientSecret = call.params.optionalSecret(u"clientSecret"_s);
    const QString trust = call.params.optionalText(u"trust"_s);
    const QString code = call.params.optionalText(u"code"_s);
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    if (call.params.problem())
        return call.reply(*call.params.problem());

    const auto trusted = Fingerprint::fromText(trust);
    if (!trust.isEmpty() && !trusted)
        return call.reply(wrongFingerprint());
    const auto codeDigits = codeFrom(code);
    if (!code.isEmpty() && !codeDigits)
        return call.reply(wrongCode());
    draft.pin = trusted.value_or(Fingerprint());
    if (const auto problem = readAddress(draft, server))
        return call.reply(wrongAccount(*problem));
    takeFromKnown(draft);
    if (const auto problem = m_context.sessions.whyNotSignIn(draft)) // before it is asked anything
        return call.reply(wrongAccount(*problem));
    chooseKind(call, {draft, {password, clientSecret}, codeDigits.value_or(Secret()), deadline});
}

//! What was not said is as the known account has it, if it is the same user's at the same place.
void SignInMethods::takeFromKnown(Account &account) const
{
    const auto known = m_context.knownAs(account.name, account.server, account.user);
    if (!known)
        return;
    if (account.kind.isEmpty())
        account.kind = known->kind;
    if (account.clientId.isEmpty() && account.kind == known->kind)
        account.clientId = known->clientId;
}

void SignInMethods::chooseKind(const MethodCall &call, const Request &request)
{
    const Account &account = request.account;
    if (!account.kind.isEmpty()) {
        const auto kind = m_context.kinds.find(account.kind);
        return kind ? signInTo(call, request, *kind)
                    : call.reply(unknownKind(m_context.kinds.all()));
    }
    m_context.searches.find(account.server, account.pin, request.deadline, call.caller,
        [this, call, request](const Result<QList<KindSearch::Candidate>, RpcError> &found) {
            if (!found)
                return call.reply(found.error());
            if (found->size() != 1)
                return call.reply(noSingleKind(request.account.server, *found));
            Request known = request;
            known.account.server = found->first().server;
            signInTo(call, known, found->first().kind);
        });
}

void SignInMethods::signInTo(const MethodCall &call, Request request, const Kind &kind)
{
    const bool hasClient =
        !request.account.clientId.isEmpty() || !request.credentials.clientSecret.isEmpty();
    if (hasClient && !kind.hasClients())
        return call.reply(noClients(kind));
    if (request.account.shortLived && !kind.hasShortLived())
        return call.reply(noShortLived(kind));
    request.account.kind = kind.id;
    const QUrl server = kind.serverFrom(request.account.server);
    const auto account = Account::make(request.account, server.toString(QUrl::FullyEncoded));
    if (!account)
        return call.reply(wrongAccount(account.error()));
    request.account = *account;
    begin(call, request, {});
}

//! By the time that a person has answered, they may have to be asked for something else.
void SignInMethods::begin(
    const MethodCall &call, const Request &request, const std::optional<Permission> &given)
{
    const auto permission = needed(request.account, call.caller);
    if (permission && permission != given) {
        return m_context.confirm(call, request.account.name, *permission, request.deadline,
            [=, this] { begin(call, request, permission); });
    }
    if (const auto refusal = whyNot(request.account, call.caller))
        return call.reply(*refusal);
    // A program with process numbers of its own could have the keychain ask again and again.
    if (!AccessGate::whyNotAlone(call.caller.program()))
        m_context.info.allowPrompt();
    const QString &name = request.account.name;
    forgetBegun();
    ++m_begun[name]; // those that wait for an earlier one are asked from inside signIn()
    const auto session = m_context.sessions.signIn(request.account, request.credentials);
    if (!session) {
        --m_begun[name];
        return call.reply(wrongAccount(session.error()));
    }
    const auto wait = waitFor(name, request.deadline, request.code);
    await(call, **session, signInOutcome(**session, wait), m_context.deadlines);
}

//! Any program can sign in under ever new names.
void SignInMethods::forgetBegun()
{
    if (m_begun.size() <= m_context.sessions.rowCount())
        return;
    m_begun.removeIf([this](const auto &entry) { return !m_context.sessions.find(entry.key()); });
}

SignInWait SignInMethods::waitFor(
    const QString &name, const Instant &deadline, const Secret &code) const
{
    const auto isReplaced = [this, name, count = m_begun.value(name)] {
        return m_begun.value(name) != count;
    };
    return {deadline, isReplaced, code};
}

//! Behind a name that people know, or that one is signing in under, nobody is to find another
//! appliance, or another one in its place. Nor are they to find a session of a program's making
//! that asks them for a password, unless it is certain which program that was.
std::optional<Permission> SignInMethods::needed(
    const Account &account, const MethodCall::Caller &caller) const
{
    const Session *session = m_context.sessions.find(account.name);
    const auto known = m_context.known(account.name);
    if (known && !known->isSameUser(account)) {
        if (session && !session->isProvisional()) // will be refused
            return {};
        Permission other{Permission::OtherAccount, loginOf(account), loginOf(*known)};
        other.sha256 = account.pin.toText();
        other.trustedBefore = account.pin.isEmpty() ? QString() : known->pin.toText();
        return other;
    }
    const Fingerprint pin = known ? known->pin : Fingerprint();
    if (!account.pin.isEmpty() && account.pin != pin)
        return trustIn(m_context.sessions, account, account.pin, pin);
    if (!session && !ProgramIdentity::isCertain(caller.program()))
        return Permission{Permission::SignIn, loginOf(account)};
    return {};
}

Permission::Login SignInMethods::loginOf(const Account &account) const
{
    const auto kind = m_context.kinds.find(account.kind);
    return {account.server.toString(QUrl::FullyEncoded), account.user,
        kind ? kind->name : account.kind, account.clientId};
}

//! A wrong password has the session renewed, too, and holds its renewal up for as long as the
//! appliance takes to refuse it: one that is not certain may enter few.
std::optional<RpcError> SignInMethods::whyNot(
    const Account &account, const MethodCall::Caller &caller)
{
    const Session *session = m_context.sessions.find(account.name);
    const bool isRenewal = session && session->tokens() && session->account().isSameUser(account);
    return isRenewal ? m_context.takeRenewal(*session, caller, renewalsOfASignIn) : std::nullopt;
}

void SignInMethods::submitCode(MethodCall call)
{
    const auto code = codeFrom(call.params.text(u"code"_s));
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    if (!code)
        return call.reply(wrongCode());
    if (session->phase() != Phase::CodeNeeded)
        return call.reply(noCodeAskedFor());
    session->submitCode(*code);
    const auto wait = waitFor(session->account().name, deadline);
    await(call, *session, resumedOutcome(*session, wait), m_context.deadlines);
}

void SignInMethods::trust(MethodCall call)
{
    const auto fingerprint = Fingerprint::fromText(call.params.text(u"sha256"_s));
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    Session *session = m_context.sessionOf(call);
    if (!session)
        return;
    if (!fingerprint)
        return call.reply(wrongFingerprint());
    decideTrust(call, *session, *fingerprint, deadline, {});
}

//! By the time that a person has answered, the question may be another one.
void SignInMethods::decideTrust(const MethodCall &call, Session &session,
    const Fingerprint &fingerprint, const Instant &deadline, const std::optional<Permission> &given)
{
    if (const auto refusal = whyNotTrust(m_context.sessions, session, fingerprint))
        return call.reply(*refusal);
    const Account &account = session.account();
    const Permission needed = trustIn(m_context.sessions, account, fingerprint, account.pin);
    if (needed != given) {
        return m_context.confirm(call, session, needed, deadline,
            [=, this](Session &asked) { decideTrust(call, asked, fingerprint, deadline, needed); });
    }
    session.trust(fingerprint);
    const auto wait = waitFor(account.name, deadline);
    await(call, session, resumedOutcome(session, wait), m_context.deadlines);
}

} // namespace latchkey
