// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! What a program sends to the agent's socket: split into lines, parsed as requests, answered.

#include "fuzz/fuzz.h"

#include "agent/agentconnection.h"
#include "agent/params.h"
#include "session/account.h"
#include "session/code.h"
#include "support/fakeclock.h"

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

namespace {

QList<QByteArray> linesOf(const QByteArray &input, qsizetype step)
{
    DeadlineQueue deadlines(test::FakeClock().clock());
    auto socket = std::make_unique<PeerSocket>(-1);
    PeerSocket &program = *socket;
    AgentConnection connection(std::move(socket), Peer(), Holder(), deadlines, nullptr);
    QList<QByteArray> lines;
    QObject::connect(&connection, &AgentConnection::lineReceived, &connection,
        [&](const QByteArray &line) { lines.append(line); });
    for (qsizetype at = 0; at < input.size(); at += step)
        Q_EMIT program.received(input.mid(at, step), 0);
    must(deadlines.untilNext().has_value() == !(input.isEmpty() || input.endsWith('\n')),
        "half a line is waited for, and nothing else");
    return lines;
}

void mustBeOneLine(const QByteArray &answer)
{
    must(answer.endsWith('\n') && answer.count('\n') == 1, "an answer is one line");
    must(isJson(answer), "an answer is JSON");
}

void mustSayWhatIsWrong(const std::optional<RpcError> &problem, const QJsonValue &id)
{
    if (problem)
        mustBeOneLine(answerLine(id, *problem));
}

//! Reads every parameter that Methods reads, whatever the method.
void readParameters(const RpcRequest &request)
{
    Params params(request.params);
    const Secret password = params.secret(u"password"_s);
    const bool isShortLived = params.flag(u"shortLived"_s);
    mustSayWhatIsWrong(params.problem(), request.id);
    if (const auto span = params.span(u"deadline"_s))
        must(*span >= Milliseconds(0) && *span <= std::chrono::days(1), "a span is within a day");
    if (const auto code = codeFrom(params.optionalText(u"code"_s)))
        must(code->size() == 6 || code->size() == 8, "a code has 6 or 8 digits");
    if (const auto print = Fingerprint::fromText(params.optionalText(u"sha256"_s)))
        must(Fingerprint::fromText(print->toText()) == print, "a fingerprint is written as read");
    Account draft;
    draft.name = params.text(u"name"_s);
    draft.user = params.text(u"user"_s);
    draft.kind = params.optionalText(u"kind"_s, u"azure"_s);
    draft.shortLived = isShortLived;
    if (const auto account = Account::make(draft, params.text(u"server"_s)))
        must(!account->server.host().isEmpty(), "an account has an appliance");
}

void answer(const QByteArray &line)
{
    const auto request = RpcRequest::fromLine(line);
    if (!request)
        return mustBeOneLine(request.error());
    readParameters(*request);
    mustBeOneLine(unknownMethodLine(*request));
    mustBeOneLine(answerLine(request->id, QJsonValue(request->params)));
    mustBeOneLine(notificationLine(request->method, request->params));
}

} // namespace

void tryOne(const QByteArray &input)
{
    const QList<QByteArray> lines = linesOf(input, std::max<qsizetype>(1, input.size()));
    must(lines == linesOf(input, 7), "how it comes in pieces makes no difference");
    must(lines.size() == input.count('\n'), "each end of line ends a line");
    for (const QByteArray &line : lines)
        answer(line);
}

} // namespace latchkey::fuzz
