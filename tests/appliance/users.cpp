// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "users.h"

#include "totp.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

// Each of its characters is one that careless form encoding breaks.
const QString hardPassword = u"p+a ss&w=ö%25"_s;

const QString demoSecret = u"LATCHKEYDEMOSECRETALENKA2A"_s;

QStringList toStrings(const QJsonArray &array)
{
    QStringList strings;
    for (const QJsonValue &value : array)
        strings.append(value.toString());
    return strings;
}

User toUser(const QJsonObject &object)
{
    User user;
    user.name = object.value("name"_L1).toString();
    user.password = object.value("password"_L1).toString();
    user.role = object.value("role"_L1).toString(u"PortalOperator"_s);
    user.isIdentityProvider = object.value("type"_L1).toString() == "IdentityProvider"_L1;
    user.scratchCodes = toStrings(object.value("scratchCodes"_L1).toArray());
    return user;
}

} // namespace

bool User::acceptCode(const QString &code, bool worksOnce)
{
    if (scratchCodes.removeOne(code))
        return true;
    if ((worksOnce && code == lastCode) || !totp::isCode(code, mfaSecret, now()))
        return false;
    lastCode = code;
    return true;
}

Users Users::demo()
{
    Users users;
    users.add({.name = u"operator"_s, .password = hardPassword, .role = u"PortalOperator"_s});
    users.add({.name = u"alenka"_s,
        .password = hardPassword,
        .role = u"PortalAdmin"_s,
        .mfaSecret = *totp::fromBase32(demoSecret),
        .scratchCodes = {
            u"11112222"_s, u"22223333"_s, u"33334444"_s, u"44445555"_s, u"55556666"_s}});
    users.add({.name = u"reader"_s, .password = u"reader"_s, .role = u"ReadOnlyUser"_s});
    users.add({.name = u"sso"_s, .role = u"PortalOperator"_s, .isIdentityProvider = true});
    return users;
}

QString Users::read(const QJsonArray &array)
{
    for (const QJsonValue &value : array) {
        User user = toUser(value.toObject());
        if (user.name.isEmpty())
            return u"Each user needs a name."_s;
        const auto secret = totp::fromBase32(value[u"mfaSecret"].toString());
        if (!secret)
            return u"The mfaSecret of %1 is not base32."_s.arg(user.name);
        user.mfaSecret = *secret;
        add(user);
    }
    return {};
}

void Users::addMany(int count)
{
    for (int number = 1; number <= count; ++number) {
        add({.name = u"u%1"_s.arg(number, 4, 10, '0'_L1),
            .password = u"pw"_s,
            .role = u"PortalOperator"_s});
    }
}

User *Users::find(const QString &name)
{
    const auto user = m_users.find(name);
    return user == m_users.end() ? nullptr : &*user;
}

void Users::add(User user)
{
    static const QUuid family(u"6f4236c2-1626-4cfb-8eec-4961e57a0241"_s);
    user.id = QUuid::createUuidV5(family, user.name).toString(QUuid::WithoutBraces);
    m_users.insert(user.name, user);
}

} // namespace latchkey::appliance
