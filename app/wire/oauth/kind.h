// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

//! The dialect an appliance speaks: its paths, and how it spells grants and fields. Each kind is a
//! JSON file in `resources/kinds/`; `azure` follows docs/protocol.md §3 and §4.
struct Kind {
    struct Call {
        QByteArray method;
        QString path;
    };
    struct Grants {
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
    Grants grants;
    RequestFields request;
    ReplyFields reply;

    //! From the text of a kind file, of which all members must be there. The error names, for the
    //! log, the first that is not.
    [[nodiscard]] static Result<Kind, QString> fromJson(const QByteArray &json);

    //! The kind of that id among those that Latchkey ships. The error says that there is none.
    [[nodiscard]] static Result<Kind, QString> shipped(const QString &id);
};

} // namespace latchkey
