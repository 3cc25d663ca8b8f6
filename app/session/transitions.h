// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/history/cause.h"
#include "session/refreshpolicy.h"
#include "session/sessionstate.h"

#include <QList>

#include <variant>

namespace latchkey {

//! What happens to a session. The appliance's answers (Granted, CodeAsked, Untrusted, AuthError)
//! are events as they are.
namespace event {
//! From the vault.
struct Restored {
    TokenSet tokens;
    //! Another certificate is sealed as the trusted one than what has been sent was sent to.
    bool isPinOther = false;
};
struct NothingStored { };
struct StoreFailed {
    StoreError error;
};
//! From people and programs.
struct Restore { };
struct SignIn {
    PasswordGrant grant;
    //! In the vault, once it has succeeded.
    bool keepSignedIn = true;
};
struct Code {
    Secret code;
};
struct Trust { };
struct Decline { };
struct Cancel { };
//! A token that lives longer is wanted now; waits its turn after a failure, if that comes soon.
struct Demand { };
//! The same, from a person: tries at once.
struct RefreshNow { };
struct SignOut { };
//! From the clock: dueAt() has come.
struct Due { };
//! From the machine: it is about to sleep. Nothing is sent by itself from now on.
struct HoldBack { };
//! The machine sleeps in a moment, and what is under way would hang.
struct Sleep { };
//! The network is back or the machine woke up: what had to wait may go now.
struct Recheck {
    Cause::Value why;
};
} // namespace event

using SessionEvent = std::variant<Granted, CodeAsked, Untrusted, AuthError, event::Restored,
    event::NothingStored, event::StoreFailed, event::Restore, event::SignIn, event::Code,
    event::Trust, event::Decline, event::Cancel, event::Demand, event::RefreshNow, event::SignOut,
    event::Due, event::HoldBack, event::Sleep, event::Recheck>;

[[nodiscard]] Cause::Value causeOf(const SessionEvent &event);

//! What a transition asks of the ports.
namespace effect {
struct Send {
    Grant grant;
};
struct CancelRequest { };
struct LogOut {
    Secret accessToken;
};
//! The answer to a request that waits its turn is wanted now.
struct Expedite { };
struct ReadVault { };
//! What the vault may still hold is not wanted any more.
struct LeaveUnread { };
struct Record { };
struct Forget { };
struct Pin {
    Fingerprint fingerprint;
};
} // namespace effect

using Effect = std::variant<effect::Send, effect::CancelRequest, effect::Expedite, effect::LogOut,
    effect::ReadVault, effect::LeaveUnread, effect::Record, effect::Forget, effect::Pin>;

struct Step {
    SessionState state;
    QList<Effect> effects;
};

//! What the table may know beside state and event.
struct Situation {
    Instant now;
    Fingerprint pin;
    const RefreshPolicy &policy;
    //! The machine is about to sleep, or the program to end: only a person's wish is sent.
    bool isAsleep = false;
    //! As the system sees it, which may be wrong: without one, attempts are rarer.
    bool hasNetwork = true;
    //! The request under way has left; else it waits its turn.
    bool isRequestSent = true;
};

//! The transition table. Pure. Nothing when the event means nothing in that state.
[[nodiscard]] std::optional<Step> step(
    const SessionState &state, const SessionEvent &event, const Situation &situation);

} // namespace latchkey
