// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "agent/doctorjson.h"

#include <QHash>

#include <vector>

namespace latchkey {

using ProbeFactory = std::function<std::unique_ptr<ApplianceProbe>(const Account &)>;

//! Examines the keychain and the appliances of the sessions, side by side: one probe for each
//! appliance and pin, however many sessions are there, and `mostAtOnce` of them at a time. Owned by
//! whoever asks.
class HealthCheck final : public Doctor {
    Q_OBJECT
public:
    //! What is known without looking.
    struct Known {
        //! These go into the report as they are.
        QJsonObject facts;
        QList<Finding> findings = {};
    };
    static constexpr std::size_t mostAtOnce = 32;

    //! \a vault is null where no keychain is used.
    HealthCheck(Known known, std::unique_ptr<VaultCheck> vault,
        const QList<SessionSnapshot> &sessions, const ProbeFactory &makeProbe,
        DeadlineQueue &deadlines, QObject *parent = nullptr);

    void examine(const Instant &deadline) override;
    [[nodiscard]] QJsonObject soFar() const override;
    [[nodiscard]] QList<Finding> findings() const override { return m_findings; }

private:
    struct Subject {
        SessionSnapshot session;
        //! Until its probe has ended, it says that the appliance did not answer in time.
        QJsonObject report;
        //! Where in the findings it is.
        qsizetype finding;
    };
    struct Visit {
        std::unique_ptr<ApplianceProbe> probe;
        //! Of those subjects.
        std::vector<std::size_t> subjects;
    };
    void add(const SessionSnapshot &session, const ProbeFactory &makeProbe);
    [[nodiscard]] Visit &visitTo(const Account &account, const ProbeFactory &makeProbe);
    void visitMore();
    void onChecked(const VaultReport &report);
    void onProbed(const Visit &visit, const ApplianceReport &report);
    void look();

    QJsonObject m_report;
    QList<Finding> m_findings;
    std::unique_ptr<VaultCheck> m_vault;
    //! Of the keychain.
    qsizetype m_vaultFinding = -1;
    std::vector<Subject> m_subjects;
    std::vector<Visit> m_visits;
    //! Their numbers, by appliance and pin.
    QHash<QString, std::size_t> m_places;
    DeadlineQueue &m_deadlines;
    Instant m_deadline;
    std::size_t m_begun = 0;
    std::size_t m_underWay = 0;
    std::size_t m_pending = 0;
};

} // namespace latchkey
