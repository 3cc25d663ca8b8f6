// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/history/cause.h"
#include "session/sessionstate.h"

#include <QList>

#include <optional>

namespace latchkey {

//! What happened to a session and why: one entry for each change of state, oldest first, at most
//! `longest` of them. Kept in a file, one JSON object a line, so that it outlives the program.
//! Holds no secret.
class SessionHistory {
public:
    static constexpr qsizetype longest = 100;

    struct Entry {
        //! By our own clock.
        WallTime at;
        Phase::Value phase = Phase::SignedOut;
        Cause::Value cause = Cause::Started;
        //! Why the state is not what one would wish.
        std::optional<AuthError::Kind> problem = {};
        //! Of the answer that was the cause; 0 when there was none.
        int httpStatus = 0;
        //! See AuthError.
        bool answerLost = false;
        ReplyTrace trace = {};

        //! What the sentence about it is made of.
        [[nodiscard]] std::optional<AuthError> reason() const;
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    //! In memory only where \a path is empty. Reads what an earlier run left; lines that cannot
    //! be understood are skipped.
    explicit SessionHistory(const QString &path = {});

    //! Written at once, so that a crash does not take it away, but not before keep().
    void add(const Entry &entry);
    //! The account is worth keeping, and so is what happened to it until now.
    void keep();
    //! Removes the file.
    void forget();
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }

    //! A refresh was under way when the program ended, or its answer was lost: the appliance may
    //! have rotated the refresh token.
    [[nodiscard]] bool endsInDoubt() const;

private:
    void load();
    void append(const Entry &entry);
    void rewrite();

    QString m_path;
    bool m_isKept = false;
    //! In the file: it is written anew when they are twice as many as are remembered.
    qsizetype m_lines = 0;
    QList<Entry> m_entries;
};

} // namespace latchkey
