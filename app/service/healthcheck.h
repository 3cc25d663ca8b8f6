// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "agent/doctorjson.h"

#include <vector>

namespace latchkey {

//! Examines the keychain and every session's appliance, all at the same time. Owned by whoever
//! asks.
class HealthCheck final : public Doctor {
    Q_OBJECT
public:
    struct Subject {
        SessionSnapshot session;
        std::unique_ptr<ApplianceProbe> probe;
    };

    //! \a facts go into the report as they are. \a vault is null where no keychain is used.
    HealthCheck(const QJsonObject &facts, std::unique_ptr<VaultCheck> vault,
        std::vector<Subject> subjects, QObject *parent = nullptr);

    void examine(const Instant &deadline) override;
    [[nodiscard]] QJsonObject soFar() const override;

private:
    void onProbed(std::size_t index, const ApplianceReport &report);
    void look();

    QJsonObject m_report;
    std::unique_ptr<VaultCheck> m_vault;
    std::vector<Subject> m_subjects;
    //! A report for each subject. Until its probe has ended, it says that the appliance did not
    //! answer in time.
    std::vector<QJsonObject> m_sessions;
    std::size_t m_pending = 0;
};

} // namespace latchkey
