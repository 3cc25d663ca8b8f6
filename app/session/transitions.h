// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/history/cause.h"
#include "session/refreshpolicy.h"
#include "session/sessionstate.h"

#include <QList>

#include <variant>

namespace latchkey {

//! What can happen to a session. The appliance's answers (Granted, CodeAsked, Untrusted, AuthError)
//! are events themselves.
namespace event {
//! From the vault.
struct Restored {
    TokenSet tokens;
    //! The sealed pin differs from the pin that the sign-in under way was sent with.
    bool isPinOther = false;
};
struct NothingStored {
    //! Why the appliance had ended the session before the program started.
    std::optional<AuthError> endedBefore = {};
};
struct StoreFailed {
    StoreError error;
};
//! From people and programs.
struct Restore { };
struct SignIn {
    PasswordGrant grant;
    //! Keep the tokens in the vault if the sign-in succeeds.
    bool keepSignedIn = true;
    //! As in SignInAttempt.
    Fingerprint pin = {};
};
struct Code {
    Secret code;
};
struct Trust { };
struct Decline { };
struct Cancel { };
//! A program wants a token that lives longer. After a failure it waits for the next attempt if that
//! comes soon.
struct Demand { };
//! The same from a person: the attempt is made at once.
struct RefreshNow { };
struct SignOut { };
//! From the clock: the time dueAt() has come.
struct Due { };
//! From the machine: it is about to sleep. From now on nothing is sent automatically.
struct HoldBack { };
//! The machine is going to sleep now, and a request under way would hang.
struct Sleep { };
//! The network is back or the machine woke up: delayed work may go ahead.
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
    //! Empty for the account's own.
    Fingerprint pin = {};
};
struct CancelRequest { };
struct LogOut {
    Farewell farewell;
};
//! A request is waiting for its turn, and its answer is wanted now.
struct Expedite { };
struct ReadVault { };
//! A record that has not been read is no longer wanted.
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

//! What the table may know besides state and event.
struct Situation {
    Instant now;
    Fingerprint pin;
    const RefreshPolicy &policy;
    //! The machine is about to sleep, or the program to end: only what a person asks for is sent.
    bool isAsleep = false;
    //! As the system says, which may be wrong. Without a network, attempts are rarer.
    bool hasNetwork = true;
    //! The request under way has been sent; if false, it still waits for its turn.
    bool isRequestSent = true;
};

//! The transition table. Pure. Returns nothing if the event has no meaning in that state.
[[nodiscard]] std::optional<Step> step(
    const SessionState &state, const SessionEvent &event, const Situation &situation);

} // namespace latchkey
