// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/words/mood.h"

#include "base/scriptname.h"
#include "session/sessionsnapshot.h"

#include <algorithm>
#include <array>

namespace latchkey {

namespace {

Sentence countOf(Mood::Group group, int count)
{
    switch (group) {
    case Mood::InNeed:
        return count == 1 ? translate("Sentences", "1 session needs you")
                          : translate("Sentences", "%n sessions need you", nullptr, count);
    case Mood::NotRenewed:
        return count == 1 ? translate("Sentences", "1 session cannot renew")
                          : translate("Sentences", "%n sessions cannot renew", nullptr, count);
    case Mood::WellOff:
        return translate("Sentences", "%n signed in", "sessions", count);
    case Mood::Out:
        return translate("Sentences", "%n signed out", "sessions", count);
    }
    Q_UNREACHABLE();
}

//! A slow keychain may still answer by itself.
bool needsPersonToRestore(const SessionSnapshot &session)
{
    return session.reason && session.reason->type != AuthError::Type::StoreSlow;
}

//! A renewal is silent, unless one before it has failed.
Mood::Value moodOfTokens(const SessionSnapshot &session)
{
    if (session.certificate)
        return Mood::NeedsYou;
    if (session.reason)
        return session.hasGoodAccess() ? Mood::CannotRenew : Mood::Lapsed;
    return session.hasGoodAccess() ? Mood::SignedIn : Mood::Busy;
}

//! The administrator has set it up, and nobody has signed in yet.
bool awaitsPassword(const SessionSnapshot &session)
{
    const Account &account = session.account;
    return session.phase == Phase::SignedOut && !session.reason && account.isPreset
        && !account.isSignedOut;
}

Mood::Value moodOfSignedOut(const SessionSnapshot &session)
{
    if (awaitsPassword(session))
        return Mood::NeedsYou;
    if (!session.reason)
        return Mood::SignedOut;
    return session.reason->type == AuthError::Type::Expired ? Mood::Ended : Mood::NeedsYou;
}

Sentence headlineOfVault(AuthError::Type trouble)
{
    using Type = AuthError::Type;
    if (trouble == Type::StoreLocked || trouble == Type::StoreDenied)
        return translate("Sentences", "Keychain locked");
    if (trouble == Type::StoreUnavailable || trouble == Type::StoreElsewhere)
        return translate("Sentences", "Keychain needed");
    return translate("Sentences", "What was kept cannot be read");
}

Sentence headlineOfNeed(const SessionSnapshot &session)
{
    if (session.certificate) {
        return hadTrustedCertificate(session) ? translate("Sentences", "Certificate changed")
                                              : translate("Sentences", "Certificate not trusted");
    }
    if (session.phase == Phase::CodeNeeded)
        return translate("Sentences", "Verification code needed");
    if (session.phase == Phase::Restoring)
        return headlineOfVault(session.reason->type);
    if (awaitsPassword(session))
        return translate("Sentences", "Password needed");
    return translate("Sentences", "Sign-in needed");
}

Sentence headlineOfWork(const SessionSnapshot &session)
{
    if (session.phase == Phase::SigningIn)
        return translate("Sentences", "Signing in…");
    return session.phase == Phase::Restoring ? translate("Sentences", "Waiting for the keychain")
                                             : translate("Sentences", "Refreshing…");
}

} // namespace

Mood::Value moodOf(const SessionSnapshot &session)
{
    switch (session.phase) {
    case Phase::SignedOut:
        return moodOfSignedOut(session);
    case Phase::Restoring:
        return needsPersonToRestore(session) ? Mood::NeedsYou : Mood::Busy;
    case Phase::SigningIn:
        return Mood::Busy;
    case Phase::CodeNeeded:
    case Phase::TrustNeeded:
        return Mood::NeedsYou;
    case Phase::Active:
    case Phase::Refreshing:
    case Phase::Waiting:
        return moodOfTokens(session);
    }
    Q_UNREACHABLE();
}

Mood::Group groupOf(Mood::Value mood)
{
    switch (mood) {
    case Mood::NeedsYou:
    case Mood::Ended:
        return Mood::InNeed;
    case Mood::CannotRenew:
    case Mood::Lapsed:
        return Mood::NotRenewed;
    case Mood::SignedIn:
    case Mood::Busy:
        return Mood::WellOff;
    case Mood::SignedOut:
        return Mood::Out;
    }
    Q_UNREACHABLE();
}

QList<Sentence> countsOf(const QList<Mood::Value> &moods)
{
    std::array<int, Mood::Out + 1> counts{};
    for (const Mood::Value mood : moods)
        ++counts.at(groupOf(mood));
    QList<Sentence> told;
    for (const auto group : {Mood::InNeed, Mood::NotRenewed, Mood::WellOff, Mood::Out}) {
        if (counts.at(group))
            told.append(countOf(group, counts.at(group)));
    }
    return told;
}

QString scriptName(Mood::Value mood)
{
    return scriptNameOf(mood);
}

Sentence nameOf(Mood::Value mood)
{
    switch (mood) {
    case Mood::SignedOut:
        return translate("Sentences", "Signed out");
    case Mood::SignedIn:
        return translate("Sentences", "Signed in");
    case Mood::Busy:
        return translate("Sentences", "Busy");
    case Mood::CannotRenew:
        return translate("Sentences", "Cannot renew, token still good");
    case Mood::Lapsed:
        return translate("Sentences", "Cannot renew, token expired");
    case Mood::Ended:
        return translate("Sentences", "Ended by the appliance");
    case Mood::NeedsYou:
        return translate("Sentences", "Needs you");
    }
    Q_UNREACHABLE();
}

Sentence headlineOf(const SessionSnapshot &session)
{
    const Mood::Value mood = moodOf(session);
    if (mood == Mood::NeedsYou)
        return headlineOfNeed(session);
    return mood == Mood::Busy ? headlineOfWork(session) : nameOf(mood);
}

Sentence sentenceForUntrusted(const SessionSnapshot &session)
{
    return session.isPinFixed ? sentenceForFixedPin()
                              : sentenceForCertificate(hadTrustedCertificate(session));
}

Sentence troubleOf(const SessionSnapshot &session)
{
    if (session.certificate)
        return sentenceForUntrusted(session);
    if (awaitsPassword(session))
        return sentenceForPreset();
    if (session.phase == Phase::CodeNeeded && !session.reason)
        return sentenceForCode();
    return session.reason ? sentenceFor(*session.reason) : Sentence();
}

//! Tokens may be gone since; the history then still knows of them.
bool hadTrustedCertificate(const SessionSnapshot &session)
{
    return !session.account.pin.isEmpty() || session.accessEnd
        || std::ranges::any_of(
            session.history, [](const auto &entry) { return entry.phase == Phase::Active; });
}

} // namespace latchkey
