// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/diagnosismethods.h"

#include "agent/access/accessgate.h"
#include "agent/refusals.h"
#include "base/messagelog.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds usualPatience = 10s;

//! \a report without other sessions.
QJsonObject about(const QString &name, QJsonObject report)
{
    QJsonArray one;
    const QJsonArray sessions = report.value("sessions"_L1).toArray();
    for (const QJsonValue &session : sessions) {
        if (session["name"_L1].toString() == name)
            one.append(session);
    }
    report.insert(u"sessions"_s, one);
    return report;
}

} // namespace

DiagnosisMethods::DiagnosisMethods(const MethodContext &context)
    : m_context(context)
    , m_doctor(context.info.makeDoctor, context.deadlines)
{
}

void DiagnosisMethods::examine(MethodCall call, const SharedDoctor::Answer &answer)
{
    const Instant deadline = m_context.deadlineOf(call.params, usualPatience);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    m_doctor.ask(deadline, call.caller.owner, answer);
}

void DiagnosisMethods::doctor(MethodCall call)
{
    const QString name = call.params.optionalText(u"name"_s);
    if (!name.isEmpty() && !m_context.sessions.find(name))
        return call.reply(noSession(name));
    examine(call, [name, reply = call.reply](const QJsonObject &report) {
        reply(QJsonValue(name.isEmpty() ? report : about(name, report)));
    });
}

//! Whether there is one tells whether a secret is in it, and programs write into it: names of
//! sessions, users and appliances. So it is not for those that nobody could name.
void DiagnosisMethods::report(MethodCall call)
{
    if (const auto refusal = AccessGate::whyNotAlone(call.caller.program()))
        return call.reply(*refusal);
    examine(call, [this, reply = call.reply](const QJsonObject &examination) {
        const Report &report = reportOf(examination);
        reply(report ? RpcAnswer(QJsonValue(*report)) : RpcAnswer(secretInReport(report.error())));
    });
}

//! To look for thousands of secrets takes a while. However many ask at the same time, it is done
//! once.
const Report &DiagnosisMethods::reportOf(const QJsonObject &examination)
{
    const SteadyTime begunAt = m_doctor.begunAt()->steady;
    if (m_last.begunAt != begunAt || m_last.examination != examination)
        m_last = {begunAt, examination, m_context.info.makeReport(examination)};
    return m_last.report;
}

//! Any program may turn it on, as there is no secret in it; but a sandbox does not turn off what a
//! person has turned on to see what it does.
void DiagnosisMethods::log(MethodCall call)
{
    const QString name = call.params.optionalText(u"level"_s);
    if (call.params.problem())
        return call.reply(*call.params.problem());
    if (!name.isEmpty() && call.caller.program().hasOwnNumbers)
        return call.reply(isolatedProgram());
    MessageLog &log = *m_context.info.log;
    const auto level = name.isEmpty() ? log.level() : logLevelFrom(name);
    if (!level)
        return call.reply(wrongParameter(u"level"_s, u"off, info or debug"_s));
    if (*level != log.level())
        log.setLevel(*level);
    call.reply(QJsonValue(QJsonObject{{u"level"_s, scriptName(*level)}, {u"file"_s, log.path()}}));
}

} // namespace latchkey
