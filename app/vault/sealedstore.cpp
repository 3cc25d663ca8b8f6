// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/sealedstore.h"

#include "base/logging.h"

#include <QFileInfo>

namespace latchkey {

using Failure = std::optional<StoreError>;

SealedStore::SealedStore(Place place, VaultKey &key, FileQueue &files, QObject *parent)
    : SecretStore(parent)
    , m_place(std::move(place))
    , m_key(key)
    , m_files(files)
{
    connect(&m_key, &VaultKey::changed, this, &SealedStore::onKeyChanged);
}

void SealedStore::load()
{
    m_files.run<DurableFiles::Content>(
        m_place.path, [path = m_place.path](DurableFiles &files) { return files.read(path); }, this,
        [this](const DurableFiles::Content &content) { onRead(content); });
}

void SealedStore::onRead(const DurableFiles::Content &content)
{
    if (!content) {
        Q_EMIT failed(content.error());
        return;
    }
    const std::optional<QByteArray> sealed = content.value();
    if (!sealed) {
        Q_EMIT loaded(Secret());
        return;
    }
    m_key.fetch();
    withKey([this, sealed] { open(*sealed); });
}

void SealedStore::open(const QByteArray &sealed)
{
    const auto record = unseal(sealed, m_key.key(), m_place.owner);
    if (record)
        Q_EMIT loaded(*record);
    else
        putAside();
}

void SealedStore::putAside()
{
    qCWarning(vaultLog).noquote() << "A sealed file is damaged, and put aside:" << m_place.path;
    m_files.run<Failure>(
        m_place.path, [path = m_place.path](DurableFiles &files) { return files.putAside(path); },
        this,
        [this](const Failure &failure) { Q_EMIT failed(failure.value_or(StoreError::Damaged)); });
}

void SealedStore::save(const Secret &secret)
{
    qCDebug(vaultLog).noquote() << "vault: sealing" << QFileInfo(m_place.path).fileName();
    m_key.fetchOrMake();
    withKey([this, secret] { write(secret); });
}

//! Sealed here, so that only encrypted bytes leave this thread.
void SealedStore::write(const Secret &secret)
{
    const QByteArray sealed = seal(secret, m_key.key(), m_place.owner);
    m_files.run<Failure>(
        m_place.path,
        [path = m_place.path, sealed](DurableFiles &files) { return files.replace(path, sealed); },
        this,
        [this](const Failure &failure) {
            if (failure) {
                Q_EMIT failed(*failure);
                return;
            }
            qCDebug(vaultLog).noquote() << "vault: kept" << QFileInfo(m_place.path).fileName();
            Q_EMIT saved();
        });
}

void SealedStore::erase()
{
    m_files.run<Failure>(
        m_place.path, [path = m_place.path](DurableFiles &files) { return files.remove(path); },
        this,
        [this](const Failure &failure) {
            if (failure)
                Q_EMIT failed(*failure);
            else
                Q_EMIT erased();
        });
}

void SealedStore::withKey(std::function<void()> act)
{
    if (!m_key.key().isEmpty())
        return act();
    m_onceKeyIsHere = std::move(act);
    if (m_key.trouble())
        QMetaObject::invokeMethod(this, &SealedStore::onKeyChanged, Qt::QueuedConnection);
}

void SealedStore::onKeyChanged()
{
    const bool isHere = !m_key.key().isEmpty();
    if (!m_onceKeyIsHere) {
        if (isHere)
            Q_EMIT recovered();
        return;
    }
    if (isHere)
        std::exchange(m_onceKeyIsHere, nullptr)();
    else if (const auto trouble = m_key.trouble()) {
        m_onceKeyIsHere = nullptr;
        Q_EMIT failed(*trouble);
    }
}

} // namespace latchkey
