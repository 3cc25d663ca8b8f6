// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/rotationjournal.h"

#include "base/logging.h"

namespace latchkey {

RotationJournal::RotationJournal(std::unique_ptr<SecretStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
    connect(m_store.get(), &SecretStore::saved, this, [this] { m_store->load(); });
    connect(m_store.get(), &SecretStore::loaded, this, &RotationJournal::onLoaded);
    connect(m_store.get(), &SecretStore::erased, this, &RotationJournal::forgotten);
    connect(m_store.get(), &SecretStore::failed, this, &RotationJournal::failed);
}

void RotationJournal::restore()
{
    m_written = {};
    m_store->load();
}

void RotationJournal::record(const Secret &record)
{
    m_written = record;
    m_store->save(record);
}

void RotationJournal::forget()
{
    m_written = {};
    m_store->erase();
}

void RotationJournal::onLoaded(const Secret &secret)
{
    if (m_written.isEmpty()) {
        Q_EMIT restored(secret);
        return;
    }
    const bool isSame = secret == m_written;
    m_written = {};
    if (isSame) {
        Q_EMIT recorded();
        return;
    }
    qCWarning(vaultLog) << "The keychain did not give back what was written";
    Q_EMIT failed(StoreError::Unavailable);
}

} // namespace latchkey
