// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenendpoint.h"

#include "http/form.h"
#include "http/httprequest.h"
#include "loginreply.h"
#include "sessions.h"
#include "switches.h"

#include <optional>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

// False where it is absent or empty; nothing where it is no boolean.
std::optional<bool> shortLivedOf(const Form &form)
{
    const QString value = form.value("short_lived_refresh_token"_L1).toLower();
    if (value.isEmpty() || value == "false"_L1)
        return false;
    return value == "true"_L1 ? std::optional(true) : std::nullopt;
}

bool isForm(const HttpRequest &request)
{
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed();
    return type.compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) == 0;
}

HttpReply missing(const QString &field)
{
    return validationReply(field, u"The %1 field is required."_s.arg(field));
}

} // namespace

TokenEndpoint::TokenEndpoint(
    const Switches &switches, Users &users, Sessions &sessions, QObject *parent)
    : QObject(parent)
    , m_switches(switches)
    , m_users(users)
    , m_sessions(sessions)
    , m_tickets(switches)
{
}

HttpReply TokenEndpoint::answer(const HttpRequest &request)
{
    if (request.method == "DELETE")
        return logOut(request);
    if (request.method != "POST")
        return problemReply(405, u"Method Not Allowed"_s);
    if (!isForm(request))
        return problemReply(415, u"Unsupported Media Type"_s);
    return grant(request);
}

QString TokenEndpoint::grantName(const HttpRequest &request) const
{
    if (request.method == "DELETE")
        return u"logout"_s;
    const QString asked = Form::decode(request.body).value("grant_type"_L1);
    for (const QString &known : {u"Password"_s, u"Mfa"_s, u"Refresh_token"_s}) {
        if (asked.compare(known, Qt::CaseInsensitive) == 0)
            return known;
    }
    return asked.isEmpty() ? u"Password"_s : asked;
}

QString TokenEndpoint::userName(const HttpRequest &request) const
{
    const Form form = Form::decode(request.body);
    const QString grant = grantName(request);
    if (grant == "logout"_L1)
        return m_sessions.userOf(request.bearer());
    if (grant == "Refresh_token"_L1)
        return m_sessions.userOf(form.value("refresh_token"_L1).toLatin1());
    if (grant == "Mfa"_L1)
        return m_tickets.find(form.value("mfa_token"_L1)).value_or(Ticket()).user;
    return form.value("username"_L1);
}

HttpReply TokenEndpoint::grant(const HttpRequest &request)
{
    const Form form = Form::decode(request.body);
    const QString grant = grantName(request);
    if (!shortLivedOf(form))
        return validationReply(u"short_lived_refresh_token"_s, u"The value is not valid."_s);
    if (grant == "Password"_L1)
        return grantByPassword(form);
    if (grant == "Mfa"_L1)
        return grantByCode(form);
    if (grant == "Refresh_token"_L1)
        return grantByRefreshToken(form);
    return validationReply(u"grant_type"_s, u"The value '%1' is not valid."_s.arg(grant));
}

HttpReply TokenEndpoint::grantByPassword(const Form &form)
{
    if (!form.contains("username"_L1))
        return missing(u"Username"_s);
    User *user = m_users.find(form.value("username"_L1));
    if (user && user->isIdentityProvider)
        return answerIdentityProviderUser(*user, *shortLivedOf(form));
    if (!form.contains("password"_L1))
        return missing(u"Password"_s);
    if (!user || !isPasswordRight(*user, form.value("password"_L1)))
        return refuse(u"Username"_s, u"The user name or password is incorrect."_s);
    return welcome(*user, *shortLivedOf(form));
}

HttpReply TokenEndpoint::welcome(const User &user, bool isShortLived)
{
    if (!user.hasMfa())
        return grantedReply(m_switches, user, m_sessions.open(user, isShortLived));
    const QString ticket = m_tickets.give(user.name, isShortLived);
    Q_EMIT ticketGiven(user.name);
    return codeNeededReply(m_switches, user, ticket, isShortLived);
}

HttpReply TokenEndpoint::grantByCode(const Form &form)
{
    const QString token = form.value("mfa_token"_L1);
    if (!form.contains("mfa_token"_L1))
        return missing(u"mfa_token"_s);
    if (!form.contains("mfa_code"_L1))
        return missing(u"mfa_code"_s);
    const std::optional<Ticket> ticket = m_tickets.find(token);
    User *user = ticket ? m_users.find(ticket->user) : nullptr;
    if (!user)
        return refuse(u"mfa_token"_s, u"The MFA token is invalid or has expired."_s);
    if (!user->acceptCode(form.value("mfa_code"_L1), m_switches.isOn(Switch::CodeOnce))) {
        m_tickets.countWrongCode(token);
        return refuse(u"mfa_code"_s, u"The verification code is incorrect."_s);
    }
    m_tickets.use(token);
    const bool isShortLived = ticket->isShortLived || *shortLivedOf(form);
    return grantedReply(m_switches, *user, m_sessions.open(*user, isShortLived));
}

HttpReply TokenEndpoint::grantByRefreshToken(const Form &form)
{
    if (!form.contains("refresh_token"_L1))
        return missing(u"refresh_token"_s);
    const auto pair = m_sessions.renew(form.value("refresh_token"_L1).toLatin1());
    if (!pair)
        return refuse(u"refresh_token"_s, u"The refresh token is invalid or has expired."_s);
    return grantedReply(m_switches, *m_users.find(pair->user), *pair);
}

HttpReply TokenEndpoint::answerIdentityProviderUser(const User &user, bool isShortLived) const
{
    if (m_switches.is(Switch::IdpUser, "redirect"_L1))
        return ssoReply(m_switches, user, isShortLived);
    const QString words = u"The user signs in through an identity provider."_s;
    if (m_switches.is(Switch::IdpUser, "400"_L1))
        return validationReply(u"Username"_s, words);
    return problemReply(401, u"Unauthorized"_s, {{u"detail"_s, words}});
}

HttpReply TokenEndpoint::logOut(const HttpRequest &request)
{
    const Verdict verdict = m_sessions.checkAccess(request.bearer());
    if (!verdict.isAccepted)
        return problemReply(401, u"Unauthorized"_s, {{u"detail"_s, verdict.reason}});
    m_sessions.close(request.bearer());
    HttpReply reply;
    reply.status = 204;
    return reply;
}

HttpReply TokenEndpoint::refuse(const QString &field, const QString &words) const
{
    const QString set = m_switches.text(Switch::RefusalText);
    const QString &said = set.isEmpty() ? words : set;
    if (m_switches.is(Switch::RefusalStatus, "400"_L1))
        return validationReply(field, said);
    return problemReply(
        401, u"Unauthorized"_s, {{u"detail"_s, said}, {u"instance"_s, u"/api/oauth2/token"_s}});
}

bool TokenEndpoint::isPasswordRight(User &user, const QString &password) const
{
    const int limit = m_switches.number(Switch::LockoutTries);
    const bool isLockedOut = limit > 0 && user.wrongPasswords >= limit;
    if (isLockedOut || password != user.password) {
        ++user.wrongPasswords;
        return false;
    }
    user.wrongPasswords = 0;
    return true;
}

} // namespace latchkey::appliance
