// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "sessions.h"

#include "dialects/dialect.h"
#include "switches.h"

#include <QRandomGenerator>
#include <QSet>
#include <QUuid>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Opaque tokens are letters and digits, so that nobody takes one for a JWT.
QByteArray opaqueToken(qsizetype size)
{
    static constexpr char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray token(qMax(size, qsizetype{43}), Qt::Uninitialized);
    for (char &letter : token)
        letter = letters[QRandomGenerator::global()->bounded(62)];
    return token;
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QJsonObject withTimes(QJsonObject claims, Instant issued, std::chrono::seconds life)
{
    const qint64 start = toUnixSeconds(issued);
    claims.insert("nbf"_L1, start);
    claims.insert("iat"_L1, start);
    claims.insert("exp"_L1, start + life.count());
    return claims;
}

} // namespace

Sessions::Sessions(const Dialect &dialect, const Switches &switches, Users &users)
    : m_dialect(dialect)
    , m_switches(switches)
    , m_users(users)
    , m_installation(std::make_unique<Installation>())
{
}

TokenPair Sessions::open(const User &user, bool isShortLived)
{
    const Record refresh{.kind = Kind::Refresh,
        .user = user.name,
        .family = ++m_lastFamily,
        .end = now() + refreshLife(isShortLived),
        .isShortLived = isShortLived};
    return issue(user, refresh, true);
}

std::optional<TokenPair> Sessions::renew(const QByteArray &refreshToken)
{
    const auto record = m_records.find(refreshToken);
    if (record == m_records.end())
        return std::nullopt;
    Record next = *record;
    if (record->isSpent && m_switches.isOn(Switch::KillFamilyOnReuse))
        kill([&](const Record &other) { return other.family == next.family; });
    const User *user = m_users.find(next.user);
    if (!user || !refusal(refreshToken, Kind::Refresh).isEmpty())
        return std::nullopt;
    record->isSpent = rotates("strict"_L1);
    if (m_switches.is(Switch::RefreshWindow, "sliding"_L1))
        next.end = now() + refreshLife(next.isShortLived);
    return issue(*user, next, !rotates("keep"_L1));
}

Verdict Sessions::checkAccess(const QByteArray &token) const
{
    const QString reason = refusal(token, Kind::Access);
    return {.isAccepted = reason.isEmpty(), .reason = reason, .user = userOf(token)};
}

bool Sessions::isGood(const QByteArray &token) const
{
    return refusal(token, m_records.value(token).kind).isEmpty();
}

QString Sessions::userOf(const QByteArray &token) const
{
    return m_records.value(token).user;
}

void Sessions::close(const QByteArray &token)
{
    const Record closed = m_records.value(token);
    const bool withRefresh =
        closed.kind == Kind::Refresh || m_switches.isOn(Switch::LogoutKillsRefresh);
    kill([&](const Record &record) {
        return record.family == closed.family && (withRefresh || record.kind == Kind::Access);
    });
}

int Sessions::revoke(const QString &user, bool withAccessTokens)
{
    return kill([&](const Record &record) {
        return (user.isEmpty() || record.user == user)
            && (withAccessTokens || record.kind == Kind::Refresh);
    });
}

void Sessions::reinstall()
{
    m_records.clear();
    m_installation = std::make_unique<Installation>();
}

qsizetype Sessions::liveCount() const
{
    QSet<quint64> families;
    for (const Record &record : m_records) {
        if (record.kind == Kind::Refresh && !record.isDead && !record.isSpent && record.end > now())
            families.insert(record.family);
    }
    return families.size();
}

QString Sessions::refusal(const QByteArray &token, Kind kind) const
{
    const auto record = m_records.find(token);
    if (record == m_records.end())
        return u"The token is not known here."_s;
    if (record->kind != kind)
        return kind == Kind::Access ? u"It is a refresh token."_s : u"It is an access token."_s;
    if (record->isDead)
        return u"The token has been revoked."_s;
    if (record->isSpent)
        return u"The token has been used."_s;
    if (record->end <= now())
        return u"The token has expired."_s;
    return {};
}

