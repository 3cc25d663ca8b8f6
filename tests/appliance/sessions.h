// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instant.h"
#include "jwt.h"
#include "users.h"

#include <QHash>

#include <memory>
#include <optional>

namespace latchkey::appliance {

class Switches;

//! What one grant hands out. `refresh` is empty when the client is to keep the one it has.
struct TokenPair {
    QByteArray access;
    QByteArray refresh;
    QString user;
    Instant issued; //!< by the appliance's own, maybe skewed, clock
    std::chrono::seconds life{0};
    bool isShortLived = false;
};

//! Whether a token is taken now; `reason` says why not, for people.
struct Verdict {
    bool isAccepted = false;
    QString reason;
    QString user;
};

//! Every token that was given out and what became of it. Tokens are found by their bytes: a forged
//! one is not there. A family is all that came out of one sign-in.
class Sessions {
public:
    Sessions(const Switches &switches, Users &users);

    [[nodiscard]] TokenPair open(const User &user, bool isShortLived);

    //! A new pair for a refresh token, which is spent or not as switch `rotation` says; nothing
    //! when it is refused.
    [[nodiscard]] std::optional<TokenPair> renew(const QByteArray &refreshToken);

    [[nodiscard]] Verdict checkAccess(const QByteArray &token) const;
    [[nodiscard]] QString userOf(const QByteArray &token) const;

    //! The access token of a logout ends its whole family, refresh tokens as switch
    //! `logoutKillsRefresh` says.
    void close(const QByteArray &accessToken);

    //! Ends refresh tokens, and access tokens too if asked; of all users when the name is empty.
    //! Returns how many ended.
    int revoke(const QString &user, bool withAccessTokens);

    //! Another key, kid and GUIDs; nothing that was given out before is known any more.
    void reinstall();

    //! Families with a refresh token that still works.
    [[nodiscard]] qsizetype liveCount() const;
    [[nodiscard]] const Installation &installation() const { return *m_installation; }

private:
    enum class Kind { Access, Refresh };

    struct Record {
        Kind kind = Kind::Access;
        QString user;
        quint64 family = 0;
        Instant end;
        bool isShortLived = false;
        bool isSpent = false;
        bool isDead = false;
    };

    [[nodiscard]] QString refusal(const QByteArray &token, Kind kind) const;
    [[nodiscard]] TokenPair issue(const User &user, const Record &refresh, bool withRefresh);
    [[nodiscard]] QByteArray makeToken(Kind kind, const QJsonObject &claims) const;
    [[nodiscard]] std::chrono::seconds refreshLife(bool isShortLived) const;
    void forgetExpired();

    template<typename Predicate> int kill(Predicate isMeant);

    const Switches &m_switches;
    Users &m_users;
    std::unique_ptr<Installation> m_installation;
    QHash<QByteArray, Record> m_records;
    quint64 m_lastFamily = 0;
    qsizetype m_nextSweep = 10'000;
};

} // namespace latchkey::appliance
