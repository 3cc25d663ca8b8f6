// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/transitions.h"

//! The cells of the transition table, each a pure function: the next state and what is asked of the
//! ports. Returns nothing if the event does not change anything.
namespace latchkey::steps {

// The vault.
[[nodiscard]] Step lookInVault(const state::Restoring &from);
[[nodiscard]] Step waitForVault(StoreError error);
[[nodiscard]] Step resume(const TokenSet &tokens, const Situation &s);
//! A sign-in began before the vault answered. If the sign-in fails, the session continues with the
//! restored tokens.
[[nodiscard]] Step keepInMind(state::SigningIn from, const event::Restored &event);
[[nodiscard]] Step keepInMind(state::CodeNeeded from, const event::Restored &event);
[[nodiscard]] std::optional<Step> keepInMind(state::TrustNeeded from, const event::Restored &event);
[[nodiscard]] Step adoptOrEnd(
    const state::Confirming &from, const TokenSet &stored, const Situation &s);
[[nodiscard]] Step endUnread(const state::Confirming &from);

// Sign-in, and a person's decisions.
[[nodiscard]] Step startOver(const SessionState &from, const event::SignIn &event);
[[nodiscard]] Step finishSignIn(
    const SignInAttempt &attempt, const Granted &granted, const Situation &s);
[[nodiscard]] Step askCode(
    const SignInAttempt &attempt, const CodeAsked &asked, const Situation &s);
[[nodiscard]] Step retryCode(const state::CodeNeeded &from, const event::Code &event);
[[nodiscard]] Step refuse(const SignInAttempt &attempt, const AuthError &error, const Situation &s);
[[nodiscard]] Step cancelSignIn(const state::SigningIn &from, const Situation &s);
[[nodiscard]] Step giveUp(const std::optional<TokenSet> &previous,
    const std::optional<AuthError> &reason, const Situation &s);
[[nodiscard]] Step askAboutTrust(
    const SignInAttempt &attempt, const Untrusted &event, const Situation &s);
[[nodiscard]] Step askAboutTrust(
    const state::Refreshing &from, const Untrusted &event, const Situation &s);
[[nodiscard]] Step trust(const state::TrustNeeded &from);
//! The request under way may have been sent under the old pin; if so, its answer is Untrusted.
[[nodiscard]] std::optional<Step> trust(const state::Refreshing &from);
[[nodiscard]] Step decline(const state::TrustNeeded &from, const Situation &s);
[[nodiscard]] std::optional<Step> lookAgain(const state::TrustNeeded &from);
[[nodiscard]] Step lookAgainOrGiveUp(const state::TrustNeeded &from, const Situation &s);

// Renewal.
[[nodiscard]] Step renew(const TokenSet &tokens, const Situation &s);
[[nodiscard]] std::optional<Step> renewEarly(const TokenSet &tokens);
[[nodiscard]] std::optional<Step> renewOnDemand(const TokenSet &tokens, const Situation &s);
[[nodiscard]] Step activate(const TokenSet &tokens, const Situation &s);
[[nodiscard]] Step confirmOrWait(
    const state::Refreshing &from, AuthError error, const Situation &s);
[[nodiscard]] Step expedite(const state::Refreshing &from);
[[nodiscard]] Step drop(const state::Refreshing &from, const Situation &s);
[[nodiscard]] Step drop(const state::SigningIn &from, const Situation &s);
[[nodiscard]] std::optional<Step> retry(const state::Waiting &from);
[[nodiscard]] Step tryAgain(const state::Waiting &from, const Situation &s);
[[nodiscard]] std::optional<Step> tryEarly(const state::Waiting &from, const Situation &s);
[[nodiscard]] std::optional<Step> tryOnDemand(const state::Waiting &from, const Situation &s);

// The end.
[[nodiscard]] Step expire(AuthError reason);
[[nodiscard]] Step signOut(const SessionState &from, const Situation &s);

} // namespace latchkey::steps
