// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "platform/peer.h"

#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

//! What a person decided about a program that wants a token.
enum class Decision {
    Deny,
    Once, //!< those that wait now
    OneHour,
    UntilLock,
    Always,
};

//! Whom a decision is about: the program's file, as it was then; one that was changed or replaced
//! is another. Behind latchkeyctl and its gateway stands whoever started them, or one yes would be
//! a yes to every program. A yes to a shell or to another interpreter is one to all its scripts: no
//! more of them is known for sure.
struct ProgramIdentity {
    QString executable;
    //! Of latchkeyctl and the gateway only.
    QString parent;
    FileId file = {};
    FileId parentFile = {};

    //! Nothing when it is not known for sure who asks: that can be allowed once and not remembered.
    [[nodiscard]] static std::optional<ProgramIdentity> of(const Program &program);
    //! Whether it is latchkeyctl or the gateway, and stands for whoever started it.
    [[nodiscard]] static bool isGoBetween(const Program &program);
    friend bool operator==(const ProgramIdentity &, const ProgramIdentity &) = default;
};

//! The decisions that hold for longer than once. Those that hold for ever are in a file,
//! `programs.json`, written whole; the others end with the program. Where the file would be too
//! long to be read again, the oldest go.
class RememberedConsents {
public:
    static constexpr Milliseconds denialTime = std::chrono::minutes(1);

    explicit RememberedConsents(QString path);

    [[nodiscard]] bool hold(
        const QString &session, const ProgramIdentity &identity, const Instant &now) const
    {
        return timeLeft(session, identity, now).has_value();
    }
    //! For how much longer they hold: nothing where there is none, Milliseconds::max() where there
    //! is no end.
    [[nodiscard]] std::optional<Milliseconds> timeLeft(
        const QString &session, const ProgramIdentity &identity, const Instant &now) const;
    void add(const QString &session, const ProgramIdentity &identity, Decision decision,
        const Instant &now);
    //! A person said no: whoever asks again at once is not asked about again, and those that are
    //! not known for sure are one. Lasts for `denialTime`.
    void deny(
        const QString &session, const std::optional<ProgramIdentity> &identity, const Instant &now);
    [[nodiscard]] bool isDenied(const QString &session,
        const std::optional<ProgramIdentity> &identity, const Instant &now) const;
    void endUntilLock();
    void forget(const QString &session);

private:
    struct Denial {
        QString session;
        std::optional<ProgramIdentity> identity;
        Instant end;
    };
    struct Entry {
        QString session;
        ProgramIdentity identity;
        Decision decision;
        //! Of OneHour.
        std::optional<Instant> end;
    };
    void load();
    [[nodiscard]] QByteArray toJson() const;
    void save();

    QString m_path;
    QList<Entry> m_remembered;
    QList<Denial> m_denials;
};

} // namespace latchkey
