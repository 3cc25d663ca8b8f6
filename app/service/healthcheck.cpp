// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/healthcheck.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace latchkey {

HealthCheck::HealthCheck(Known known, std::unique_ptr<VaultCheck> vault,
    const QList<SessionSnapshot> &sessions, const ProbeFactory &makeProbe, DeadlineQueue &deadlines,
    QObject *parent)
    : Doctor(parent)
    , m_report(std::move(known.facts))
    , m_findings(std::move(known.findings))
    , m_vault(std::move(vault))
    , m_deadlines(deadlines)
{
    VaultReport noVault;
    noVault.problem = StoreError::Slow;
    m_report.insert(u"keychain"_s, m_vault ? jsonFrom(noVault) : memoryOnlyJson());
    if (m_vault) {
        m_vaultFinding = m_findings.size();
        m_findings.append({translate("Sentences", "Keychain")});
    }
    for (const SessionSnapshot &session : sessions)
        add(session, makeProbe);
}

void HealthCheck::add(const SessionSnapshot &session, const ProbeFactory &makeProbe)
{
    ApplianceReport noAppliance;
    noAppliance.problem = AuthError{AuthError::Type::Timeout, 0, {}, {}};
    visitTo(session.account, makeProbe).subjects.push_back(m_subjects.size());
    m_subjects.push_back({session, jsonFrom(session, noAppliance), m_findings.size()});
    const QString &name = session.account.name;
    m_findings.append({{name, name}, name});
}

//! What a probe finds depends on the pin, too.
HealthCheck::Visit &HealthCheck::visitTo(const Account &account, const ProbeFactory &makeProbe)
{
    const QString place = account.server.toString() + u' ' + account.pin.toText();
    const auto known = m_places.constFind(place);
    if (known != m_places.constEnd())
        return m_visits[*known];
    m_places.insert(place, m_visits.size());
    return m_visits.emplace_back(makeProbe(account));
}

void HealthCheck::examine(const Instant &deadline)
{
    m_deadline = deadline;
    m_pending = m_visits.size() + (m_vault ? 1 : 0);
    if (m_vault) {
        connect(m_vault.get(), &VaultCheck::checked, this, &HealthCheck::onChecked);
        m_vault->check(deadline);
    }
    visitMore();
    // examined() must come from the event loop, also where there is nothing to wait for.
    if (m_pending == 0)
        QMetaObject::invokeMethod(this, &HealthCheck::look, Qt::QueuedConnection);
}

//! Where they must take turns, those that hang leave time for the others.
void HealthCheck::visitMore()
{
    for (; m_begun < m_visits.size() && m_underWay < mostAtOnce; ++m_begun, ++m_underWay) {
        const Visit &visit = m_visits[m_begun];
        const std::size_t turns = (m_visits.size() - m_begun + mostAtOnce - 1) / mostAtOnce;
        const Instant now = m_deadlines.now();
        connect(visit.probe.get(), &ApplianceProbe::probed, this,
            [this, &visit](const ApplianceReport &report) { onProbed(visit, report); });
        visit.probe->probe(now + remaining(m_deadline, now) / static_cast<int>(turns));
    }
}

void HealthCheck::onChecked(const VaultReport &report)
{
    m_report.insert(u"keychain"_s, jsonFrom(report));
    m_findings[m_vaultFinding].conclude(problemOf(report));
    --m_pending;
    look();
}

void HealthCheck::onProbed(const Visit &visit, const ApplianceReport &report)
{
    for (const std::size_t number : visit.subjects) {
        Subject &subject = m_subjects[number];
        subject.report = jsonFrom(subject.session, report);
        m_findings[subject.finding].conclude(
            problemOf(subject.session, report), moodOf(subject.session));
    }
    --m_underWay;
    --m_pending;
    visitMore();
    look();
}

void HealthCheck::look()
{
    Q_EMIT progressed();
    if (m_pending == 0)
        Q_EMIT examined(soFar());
}

QJsonObject HealthCheck::soFar() const
{
    QJsonObject report = m_report;
    QJsonArray sessions;
    for (const Subject &subject : m_subjects)
        sessions.append(subject.report);
    report.insert(u"sessions"_s, sessions);
    return report;
}

} // namespace latchkey
