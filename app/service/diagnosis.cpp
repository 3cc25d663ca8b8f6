// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/diagnosis.h"

#include "agent/kindjson.h"
#include "agent/sessionjson.h"
#include "service/service.h"
#include "session/words/mood.h"
#include "wire/redaction/leaksearch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>
#include <QSslSocket>
#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QJsonObject versions()
{
    return {{u"latchkey"_s, QStringLiteral(LATCHKEY_VERSION)},
        {u"qt"_s, QString::fromLatin1(qVersion())},
        {u"tls"_s, QSslSocket::sslLibraryVersionString()},
        {u"system"_s, QSysInfo::prettyProductName()}, {u"kernel"_s, QSysInfo::kernelVersion()},
        {u"processor"_s, QSysInfo::currentCpuArchitecture()},
        {u"desktop"_s, qEnvironmentVariable("XDG_CURRENT_DESKTOP")},
        {u"session"_s, qEnvironmentVariable("XDG_SESSION_TYPE")}};
}

Finding wrong(const Sentence &subject, const Sentence &problem)
{
    Finding finding{subject};
    finding.conclude(problem);
    return finding;
}

QJsonObject jsonOf(const SessionSnapshot &session, qsizetype mostEntries)
{
    QJsonObject json = jsonWithHistoryFrom(session);
    QJsonArray history = json.value("history"_L1).toArray();
    while (history.size() > mostEntries)
        history.removeFirst();
    json.insert(u"history"_s, history);
    return json;
}

//! Of very many sessions, those with a problem.
QJsonObject shortened(QJsonObject examination)
{
    const QJsonArray sessions = examination.value("sessions"_L1).toArray();
    if (sessions.size() <= Diagnosis::mostSessions)
        return examination;
    QJsonArray shown;
    for (const QJsonValue &session : sessions) {
        if (!session["problem"_L1].isNull() && shown.size() < Diagnosis::mostSessions)
            shown.append(session);
    }
    examination.insert(u"sessions"_s, shown);
    return examination;
}

QByteArray textOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

Diagnosis::Diagnosis(Parts parts)
    : m_parts(std::move(parts))
{
}

std::optional<Sentence> Diagnosis::listProblem() const
{
    return m_damagedList.isEmpty() ? std::nullopt
                                   : std::optional(sentenceForDamagedList(m_damagedList));
}

std::unique_ptr<Doctor> Diagnosis::makeDoctor(const QString &session) const
{
    QList<SessionSnapshot> sessions;
    const QList<SessionSnapshot> all = snapshots();
    for (SessionSnapshot one : all) {
        if (!session.isEmpty() && one.account.name != session)
            continue;
        if (!m_parts.kinds.find(one.account.kind))
            one.reason = AuthError{AuthError::Type::KindMissing, 0, {}, one.account.kind};
        sessions.append(one);
    }
    return std::make_unique<HealthCheck>(
        known(), m_parts.makeVaultCheck(), sessions, m_parts.makeProbe, m_parts.deadlines);
}

HealthCheck::Known Diagnosis::known() const
{
    const QList<KindProblem> kinds = m_parts.kinds.problems();
    HealthCheck::Known known{
        {{u"program"_s, m_parts.options.program}, {u"version"_s, QStringLiteral(LATCHKEY_VERSION)},
            {u"socket"_s, m_parts.options.agentAddress}, {u"kinds"_s, jsonFrom(kinds)}}};
    if (const auto problem = listProblem()) {
        known.facts.insert(u"problem"_s, problem->english);
        known.findings.append(wrong(translate("Sentences", "List of accounts"), *problem));
    }
    auto trouble = m_parts.administration.trouble();
    if (!trouble && m_parts.administration.isUnwatched())
        trouble = sentenceForUnwatchedPolicy();
    known.facts.insert(u"policy"_s,
        QJsonObject{{u"file"_s, m_parts.administration.place()},
            {u"problem"_s, trouble ? QJsonValue(trouble->english) : QJsonValue::Null}});
    if (trouble)
        known.findings.append(
            wrong(translate("Sentences", "The administrator’s policy"), *trouble));
    for (const KindProblem &problem : kinds)
        known.findings.append(wrong(translate("Sentences", "Kind file"), sentenceFor(problem)));
    return known;
}

QList<SessionSnapshot> Diagnosis::snapshots() const
{
    QList<SessionSnapshot> sessions;
    for (int row = 0; row < m_parts.sessions.rowCount(); ++row)
        sessions.append(m_parts.sessions.at(row)->snapshot());
    return sessions;
}

Report Diagnosis::report(const QJsonObject &examination) const
{
    QJsonArray log;
    const QByteArrayList lines = m_parts.log.lines();
    for (const QByteArray &line : lines)
        log.append(QString::fromUtf8(line));
    const QJsonObject report{{u"versions"_s, versions()}, {u"settings"_s, settings()},
        {u"doctor"_s, shortened(examination)}, {u"sessions"_s, worstOff()}, {u"log"_s, log}};
    LeakSearch search;
    addSecretsTo(search);
    return search.finds(textOf(report)) ? Report(leakIn(report, search)) : Report(report);
}

QJsonArray Diagnosis::worstOff() const
{
    QList<SessionSnapshot> sessions = snapshots();
    std::ranges::stable_sort(sessions, std::greater(), moodOf);
    if (sessions.size() > mostSessions)
        sessions.resize(mostSessions);
    QJsonArray json;
    for (const SessionSnapshot &session : std::as_const(sessions))
        json.append(jsonOf(session, mostEntries / sessions.size()));
    return json;
}

//! The windows', without what only Qt can read, such as where a window was.
QJsonObject Diagnosis::settings() const
{
    QJsonObject settings{{u"memoryOnly"_s, m_parts.options.memoryOnly},
        {u"log"_s, scriptName(m_parts.log.level())}, {u"dataFolder"_s, m_parts.options.dataFolder}};
    const QStringList keys = m_parts.settings.allKeys();
    for (const QString &key : keys) {
        const QVariant value = m_parts.settings.value(key);
        if (value.metaType() != QMetaType::fromType<QByteArray>())
            settings.insert(key, QJsonValue::fromVariant(value));
    }
    return settings;
}

void Diagnosis::addSecretsTo(LeakSearch &search) const
{
    search.add(m_parts.vaultKey.key());
    const QList<Secret> secrets = m_parts.sessions.secrets() + m_parts.proxies.secrets();
    for (const Secret &secret : secrets)
        search.add(secret);
}

//! Tells the name of the session at fault only where the secret is not in that.
Leak Diagnosis::leakIn(const QJsonObject &report, const LeakSearch &search) const
{
    for (const QJsonValue &told : {QJsonValue(report), report.value("doctor"_L1)}) {
        const QJsonArray sessions = told["sessions"_L1].toArray();
        for (const QJsonValue &session : sessions) {
            if (!search.finds(textOf(session.toObject())))
                continue;
            const QString name = session["name"_L1].toString();
            return {
                m_parts.sessions.rowOf(name) + 1, search.finds(name.toUtf8()) ? QString() : name};
        }
    }
    return {};
}

} // namespace latchkey
