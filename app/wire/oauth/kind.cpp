// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kind.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! Takes texts out of one object of the file, and remembers the first that is missing or empty.
class Member {
public:
    Member(const QJsonObject &file, const QString &name, QString &missing)
        : m_object(name.isEmpty() ? file : file.value(name).toObject())
        , m_prefix(name.isEmpty() ? name : name + u'.')
        , m_missing(missing)
    {
    }

    [[nodiscard]] QString text(const QString &key) const
    {
        QString value = m_object.value(key).toString();
        if (value.isEmpty() && m_missing.isEmpty())
            m_missing = m_prefix + key;
        return value;
    }
    [[nodiscard]] QByteArray bytes(const QString &key) const { return text(key).toUtf8(); }

private:
    QJsonObject m_object;
    QString m_prefix;
    QString &m_missing;
};

Kind::Call callFrom(const Member &member)
{
    return {member.bytes(u"method"_s), member.text(u"path"_s)};
}

Kind::Grants grantsFrom(const Member &member)
{
    return {member.bytes(u"field"_s), member.bytes(u"password"_s), member.bytes(u"mfa"_s),
        member.bytes(u"refresh"_s)};
}

Kind::RequestFields requestFrom(const Member &member)
{
    return {member.bytes(u"user"_s), member.bytes(u"password"_s), member.bytes(u"refreshToken"_s),
        member.bytes(u"mfaToken"_s), member.bytes(u"mfaCode"_s), member.bytes(u"shortLived"_s)};
}

Kind::ReplyFields replyFrom(const Member &member)
{
    return {member.text(u"accessToken"_s), member.text(u"tokenType"_s),
        member.text(u"refreshToken"_s), member.text(u"expiresIn"_s), member.text(u"issued"_s),
        member.text(u"expires"_s), member.text(u"userId"_s), member.text(u"username"_s),
        member.text(u"roleName"_s), member.text(u"userType"_s), member.text(u"latestNewsShown"_s),
        member.text(u"mfaEnabled"_s), member.text(u"mfaToken"_s), member.text(u"redirectTo"_s),
        member.text(u"shortLived"_s)};
}

} // namespace

Result<Kind, QString> Kind::fromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonObject file = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return u"not JSON: "_s + error.errorString();

    QString missing;
    const Member top(file, {}, missing);
    Kind kind{top.text(u"id"_s), top.text(u"name"_s), callFrom({file, u"token"_s, missing}),
        callFrom({file, u"logout"_s, missing}), grantsFrom({file, u"grants"_s, missing}),
        requestFrom({file, u"request"_s, missing}), replyFrom({file, u"reply"_s, missing})};
    if (!missing.isEmpty())
        return u"no text at "_s + missing;
    return kind;
}

Result<Kind, QString> Kind::shipped(const QString &id)
{
    QFile file(u":/kinds/"_s + id + u".json"_s);
    if (id.contains(u'/') || !file.open(QIODevice::ReadOnly))
        return u"no kind of the name "_s + id;
    return fromJson(file.readAll());
}

} // namespace latchkey
