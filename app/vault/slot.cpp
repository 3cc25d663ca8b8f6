// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/slot.h"

#include <QCryptographicHash>
#include <QList>

namespace latchkey {

namespace {

QByteArray digestOf(QByteArrayView record)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(record);
    return hash.result().toHex();
}

} // namespace

Secret Slot::toSecret() const
{
    QByteArray text =
        "latchkey 1 " + QByteArray::number(generation) + ' ' + digestOf(record.bytes()) + '\n';
    text.reserve(text.size() + record.size()); // growing would leave a copy behind
    text += record.bytes();
    const Secret secret = Secret::fromBytes(text);
    wipe(text);
    return secret;
}

std::optional<Slot> Slot::from(const Secret &stored)
{
    const QByteArrayView bytes = stored.bytes();
    if (bytes.startsWith('{'))
        return Slot{0, stored};
    const qsizetype end = bytes.indexOf('\n');
    const QList<QByteArray> head =
        bytes.first(std::max<qsizetype>(end, 0)).toByteArray().split(' ');
    if (head.size() != 4 || head[0] != "latchkey" || head[1] != "1")
        return {};
    bool isNumber = false;
    const quint64 generation = head[2].toULongLong(&isNumber);
    const QByteArrayView record = bytes.sliced(end + 1);
    if (!isNumber || head[3] != digestOf(record))
        return {};
    return Slot{generation, Secret::fromBytes(record)};
}

} // namespace latchkey
