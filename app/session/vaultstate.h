// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "vault/storeerror.h"

#include <optional>
#include <variant>

namespace latchkey {

//! What a session wants of its place in the vault. A new wish takes the place of one that was not
//! begun yet; what the vault works on comes to its end first.
namespace wish {
//! Nothing any more: what is being read is of no use.
struct Nothing { };
struct Read { };
struct Write {
    Secret record;
};
struct Erase { };
} // namespace wish
using VaultWish = std::variant<wish::Nothing, wish::Read, wish::Write, wish::Erase>;

//! Why the vault has not done it yet.
struct VaultTrouble {
    StoreError error;
    Instant since;
    //! In a row.
    int failures = 1;
};

//! What the vault is doing for a session.
namespace vaultstate {
//! Left by a wish.
struct Idle {
    //! What the session holds is in there.
    bool isKept = false;
};
//! At work; left when the vault answers. `next` was wished meanwhile.
struct Reading {
    std::optional<VaultWish> next = {};
    std::optional<VaultTrouble> trouble = {};
};
struct Writing {
    std::optional<VaultWish> next = {};
    std::optional<VaultTrouble> trouble = {};
};
struct Erasing {
    std::optional<VaultWish> next = {};
    std::optional<VaultTrouble> trouble = {};
};
//! Left at `retryAt`, when the vault has recovered, and by another wish.
struct Failed {
    VaultWish wish;
    VaultTrouble trouble;
    Instant retryAt;
};
} // namespace vaultstate
using VaultState = std::variant<vaultstate::Idle, vaultstate::Reading, vaultstate::Writing,
    vaultstate::Erasing, vaultstate::Failed>;

//! What happens: a wish, an answer of the vault, or the time to try again.
namespace vaultevent {
struct Done {
    //! Of a reading: there was nothing.
    bool isEmpty = false;
};
struct Broke {
    StoreError error;
    //! What was being done.
    VaultWish wish;
};
struct TryAgain { };
} // namespace vaultevent
using VaultEvent =
    std::variant<VaultWish, vaultevent::Done, vaultevent::Broke, vaultevent::TryAgain>;

struct VaultStep {
    VaultState state;
    //! What the vault is to begin with now; nothing when it is at work or has nothing to do.
    std::optional<VaultWish> begin = {};
};

//! The transition table. Pure. Nothing when the event means nothing in that state.
[[nodiscard]] std::optional<VaultStep> step(
    const VaultState &state, const VaultEvent &event, const Instant &now);

//! In the way of what is wanted now, also while it is tried again.
[[nodiscard]] const std::optional<VaultTrouble> troubleOf(const VaultState &state);

} // namespace latchkey
