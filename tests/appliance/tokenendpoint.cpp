// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenendpoint.h"

#include "dialects/client.h"
#include "dialects/refusal.h"
#include "http/form.h"
#include "http/httprequest.h"
#include "loginreply.h"
#include "sessions.h"
#include "switches.h"

#include <optional>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

using Logout = Dialect::Logout;
using Reason = Refusal::Reason;
using SecondFactor = Dialect::SecondFactor;
using Versions = Dialect::Versions;

Refusal missing(const QString &field)
{
    return {Reason::BadField, u"The %1 field is required."_s.arg(field), field};
}

} // namespace

TokenEndpoint::TokenEndpoint(const Dialect &dialect, const Switches &switches, Users &users,
    Sessions &sessions, QObject *parent)
    : QObject(parent)
    , m_dialect(dialect)
    , m_switches(switches)
    , m_users(users)
    , m_sessions(sessions)
    , m_tickets(switches)
{
}

bool TokenEndpoint::has(const QString &path) const
{
    return isTokenPath(path) || matched(logoutPath(), path);
}

HttpReply TokenEndpoint::answer(const HttpRequest &request)
{
    if (const auto objection = objectionTo(request)) {
        return refusalReply(isTokenPath(request.path) ? m_dialect.errors : m_dialect.resourceErrors,
            m_switches, *objection);
    }
    return isLogout(request) ? logOut(request) : grant(request);
}

QString TokenEndpoint::grantName(const HttpRequest &request) const
{
    if (isLogout(request))
        return u"logout"_s;
    const QString asked = fieldsOf(request).value("grant_type"_L1);
    for (const QString &known : {u"Password"_s, u"Mfa"_s, u"Refresh_token"_s}) {
        if (asked.compare(known, Qt::CaseInsensitive) == 0)
            return known;
    }
    return asked.isEmpty() ? u"Password"_s : asked;
}

QString TokenEndpoint::userName(const HttpRequest &request) const
{
    const Form form = fieldsOf(request);
    const QString grant = grantName(request);
    if (grant == "logout"_L1) {
        const QByteArray token = form.value("token"_L1).toLatin1();
        return m_sessions.userOf(token.isEmpty() ? request.bearer() : token);
    }
    if (grant == "Refresh_token"_L1)
        return m_sessions.userOf(form.value("refresh_token"_L1).toLatin1());
    if (grant == "Mfa"_L1)
        return m_tickets.find(form.value("mfa_token"_L1)).value_or(Ticket()).user;
    return accountName(form);
}

std::optional<Refusal> TokenEndpoint::objectionTo(const HttpRequest &request) const
{
    const QString version = versionOf(request);
    if (m_dialect.versions == Versions::Path && !m_switches.isServed(version))
        return Refusal{Reason::NotFound};
    if (!isLogout(request) && (request.method != "POST" || !isTokenPath(request.path)))
        return Refusal{Reason::WrongMethod};
    if (m_dialect.versions == Versions::Header && !m_switches.isServed(version))
        return versionRefusal(m_switches);
    if (!isMediaTaken(request))
        return Refusal{Reason::WrongMedia};
    const QString client = m_switches.text(Switch::Client);
    if (!client.isEmpty() && !isFromClient(request, client))
        return Refusal{Reason::UnknownClient, u"The client is not known here."_s};
    return std::nullopt;
}

std::optional<Refusal> TokenEndpoint::objectionTo(const Form &form, const QString &version) const
{
    if (!shortLivedOf(form))
        return Refusal{Reason::BadField, u"The value is not valid."_s, m_dialect.shortLivedField};
    const QString asked = form.value("grant_type"_L1);
    if (asked.isEmpty())
        return m_dialect.mayOmitGrant ? std::nullopt : std::optional(missing(u"grant_type"_s));
    if (m_dialect.grantsOf(version).contains(asked, m_dialect.spelling))
        return std::nullopt;
    return Refusal{
        Reason::UnknownGrant, u"The value '%1' is not valid."_s.arg(asked), u"grant_type"_s};
}

bool TokenEndpoint::isTokenPath(const QString &path) const
{
    return matched(m_dialect.tokenPath, path).has_value();
}

bool TokenEndpoint::isLogout(const HttpRequest &request) const
{
    return m_dialect.logout != Logout::None && request.method == m_dialect.logoutMethod
        && matched(logoutPath(), request.path).has_value();
}

