// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionview.h"

#include "session/words/sentences.h"
#include "widgets/localtime.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

//! Clocks that differ by less are in step (docs/architecture.md §6).
constexpr std::chrono::seconds mostOffset = 60s;

} // namespace

SessionView::SessionView(SessionSnapshot snapshot)
    : m_snapshot(std::move(snapshot))
{
}

QString SessionView::address() const
{
    const QUrl &server = m_snapshot.account.server;
    QString host = server.host(QUrl::FullyEncoded);
    if (server.port() >= 0)
        host += u':' + QString::number(server.port());
    return tr("%1 at %2", "user at appliance").arg(m_snapshot.account.user, host);
}

Mood::Value SessionView::mood() const
{
    return moodOf(m_snapshot);
}

Actions SessionView::actions() const
{
    const Actions copy = m_snapshot.accessEnd ? Action::CopyToken : Actions();
    const Actions copyGood = m_snapshot.hasGoodAccess() ? Action::CopyToken : Actions();
    if (m_snapshot.certificate)
        return Action::DecideTrust | Action::SignOut | copyGood;
    switch (m_snapshot.phase) {
    case Phase::SignedOut:
        return Action::SignIn;
    case Phase::Restoring:
        return Action::SignIn | Action::RefreshNow;
    case Phase::SigningIn:
        return Action::SignIn | Action::SignOut | copyGood;
    case Phase::CodeNeeded:
        return Action::EnterCode | Action::SignOut | copyGood;
    case Phase::Active:
        return copy | Action::SignOut
            | (m_snapshot.hasRefreshToken ? Action::RefreshNow : Action::SignIn);
    case Phase::TrustNeeded:
    case Phase::Refreshing:
    case Phase::Waiting: // and while it is tried again
        return copy | Action::SignOut
            | (m_snapshot.reason ? Action::RefreshNow | Action::SignIn : Actions());
    }
    Q_UNREACHABLE();
}

Action SessionView::primary() const
{
    Actions wanted = actions();
    wanted.setFlag(Action::CopyToken, m_snapshot.hasGoodAccess());
    for (const Action action : {Action::EnterCode, Action::DecideTrust, Action::CopyToken,
             Action::RefreshNow, Action::SignIn}) {
        if (wanted.testFlag(action))
            return action;
    }
    return Action::CopyToken; // once it is renewed, which is under way
}

QString SessionView::state() const
{
    if (mood() != Mood::CannotRenew)
        return headlineOf(m_snapshot).translated;
    return tr("Cannot renew, token still good until %1").arg(clockTime(*m_snapshot.accessEnd));
}

QString SessionView::inItsGroup() const
{
    switch (mood()) {
    case Mood::SignedOut:
    case Mood::SignedIn:
        return {};
    case Mood::CannotRenew:
        return tr("Token good until %1").arg(clockTime(*m_snapshot.accessEnd));
    case Mood::Lapsed:
        return tr("Token expired at %1").arg(clockTime(*m_snapshot.accessEnd));
    case Mood::Busy:
    case Mood::Ended:
    case Mood::NeedsYou:
        return headlineOf(m_snapshot).translated;
    }
    Q_UNREACHABLE();
}

QString SessionView::timeLeft() const
{
    return m_snapshot.accessEnd ? left(*m_snapshot.accessEnd) : QString();
}

QString SessionView::user() const
{
    const auto &identity = m_snapshot.identity;
    return identity && !identity->userName.isEmpty() ? identity->userName : m_snapshot.account.user;
}

QString SessionView::role() const
{
    return wordOr(&Identity::role);
}

QString SessionView::userType() const
{
    return wordOr(&Identity::userType);
}

QString SessionView::secondFactor() const
{
    if (!m_snapshot.identity)
        return notKnown();
    return m_snapshot.identity->secondFactor ? tr("Used") : tr("Not used");
}

QString SessionView::accessToken() const
{
    if (!m_snapshot.accessEnd)
        return noToken();
    const QString at = clockTime(*m_snapshot.accessEnd);
    return m_snapshot.hasGoodAccess() ? tr("%1, until %2").arg(timeLeft(), at)
                                      : tr("Expired at %1").arg(at);
}

