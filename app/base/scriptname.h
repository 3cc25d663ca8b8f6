// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMetaEnum>
#include <QString>

#include <optional>

namespace latchkey {

//! The name of an enumerator as scripts write it: `ServerBusy` becomes `server-busy`.
[[nodiscard]] inline QString scriptNameOf(const char *enumerator)
{
    QString name;
    for (const QChar letter : QString::fromLatin1(enumerator)) {
        if (letter.isUpper() && !name.isEmpty())
            name += u'-';
        name += letter.toLower();
    }
    return name;
}

//! The same for the value of an enum that Qt knows (Q_ENUM).
template<typename Enum> [[nodiscard]] QString scriptNameOf(Enum value)
{
    return scriptNameOf(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

//! The other way round; nothing when no enumerator has that name.
template<typename Enum> [[nodiscard]] std::optional<Enum> enumFromScriptName(const QString &name)
{
    const QMetaEnum all = QMetaEnum::fromType<Enum>();
    for (int at = 0; at < all.keyCount(); ++at) {
        if (scriptNameOf(all.key(at)) == name)
            return static_cast<Enum>(all.value(at));
    }
    return {};
}

} // namespace latchkey
