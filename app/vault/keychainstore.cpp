// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainstore.h"

#include "base/logging.h"

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

StoreError errorFrom(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::EntryNotFound: // said of a locked item whose prompt was dismissed
        return StoreError::Denied;
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return StoreError::Unavailable;
    }
    return StoreError::Unavailable;
}

} // namespace

KeychainStore::KeychainStore(const QString &service, const QString &key,
    std::unique_ptr<KeychainProbe> probe, std::shared_ptr<UnlockPrompt> prompt,
    std::shared_ptr<KeychainChoice> choice, QObject *parent)
    : SecretStore(parent)
    , m_service(service)
    , m_key(key)
    , m_probe(std::move(probe))
    , m_prompt(std::move(prompt))
    , m_choice(std::move(choice))
{
    connect(m_probe.get(), &KeychainProbe::probed, this, &KeychainStore::onProbed);
}

KeychainStore::~KeychainStore()
{
    cancel();
}

void KeychainStore::load()
{
    begin(
        m_choice->awaited(m_key), [this] { return new QKeychain::ReadPasswordJob(m_service); },
        [this](QKeychain::Job *job) {
            QByteArray bytes = static_cast<QKeychain::ReadPasswordJob *>(job)->binaryData();
            const Secret secret = Secret::fromBytes(bytes);
            wipe(bytes);
            onLoaded(secret);
        });
}

void KeychainStore::onLoaded(const Secret &secret)
{
    if (secret.isEmpty())
        m_choice->noteMissing(m_finding.holders);
    const auto holder = m_choice->holderOf(m_key);
    if (secret.isEmpty() && holder && (m_finding.holders || isElsewhere())) {
        fail(StoreError::Unavailable,
            u"%1 rests in %2, but another keychain is in use now"_s.arg(m_key, nameOf(*holder)));
        return;
    }
    if (!secret.isEmpty())
        m_choice->noteFound(m_key, m_finding.holders);
    m_trouble.clear();
    Q_EMIT loaded(secret);
}

void KeychainStore::save(const Secret &secret)
{
    begin(
        m_choice->awaitedToWrite(m_key),
        [this, secret] {
            auto *job = new QKeychain::WritePasswordJob(m_service);
            job->setTextData(secret.toString());
            return job;
        },
        [this](QKeychain::Job *) {
            m_choice->noteWritten(m_key);
            Q_EMIT saved();
        });
}

//! QtKeychain says that it deleted a locked item too, which stays: reading it unlocks it first.
void KeychainStore::erase()
{
    begin(
        m_choice->awaited(m_key),
        [this]() -> QKeychain::Job * {
            if (m_wasLocked)
                return new QKeychain::ReadPasswordJob(m_service);
            return new QKeychain::DeletePasswordJob(m_service);
        },
        [this](QKeychain::Job *) { return m_wasLocked ? erase() : onErased(); });
}

void KeychainStore::onErased()
{
    const auto holder = m_choice->holderOf(m_key);
    if (holder && m_finding.holders.testFlag(*holder) && isElsewhere()) {
        fail(StoreError::Unavailable,
            u"%1 stays in %2, because another keychain is in use now"_s.arg(
                m_key, nameOf(*holder)));
        return;
    }
    m_trouble.clear();
    Q_EMIT erased();
}

//! QtKeychain is known to use another keychain than the one that holds the item.
bool KeychainStore::isElsewhere() const
{
    const auto holder = m_choice->holderOf(m_key);
    const auto chosen = m_choice->chosen();
    return holder && chosen && *holder != *chosen;
}

//! A job may not be destroyed while the keychain works on it: it writes into it when it ends.
//! It is let go instead, and deletes itself.
void KeychainStore::cancel()
{
    if (m_job)
        m_job->disconnect(this);
    m_job = nullptr;
    m_make = nullptr;
}

void KeychainStore::begin(
    Keychains awaited, JobMaker make, std::function<void(QKeychain::Job *)> succeeded)
{
    cancel();
    m_awaited = awaited;
    m_make = std::move(make);
    m_succeeded = std::move(succeeded);
    m_probe->probe({m_service, m_key, awaited, m_choice->expected()});
}

void KeychainStore::onProbed(const KeychainProbe::Finding &finding)
{
    if (!m_make)
        return;
    m_finding = finding;
    const JobMaker make = std::exchange(m_make, nullptr);
    if (const Keychains absent = m_awaited & ~finding.answering) {
        const auto awaited =
            absent.testFlag(Keychain::KWallet) ? Keychain::KWallet : Keychain::SecretService;
        fail(StoreError::Unavailable, u"%1 does not answer yet"_s.arg(nameOf(awaited)));
        return;
    }
    using Item = KeychainProbe::Item;
    m_wasLocked = finding.item == Item::Locked;
    const bool mayPrompt = m_wasLocked || finding.item == Item::Closed
        || (finding.item == Item::Unknown && m_wasDenied);
    if (mayPrompt && !m_prompt->take()) {
        Q_EMIT failed(StoreError::Denied);
        return;
    }
    m_choice->noteJob(finding.answering);
    m_job = make();
    m_job->setKey(m_key);
    m_job->setInsecureFallback(false);
    connect(m_job, &QKeychain::Job::finished, this, &KeychainStore::onFinished);
    m_job->start();
}

void KeychainStore::onFinished(QKeychain::Job *job)
{
    m_job = nullptr;
    const bool isMissing = job->error() == QKeychain::EntryNotFound && !m_wasLocked;
    m_wasDenied = !isMissing && job->error() != QKeychain::NoError
        && errorFrom(job->error()) == StoreError::Denied;
    if (job->error() == QKeychain::NoError || isMissing)
        return std::exchange(m_succeeded, nullptr)(job); // which may begin the next
    qCWarning(vaultLog) << "The keychain did not do it:" << job->errorString();
    Q_EMIT failed(errorFrom(job->error()));
}

void KeychainStore::fail(StoreError error, const QString &why)
{
    if (std::exchange(m_trouble, why) != why)
        qCWarning(vaultLog).noquote() << "The keychain is waited for:" << why;
    Q_EMIT failed(error);
}

} // namespace latchkey
