// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/words/mood.h"

#include "base/scriptname.h"
#include "session/sessionsnapshot.h"

namespace latchkey {

namespace {

bool isKeychainLocked(const SessionSnapshot &session)
{
    return session.reason
        && (session.reason->type == AuthError::Type::StoreDenied
            || session.reason->type == AuthError::Type::StoreLocked);
}

Mood::Value moodOfSignedOut(const SessionSnapshot &session)
{
    if (!session.reason)
        return Mood::SignedOut;
    return session.reason->type == AuthError::Type::Expired ? Mood::Ended : Mood::NeedsYou;
}

Sentence headlineOfNeed(const SessionSnapshot &session)
{
    switch (session.phase) {
    case Phase::CodeNeeded:
        return translate("Sentences", "Verification code needed");
    case Phase::TrustNeeded:
        return session.account.pin.isEmpty() ? translate("Sentences", "Certificate not trusted")
                                             : translate("Sentences", "Certificate changed");
    case Phase::Restoring:
        return translate("Sentences", "Keychain locked");
    default:
        return translate("Sentences", "Sign-in needed");
    }
}

Sentence headlineOfWork(const SessionSnapshot &session)
{
    switch (session.phase) {
    case Phase::SigningIn:
        return translate("Sentences", "Signing in…");
    case Phase::Restoring:
        return translate("Sentences", "Waiting for the keychain");
    default:
        return translate("Sentences", "Renewing…");
    }
}

} // namespace

Mood::Value moodOf(const SessionSnapshot &session)
{
    switch (session.phase) {
    case Phase::SignedOut:
        return moodOfSignedOut(session);
    case Phase::Restoring:
        return isKeychainLocked(session) ? Mood::NeedsYou : Mood::Busy;
    case Phase::SigningIn:
        return Mood::Busy;
    case Phase::CodeNeeded:
    case Phase::TrustNeeded:
        return Mood::NeedsYou;
    case Phase::Active:
    case Phase::Refreshing: // while the token is good, nobody need know of a renewal
        return session.hasGoodAccess() ? Mood::SignedIn : Mood::Busy;
    case Phase::Waiting:
        return session.hasGoodAccess() ? Mood::CannotRenew : Mood::Lapsed;
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

QString scriptName(Mood::Value mood)
{
    return scriptNameOf(mood);
}

Sentence headlineOf(const SessionSnapshot &session)
{
    switch (moodOf(session)) {
    case Mood::SignedOut:
        return translate("Sentences", "Signed out");
    case Mood::SignedIn:
        return translate("Sentences", "Signed in");
    case Mood::Busy:
        return headlineOfWork(session);
    case Mood::CannotRenew:
        return translate("Sentences", "Cannot renew, token still good");
    case Mood::Lapsed:
        return translate("Sentences", "Cannot renew, token expired");
    case Mood::Ended:
        return translate("Sentences", "Ended by the appliance");
    case Mood::NeedsYou:
        return headlineOfNeed(session);
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
