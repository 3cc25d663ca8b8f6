// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

class QUrl;

namespace latchkey {

//! What is wrong with a kind file, for whoever wrote it.
struct KindProblem {
    QString file; //!< its path
    QString member; //!< `token.path`; empty when it is the file as a whole
    QString reason; //!< in English: `is missing`

    //! All of it: `/etc/latchkey/kinds/my.json: token.path is missing`.
    [[nodiscard]] QString text() const;

    friend bool operator==(const KindProblem &, const KindProblem &) = default;
};

//! The dialect an appliance speaks: its paths, how it spells grants and members, and what its
//! refusals mean. Each kind is a JSON file; docs/kinds.md tells what may stand in one. A text that
//! is empty here means that the kind does not have the thing.
struct Kind {
    //! Name and value, sorted by name.
    using Fields = QList<std::pair<QByteArray, QByteArray>>;

    enum class Body { Form, Multipart, Json };
    //! What proves that a refresh token is dead.
    enum class Proof {
        Status, //!< any refusal with 400 or 401
        InvalidGrant, //!< only the error `invalid_grant` of RFC 6749 §5.2
    };
    //! Versions of the appliance's API, the newest first. They stand in `header` or, where that is
    //! empty, in the paths in place of `{version}`.
    struct Versions {
        QByteArray header;
        QStringList values;
        //! From this version on, and in older ones, the grants are spelled as in `olderGrants`.
        QString olderFrom;

        friend bool operator==(const Versions &, const Versions &) = default;
    };
    struct Token {
        QString path;
        Body body = Body::Form;
        Fields fields; //!< sent with every grant
        bool keepsCookies = false; //!< what it sets goes back with the next grant

        friend bool operator==(const Token &, const Token &) = default;
    };
    struct Grants {
        QByteArray field;
        QByteArray password;
        QByteArray mfa;
        QByteArray refresh;

        friend bool operator==(const Grants &, const Grants &) = default;
    };
    struct RequestFields {
        QByteArray user;
        QByteArray password;
        QByteArray refreshToken;
        QByteArray mfaToken;
        QByteArray mfaCode;
        QByteArray shortLived;
        QByteArray client; //!< the client's id, RFC 6749 §2.2

        friend bool operator==(const RequestFields &, const RequestFields &) = default;
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

        friend bool operator==(const ReplyFields &, const ReplyFields &) = default;
    };
    //! How the appliance is told of a sign-out.
    struct Logout {
        QByteArray method;
        QStringList paths; //!< tried in this order while the appliance says 404 or 405
        bool bearer = false; //!< the access token goes along as a header
        Fields fields; //!< `{accessToken}` and `{refreshToken}` stand for the tokens

        friend bool operator==(const Logout &, const Logout &) = default;
    };
    //! An anonymous request and what the answer of this kind looks like.
    struct Check {
        QByteArray method;
        QString path;
        QList<int> statuses;
        QByteArray contentType; //!< empty: any
        QStringList has; //!< members of its JSON
        QStringList hasNot;

        friend bool operator==(const Check &, const Check &) = default;
    };

    QString id;
    QString name;
    int port = 0;
    //! By language (`en`, `de`): what a person should know before they sign in.
    QMap<QString, QString> hints;
    Versions versions;
    Token token;
    Grants grants;
    Grants olderGrants;
    RequestFields request;
    ReplyFields reply;
    //! The status with which it asks for the code of a second factor.
    int codeStatus = 200;
    std::optional<Logout> logout;
    Proof proof = Proof::Status;
    //! The lives of tokens that do not tell their own.
    std::optional<std::chrono::seconds> accessLife;
    std::optional<std::chrono::seconds> refreshLife;
    //! Dates without a zone are in the appliance's own time, of which nobody knows the zone.
    bool hasLocalDates = false;
    //! A refresh token works once.
    bool isOneUse = false;
    //! All of them hold for an appliance of this kind.
    QList<Check> recognition;
    //! The id of the kind whose place it takes.
    QString replaces;
    //! The file's path; `:/kinds/…` where Latchkey ships it.
    QString source;
    //! SHA-256 of the file's text, in hex, if the file is one of the user's own, which any program
    //! of the user's could have written; else empty.
    QByteArray digest;

    [[nodiscard]] bool hasSecondFactor() const { return !grants.mfa.isEmpty(); }
    [[nodiscard]] bool hasShortLived() const { return !request.shortLived.isEmpty(); }
    [[nodiscard]] bool hasClients() const { return !request.client.isEmpty(); }
    //! A file of the user's own.
    [[nodiscard]] bool isOwn() const { return !digest.isEmpty(); }
    [[nodiscard]] bool isShipped() const { return source.startsWith(u':'); }
    //! Up to 32 lower-case letters, digits and dashes. Whether there is such a kind may change at
    //! any time.
    [[nodiscard]] static bool isId(const QString &text);
    //! In the user's language where the file has it, else in English.
    [[nodiscard]] QString hint(const QString &language) const { return hintIn(hints, language); }
    [[nodiscard]] static QString hintIn(
        const QMap<QString, QString> &hints, const QString &language);

    //! How \a version spells the grants; for a kind without versions, an empty one.
    [[nodiscard]] const Grants &grantsIn(const QString &version) const;
    //! \a path with \a version in it.
    [[nodiscard]] static QString filledIn(QString path, const QString &version);
    //! The paths of the token call and the logout, whatever their version: `/{version}/token`.
    [[nodiscard]] QStringList tokenPaths() const;
    //! \a server as an account keeps it: with this kind's port if it names none, and without the
    //! path of the token call.
    [[nodiscard]] QUrl serverFrom(QUrl server) const;

    //! From the text of a kind file that stands at \a source. The error names the first member
    //! that is wrong.
    [[nodiscard]] static Result<Kind, KindProblem> fromJson(
        const QByteArray &json, const QString &source);

    friend bool operator==(const Kind &, const Kind &) = default;
};

} // namespace latchkey
