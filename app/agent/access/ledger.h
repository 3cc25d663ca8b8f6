// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "base/linelog.h"
#include "platform/peer.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QObject>

#include <utility>

namespace latchkey {

//! One request of a program for an access token, and what came of it.
class HandOut {
    Q_GADGET
public:
    enum Answer {
        Given,
        Best, //!< a token that ends sooner than was asked for
        Copied, //!< by a person; there is no program
        Failed,
        SignInNeeded,
        Unreachable,
        Denied,
        TrustNeeded,
        CodeNeeded,
        Blocked, //!< by a person, for this program
        Usage, //!< it wanted a token that lives longer than the appliance's do
    };
    Q_ENUM(Answer)

    WallTime at;
    QString session;
    Program program;
    Answer answer = Given;
    //! How often it was asked for; of a token that was held, how often it was used.
    qint64 requests = 1;
    //! Set by Ledger::append(). It is known for sure which program it was, by its file; of
    //! latchkeyctl and the gateway, also who started them. Or it was a person.
    bool isCertain = false;

    friend bool operator==(const HandOut &, const HandOut &) = default;
};

//! {at, session, program, script, parents, parentScript, pid, terminal, certain, answer, requests}.
//! What is not known is null; `answer` is a word such as `given` or `sign-in-needed`.
[[nodiscard]] QJsonObject jsonFrom(const HandOut &handOut);

//! Who asked for access tokens: the last `most` entries, oldest first. Never holds a token.
//!
//! A repeat of the newest entry within `useSpan` is counted in that entry. The refusals of a
//! blocked program are one entry for each session. When the ledger is full, the oldest entry of
//! whoever has the most goes, so that one busy program does not push out the others. All programs
//! that are not certain count as one, as they may take ever new names. Written to a file, mode
//! 0600, a second after a change at the latest and when the ledger goes.
class Ledger : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype most = 1000;
    static constexpr Milliseconds useSpan = std::chrono::minutes(1);

    //! Reads the end of the file at \a path; lines that make no sense are left out.
    Ledger(DeadlineQueue &deadlines, const QString &path, QObject *parent = nullptr);
    ~Ledger() override;

    //! Sets `at` to now, and `isCertain`.
    void append(HandOut handOut);
    //! The entries of a session that was renamed go by its new name, in the file at once.
    void rename(const QString &session, const QString &name);
    [[nodiscard]] const QList<HandOut> &entries() const { return m_entries; }

Q_SIGNALS:
    void appended();

private:
    void load();
    //! Whose share of the ledger an entry takes.
    using Owner = std::pair<QString, QString>;
    [[nodiscard]] static Owner ownerOf(const HandOut &handOut);
    //! False where it is counted in the newest entry.
    [[nodiscard]] bool add(const HandOut &handOut);
    [[nodiscard]] qint64 takeUpBlocked(const HandOut &handOut);
    void dropEntry(QList<HandOut>::const_iterator entry);
    void makeRoom();
    void noteLine(const HandOut &handOut, bool isNew);
    void write();

    DeadlineQueue &m_deadlines;
    Deadline m_writeAt;
    LineLog m_log;
    QList<HandOut> m_entries;
    QHash<Owner, qsizetype> m_shares;
    //! Those that the file does not have yet, repeats counted.
    QList<HandOut> m_unwritten;
    //! The list above would be too long: the file is written anew from the entries.
    bool m_isBehind = false;
    //! The log has been told that it cannot be written.
    bool m_isTold = false;
};

} // namespace latchkey

// QList moves entries when one in their midst is taken out.
Q_DECLARE_TYPEINFO(latchkey::HandOut, Q_RELOCATABLE_TYPE);
