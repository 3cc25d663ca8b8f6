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
struct Dialect;

//! What one grant gives. `refresh` is empty where the client is to keep the one that it has.
struct TokenPair {
    QByteArray access;
    QByteArray refresh;
    QString user;
    Instant issued; //!< by the appliance's clock, which may be wrong on purpose
    std::chrono::seconds life{0};
    bool isShortLived = false;
};

//! Whether a token is accepted now; `reason` tells people why not.
struct Verdict {
    bool isAccepted = false;
    QString reason;
    QString user;
};

//! Every token that was given, and what became of it. A token is good if its bytes are found here,
//! so a forged one is not. All tokens that came of one sign-in are a family.
class Sessions {
public:
    Sessions(const Dialect &dialect, const Switches &switches, Users &users);

    [[nodiscard]] TokenPair open(const User &user, bool isShortLived);

    //! A new pair for a refresh token; nothing where that is refused. Switch `rotation` says
    //! whether the token is spent by that.
    [[nodiscard]] std::optional<TokenPair> renew(const QByteArray &refreshToken);

    [[nodiscard]] Verdict checkAccess(const QByteArray &token) const;

    //! Of either kind.
    [[nodiscard]] bool isGood(const QByteArray &token) const;

    [[nodiscard]] QString userOf(const QByteArray &token) const;

    //! A logout with this token. Ends all access tokens of its family and, where it is a refresh
    //! token or switch `logoutKillsRefresh` says so, the refresh tokens.
    void close(const QByteArray &token);

    //! Ends the refresh tokens of \a user, or of all where that is empty, and access tokens as well
    //! where \a withAccessTokens is set. Returns how many ended.
    int revoke(const QString &user, bool withAccessTokens);

    //! Makes another key, kid and GUIDs, and forgets all tokens.
    void reinstall();

    //! How many families have a refresh token that still works.
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
    [[nodiscard]] QJsonObject claims(Kind kind, const Record &record, const QString &pairId) const;
    [[nodiscard]] QByteArray makeToken(const QJsonObject &claims) const;
    [[nodiscard]] bool rotates(QLatin1StringView how) const;
    [[nodiscard]] std::chrono::seconds refreshLife(bool isShortLived) const;
    void forgetExpired();

    template<typename Predicate> int kill(Predicate isMeant);

    const Dialect &m_dialect;
    const Switches &m_switches;
    Users &m_users;
    std::unique_ptr<Installation> m_installation;
    QHash<QByteArray, Record> m_records;
    quint64 m_lastFamily = 0;
    qsizetype m_nextSweep = 10'000;
};

} // namespace latchkey::appliance
