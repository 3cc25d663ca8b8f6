// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/accessgate.h"

#include "agent/refusals.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

bool isAllowedToAll(const Account &account, const Program &program)
{
    return account.policy == HandOutPolicy::Allow && !AccessGate::whyNotAlone(program);
}

HandOut::Answer answerFor(Refusal refusal)
{
    switch (refusal) {
    case Refusal::SignInNeeded:
        return HandOut::SignInNeeded;
    case Refusal::Unreachable:
        return HandOut::Unreachable;
    case Refusal::Denied:
        return HandOut::Denied;
    case Refusal::TrustNeeded:
        return HandOut::TrustNeeded;
    case Refusal::CodeNeeded:
        return HandOut::CodeNeeded;
    case Refusal::Usage:
        return HandOut::Usage;
    case Refusal::Done: // no agent says these two
    case Refusal::NoAgent:
    case Refusal::Failed:
    case Refusal::NoSession:
        return HandOut::Failed;
    }
    Q_UNREACHABLE();
}

HandOut::Answer answerFor(const RpcAnswer &answer)
{
    if (answer)
        return HandOut::Given;
    if (answer.error().more.contains("blocked"_L1))
        return HandOut::Blocked;
    return answer.error().more.contains("best"_L1) ? HandOut::Best
                                                   : answerFor(answer.error().reason);
}

std::optional<RpcError> refusalFor(ConsentCall::Outcome outcome, bool isToken)
{
    switch (outcome) {
    case ConsentCall::Outcome::Allowed:
        return {};
    case ConsentCall::Outcome::Refused:
        return notAllowed(isToken);
    case ConsentCall::Outcome::SessionGone:
        return sessionGone();
    case ConsentCall::Outcome::TooLate:
        return notAnswered(isToken);
    case ConsentCall::Outcome::TooMany:
        return tooManyQuestions();
    }
    Q_UNREACHABLE();
}

} // namespace

AccessGate::AccessGate(
    DeadlineQueue &deadlines, PresenceLock &lock, Consent &consent, Ledger &ledger, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_lock(lock)
    , m_consent(consent)
    , m_ledger(ledger)
{
    connect(&lock, &PresenceLock::left, &consent, &Consent::endUntilLock);
    connect(&lock, &PresenceLock::locked, &consent, &Consent::refuseAll);
    connect(&lock, &PresenceLock::changed, this, &AccessGate::changed);
    connect(&consent, &Consent::narrowed, this, &AccessGate::changed);
}

std::optional<RpcError> AccessGate::refusal(const Account &account) const
{
    if (const auto problem = m_rule(account))
        return wrongAccount(*problem);
    if (account.policy == HandOutPolicy::Never)
        return keptFromPrograms();
    if (m_lock.isLocked())
        return screenLocked();
    return {};
}

std::optional<RpcError> AccessGate::whyBlocked(const Program &program) const
{
    return m_consent.isBlocked(program) ? std::optional(blockedProgram()) : std::nullopt;
}

std::optional<RpcError> AccessGate::refusal(const Account &account, const Program &program) const
{
    const auto blocked = whyBlocked(program);
    return blocked ? blocked : refusal(account);
}

//! It is one that the ledger could not name: one without a file, or one whose file is in a
//! container, where any program may have that path.
std::optional<RpcError> AccessGate::whyNotAlone(const Program &program)
{
    if (program.hasOwnNumbers)
        return isolatedProgram();
    if (program.executable.isEmpty())
        return unseenProgram();
    return {};
}

void AccessGate::pass(const Account &account, const Program &program, const Instant &deadline,
    QObject *caller, const Decided &decided)
{
    if (const auto no = refusal(account, program))
        return decided(no);
    if (isAllowedToAll(account, program) || m_consent.isGiven(account.name, program))
        return decided({});
    if (!m_consent.canAsk() && account.policy == HandOutPolicy::Allow)
        return decided(whyNotAlone(program));
    if (!m_consent.canAsk())
        return decided(nobodyToAsk(account.name));
    if (m_consent.isDenied(account.name, program))
        return decided(refusalFor(ConsentCall::Outcome::Refused, true));
    ask(account.name, {}, program, deadline, caller, decided);
}

void AccessGate::confirm(const QString &session, const Permission &permission,
    const Program &program, const Instant &deadline, QObject *caller, const Decided &decided)
{
    if (const auto no = whyBlocked(program))
        return decided(no);
    if (m_lock.isLocked())
        return decided(screenLocked());
    if (!m_consent.canAsk())
        return decided(onlyInTheWindow());
    if (m_consent.isDenied(session, program, permission.what))
        return decided(refusalFor(ConsentCall::Outcome::Refused, false));
    ask(session, permission, program, deadline, caller, decided);
}

void AccessGate::ask(const QString &session, const Permission &permission, const Program &program,
    const Instant &deadline, QObject *caller, const Decided &decided)
{
    const bool isToken = permission.what == Permission::Token;
    auto *call = new ConsentCall(m_deadlines, deadline, caller);
    connect(call, &ConsentCall::finished, caller, [decided, isToken](ConsentCall::Outcome outcome) {
        decided(refusalFor(outcome, isToken));
    });
    m_consent.ask(session, program, call, permission);
}

Milliseconds AccessGate::timeToHold(const Account &account, const Program &program) const
{
    if (m_consent.isBlocked(program))
        return Milliseconds::zero();
    if (isAllowedToAll(account, program))
        return Milliseconds::max();
    return m_consent.timeLeft(account.name, program).value_or(Milliseconds::zero());
}

void AccessGate::note(const QString &session, const Program &program, const RpcAnswer &answer)
{
    m_ledger.append({{}, session, program, answerFor(answer)});
}

void AccessGate::noteUse(const QString &session, const Program &program, qint64 requests)
{
    m_ledger.append({{}, session, program, HandOut::Given, requests});
}

} // namespace latchkey
