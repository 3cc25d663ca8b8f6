// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/linelog.h"
#include "session/history/cause.h"
#include "session/sessionstate.h"

#include <QList>

#include <optional>

namespace latchkey {

//! What happened to a session and why: an entry for each change of state, oldest first, at most
//! `longest` of them. Kept in a file, one JSON object a line. Holds no secret. Owned by its
//! session.
class SessionHistory {
public:
    static constexpr qsizetype longest = 100;

    struct Entry {
        //! By this computer's clock.
        WallTime at;
        Phase::Value phase = Phase::SignedOut;
        Cause::Value cause = Cause::Started;
        //! The kind of the state's reason, where it has one.
        std::optional<AuthError::Type> problem = {};
        //! Of the appliance's answer that was the cause; 0 without one.
        int httpStatus = 0;
        //! As in AuthError.
        bool answerLost = false;
        ReplyTrace trace = {};

        //! The state's reason again, for sentenceFor(); nothing where it had none.
        [[nodiscard]] std::optional<AuthError> reason() const;
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    //! Reads the file at \a path, if there is one; lines that cannot be understood are skipped. In
    //! memory only where \a path is empty.
    explicit SessionHistory(const QString &path = {});

    //! Written to the file at once, without a sync, if keep() was called or there was a file. What
    //! cannot be written is told in the log, and stays in memory.
    void add(const Entry &entry);
    //! Writes all entries, and those that come. Until then there is no file, because the account of
    //! a sign-in that fails is not worth keeping.
    void keep();
    //! Removes the file, and writes nothing until keep(); the entries stay in memory.
    void forget();
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }

    //! A refresh was under way when the program ended, or its answer was lost: the appliance may
    //! have rotated the refresh token.
    [[nodiscard]] bool endsInDoubt() const;
    //! That the appliance has ended the session, if nothing but starts of the program has happened
    //! since.
    [[nodiscard]] std::optional<Entry> endByAppliance() const;

private:
    void remember(const Entry &entry);
    void rewrite();

    //! Twice as many lines as are remembered; none where it is in memory only.
    std::optional<LineLog> m_log;
    bool m_isKept = false;
    QList<Entry> m_entries;
};

} // namespace latchkey
