// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/replies.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace latchkey::test {

namespace {

QByteArray dataFile(const QString &name)
{
    QFile file(u":/support/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The test data lack %s", qPrintable(name));
    return file.readAll();
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

QByteArray seedReply()
{
    return dataFile(u"seed-reply.json"_s);
}

QByteArray seedReplyWith(const QString &member, const QJsonValue &value)
{
    QJsonObject reply = QJsonDocument::fromJson(seedReply()).object();
    if (value.isUndefined())
        reply.remove(member);
    else
        reply.insert(member, value);
    return QJsonDocument(reply).toJson();
}

QByteArray mfaReply()
{
    return R"({"token_type": "bearer", "expires_in": 0, ".issued": "0001-01-01T00:00:00Z",
        ".expires": "0001-01-01T00:00:00Z", "userId": "d5022b05-0000-4000-8000-000000000000",
        "username": "administrator", "roleName": "PortalAdmin", "userType": "Internal",
        "latestNewsShown": true, "mfa_enabled": true, "mfa_token": "VGlja2V0+/==",
        "shortLived": false})";
}

QByteArray jwt(const QJsonObject &claims)
{
    return base64Url(R"({"alg":"RS512","typ":"JWT"})") + '.'
        + base64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact)) + ".c2lnbmF0dXJl";
}

const Kinds &shippedKinds()
{
    static const Kinds kinds;
    return kinds;
}

Kind azure()
{
    return shippedKinds().find(u"azure"_s).value();
}

Account anAccount()
{
    Account account;
    account.name = u"prod"_s;
    account.server = QUrl(u"https://appliance.test"_s);
    account.user = u"operator"_s;
    account.kind = u"azure"_s;
    return account;
}

Secret secret(const char *text)
{
    return Secret::fromBytes(text);
}

TokenReply aReply(int number, std::chrono::seconds life)
{
    TokenReply reply;
    reply.accessToken = Secret::fromBytes("access-" + QByteArray::number(number));
    reply.refreshToken = Secret::fromBytes("refresh-" + QByteArray::number(number));
    reply.tokenType = u"bearer"_s;
    reply.expiresIn = life;
    reply.userId = u"6f4236c2"_s;
    reply.username = u"operator"_s;
    reply.roleName = u"PortalOperator"_s;
    reply.userType = u"Internal"_s;
    reply.mfaEnabled = false;
    reply.shortLived = false;
    return reply;
}

Granted granted(int number, const Instant &sentAt, std::chrono::seconds life)
{
    return {aReply(number, life), sentAt, {}};
}

TokenSet tokenSet(int number, const Instant &sentAt, std::chrono::seconds life)
{
    return TokenSet::from(granted(number, sentAt, life), false);
}

Certificate aCertificate()
{
    return Certificate::from(QSslCertificate(dataFile(u"appliance.pem"_s)));
}

Fingerprint anotherFingerprint()
{
    return *Fingerprint::fromText(QString(64, u'a'));
}

} // namespace latchkey::test
