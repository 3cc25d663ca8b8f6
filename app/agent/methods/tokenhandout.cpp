// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/tokenhandout.h"

#include "agent/refusals.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

TokenHandOut::TokenHandOut(AccessGate &gate, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_gate(gate)
    , m_deadlines(deadlines)
{
}

void TokenHandOut::give(MethodCall call, Session &session, const TokenRequest &request)
{
    const Program program = call.caller.program();
    call.caller.program = [program] {
        return program; // who it was when it asked
    };
    call.reply = [this, reply = call.reply, program, name = session.account().name,
                     asked = QPointer(&session)](const RpcAnswer &answer) {
        m_gate.note(asked ? asked->account().name : name, program, answer);
        reply(answer);
    };
    pass(call, session, request);
}

void TokenHandOut::pass(const MethodCall &call, Session &session, const TokenRequest &request)
{
    m_gate.pass(session.account(), call.caller.program(), request.deadline, call.caller.owner,
        [this, call, request, session = QPointer(&session)](
            const std::optional<RpcError> &refusal) {
            if (refusal)
                return call.reply(*refusal);
            if (!session)
                return call.reply(sessionGone());
            handOut(call, *session, request);
        });
}

//! While the program waited, the policy may have been tightened, or the time for which a person has
//! allowed the program may have ended; then it has to pass the gate anew.
void TokenHandOut::handOut(const MethodCall &call, Session &session, const TokenRequest &request)
{
    const auto passed = session.account().policy;
    const auto isAllowed = [this, call](const Session &s) {
        return m_gate.timeToHold(s.account(), call.caller.program()) > 0ms;
    };
    const bool wasAllowed = isAllowed(session); // for longer than this once
    MethodCall careful = call;
    careful.reply = [=, this, session = QPointer(&session)](const RpcAnswer &answer) {
        const bool hasToken = answer || answer.error().more.contains("best"_L1);
        const bool mustAskAgain = hasToken && session
            && (session->account().policy > passed || (wasAllowed && !isAllowed(*session)));
        if (mustAskAgain)
            pass(call, *session, request);
        else
            call.reply(answer);
    };
    await(careful, session, {tokenCondition(request), tokenLastWord(request), request.deadline},
        m_deadlines,
        [this, call, request, session = QPointer(&session)](const RpcAnswer &answer) -> RpcAnswer {
            if (!session)
                return answer;
            if (const auto refusal = m_gate.refusal(session->account(), call.caller.program()))
                return *refusal;
            return answer ? RpcAnswer(holdable(call, answer.value(), *session, request))
                          : withBest(answer.error(), request, *session);
        });
}

//! Adds `holdFor`: for so many seconds, the program would be given the same token again. A program
//! that holds it watches for what ends that sooner.
QJsonValue TokenHandOut::holdable(const MethodCall &call, const QJsonValue &token,
    const Session &session, const TokenRequest &request)
{
    const TokenSet *tokens = session.tokens();
    const Milliseconds good = tokens ? goodFor(*tokens, request, session.now()) : 0ms;
    const Milliseconds allowed = m_gate.timeToHold(session.account(), call.caller.program());
    const auto time = std::chrono::floor<std::chrono::seconds>(std::min(good, allowed));
    if (call.caller.held && time > 0s)
        call.caller.held->insert(session.account().name, &session);
    QJsonObject json = token.toObject();
    json.insert(u"holdFor"_s, qint64{time.count()});
    return json;
}

void TokenHandOut::noteUse(const MethodCall &call, const QString &session, qint64 requests)
{
    const auto *held = call.caller.held;
    const auto found = held ? held->constFind(session) : HeldSessions::const_iterator();
    if (!held || found == held->constEnd())
        return call.reply(holdsNoToken());
    const QString name = *found ? (*found)->account().name : session;
    m_gate.noteUse(name, call.caller.program(), requests);
    call.reply(QJsonValue(true));
}

} // namespace latchkey
