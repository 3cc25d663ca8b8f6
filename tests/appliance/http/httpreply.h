// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace latchkey::appliance {

enum class Delivery {
    Whole,
    Truncated, //!< half the body, then the end of the connection
    HeadAlone, //!< with the length of a body of `streamBytes`, which does not follow
    Streamed, //!< `streamBytes` bytes of a body that is no JSON
    Never, //!< the connection stays open and silent
    HangUp, //!< the connection ends without a word
    Reset, //!< the connection breaks: a TCP reset
    BodyAlone, //!< no status line and no headers, then the end of the connection
};

struct HttpReply {
    int status = 200;
    QByteArray contentType;
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    Delivery delivery = Delivery::Whole;
    qint64 streamBytes = 0;

    //! Status line and headers. Content-Length is that of the whole body, even where less is sent.
    [[nodiscard]] QByteArray head() const;
    [[nodiscard]] bool hasHeader(const QByteArray &name) const;
};

[[nodiscard]] QByteArray reasonPhrase(int status);

[[nodiscard]] HttpReply jsonReply(const QJsonObject &object, int status = 200);
[[nodiscard]] HttpReply htmlReply(const QByteArray &title, int status);

//! application/problem+json as ASP.NET Core words it (docs/protocol.md §10), with the members of
//! \a more added.
[[nodiscard]] HttpReply problemReply(
    int status, const QString &title, const QJsonObject &more = {});

//! 400 with the `errors` map for one field.
[[nodiscard]] HttpReply validationReply(const QString &field, const QString &message);

} // namespace latchkey::appliance
