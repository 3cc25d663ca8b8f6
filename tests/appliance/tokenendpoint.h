// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "tickets.h"

#include <QObject>

namespace latchkey::appliance {

class Form;
class Sessions;
class Switches;
class Users;
struct HttpRequest;
struct User;

//! `/api/oauth2/token`: the grants and the logout (docs/protocol.md §3 to §9). answer() carries the
//! grant out; the other functions change nothing.
class TokenEndpoint final : public QObject {
    Q_OBJECT

public:
    TokenEndpoint(
        const Switches &switches, Users &users, Sessions &sessions, QObject *parent = nullptr);

    [[nodiscard]] HttpReply answer(const HttpRequest &request);

    //! `Password`, `Mfa`, `Refresh_token` or `logout`; where it is none of these, what the client
    //! wrote.
    [[nodiscard]] QString grantName(const HttpRequest &request) const;

    //! Whose request it says it is, who may not exist; empty where that cannot be told.
    [[nodiscard]] QString userName(const HttpRequest &request) const;

    void forgetTickets() { m_tickets.clear(); }

Q_SIGNALS:
    void ticketGiven(const QString &user);

private:
    [[nodiscard]] HttpReply grant(const HttpRequest &request);
    [[nodiscard]] HttpReply grantByPassword(const Form &form);
    [[nodiscard]] HttpReply welcome(const User &user, bool isShortLived);
    [[nodiscard]] HttpReply grantByCode(const Form &form);
    [[nodiscard]] HttpReply grantByRefreshToken(const Form &form);
    [[nodiscard]] HttpReply answerIdentityProviderUser(const User &user, bool isShortLived) const;
    [[nodiscard]] HttpReply logOut(const HttpRequest &request);
    [[nodiscard]] HttpReply refuse(const QString &field, const QString &words) const;
    [[nodiscard]] bool isPasswordRight(User &user, const QString &password) const;

    const Switches &m_switches;
    Users &m_users;
    Sessions &m_sessions;
    Tickets m_tickets;
};

} // namespace latchkey::appliance
