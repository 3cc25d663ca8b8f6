// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/onetimebody.h"

#include "base/secret.h"

#include <algorithm>

namespace latchkey {

OneTimeBody::OneTimeBody(const QByteArray &bytes, QObject *parent)
    : QIODevice(parent)
    , m_bytes(bytes.constData(), bytes.size()) // a copy of our own, to be wiped
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

OneTimeBody::~OneTimeBody()
{
    wipe(m_bytes);
}

qint64 OneTimeBody::bytesAvailable() const
{
    return m_bytes.size() - m_sent + QIODevice::bytesAvailable();
}

qint64 OneTimeBody::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_bytes.size() - m_sent);
    std::copy_n(m_bytes.constData() + m_sent, count, data);
    m_sent += count;
    return count;
}

qint64 OneTimeBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace latchkey
