// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace latchkey::appliance {

//! The fields of an application/x-www-form-urlencoded body or query, decoded: `+` is a space, %XX
//! are UTF-8 bytes. Names are looked up without regard to case, as the appliance does
//! (docs/protocol.md §3); of several that are the same, the last counts.
class Form {
public:
    [[nodiscard]] static Form decode(const QByteArray &encoded);

    [[nodiscard]] QString value(QLatin1StringView name) const;
    [[nodiscard]] bool contains(QLatin1StringView name) const;

    //! Names as they were sent.
    [[nodiscard]] QJsonObject toJson() const;

private:
    QList<std::pair<QString, QString>> m_fields;
};

} // namespace latchkey::appliance
