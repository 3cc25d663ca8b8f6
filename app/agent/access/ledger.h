// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "platform/peer.h"

#include <QFile>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QObject>

#include <utility>

namespace latchkey {

//! One asking for an access token, and what came of it.
class HandOut {
    Q_GADGET
public:
    enum Answer {
        Given,
        Best, //!< a token that lives on for less than was asked for
        Copied, //!< by a person; there is no program
        Failed,
        SignInNeeded,
        Unreachable,
        Denied,
        TrustNeeded,
        CodeNeeded,
    };
    Q_ENUM(Answer)

    WallTime at;
    QString session;
    Program program;
    Answer answer = Given;
    //! How often it was asked for or, as far as that is known, used.
    qint64 requests = 1;

    friend bool operator==(const HandOut &, const HandOut &) = default;
};

//! {at, session, program, parents, pid, terminal, answer, requests}: absent is null, `answer` a
//! word such as `given` or `sign-in-needed`.
[[nodiscard]] QJsonObject jsonFrom(const HandOut &handOut);

//! Who asked for access tokens: the last thousand, oldest first. What repeats the newest entry
//! within `useSpan` is counted there, and one program that asks all the time makes room by its own
//! entries. Kept in a file for its owner alone, within a second and when the ledger goes; never a
//! token in it.
class Ledger : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype most = 1000;
    static constexpr Milliseconds useSpan = std::chrono::minutes(1);

    //! Reads the end of what \a path holds; lines that make no sense are left out.
    Ledger(DeadlineQueue &deadlines, const QString &path, QObject *parent = nullptr);
    ~Ledger() override;

    //! `at` is filled in.
    void append(HandOut handOut);
    [[nodiscard]] const QList<HandOut> &entries() const { return m_entries; }

Q_SIGNALS:
    void appended();

private:
    void load();
    //! Whose share of the ledger an entry takes.
    using Owner = std::pair<QString, QString>;
    [[nodiscard]] static Owner ownerOf(const HandOut &handOut);
    //! False where it is counted by the newest entry.
    [[nodiscard]] bool add(const HandOut &handOut);
    void makeRoom();
    void noteLine(const HandOut &handOut, bool isNew);
    void write();
    [[nodiscard]] bool open();
    void compact();
    void tell(const QString &error);

    DeadlineQueue &m_deadlines;
    Deadline m_writeAt;
    QFile m_file;
    QList<HandOut> m_entries;
    QHash<Owner, qsizetype> m_shares;
    //! Since the last writing, repeats counted.
    QList<HandOut> m_unwritten;
    //! Too many for a list: the file is made anew.
    bool m_isBehind = false;
    //! In the file, those that make no sense among them.
    qsizetype m_lines = 0;
    //! The file ends in the midst of a line.
    bool m_isCut = false;
    bool m_isTold = false;
};

} // namespace latchkey

// Entries in their midst are taken out.
Q_DECLARE_TYPEINFO(latchkey::HandOut, Q_RELOCATABLE_TYPE);
