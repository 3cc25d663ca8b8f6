// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/tokenset.h"
#include "vault/secretstore.h"

#include <QList>
#include <QObject>

#include <variant>

namespace latchkey {

//! A sign-in under way, kept so that it can continue after a certificate question.
struct SignInAttempt {
    //! Password or second factor.
    Grant grant;
    //! Codes refused so far.
    int tries = 0;
    //! The tokens from before: a refused sign-in does not lose them.
    std::optional<TokenSet> previous;
    //! The only certificate for it, pinned when it succeeds; empty where the account's own counts.
    Fingerprint pin = {};
};

//! The state of a session. Each alternative carries exactly what is true in it. The comments say
//! how it is left; transitions.cpp has the full table.
namespace state {

//! Left by SignIn and Restore.
struct SignedOut {
    std::optional<AuthError> reason;
};
//! Left when the vault answers, and by Cancel.
struct Restoring {
    std::optional<StoreError> waitingFor;
};
//! Left by the appliance's answer and by Cancel.
struct SigningIn {
    SignInAttempt attempt;
};
//! Left by Code and by Cancel, and at `giveUpAt` when nobody answers.
struct CodeNeeded {
    Secret ticket;
    int tries = 0;
    std::optional<AuthError> refusal;
    std::optional<TokenSet> previous;
    Instant giveUpAt = {};
    //! As in SignInAttempt.
    Fingerprint pin = {};
    //! The appliance's clock minus ours, by its last answer: a code is good for half a minute.
    std::optional<std::chrono::seconds> clockOffset = {};
};
//! Left by Trust. At `retryAt`, an interrupted refresh looks again, because whoever stood between
//! us and the appliance may be gone; an interrupted sign-in is given up together with its password,
//! as it is by Decline.
struct TrustNeeded {
    Certificate seen;
    Fingerprint pinned;
    std::variant<SignInAttempt, TokenSet> resume;
    Instant retryAt = {};
    //! Failures since the certificate was seen.
    int attempt = 0;
};
//! Left at `refreshAt`, on Demand and on SignOut.
struct Active {
    TokenSet tokens;
    Instant refreshAt;
};
//! Left by the appliance's answer. The access token is handed out while it is good.
struct Refreshing {
    TokenSet tokens;
    //! Failures before this one.
    int attempt = 0;
    //! What went wrong the last time. It stands until this attempt has its answer.
    std::optional<AuthError> earlier = {};
    //! Nobody has decided about it; this attempt sees whether it is still the appliance's.
    std::optional<Certificate> inQuestion = {};
    //! Somebody has trusted it since; the request went out under the old pin.
    bool isTrustNew = false;
};
//! Left at `retryAt`, when the access token lapses, and by RefreshNow.
struct Waiting {
    TokenSet tokens;
    int attempt = 0;
    Instant retryAt;
    AuthError error;
};
//! The appliance refused the refresh token. Left when the vault has told whether another Latchkey
//! stored newer tokens there; if none did, the session is over. A vault that has not answered by
//! `lookUntil` is not waited for.
struct Confirming {
    TokenSet tokens;
    AuthError refusal;
    Instant lookUntil;
};

} // namespace state

using SessionState =
    std::variant<state::SignedOut, state::Restoring, state::SigningIn, state::CodeNeeded,
        state::TrustNeeded, state::Active, state::Refreshing, state::Waiting, state::Confirming>;

//! The state's name, for logs, scripts and views, in the order of the variant. A session that is
//! Confirming counts as Refreshing.
class Phase {
    Q_GADGET
public:
    enum Value {
        SignedOut,
        Restoring,
        SigningIn,
        CodeNeeded,
        TrustNeeded,
        Active,
        Refreshing,
        Waiting,
    };
    Q_ENUM(Value)
};

[[nodiscard]] Phase::Value phaseOf(const SessionState &state);
//! For scripts, such as `code-needed`.
[[nodiscard]] QString scriptName(Phase::Value phase);
[[nodiscard]] std::optional<Phase::Value> phaseFrom(const QString &scriptName);

//! The tokens in the state, whether good or not; null if there are none.
[[nodiscard]] const TokenSet *tokensOf(const SessionState &state);
//! Every secret in the state: tokens, and those of a sign-in under way.
[[nodiscard]] QList<Secret> secretsOf(const SessionState &state);
//! The vault's trouble as an AuthError.
[[nodiscard]] AuthError authErrorFrom(StoreError error);
//! Why the session is not in the desired state. An attempt under way has no reason yet.
[[nodiscard]] std::optional<AuthError> reasonOf(const SessionState &state);
//! The same, but while another attempt is under way, why the one before it failed.
[[nodiscard]] std::optional<AuthError> standingReasonOf(const SessionState &state);
//! The certificate that waits for a decision; null if none does.
[[nodiscard]] const Certificate *certificateInQuestion(const SessionState &state);
//! When the session must next look at the clock.
[[nodiscard]] std::optional<Instant> dueAt(const SessionState &state, const Instant &now);

} // namespace latchkey
