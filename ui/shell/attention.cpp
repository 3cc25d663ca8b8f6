// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/attention.h"

#include "session/sessionmodel.h"
#include "session/words/mood.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

//! Shorter outages end by themselves, as a rule.
constexpr Milliseconds patience = 60s;

//! When the sign-in ends, unless a person signs in before.
std::optional<WallTime> endOf(const SessionSnapshot &session, bool isRenewable)
{
    if (!session.hasRefreshToken)
        return session.accessEnd;
    return isRenewable ? std::nullopt : session.refreshEnd;
}

} // namespace

Attention::Attention(SessionModel &sessions, Clock clock, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_warnings(settings)
    , m_deadlines(std::move(clock))
{
    connect(&sessions, &SessionModel::sessionChanged, this, &Attention::onChanged);
    const auto forget = [this](const QString &name) {
        drop(name);
        m_warnings.forget(name);
    };
    connect(&sessions, &SessionModel::sessionForgotten, this, forget);
    connect(&sessions, &SessionModel::sessionRenamed, this, forget);
}

Attention::Watched &Attention::watchedOf(const QString &name)
{
    const auto [entry, isNew] = m_watched.try_emplace(name, m_deadlines);
    if (isNew) {
        connect(&entry->second.nextLook, &Deadline::reached, this, [this, name] {
            if (Session *session = m_sessions.find(name))
                onChanged(session);
        });
    }
    return entry->second;
}

void Attention::onChanged(Session *session)
{
    const SessionSnapshot snapshot = session->snapshot();
    const QString &name = snapshot.account.name;
    const Mood::Value mood = moodOf(snapshot);
    if (snapshot.phase == Phase::SigningIn || mood == Mood::SignedOut) // by a person
        return drop(name);
    Watched &watched = watchedOf(name);
    if (groupOf(mood) == Mood::InNeed) {
        watched.nextLook.set({});
        if (std::exchange(watched.isWell, false))
            tell(name, Matter::Need);
        return;
    }
    // A certificate that was declined is looked at again and again.
    const bool isInDoubt = snapshot.phase == Phase::Refreshing && watched.told == Matter::Need;
    if (snapshot.phase != Phase::Restoring && !isInDoubt)
        lookAtTokens(name, snapshot);
}

void Attention::lookAtTokens(const QString &name, const SessionSnapshot &session)
{
    Watched &watched = watchedOf(name);
    watched.isWell = true; // also one that is restored with a lapsed token
    if (watched.told == Matter::Need)
        settle(name);
    noteRenewal(watched, session);
    const auto lapse = lookForLapse(name, session);
    const auto end = lookForEnd(name, session);
    const Milliseconds next =
        std::min(lapse.value_or(Milliseconds::max()), end.value_or(Milliseconds::max()));
    const bool isLooking = lapse || end;
    watched.nextLook.set(isLooking ? std::optional(m_deadlines.now() + next) : std::nullopt);
}

//! Each renewal gives a later end, unless the appliance limits the whole sign-in.
void Attention::noteRenewal(Watched &watched, const SessionSnapshot &session) const
{
    if (!session.grantedAt)
        return;
    const auto since = *session.grantedAt - watched.grantedAt.value_or(WallTime());
    if (std::chrono::abs(since) < 1s)
        return;
    watched.isRefreshEndFixed = session.refreshEnd && watched.refreshEnd
        && *session.refreshEnd - *watched.refreshEnd < since / 2;
    watched.grantedAt = session.grantedAt;
    watched.refreshEnd = session.refreshEnd;
}

//! While a renewal is under way, nobody knows yet. Returns when to look again.
std::optional<Milliseconds> Attention::lookForLapse(
    const QString &name, const SessionSnapshot &session)
{
    Watched &watched = watchedOf(name);
    if (session.phase == Phase::Active) {
        watched.troubleSince.reset();
        watched.isLapseTold = false;
        if (watched.told == Matter::Lapse)
            settle(name);
    }
    if (session.phase == Phase::Waiting && !watched.troubleSince)
        watched.troubleSince = m_deadlines.now();
    if (!watched.troubleSince || watched.isLapseTold)
        return {};
    const Milliseconds left = std::max(remaining(*watched.troubleSince, m_deadlines.now()),
                                  session.accessEnd.value_or(session.takenAt) - session.takenAt)
        + patience;
    if (left > Milliseconds::zero())
        return left;
    if (moodOf(session) == Mood::Lapsed) {
        watched.isLapseTold = true;
        tell(name, Matter::Lapse);
    }
    return {};
}

std::optional<Milliseconds> Attention::lookForEnd(
    const QString &name, const SessionSnapshot &session)
{
    const Watched &watched = watchedOf(name);
    const bool isRenewable = !watched.troubleSince && !watched.isRefreshEndFixed;
    const auto end = endOf(session, isRenewable);
    if (!end) {
        if (watched.told == Matter::End)
            settle(name);
        return {};
    }
    const Milliseconds left = *end - session.takenAt;
    if (m_warnings.isDue(name, *end, left))
        tell(name, Matter::End);
    return EndWarnings::untilNext(left);
}

void Attention::tell(const QString &name, Matter matter)
{
    watchedOf(name).told = matter;
    Q_EMIT due(name, matter);
}

void Attention::settle(const QString &name)
{
    watchedOf(name).told.reset();
    Q_EMIT over(name);
}

void Attention::drop(const QString &name)
{
    const auto watched = m_watched.find(name);
    if (watched == m_watched.end())
        return;
    const bool wasTold = watched->second.told.has_value();
    m_watched.erase(watched);
    if (wasTold)
        Q_EMIT over(name);
}

} // namespace latchkey::ui
