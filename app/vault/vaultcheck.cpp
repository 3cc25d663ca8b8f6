// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/vaultcheck.h"

#include "vault/keystep.h"

namespace latchkey {

namespace {

VaultReport::State stateOf(const KeychainWatch::Finding &finding, const KeyStep &step)
{
    if (!finding.answering)
        return VaultReport::State::Absent;
    const bool isElsewhere =
        step.kind == KeyStep::Kind::Tell && step.trouble == StoreError::Elsewhere;
    if (isElsewhere)
        return VaultReport::State::Elsewhere;
    const bool isLocked = step.kind == KeyStep::Kind::Unlock || step.isClosed;
    return isLocked ? VaultReport::State::Locked : VaultReport::State::Unlocked;
}

} // namespace

VaultCheck::VaultCheck(Subject subject, std::unique_ptr<KeychainWatch> watch, FileQueue &files,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_subject(std::move(subject))
    , m_watch(std::move(watch))
    , m_files(files)
    , m_deadline(deadlines)
{
    connect(m_watch.get(), &KeychainWatch::seen, this, &VaultCheck::onSeen);
    connect(&m_deadline, &Deadline::reached, this, &VaultCheck::onDeadline);
}

void VaultCheck::check(const Instant &deadline)
{
    m_deadline.set(deadline);
    Keychains keychains = Keychains(Keychain::SecretService) | m_subject.preferred;
    if (m_subject.place)
        keychains |= m_subject.place->keychain;
    m_watch->look({m_subject.service, m_subject.key, keychains, {}});
    travel();
}

void VaultCheck::travel()
{
    const QString path = freshPath(m_subject.folder);
    m_files.run<FolderTrip>(
        path, [path](DurableFiles &files) { return tripTo(path, files); }, this,
        [this](const FolderTrip &trip) { onTravelled(trip); });
}

void VaultCheck::onSeen(const KeychainWatch::Finding &finding)
{
    m_finding = finding;
    look();
}

void VaultCheck::onTravelled(const FolderTrip &trip)
{
    m_trip = trip;
    look();
}

//! Reports the half that has not finished as the one that hangs.
void VaultCheck::onDeadline()
{
    if (!m_finding)
        m_report.problem = StoreError::Slow;
    else if (!m_trip)
        m_report.problem = StoreError::NotWritable;
    finish();
}

void VaultCheck::look()
{
    if (m_finding && m_trip)
        finish();
}

//! It is no problem if nothing was ever kept.
std::optional<StoreError> VaultCheck::keyProblem() const
{
    if (m_subject.hasKey)
        return {};
    if (m_subject.trouble)
        return m_subject.trouble;
    switch (m_report.state) {
    case VaultReport::State::Absent:
        return StoreError::Unavailable;
    case VaultReport::State::Elsewhere:
        return StoreError::Elsewhere;
    case VaultReport::State::Locked:
        return StoreError::Locked;
    case VaultReport::State::Unlocked:
        break;
    }
    const KeyStep step =
        keyStep(*m_finding, m_subject.place, keychainInUse(*m_finding, m_subject.preferred), false);
    const bool isGone = m_subject.place && step.kind == KeyStep::Kind::Tell;
    return isGone ? std::optional(step.trouble) : std::nullopt;
}

void VaultCheck::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    m_deadline.set({});
    if (m_finding) {
        const Keychain inUse = keychainInUse(*m_finding, m_subject.preferred);
        m_report.state = stateOf(*m_finding, keyStep(*m_finding, m_subject.place, inUse, true));
        if (m_finding->answering)
            m_report.keychain = inUse;
        m_report.program = m_finding->program;
    }
    if (m_trip && m_trip->bytes > 0)
        m_report.roundTrip = {m_trip->isSame, m_trip->bytes, m_trip->duration};
    if (!m_report.problem)
        m_report.problem = m_trip && m_trip->problem ? m_trip->problem : keyProblem();
    Q_EMIT checked(m_report);
}

} // namespace latchkey
