// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/healthcheck.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace latchkey {

HealthCheck::HealthCheck(const QJsonObject &facts, std::unique_ptr<VaultCheck> vault,
    std::vector<Subject> subjects, QObject *parent)
    : Doctor(parent)
    , m_report(facts)
    , m_vault(std::move(vault))
    , m_subjects(std::move(subjects))
{
    VaultReport noVault;
    noVault.problem = StoreError::Slow;
    m_report.insert(u"keychain"_s, m_vault ? jsonFrom(noVault) : memoryOnlyJson());
    ApplianceReport noAppliance;
    noAppliance.problem = AuthError{AuthError::Type::Timeout, 0, {}, {}};
    for (const Subject &subject : m_subjects)
        m_sessions.push_back(jsonFrom(subject.session, noAppliance));
}

void HealthCheck::examine(const Instant &deadline)
{
    m_pending = m_subjects.size() + (m_vault ? 1 : 0);
    if (m_vault) {
        connect(m_vault.get(), &VaultCheck::checked, this, [this](const VaultReport &report) {
            m_report.insert(u"keychain"_s, jsonFrom(report));
            --m_pending;
            look();
        });
        m_vault->check(deadline);
    }
    for (std::size_t index = 0; index < m_subjects.size(); ++index) {
        ApplianceProbe *probe = m_subjects[index].probe.get();
        connect(probe, &ApplianceProbe::probed, this,
            [this, index](const ApplianceReport &report) { onProbed(index, report); });
        probe->probe(deadline);
    }
    // examined() must come from the event loop, also where there is nothing to wait for.
    if (m_pending == 0)
        QMetaObject::invokeMethod(this, &HealthCheck::look, Qt::QueuedConnection);
}

void HealthCheck::onProbed(std::size_t index, const ApplianceReport &report)
{
    m_sessions[index] = jsonFrom(m_subjects[index].session, report);
    --m_pending;
    look();
}

void HealthCheck::look()
{
    if (m_pending == 0)
        Q_EMIT examined(soFar());
}

QJsonObject HealthCheck::soFar() const
{
    QJsonObject report = m_report;
    QJsonArray sessions;
    for (const QJsonObject &session : m_sessions)
        sessions.append(session);
    report.insert(u"sessions"_s, sessions);
    return report;
}

} // namespace latchkey
