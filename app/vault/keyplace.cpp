// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keyplace.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int version = 1;

} // namespace

std::optional<KeyPlace> KeyPlace::fromJson(const QByteArray &text)
{
    const QJsonObject record = QJsonDocument::fromJson(text).object();
    const auto keychain = keychainFromScript(record.value(u"keychain"_s).toString());
    const QString collection = record.value(u"collection"_s).toString();
    const QString keyName = record.value(u"keyId"_s).toString();
    if (record.value(u"version"_s) != version || !keychain || collection.isEmpty()
        || keyName.isEmpty())
        return {};
    return KeyPlace{*keychain, collection, keyName, record.value(u"program"_s).toString()};
}

QByteArray KeyPlace::toJson() const
{
    const QJsonObject record{{u"version"_s, version}, {u"keychain"_s, scriptName(keychain)},
        {u"collection"_s, collection}, {u"keyId"_s, keyName}, {u"program"_s, program}};
    return QJsonDocument(record).toJson();
}

} // namespace latchkey
