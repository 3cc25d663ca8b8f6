// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/memorystore.h"

#include <QMetaObject>

namespace latchkey {

template<typename Report> void MemoryStore::later(Report report)
{
    QMetaObject::invokeMethod(this, std::move(report), Qt::QueuedConnection);
}

void MemoryStore::load()
{
    later([this] { Q_EMIT loaded(m_secret); });
}

void MemoryStore::save(const Secret &secret)
{
    m_secret = secret;
    later([this] { Q_EMIT saved(); });
}

void MemoryStore::erase()
{
    m_secret = {};
    later([this] { Q_EMIT erased(); });
}

} // namespace latchkey
