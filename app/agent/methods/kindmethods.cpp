// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/kindmethods.h"

#include "agent/kindjson.h"
#include "agent/refusals.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualPatience = 10s;

} // namespace

void KindMethods::list(MethodCall call)
{
    QJsonArray kinds;
    for (const Kind &kind : m_context.kinds.all())
        kinds.append(jsonFrom(kind));
    call.reply(QJsonValue(
        QJsonObject{{u"kinds"_s, kinds}, {u"problems"_s, jsonFrom(m_context.kinds.problems())}}));
}

//! A known account's kind needs no finding.
void KindMethods::find(MethodCall call)
{
    const auto server = Account::serverFrom(call.params.text(u"server"_s));
    const QString name = call.params.optionalText(u"name"_s).trimmed();
    const QString user = call.params.optionalText(u"user"_s).trimmed();
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    if (!server)
        return call.reply(wrongAccount(server.error()));
    Account asked;
    asked.server = *server;
    if (const auto problem = m_context.sessions.whyNotSignIn(asked))
        return call.reply(wrongAccount(*problem));
    const auto answer = [reply = call.reply](const QList<KindSearch::Candidate> &candidates) {
        reply(QJsonValue(QJsonObject{{u"candidates"_s, jsonFrom(candidates)}}));
    };
    const auto known = m_context.knownAs(name, *server, user);
    if (const auto kind = known ? m_context.kinds.find(known->kind) : std::nullopt)
        return answer({{*kind, known->server, {}}});
    m_context.searches.find(*server, {}, deadline, call.caller,
        [reply = call.reply, answer](const Result<QList<KindSearch::Candidate>, RpcError> &found) {
            found ? answer(*found) : reply(found.error());
        });
}

} // namespace latchkey