bool TokenEndpoint::isMediaTaken(const HttpRequest &request) const
{
    const bool isByToken =
        m_dialect.logout == Logout::Token || m_dialect.logout == Logout::Revocation;
    if (isLogout(request) && !isByToken)
        return true;
    const QString media = request.media();
    return words(m_dialect.media).contains(media)
        || (media == "form"_L1 && m_switches.isOn(Switch::FormToo));
}

QLatin1StringView TokenEndpoint::logoutPath() const
{
    const bool isOther =
        !m_dialect.otherLogoutPath.isEmpty() && m_switches.is(Switch::LogoutPath, "oauth2"_L1);
    return isOther ? m_dialect.otherLogoutPath : m_dialect.logoutPath;
}

QString TokenEndpoint::versionOf(const HttpRequest &request) const
{
    if (m_dialect.versions != Versions::Path)
        return QString::fromLatin1(request.headers.value("x-api-version"));
    const QLatin1StringView pattern =
        isTokenPath(request.path) ? m_dialect.tokenPath : m_dialect.logoutPath;
    return matched(pattern, request.path).value_or(QString());
}

Form TokenEndpoint::fieldsOf(const HttpRequest &request) const
{
    Form form = request.fields();
    form.setSpelling(m_dialect.spelling);
    return form;
}

QString TokenEndpoint::accountName(const Form &form) const
{
    const QString name = form.value("username"_L1);
    return m_dialect.hasDomains ? name.section('\\'_L1, -1) : name;
}

HttpReply TokenEndpoint::grant(const HttpRequest &request)
{
    const Form form = fieldsOf(request);
    if (const auto objection = objectionTo(form, versionOf(request)))
        return refused(*objection);
    const QString grant = grantName(request);
    const bool needsCookie = m_dialect.hasAntiForgery && m_switches.isOn(Switch::AntiForgery)
        && !AntiForgery::isDisabledBy(request);
    if (needsCookie && grant == "Refresh_token"_L1 && !m_antiForgery.isSentBy(request))
        return refused({Reason::NoCookie, u"The anti-forgery token is missing."_s});
    HttpReply reply = grant == "Password"_L1 ? grantByPassword(form)
        : grant == "Mfa"_L1                  ? grantByCode(form)
                                             : grantByRefreshToken(form);
    if (needsCookie && reply.status == 200)
        m_antiForgery.addCookie(reply);
    return reply;
}

HttpReply TokenEndpoint::grantByPassword(const Form &form)
{
    if (!form.contains("username"_L1))
        return refused(missing(u"Username"_s));
    User *user = m_users.find(accountName(form));
    if (user && user->isIdentityProvider)
        return answerIdentityProviderUser(*user, *shortLivedOf(form));
    if (!form.contains("password"_L1))
        return refused(missing(u"Password"_s));
    if (!user || !isPasswordRight(*user, form.value("password"_L1))) {
        return refused(
            {Reason::BadCredentials, u"The user name or password is incorrect."_s, u"Username"_s});
    }
    return welcome(*user, *shortLivedOf(form));
}

HttpReply TokenEndpoint::welcome(const User &user, bool isShortLived)
{
    if (!user.hasMfa() || m_dialect.secondFactor == SecondFactor::None)
        return grantedReply(m_dialect, m_switches, user, m_sessions.open(user, isShortLived));
    if (m_dialect.secondFactor == SecondFactor::Refused) {
        return refused({Reason::BadCredentials,
            u"An account with a second factor cannot use the REST API."_s, u"Username"_s});
    }
    const QString ticket = m_tickets.give(user.name, isShortLived);
    Q_EMIT ticketGiven(user.name);
    return codeNeededReply(m_dialect, m_switches, user, ticket, isShortLived);
}

HttpReply TokenEndpoint::grantByCode(const Form &form)
{
    const QString token = form.value("mfa_token"_L1);
    if (!form.contains("mfa_token"_L1))
        return refused(missing(u"mfa_token"_s));
    if (!form.contains("mfa_code"_L1))
        return refused(missing(u"mfa_code"_s));
    const std::optional<Ticket> ticket = m_tickets.find(token);
    User *user = ticket ? m_users.find(ticket->user) : nullptr;
    if (!user) {
        return refused({Reason::BadCredentials, u"The MFA token is invalid or has expired."_s,
            u"mfa_token"_s});
    }
    if (!user->acceptCode(form.value("mfa_code"_L1), m_switches.isOn(Switch::CodeOnce))) {
        m_tickets.countWrongCode(token);
        return refused(
            {Reason::BadCredentials, u"The verification code is incorrect."_s, u"mfa_code"_s});
    }
    m_tickets.use(token);
    const bool isShortLived = ticket->isShortLived || *shortLivedOf(form);
    return grantedReply(m_dialect, m_switches, *user, m_sessions.open(*user, isShortLived));
}

