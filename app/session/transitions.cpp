// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/transitions.h"

#include "base/overloaded.h"
#include "session/steps.h"

namespace latchkey {

using namespace state;
using namespace event;
using namespace steps;

std::optional<Step> step(const SessionState &state, const SessionEvent &event, const Situation &s)
{
    using Next = std::optional<Step>;
    // clang-format off
    return std::visit(Overloaded{
        [&](const auto &from, const SignIn &e) -> Next { return startOver(from, e); },
        [&](const auto &from, const SignOut &) -> Next { return signOut(from, s); },

        [&](const SignedOut &, const Restore &) -> Next { return lookInVault({}); },
        [&](const SignedOut &, const Restored &e) -> Next { return resume(e.tokens, s); },
        [&](const Restoring &, const Restored &e) -> Next { return resume(e.tokens, s); },
        [&](const Restoring &, const NothingStored &e) -> Next { return Step{SignedOut{e.endedBefore}, {}}; },
        [&](const Restoring &, const StoreFailed &e) -> Next { return waitForVault(e.error); },
        [&](const Restoring &from, const RefreshNow &) -> Next { return lookInVault(from); },
        [&](const Restoring &from, const Recheck &) -> Next { return lookInVault(from); },
        [&](const Restoring &, const Cancel &) -> Next { return Step{SignedOut{}, {effect::LeaveUnread{}}}; },

        [&](const SigningIn &from, const Restored &e) -> Next { return keepInMind(from, e); },
        [&](const SigningIn &from, const Granted &e) -> Next { return finishSignIn(from.attempt, e, s); },
        [&](const SigningIn &from, const CodeAsked &e) -> Next { return askCode(from.attempt, e, s); },
        [&](const SigningIn &from, const Untrusted &e) -> Next { return askAboutTrust(from.attempt, e, s); },
        [&](const SigningIn &from, const AuthError &e) -> Next { return refuse(from.attempt, e, s); },
        [&](const SigningIn &from, const Cancel &) -> Next { return cancelSignIn(from, s); },
        [&](const SigningIn &from, const Sleep &) -> Next { return drop(from, s); },
        [&](const CodeNeeded &from, const Restored &e) -> Next { return keepInMind(from, e); },
        [&](const CodeNeeded &from, const Code &e) -> Next { return retryCode(from, e); },
        [&](const CodeNeeded &from, const Cancel &) -> Next { return giveUp(from.previous, {}, s); },
        [&](const CodeNeeded &from, const Due &) -> Next { return giveUp(from.previous, {}, s); },

        [&](const TrustNeeded &from, const Restored &e) -> Next { return keepInMind(from, e); },
        [&](const TrustNeeded &from, const Trust &) -> Next { return trust(from); },
        [&](const TrustNeeded &from, const Decline &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const Cancel &) -> Next { return decline(from, s); },
        [&](const TrustNeeded &from, const RefreshNow &) -> Next { return lookAgain(from); },
        [&](const TrustNeeded &from, const Recheck &) -> Next { return s.isAsleep ? Next() : lookAgain(from); },
        [&](const TrustNeeded &from, const Due &) -> Next { return lookAgainOrGiveUp(from, s); },
        [&](const Refreshing &from, const Trust &) -> Next { return trust(from); },

        [&](const Active &from, const Due &) -> Next { return renew(from.tokens, s); },
        [&](const Active &from, const Demand &) -> Next { return renewOnDemand(from.tokens, s); },
        [&](const Active &from, const RefreshNow &) -> Next { return renewEarly(from.tokens); },

        [&](const Refreshing &from, const Granted &e) -> Next { return activate(TokenSet::from(e, from.tokens), s); },
        [&](const Refreshing &from, const AuthError &e) -> Next { return confirmOrWait(from, e, s); },
        [&](const Refreshing &from, const Untrusted &e) -> Next { return askAboutTrust(from, e, s); },
        [&](const Refreshing &from, const Demand &) -> Next { return expedite(from); },
        [&](const Refreshing &from, const RefreshNow &) -> Next { return expedite(from); },
        [&](const Refreshing &from, const HoldBack &) -> Next { return s.isRequestSent ? Next() : drop(from, s); },
        [&](const Refreshing &from, const Sleep &) -> Next { return drop(from, s); },
        [&](const Refreshing &from, const Due &) -> Next { return Step{from, {}}; },
        [&](const Confirming &from, const Restored &e) -> Next { return adoptOrEnd(from, e.tokens, s); },
        [&](const Confirming &from, const NothingStored &) -> Next { return expire(from.refusal); },
        [&](const Confirming &from, const StoreFailed &) -> Next { return endUnread(from); },
        [&](const Confirming &from, const Due &) -> Next { return endUnread(from); },
        [&](const Waiting &from, const Due &) -> Next { return tryAgain(from, s); },
        [&](const Waiting &from, const Recheck &) -> Next { return tryEarly(from, s); },
        [&](const Waiting &from, const Demand &) -> Next { return tryOnDemand(from, s); },
        [&](const Waiting &from, const RefreshNow &) -> Next { return retry(from); },

        [&](const auto &, const auto &) -> Next { return {}; },
    }, state, event);
    // clang-format on
}

Cause::Value causeOf(const SessionEvent &event)
{
    return std::visit(Overloaded{
                          [](const Granted &) { return Cause::Granted; },
                          [](const CodeAsked &) { return Cause::CodeAsked; },
                          [](const Untrusted &) { return Cause::CertificateUnknown; },
                          [](const AuthError &) { return Cause::Failed; },
                          [](const Restored &) { return Cause::Restored; },
                          [](const NothingStored &) { return Cause::NothingStored; },
                          [](const StoreFailed &) { return Cause::StoreFailed; },
                          [](const Restore &) { return Cause::Started; },
                          [](const SignIn &) { return Cause::SignInAsked; },
                          [](const Code &) { return Cause::CodeEntered; },
                          [](const Trust &) { return Cause::Trusted; },
                          [](const Decline &) { return Cause::Declined; },
                          [](const Cancel &) { return Cause::Cancelled; },
                          [](const Demand &) { return Cause::Demanded; },
                          [](const RefreshNow &) { return Cause::RefreshAsked; },
                          [](const SignOut &) { return Cause::SignOutAsked; },
                          [](const Due &) { return Cause::Due; },
                          [](const HoldBack &) { return Cause::FellAsleep; },
                          [](const Sleep &) { return Cause::FellAsleep; },
                          [](const Recheck &e) { return e.why; },
                      },
        event);
}

} // namespace latchkey
