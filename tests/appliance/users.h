// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instant.h"

#include <QHash>
#include <QString>
#include <QStringList>

class QJsonArray;

namespace latchkey::appliance {

struct User {
    QString id = {};
    QString name = {};
    QString password = {};
    QString role = {};
    bool isIdentityProvider = false;
    QByteArray mfaSecret = {}; //!< empty: no second factor
    QStringList scratchCodes = {}; //!< those not used yet: each works once
    QString lastCode = {};
    int wrongPasswords = 0;

    [[nodiscard]] bool hasMfa() const { return !mfaSecret.isEmpty(); }

    //! Whether \a code is a TOTP code of now, or a scratch code, which is used up by that.
    [[nodiscard]] bool acceptCode(const QString &code, bool worksOnce);
};

//! The people that the appliance knows. Ids are made from names, so they are the same at each
//! start.
class Users {
public:
    //! operator, alenka (with a second factor), reader, and sso (who signs in at an identity
    //! provider).
    [[nodiscard]] static Users demo();

    //! Takes an array of {name, password, role, type, mfaSecret, scratchCodes}, of which only the
    //! name has to be there. Returns a sentence about what is wrong, or nothing.
    [[nodiscard]] QString read(const QJsonArray &array);

    //! Adds u0001, u0002 and so on, all with the password `pw`.
    void addMany(int count);

    [[nodiscard]] User *find(const QString &name);
    [[nodiscard]] qsizetype count() const { return m_users.size(); }

private:
    void add(User user);

    QHash<QString, User> m_users;
};

} // namespace latchkey::appliance