HttpReply TokenEndpoint::grantByRefreshToken(const Form &form)
{
    if (!form.contains("refresh_token"_L1))
        return refused(missing(u"refresh_token"_s));
    const auto pair = m_sessions.renew(form.value("refresh_token"_L1).toLatin1());
    if (!pair) {
        return refused({Reason::DeadRefreshToken, u"The refresh token is invalid or has expired."_s,
            u"refresh_token"_s});
    }
    return grantedReply(m_dialect, m_switches, *m_users.find(pair->user), *pair);
}

HttpReply TokenEndpoint::answerIdentityProviderUser(const User &user, bool isShortLived) const
{
    const bool canRedirect = words(m_dialect.members).contains("redirectTo"_L1);
    if (canRedirect && m_switches.is(Switch::IdpUser, "redirect"_L1))
        return ssoReply(m_dialect, m_switches, user, isShortLived);
    const Reason reason =
        m_switches.is(Switch::IdpUser, "400"_L1) ? Reason::BadField : Reason::NoBearer;
    return refused({reason, u"The user signs in through an identity provider."_s, u"Username"_s});
}

HttpReply TokenEndpoint::logOut(const HttpRequest &request)
{
    if (const auto objection = close(request))
        return refusalReply(m_dialect.resourceErrors, m_switches, *objection);
    const bool isOld = m_dialect.oldLogoutStatus != 0 && m_dialect.isOld(versionOf(request));
    HttpReply reply = m_dialect.logoutSaysEmptyObject ? jsonReply({}) : HttpReply();
    reply.status = isOld ? m_dialect.oldLogoutStatus : m_dialect.logoutStatus;
    return reply;
}

std::optional<Refusal> TokenEndpoint::close(const HttpRequest &request)
{
    switch (m_dialect.logout) {
    case Logout::None:
        return Refusal{Reason::NotFound};
    case Logout::Bearer:
    case Logout::OwnUser:
        return closeOfBearer(request);
    case Logout::Token:
    case Logout::Revocation:
        return closeOfField(request);
    }
    Q_UNREACHABLE();
}

std::optional<Refusal> TokenEndpoint::closeOfBearer(const HttpRequest &request)
{
    const Verdict verdict = m_sessions.checkAccess(request.bearer());
    if (!verdict.isAccepted)
        return Refusal{Reason::NoBearer, verdict.reason};
    if (m_dialect.logout == Logout::Bearer) {
        m_sessions.close(request.bearer());
        return std::nullopt;
    }
    if (matched(logoutPath(), request.path) != m_users.find(verdict.user)->id)
        return Refusal{Reason::NotYours, u"The tokens are those of another user."_s};
    m_sessions.revoke(verdict.user, true);
    return std::nullopt;
}

std::optional<Refusal> TokenEndpoint::closeOfField(const HttpRequest &request)
{
    const QByteArray token = fieldsOf(request).value("token"_L1).toLatin1();
    if (token.isEmpty())
        return missing(u"token"_s);
    if (m_dialect.logout == Logout::Token && !m_sessions.isGood(token))
        return Refusal{Reason::DeadToken, u"The token is invalid or has expired."_s};
    m_sessions.close(token);
    return std::nullopt;
}

//! False where it is absent or empty; nothing where it is no boolean.
std::optional<bool> TokenEndpoint::shortLivedOf(const Form &form) const
{
    if (m_dialect.shortLivedField.isEmpty())
        return false;
    const QString value = form.value(m_dialect.shortLivedField).toLower();
    if (value.isEmpty() || value == "false"_L1)
        return false;
    return value == "true"_L1 ? std::optional(true) : std::nullopt;
}

HttpReply TokenEndpoint::refused(const Refusal &refusal) const
{
    return refusalReply(m_dialect.errors, m_switches, refusal);
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