QString SessionView::refreshToken() const
{
    if (!m_snapshot.accessEnd)
        return noToken();
    if (!m_snapshot.hasRefreshToken)
        return tr("None: the session ends with its access token");
    if (!m_snapshot.refreshEnd)
        return tr("The appliance does not say how long it lasts");
    return tr("%1, until %2").arg(left(*m_snapshot.refreshEnd), clockTime(*m_snapshot.refreshEnd));
}

QString SessionView::nextRefresh() const
{
    if (m_snapshot.phase == Phase::Refreshing)
        return tr("Now");
    if (m_snapshot.certificate)
        return tr("Not until you decide");
    if (!m_snapshot.nextRefreshAt)
        return tr("Not planned", "refresh");
    const Milliseconds wait = *m_snapshot.nextRefreshAt - m_snapshot.takenAt;
    if (wait <= Milliseconds::zero())
        return tr("Now");
    return tr("In %1, at %2").arg(span(wait), clockTime(*m_snapshot.nextRefreshAt));
}

QString SessionView::applianceClock() const
{
    const auto &offset = m_snapshot.clockOffset;
    if (!offset)
        return notKnown();
    if (!isClockOff())
        return tr("In step");
    return *offset > 0s ? tr("%1 ahead").arg(span(*offset)) : tr("%1 behind").arg(span(-*offset));
}

bool SessionView::isClockOff() const
{
    return m_snapshot.clockOffset && std::chrono::abs(*m_snapshot.clockOffset) > mostOffset;
}

QString SessionView::keeping() const
{
    if (!m_snapshot.accessEnd)
        return tr("Nothing kept");
    if (m_snapshot.storeError) {
        return tr("In memory only: %1", "why it is not kept")
            .arg(sentenceFor(authErrorFrom(*m_snapshot.storeError)).translated);
    }
    if (m_snapshot.isBeingKept)
        return tr("Being kept…");
    return m_snapshot.isPersisted ? tr("On this computer, sealed")
                                  : tr("In memory only: ends with Latchkey");
}

QString SessionView::reason() const
{
    return troubleOf(m_snapshot).translated;
}

QString SessionView::attempts() const
{
    const auto since = m_snapshot.reason ? m_snapshot.reasonAt : m_snapshot.storeErrorAt;
    if (!since)
        return {};
    const QString at = clockTime(*since);
    const auto next = m_snapshot.reason ? m_snapshot.nextRefreshAt : std::nullopt;
    const bool isTried = m_snapshot.reason && m_snapshot.phase == Phase::Refreshing;
    if (isTried || (next && *next <= m_snapshot.takenAt))
        return tr("Since %1, trying now.").arg(at);
    return next ? tr("Since %1, next try in %2.").arg(at, span(*next - m_snapshot.takenAt))
                : tr("Since %1.").arg(at);
}

//! Rounded down, so that never more is promised than is left.
QString SessionView::span(Milliseconds length) const
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    if (seconds < 90)
        return tr("%1 s", "seconds").arg(seconds);
    if (seconds < 90 * 60)
        return tr("%1 min", "minutes").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return tr("%1 h %2 min", "hours and minutes").arg(seconds / 3600).arg(seconds / 60 % 60);
    return tr("%n days", nullptr, static_cast<int>(seconds / 86400));
}

QString SessionView::left(WallTime end) const
{
    const Milliseconds rest = end - m_snapshot.takenAt;
    return rest > Milliseconds::zero() ? tr("%1 left").arg(span(rest)) : tr("expired");
}

QString SessionView::clockTime(WallTime at) const
{
    return shortTimeOf(at, m_snapshot.takenAt);
}

QString SessionView::wordOr(QString Identity::*field) const
{
    if (!m_snapshot.identity || ((*m_snapshot.identity).*field).isEmpty())
        return notKnown();
    return (*m_snapshot.identity).*field;
}

QString SessionView::notKnown()
{
    return tr("Not known");
}

QString SessionView::noToken()
{
    return tr("None", "access token or refresh token");
}

} // namespace latchkey::ui
