// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/grantmethods.h"

#include "agent/jsonvalues.h"
#include "agent/refusals.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString wordFor(Decision decision)
{
    switch (decision) {
    case Decision::Deny:
        return u"denied"_s;
    case Decision::Once:
        return u"once"_s;
    case Decision::OneHour:
        return u"hour"_s;
    case Decision::UntilLock:
        return u"until-lock"_s;
    case Decision::Always:
        return u"always"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject jsonFrom(const RememberedConsents::Entry &entry)
{
    const ProgramIdentity &identity = entry.identity;
    const bool isThrough = !identity.parent.isEmpty();
    return {{u"program"_s, identity.asker()},
        {u"through"_s, textFrom(isThrough ? identity.executable : QString())},
        {u"session"_s, entry.session}, {u"allowed"_s, wordFor(entry.decision)},
        {u"expiresAt"_s, timeFrom(entry.end ? std::optional(entry.end->wall) : std::nullopt)}};
}

} // namespace

void GrantMethods::list(MethodCall call)
{
    QJsonArray allowed;
    for (const RememberedConsents::Entry &entry : consent().allowed())
        allowed.append(jsonFrom(entry));
    call.reply(QJsonValue(QJsonObject{
        {u"allowed"_s, allowed}, {u"blocked"_s, QJsonArray::fromStringList(consent().blocked())}}));
}

void GrantMethods::revoke(MethodCall call)
{
    const QString program = call.params.text(u"program"_s);
    const QString session = call.params.optionalText(u"name"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    if (call.caller.program().hasOwnNumbers) // it would have people asked again and again
        return call.reply(isolatedProgram());
    call.reply(QJsonValue(qint64{consent().revoke(program, session)}));
}

void GrantMethods::block(MethodCall call)
{
    const QString program = call.params.text(u"program"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    if (!program.startsWith(u'/') || program.size() > RememberedConsents::longestPath)
        return call.reply(wrongParameter(u"program"_s, u"the absolute path of a program"_s));
    if (call.caller.program().hasOwnNumbers) // there is room for so many only
        return call.reply(isolatedProgram());
    if (!consent().block(program))
        return call.reply(tooManyBlocked());
    call.reply(QJsonValue(true));
}

//! Else a blocked program could let itself in.
void GrantMethods::unblock(MethodCall call)
{
    const QString program = call.params.text(u"program"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    const auto refusal = m_context.info.hasWindows ? std::optional(looserPolicy())
                                                   : AccessGate::whyNotAlone(call.caller.program());
    if (refusal)
        return call.reply(*refusal);
    call.reply(QJsonValue(consent().unblock(program)));
}

} // namespace latchkey
