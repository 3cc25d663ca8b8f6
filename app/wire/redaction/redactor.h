// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QList>
#include <QString>

#include <map>

namespace latchkey {

//! Withholds what an appliance says when it holds a secret of the session, however the secret is
//! written (see decodings.h). Each session's HttpTokenClient has one, as long as it lives.
//!
//! It keeps traces of secrets, not the secrets: a length, and hashes under a random key. Of a
//! secret of 32 characters and more it keeps 16 of each 32, so that any 47 in a row are found. It
//! remembers the newest 16 credentials and the newest 32 tokens, and beside them those that are
//! held, however old.
//!
//! Case, white space and invisible characters make no difference. A text with so many decodings
//! that not all were looked at is withheld as well.
//! A secret of 1 to 3 characters is found only as a word of its own, and not in Base64 or hex:
//! to withhold each text with an "e" in it would tell more than it hides. A secret of blanks alone
//! is never found.
class Redactor {
public:
    //! What can be held, one secret each.
    enum class Role { Password, Ticket, RefreshToken, AccessToken, Cookies, ClientSecret };

    //! Only so many characters of a text are looked at, and told.
    static constexpr qsizetype longest = 1024;
    //! Stands in the place of a text that is withheld.
    static const QString withheld;

    Redactor();

    //! A password, code or ticket that was sent or received.
    void rememberCredential(const Secret &secret);
    void rememberRefreshToken(const Secret &token);
    void rememberAccessToken(const Secret &token);
    //! This one is in use: remembered until another is held as \a role, whatever else is
    //! remembered meanwhile. An empty secret leaves the one that is held.
    void hold(Role role, const Secret &secret);

    //! Whether it is a secret that nobody is ever given: any but the access tokens.
    [[nodiscard]] bool forbids(const Secret &accessToken) const;
    //! Whether there is a secret in the first `longest` characters, or may be.
    [[nodiscard]] bool finds(const QString &text) const;
    //! The first `longest` characters, or `withheld` in place of them.
    [[nodiscard]] QString redacted(const QString &text) const;

private:
    struct Trace {
        qsizetype size = 0;
        size_t whole = 0;
        QList<size_t> parts;
        bool isAccess = false;

        friend bool operator==(const Trace &, const Trace &) = default;
    };
    //! Sorted hashes of what is looked for, by its length.
    using Wanted = std::map<qsizetype, QList<size_t>>;

    [[nodiscard]] Trace traceOf(const Secret &secret, bool isAccess) const;
    [[nodiscard]] size_t hashOf(QStringView text) const;
    [[nodiscard]] QList<Trace> traces() const;
    [[nodiscard]] Wanted wanted() const;
    [[nodiscard]] bool holds(QStringView text, qsizetype size, const QList<size_t> &hashes) const;
    static void remember(QList<Trace> &traces, const Trace &trace, qsizetype most);

    size_t m_key;
    QList<Trace> m_credentials;
    QList<Trace> m_tokens;
    std::map<Role, Trace> m_held;
};

} // namespace latchkey
