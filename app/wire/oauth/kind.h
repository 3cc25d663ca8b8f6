// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

//! The dialect an appliance speaks: paths, and how it spells grants and fields. Read from a JSON
//! file in `resources/kinds/`; docs/protocol.md §3 and §4 are where `azure` comes from.
struct Kind {
    struct Call {
        QByteArray method;
        QString path;
    };
    struct RememberedConsents {
        QByteArray field;
        QByteArray password;
        QByteArray mfa;
        QByteArray refresh;
    };
    struct RequestFields {
        QByteArray user;
        QByteArray password;
        QByteArray refreshToken;
        QByteArray mfaToken;
        QByteArray mfaCode;
        QByteArray shortLived;
    };
    struct ReplyFields {
        QString accessToken;
        QString tokenType;
        QString refreshToken;
        QString expiresIn;
        QString issued;
        QString expires;
        QString userId;
        QString username;
        QString roleName;
        QString userType;
        QString latestNewsShown;
        QString mfaEnabled;
        QString mfaToken;
        QString redirectTo;
        QString shortLived;
    };

    QString id;
    QString name;
    Call token;
    Call logout;
    RememberedConsents grants;
    RequestFields request;
    ReplyFields reply;

    //! From the text of a kind file. The error says in one sentence which member is missing or
    //! wrong, for the log.
    [[nodiscard]] static Result<Kind, QString> fromJson(const QByteArray &json);

    //! One of the kinds that Latchkey ships. Fails for an unknown id.
    [[nodiscard]] static Result<Kind, QString> shipped(const QString &id);
};

} // namespace latchkey
