// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/eventview.h"

#include "session/words/sentences.h"
#include "widgets/localtime.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

QString EventView::sentence() const
{
    return why.isEmpty() ? what : tr("%1. %2", "what happened. why").arg(what, why);
}

QString EventView::asText() const
{
    QStringList lines{u"%1   %2"_s.arg(when, sentence())};
    if (!details.isEmpty())
        lines.append(details);
    for (const EventView &part : parts)
        lines.append(part.asText());
    return lines.join(u'\n');
}

QList<EventView> EventView::of(const SessionSnapshot &snapshot)
{
    QList<EventView> events;
    QList<EventView> same;
    const QList<EventView> all = unfolded(snapshot);
    for (qsizetype i = 0; i < all.size(); ++i) {
        same.append(all[i]);
        if (i + 1 < all.size() && all[i + 1].sentence() == all[i].sentence())
            continue;
        events.append(same.size() > 1 ? folded(same) : same.first());
        same.clear();
    }
    return events;
}

QList<EventView> EventView::unfolded(const SessionSnapshot &snapshot)
{
    const auto &entries = snapshot.history;
    QList<EventView> events;
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        const auto &entry = entries[i];
        // A renewal is listed while it is under way; later, the next entry says what became of it.
        if (entry.phase == Phase::Refreshing && i + 1 < entries.size())
            continue;
        const auto before = i > 0 ? entries[i - 1].phase : Phase::SignedOut;
        events.append({entry.at, timeOf(entry.at, snapshot.takenAt), words(entry, before),
            reasonOf(entry), detailsOf(entry)});
    }
    return events;
}

EventView EventView::folded(const QList<EventView> &parts)
{
    const EventView &first = parts.last();
    const QString what =
        tr("%1 %n times, last at %2", "what happened", static_cast<int>(parts.size()))
            .arg(first.what, parts.first().when);
    return {first.begin, first.when, what, first.why, {}, parts};
}

QString EventView::words(const SessionHistory::Entry &entry, Phase::Value before)
{
    if (entry.cause == Cause::AccountEdited)
        return tr("The list of accounts was not as Latchkey had left it");
    switch (entry.phase) {
    case Phase::SignedOut:
        return tr("Signed out");
    case Phase::Restoring:
        return tr("Looked for what was kept");
    case Phase::SigningIn:
        return before == Phase::CodeNeeded ? tr("Verification code sent") : tr("Sign-in started");
    case Phase::CodeNeeded:
        return entry.problem ? tr("Verification code refused") : tr("Verification code asked for");
    case Phase::TrustNeeded:
        return tr("Certificate in question");
    case Phase::Active:
        if (before == Phase::Refreshing)
            return tr("Token refreshed");
        return before == Phase::Restoring ? tr("Session restored") : tr("Signed in");
    case Phase::Refreshing:
        return tr("Refresh started");
    case Phase::Waiting:
        return tr("Could not refresh");
    }
    Q_UNREACHABLE();
}

//! In these phases only; in others it is a reason of before, or is plain from the words.
QString EventView::reasonOf(const SessionHistory::Entry &entry)
{
    const auto reason = entry.reason();
    switch (entry.phase) {
    case Phase::SignedOut:
    case Phase::Restoring:
    case Phase::CodeNeeded:
    case Phase::Waiting:
        return reason && entry.cause != Cause::AccountEdited ? sentenceFor(*reason).translated
                                                             : QString();
    case Phase::SigningIn:
    case Phase::TrustNeeded:
    case Phase::Active:
    case Phase::Refreshing:
        return {};
    }
    Q_UNREACHABLE();
}

QString EventView::detailsOf(const SessionHistory::Entry &entry)
{
    QStringList lines{causeWords(entry)};
    if (!entry.trace.words.isEmpty())
        lines.append(tr("The appliance said: %1").arg(entry.trace.words));
    if (entry.httpStatus)
        lines.append(tr("HTTP status: %1").arg(entry.httpStatus));
    if (entry.trace.applianceTime)
        lines.append(tr("The appliance's time: %1")
                .arg(QLocale().toString(
                    localTime(*entry.trace.applianceTime), QLocale::ShortFormat)));
    if (!entry.trace.requestId.isNull())
        lines.append(tr("Request: %1").arg(entry.trace.requestId.toString(QUuid::Id128)));
    return lines.join(u'\n');
}

QString EventView::causeWords(const SessionHistory::Entry &entry)
{
    switch (entry.cause) {
    case Cause::Started:
        return tr("Latchkey started.");
    case Cause::Restored:
        return tr("The session was kept.");
    case Cause::NothingStored:
        return tr("No session was kept.");
    case Cause::AccountEdited:
        return tr("Something other than Latchkey changed it, or Latchkey ended in the midst of a "
                  "change. Appliance, user, policy and trusted certificate are as they were "
                  "sealed with the session.");
    case Cause::StoreFailed:
        return tr("What was kept could not be read.");
    case Cause::SignInAsked:
        return tr("Somebody signed in.");
    case Cause::CodeEntered:
        return tr("Somebody entered a verification code.");
    case Cause::Trusted:
        return tr("Somebody trusted the certificate.");
    case Cause::Declined:
        return tr("Nobody trusted the certificate.");
    case Cause::Cancelled:
        return tr("Somebody cancelled it.");
    case Cause::RefreshAsked:
        return tr("Somebody asked for a refresh.");
    case Cause::Demanded:
        return tr("A program wanted a token that lasts longer.");
    case Cause::SignOutAsked:
        return tr("Somebody signed out.");
    case Cause::Due:
        return tr("It was time.");
    case Cause::NetworkLost:
        return tr("The network went away.");
    case Cause::NetworkBack:
        return tr("The network came back.");
    case Cause::WokeUp:
        return tr("The computer woke up.");
    case Cause::FellAsleep:
        return tr("The computer went to sleep.");
    case Cause::Granted:
        return tr("The appliance granted it.");
    case Cause::CodeAsked:
        return tr("The appliance asked for a verification code.");
    case Cause::CertificateUnknown:
        return tr("The appliance showed a certificate that is not trusted.");
    case Cause::Failed:
        return entry.httpStatus ? tr("The appliance did not grant it.")
                                : tr("There was no answer.");
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::ui
