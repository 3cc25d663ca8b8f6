// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QList>
#include <QString>

#include <map>

namespace latchkey {

//! Keeps what an appliance says from telling the secrets of the session it says it in, however it
//! writes them (see decodings.h). Owned by the session's HttpTokenClient, for as long as that
//! lives.
//!
//! It remembers traces, not secrets: a length and a hash under a key of its own, of the newest 16
//! that never leave a session for good (passwords, codes, tickets) and of the newest 32 tokens. Of
//! what has 32 characters and more it knows 16 of each 32, so that 47 of them in a row are found.
//! Letters' case, white space and what cannot be seen make no difference.
//!
//! A text that can be read in so many ways that not all were looked at counts as one with a secret.
//! A secret of 1 to 3 characters is found only as a word of its own, and not in Base64 or hex:
//! hiding each text with an "e" in it would tell more than it hides. One of blanks is never found.
class Redactor {
public:
    static constexpr qsizetype longest = 1024;
    //! Stands in the place of a text that is withheld.
    static const QString withheld;

    Redactor();

    //! A password, code or ticket that was sent or received.
    void rememberCredential(const Secret &secret);
    void rememberRefreshToken(const Secret &token);
    void rememberAccessToken(const Secret &token);

    //! It is one of those that nobody is ever given: all but the access tokens.
    [[nodiscard]] bool forbids(const Secret &accessToken) const;
    //! There is a secret in the first `longest` characters, or there may be.
    [[nodiscard]] bool finds(const QString &text) const;
    //! The text, at most `longest` characters of it, or `withheld`.
    [[nodiscard]] QString redacted(const QString &text) const;

private:
    struct Trace {
        qsizetype size = 0;
        size_t whole = 0;
        QList<size_t> parts;
        bool isAccess = false;
    };
    //! Hashes of what is looked for, in order, by its length.
    using Wanted = std::map<qsizetype, QList<size_t>>;

    [[nodiscard]] Trace traceOf(const Secret &secret, bool isAccess) const;
    [[nodiscard]] size_t hashOf(QStringView text) const;
    [[nodiscard]] bool holds(const QString &decoding, const Wanted &wanted) const;
    [[nodiscard]] bool holdsWord(const QString &decoding, const Wanted &wanted) const;
    [[nodiscard]] Wanted wanted() const;
    static void remember(QList<Trace> &traces, const Trace &trace, qsizetype most);

    size_t m_key;
    QList<Trace> m_credentials;
    QList<Trace> m_tokens;
};

} // namespace latchkey
