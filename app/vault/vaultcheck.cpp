// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/vaultcheck.h"

#include <QCoreApplication>

namespace latchkey {

VaultCheck::VaultCheck(Item item, std::unique_ptr<SecretStore> store,
    std::unique_ptr<KeychainProbe> probe, std::shared_ptr<KeychainChoice> choice,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_item(std::move(item))
    , m_store(std::move(store))
    , m_probe(std::move(probe))
    , m_choice(std::move(choice))
    , m_deadline(deadlines)
{
    connect(m_probe.get(), &KeychainProbe::probed, this, &VaultCheck::onProbed);
    connect(m_store.get(), &SecretStore::saved, this, [this] { m_store->load(); });
    connect(m_store.get(), &SecretStore::loaded, this, &VaultCheck::onLoaded);
    connect(m_store.get(), &SecretStore::erased, this, &VaultCheck::onErased);
    connect(m_store.get(), &SecretStore::failed, this, &VaultCheck::onFailed);
    connect(&m_deadline, &Deadline::reached, this, [this] { finish(VaultProblem::Slow); });
}

//! The store outlives us until it has cleared up.
VaultCheck::~VaultCheck()
{
    if (!m_isStored)
        return;
    SecretStore *store = m_store.release();
    store->disconnect(this);
    store->setParent(QCoreApplication::instance());
    connect(store, &SecretStore::erased, store, &QObject::deleteLater);
    connect(store, &SecretStore::failed, store, &QObject::deleteLater);
    store->erase();
}

void VaultCheck::check(const Instant &deadline)
{
    m_deadline.set(deadline);
    m_probe->probe(
        {m_item.service, m_item.key, m_choice->awaited(m_item.key), m_choice->expected(), true});
}

void VaultCheck::onProbed(const KeychainProbe::Finding &finding)
{
    if (m_isFinished)
        return;
    const Keychain expected = m_choice->expected();
    const bool isOther = !finding.answering.testFlag(expected);
    if (finding.answering)
        m_report.keychain = isOther ? Keychain::SecretService : expected;
    m_report.program = finding.program;
    const auto problem = obstacle(finding);
    if (problem == VaultProblem::Absent || problem == VaultProblem::Awaited)
        m_report.state = VaultReport::State::Absent;
    else
        m_report.state = problem ? VaultReport::State::Locked : VaultReport::State::Unlocked;
    if (problem)
        return finish(problem);
    m_isStored = true;
    m_startedAt = m_deadline.queue().now().steady;
    m_store->save(m_item.content);
}

std::optional<VaultProblem> VaultCheck::obstacle(const KeychainProbe::Finding &finding) const
{
    if (m_choice->awaited(m_item.key) & ~finding.answering)
        return VaultProblem::Awaited;
    switch (finding.item) {
    case KeychainProbe::Item::Readable:
        return {};
    case KeychainProbe::Item::Locked:
    case KeychainProbe::Item::Closed:
        return VaultProblem::Locked;
    case KeychainProbe::Item::Unknown:
        return VaultProblem::Absent;
    }
    Q_UNREACHABLE();
}

void VaultCheck::onLoaded(const Secret &content)
{
    const auto took = m_deadline.queue().now().steady - m_startedAt;
    m_report.roundTrip = {content == m_item.content, content.size(), took};
    // By now it is known where items really go.
    m_report.keychain = m_choice->chosen() ? m_choice->chosen() : m_report.keychain;
    m_store->erase();
}

void VaultCheck::onErased()
{
    m_isStored = false;
    const bool isSame = m_report.roundTrip && m_report.roundTrip->isSame;
    finish(isSame ? std::nullopt : std::optional(VaultProblem::Altered));
}

void VaultCheck::onFailed(StoreError error)
{
    finish(error == StoreError::Denied ? VaultProblem::Denied : VaultProblem::Broken);
}

void VaultCheck::finish(const std::optional<VaultProblem> &problem)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_deadline.set({});
    m_report.problem = problem;
    Q_EMIT checked(m_report);
}

} // namespace latchkey