TokenPair Sessions::issue(const User &user, const Record &refresh, bool withRefresh)
{
    forgetExpired();
    TokenPair pair;
    pair.user = user.name;
    pair.issued = now() + m_switches.seconds(Switch::ClockSkew);
    pair.life = m_switches.seconds(Switch::AccessLife);
    pair.isShortLived = refresh.isShortLived;
    const QString id = newId();
    pair.access = makeToken(withTimes(claims(Kind::Access, refresh, id), pair.issued, pair.life));
    Record access = refresh;
    access.kind = Kind::Access;
    access.end = now() + pair.life;
    m_records.insert(pair.access, access);
    if (withRefresh) {
        const auto life = std::chrono::round<std::chrono::seconds>(refresh.end - now());
        pair.refresh = makeToken(withTimes(claims(Kind::Refresh, refresh, id), pair.issued, life));
        m_records.insert(pair.refresh, refresh);
    }
    return pair;
}

// An access token of aws, gcp or vbr has no id of its own. Here it has one, so that no two of the
// same second are the same.
QJsonObject Sessions::claims(Kind kind, const Record &record, const QString &pairId) const
{
    const User &user = *m_users.find(record.user);
    const bool isAccess = kind == Kind::Access;
    QJsonObject claims{{u"unique_name"_s, user.name}};
    switch (m_dialect.claims) {
    case Dialect::Claims::Azure:
        claims.insert("jti"_L1, pairId);
        claims.insert("nameid"_L1, user.id);
        claims.insert("role"_L1, user.role);
        claims.insert("aud"_L1,
            isAccess ? m_installation->accessAudience() : m_installation->refreshAudience());
        break;
    case Dialect::Claims::Family:
        claims.insert(isAccess ? "jti"_L1 : "token_id"_L1, newId());
        claims.insert("aud"_L1, isAccess ? u"access"_s : u"refresh"_s);
        if (!isAccess)
            claims.insert("short_term_expiration"_L1, record.isShortLived ? u"True"_s : u"False"_s);
        break;
    case Dialect::Claims::Plain:
    case Dialect::Claims::PlainHs256:
        claims.insert("jti"_L1, newId());
        if (m_dialect.logout == Dialect::Logout::OwnUser && m_switches.isOn(Switch::UidInToken))
            claims.insert("nameid"_L1, user.id);
        break;
    }
    return claims;
}

QByteArray Sessions::makeToken(const QJsonObject &claims) const
{
    const qsizetype size = m_switches.number(Switch::TokenSize);
    if (m_switches.is(Switch::Claims, "opaque"_L1))
        return opaqueToken(size);
    auto signature = m_switches.is(Switch::Jwt, "fast"_L1) ? Installation::Signature::Reused
                                                           : Installation::Signature::Real;
    if (m_dialect.claims == Dialect::Claims::PlainHs256)
        signature = Installation::Signature::Hs256;
    QJsonObject all = claims;
    const QByteArray token = m_installation->jwt(all, signature);
    if (token.size() >= size)
        return token;
    // In the token three bytes of a claim become four characters of base64.
    all.insert("padding"_L1, QString((size - token.size()) * 3 / 4 + 3, 'x'_L1));
    return m_installation->jwt(all, signature);
}

bool Sessions::rotates(QLatin1StringView how) const
{
    return m_dialect.rotatesAlways ? how == "strict"_L1 : m_switches.is(Switch::Rotation, how);
}

std::chrono::seconds Sessions::refreshLife(bool isShortLived) const
{
    return m_switches.seconds(isShortLived ? Switch::ShortRefreshLife : Switch::RefreshLife);
}

// Tokens are kept for an hour after their end, so that /check can say "expired" of them.
void Sessions::forgetExpired()
{
    if (m_records.size() < m_nextSweep)
        return;
    m_records.removeIf([limit = now() - 1h](const auto &entry) { return entry->end < limit; });
    m_nextSweep = 2 * m_records.size() + 10'000;
}

template<typename Predicate> int Sessions::kill(Predicate isMeant)
{
    int count = 0;
    for (Record &record : m_records) {
        if (!record.isDead && isMeant(std::as_const(record))) {
            record.isDead = true;
            ++count;
        }
    }
    return count;
}

} // namespace latchkey::appliance
