// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "shell/endwarnings.h"

#include "base/deadline.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>

namespace latchkey {
class Session;
class SessionModel;
struct SessionSnapshot;
} // namespace latchkey

namespace latchkey::ui {

//! What a person should know of a session.
enum class Matter {
    Need, //!< it was well, and now it needs a person
    Lapse, //!< it cannot be renewed, and for a minute there has been no good token
    End, //!< the sign-in ends soon, and only a person can renew it
};

//! Finds when a person should be told of a session, each time once. Says nothing of what comes of
//! a sign-in: whoever signs in sees that.
class Attention final : public QObject {
    Q_OBJECT
public:
    Attention(SessionModel &sessions, Clock clock, QSettings &settings, QObject *parent = nullptr);

    //! For tests that have moved their clock.
    void look() { m_deadlines.look(); }

Q_SIGNALS:
    //! In place of what was due before of that session.
    void due(const QString &name, latchkey::ui::Matter matter);
    //! What was due is no longer so.
    void over(const QString &name);

private:
    struct Watched {
        explicit Watched(DeadlineQueue &deadlines)
            : nextLook(deadlines)
        {
        }

        Deadline nextLook;
        bool isWell = false;
        std::optional<Matter> told = {};
        //! It has failed to renew since then.
        std::optional<Instant> troubleSince = {};
        bool isLapseTold = false;
        //! Of the last renewal.
        std::optional<WallTime> grantedAt = {};
        std::optional<WallTime> refreshEnd = {};
        //! Renewals do not move it.
        bool isRefreshEndFixed = false;
    };
    [[nodiscard]] Watched &watchedOf(const QString &name);
    void onChanged(latchkey::Session *session);
    void lookAtTokens(const QString &name, const SessionSnapshot &session);
    [[nodiscard]] std::optional<Milliseconds> lookForLapse(
        const QString &name, const SessionSnapshot &session);
    [[nodiscard]] std::optional<Milliseconds> lookForEnd(
        const QString &name, const SessionSnapshot &session);
    void noteRenewal(Watched &watched, const SessionSnapshot &session) const;
    void tell(const QString &name, Matter matter);
    void settle(const QString &name);
    void drop(const QString &name);

    SessionModel &m_sessions;
    EndWarnings m_warnings;
    DeadlineQueue m_deadlines;
    std::map<QString, Watched> m_watched;
};

} // namespace latchkey::ui
