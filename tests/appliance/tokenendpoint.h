// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialects/antiforgery.h"
#include "http/httpreply.h"
#include "tickets.h"

#include <QObject>

namespace latchkey::appliance {

class Form;
class Sessions;
class Switches;
class Users;
struct Dialect;
struct HttpRequest;
struct Refusal;
struct User;

//! Where the appliance deals in tokens: the grants and the logout (docs/protocol.md §3 to §9), as
//! its kind does it. answer() carries a request out; the other functions change nothing.
class TokenEndpoint final : public QObject {
    Q_OBJECT

public:
    TokenEndpoint(const Dialect &dialect, const Switches &switches, Users &users,
        Sessions &sessions, QObject *parent = nullptr);

    //! Whether \a path is one of those that answer() is for.
    [[nodiscard]] bool has(const QString &path) const;

    [[nodiscard]] HttpReply answer(const HttpRequest &request);

    //! `Password`, `Mfa`, `Refresh_token` or `logout`, however the kind spells it; where it is none
    //! of these, what the client wrote.
    [[nodiscard]] QString grantName(const HttpRequest &request) const;

    //! Whose request it says it is, who may not exist; empty where that cannot be told.
    [[nodiscard]] QString userName(const HttpRequest &request) const;

    void forgetTickets() { m_tickets.clear(); }

Q_SIGNALS:
    void ticketGiven(const QString &user);

private:
    [[nodiscard]] std::optional<Refusal> objectionTo(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refusal> objectionTo(
        const Form &form, const QString &version) const;
    [[nodiscard]] bool isTokenPath(const QString &path) const;
    [[nodiscard]] bool isLogout(const HttpRequest &request) const;
    [[nodiscard]] bool isMediaTaken(const HttpRequest &request) const;
    [[nodiscard]] QLatin1StringView logoutPath() const;
    [[nodiscard]] QString versionOf(const HttpRequest &request) const;
    [[nodiscard]] Form fieldsOf(const HttpRequest &request) const;
    [[nodiscard]] QString accountName(const Form &form) const;

    [[nodiscard]] HttpReply grant(const HttpRequest &request);
    [[nodiscard]] HttpReply grantByPassword(const Form &form);
    [[nodiscard]] HttpReply welcome(const User &user, bool isShortLived);
    [[nodiscard]] HttpReply grantByCode(const Form &form);
    [[nodiscard]] HttpReply grantByRefreshToken(const Form &form);
    [[nodiscard]] HttpReply answerIdentityProviderUser(const User &user, bool isShortLived) const;

    [[nodiscard]] HttpReply logOut(const HttpRequest &request);
    [[nodiscard]] std::optional<Refusal> close(const HttpRequest &request);
    [[nodiscard]] std::optional<Refusal> closeOfBearer(const HttpRequest &request);
    [[nodiscard]] std::optional<Refusal> closeOfField(const HttpRequest &request);

    [[nodiscard]] std::optional<bool> shortLivedOf(const Form &form) const;
    [[nodiscard]] HttpReply refused(const Refusal &refusal) const;
    [[nodiscard]] bool isPasswordRight(User &user, const QString &password) const;

    const Dialect &m_dialect;
    const Switches &m_switches;
    Users &m_users;
    Sessions &m_sessions;
    Tickets m_tickets;
    AntiForgery m_antiForgery;
};

} // namespace latchkey::appliance
