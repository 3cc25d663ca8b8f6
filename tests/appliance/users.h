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
    QStringList scratchCodes = {}; //!< each works once
    QString lastCode = {};
    int wrongPasswords = 0;

    [[nodiscard]] bool hasMfa() const { return !mfaSecret.isEmpty(); }

    //! Takes a TOTP code, or a scratch code and uses it up.
    [[nodiscard]] bool acceptCode(const QString &code, bool worksOnce);
};

//! The people the appliance knows. Ids are derived from names, so they are the same at each start.
class Users {
public:
    //! operator, alenka (second factor), reader and sso (identity provider).
    [[nodiscard]] static Users demo();

    //! Array of {name, password, role, type, mfaSecret, scratchCodes}; only the name is required.
    //! Says what is wrong, or nothing.
    [[nodiscard]] QString read(const QJsonArray &array);

    //! u0001, u0002 … with the password `pw`.
    void addMany(int count);

    [[nodiscard]] User *find(const QString &name);
    [[nodiscard]] qsizetype count() const { return m_users.size(); }

private:
    void add(User user);

    QHash<QString, User> m_users;
};

} // namespace latchkey::appliance
