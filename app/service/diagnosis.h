// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/report.h"
#include "base/messagelog.h"
#include "config/administration.h"
#include "service/healthcheck.h"
#include "session/sessionmodel.h"
#include "vault/vaultkey.h"
#include "wire/http/proxymemory.h"
#include "wire/oauth/kinds.h"

class QSettings;

namespace latchkey {

class LeakSearch;
struct ServiceOptions;

//! What is wrong with this Latchkey: makes doctors, and the report that a person sends to whoever
//! can help. Owned by Service.
class Diagnosis {
public:
    //! All outlive it.
    struct Parts {
        const ServiceOptions &options;
        //! The windows'.
        const QSettings &settings;
        const SessionModel &sessions;
        const Kinds &kinds;
        const Administration &administration;
        const VaultKey &vaultKey;
        const ProxyMemory &proxies;
        const MessageLog &log;
        DeadlineQueue &deadlines;
        ProbeFactory makeProbe;
        //! Makes null where no keychain is used.
        std::function<std::unique_ptr<VaultCheck>()> makeVaultCheck;
    };
    //! Sessions in a report. Of more, those that are worst off.
    static constexpr qsizetype mostSessions = 100;
    //! Entries of all their histories together.
    static constexpr qsizetype mostEntries = 1000;

    explicit Diagnosis(Parts parts);

    //! The list of accounts could not be read in full; a copy is at \a path, which may be empty.
    void noteDamagedList(const QString &path) { m_damagedList = path; }
    //! What to say of that; else nothing.
    [[nodiscard]] std::optional<Sentence> listProblem() const;

    [[nodiscard]] std::unique_ptr<Doctor> makeDoctor(const QString &session) const;
    //! Versions, settings, sessions with their histories, \a examination as a doctor gave it, and
    //! the log; where a leak would be, if any secret that is in use is found in it.
    [[nodiscard]] Report report(const QJsonObject &examination) const;

private:
    [[nodiscard]] HealthCheck::Known known() const;
    [[nodiscard]] QList<SessionSnapshot> snapshots() const;
    [[nodiscard]] QJsonArray worstOff() const;
    [[nodiscard]] QJsonObject settings() const;
    void addSecretsTo(LeakSearch &search) const;
    [[nodiscard]] Leak leakIn(const QJsonObject &report, const LeakSearch &search) const;

    Parts m_parts;
    //! The path of the copy; empty where the list could be read.
    QString m_damagedList;
};

} // namespace latchkey
