// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace latchkey::appliance {

//! The fields of a body or query. Names are looked up without regard to case, as azure does
//! (docs/protocol.md §3), unless setSpelling() says otherwise; of several that are the same, the
//! last counts.
class Form {
public:
    //! application/x-www-form-urlencoded: `+` is a space, %XX are UTF-8 bytes.
    [[nodiscard]] static Form decode(const QByteArray &encoded);

    //! multipart/form-data (RFC 7578), with \a boundary between the parts.
    [[nodiscard]] static Form decodeMultipart(const QByteArray &body, const QByteArray &boundary);

    //! The members of a JSON object that are texts, numbers or booleans.
    [[nodiscard]] static Form decodeJson(const QByteArray &body);

    [[nodiscard]] static QString decodePart(QByteArray part);

    void setSpelling(Qt::CaseSensitivity spelling) { m_spelling = spelling; }

    [[nodiscard]] QString value(QLatin1StringView name) const;
    [[nodiscard]] bool contains(QLatin1StringView name) const;

    //! Names as they were sent.
    [[nodiscard]] QJsonObject toJson() const;

private:
    QList<std::pair<QString, QString>> m_fields;
    Qt::CaseSensitivity m_spelling = Qt::CaseInsensitive;
};

} // namespace latchkey::appliance
