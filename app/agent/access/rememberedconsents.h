// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "platform/peer.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

class QJsonObject;

namespace latchkey {

//! What a person decided about a program that wants a token.
enum class Decision {
    Deny,
    Once, //!< for the calls that wait now
    OneHour,
    UntilLock,
    Always,
};

//! Which program a decision is about: its file, as it was at the decision. A file that is changed
//! or replaced is another program. latchkeyctl and the gateway are told apart by who started them,
//! because a yes to latchkeyctl alone would be a yes to every program. A yes to a shell or another
//! interpreter is a yes to all its scripts, because nothing more is known of those for sure.
struct ProgramIdentity {
    QString executable;
    //! Who started it. Of latchkeyctl and the gateway only.
    QString parent;
    FileId file = {};
    FileId parentFile = {};

    //! Nothing when it is not known for sure which program it is: it can be allowed once only.
    [[nodiscard]] static std::optional<ProgramIdentity> of(const Program &program);
    //! Whether it is known for sure.
    [[nodiscard]] static bool isCertain(const Program &program);
    //! Whether it is latchkeyctl or the gateway, which ask for whoever started them.
    [[nodiscard]] static bool isGoBetween(const Program &program);
    //! The file of who asks: of who started it, if it is latchkeyctl or the gateway.
    [[nodiscard]] static QString askerOf(const Program &program);
    [[nodiscard]] const QString &asker() const { return parent.isEmpty() ? executable : parent; }
    friend bool operator==(const ProgramIdentity &, const ProgramIdentity &) = default;
};

//! The decisions that hold for longer than once, and the programs that a person has blocked.
//! `Always` and the blocked are kept in a file, `programs.json`, which is written whole; where it
//! would be too long to be read again, the oldest `Always` go. The others are in memory, and end
//! with Latchkey.
class RememberedConsents {
public:
    static constexpr Milliseconds denialTime = std::chrono::minutes(1);
    //! After so many noes within that time, a program is refused all that it needs a question for.
    static constexpr qsizetype enoughDenials = 3;
    static constexpr qsizetype mostBlocked = 200;
    static constexpr qsizetype longestPath =
        4096; //!< in UTF-16 units, as the system has it in bytes

    //! What was allowed: OneHour, UntilLock or Always.
    struct Entry {
        QString session;
        ProgramIdentity identity;
        Decision decision;
        //! Of OneHour only.
        std::optional<Instant> end;
    };

    explicit RememberedConsents(QString path);

    [[nodiscard]] bool hold(
        const QString &session, const ProgramIdentity &identity, const Instant &now) const
    {
        return timeLeft(session, identity, now).has_value();
    }
    //! For how much longer the program is allowed: nothing where it is not, Milliseconds::max()
    //! where there is no end.
    [[nodiscard]] std::optional<Milliseconds> timeLeft(
        const QString &session, const ProgramIdentity &identity, const Instant &now) const;
    void add(const QString &session, const ProgramIdentity &identity, Decision decision,
        const Instant &now);
    //! A person said no: for `denialTime` the program is refused the same \a deed without a
    //! question, and after `enoughDenials` all that it would be asked about. What it gets without
    //! one it still gets. All programs without an identity count as one, and for these a no holds
    //! for all sessions: a sandbox may sign in under ever new names.
    void deny(const QString &session, const std::optional<ProgramIdentity> &identity,
        const Instant &now, int deed = 0);
    [[nodiscard]] bool isDenied(const QString &session,
        const std::optional<ProgramIdentity> &identity, const Instant &now, int deed = 0) const;
    //! What holds now.
    [[nodiscard]] QList<Entry> entries(const Instant &now) const;
    //! Ends what was allowed to \a asker for \a session, or for all where that is empty; returns
    //! how much that was.
    qsizetype revoke(const QString &asker, const QString &session);
    //! From now on \a asker, the absolute path of a file, gets nothing, whatever the file becomes.
    //! False if that is no such path, or too many are blocked.
    [[nodiscard]] bool block(const QString &asker);
    //! False if it was not blocked.
    bool unblock(const QString &asker);
    [[nodiscard]] const QStringList &blocked() const { return m_blocked; }
    [[nodiscard]] bool isBlocked(const Program &program) const;
    void endUntilLock();
    void forget(const QString &session);
    //! Nothing is left of what was decided about an earlier session called \a name.
    void rename(const QString &session, const QString &name);

private:
    struct Denial {
        QString session; //!< empty for all
        std::optional<ProgramIdentity> identity;
        Instant end;
        int deed = 0;
    };
    void load();
    [[nodiscard]] bool take(const QJsonObject &json);
    [[nodiscard]] QByteArray toJson() const;
    void save();

    QString m_path;
    QList<Entry> m_remembered;
    QList<Denial> m_denials;
    QStringList m_blocked;
};

} // namespace latchkey
