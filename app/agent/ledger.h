// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "platform/peer.h"

#include <QFile>
#include <QJsonObject>
#include <QList>
#include <QObject>

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
    //! How often it was used, as far as that is known.
    qint64 requests = 1;

    friend bool operator==(const HandOut &, const HandOut &) = default;
};

//! {at, session, program, parents, pid, terminal, answer, requests}: absent is null, `answer` a
//! word such as `given` or `sign-in-needed`.
[[nodiscard]] QJsonObject jsonFrom(const HandOut &handOut);

//! Who asked for access tokens: the last thousand, oldest first. Kept in a file for its owner
//! alone, within a second and when the ledger goes; never a token in it.
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
    //! More use of what was handed out before. Added to the newest entry where that is one of the
    //! same program and not older than `useSpan`.
    void appendUse(HandOut handOut);
    [[nodiscard]] const QList<HandOut> &entries() const { return m_entries; }

Q_SIGNALS:
    void appended();

private:
    struct Line {
        HandOut handOut;
        bool isUse = false;
    };
    void load();
    void add(const HandOut &handOut, bool isUse);
    void noteLine(const HandOut &handOut, bool isUse);
    void write();
    [[nodiscard]] bool open();
    void compact();
    void tell(const QString &error);

    DeadlineQueue &m_deadlines;
    Deadline m_writeAt;
    QFile m_file;
    QList<HandOut> m_entries;
    QList<Line> m_unwritten;
    //! In the file, those that make no sense among them.
    qsizetype m_lines = 0;
    //! The file ends in the midst of a line.
    bool m_isCut = false;
    bool m_isTold = false;
};

} // namespace latchkey
