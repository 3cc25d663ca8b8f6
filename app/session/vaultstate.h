// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "vault/storeerror.h"

#include <optional>
#include <variant>

namespace latchkey {

//! What a session wants of its place in the vault. A new wish replaces one that has not begun; what
//! the vault is working on is finished first.
namespace wish {
//! The session wants nothing any more: the result of a read under way is ignored.
struct Nothing { };
struct Read { };
struct Write {
    Secret record;
};
struct Erase { };
} // namespace wish
using VaultWish = std::variant<wish::Nothing, wish::Read, wish::Write, wish::Erase>;

//! Why the vault has not carried out the wish yet.
struct VaultTrouble {
    StoreError error;
    Instant since;
    //! How often it failed in a row.
    int failures = 1;
};

//! What the vault is doing for a session.
namespace vaultstate {
//! Left by a wish.
struct Idle {
    //! The vault holds what the session holds.
    bool isKept = false;
};
//! The vault is working; left when it answers. `next` is a wish that came meanwhile.
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
    //! For a read: there was no record.
    bool isEmpty = false;
};
struct Broke {
    StoreError error;
    //! What the vault was doing when it failed.
    VaultWish wish;
};
struct TryAgain { };
} // namespace vaultevent
using VaultEvent =
    std::variant<VaultWish, vaultevent::Done, vaultevent::Broke, vaultevent::TryAgain>;

struct VaultStep {
    VaultState state;
    //! What the vault must begin now; nothing if it is already working or idle.
    std::optional<VaultWish> begin = {};
};

//! The transition table. Pure. Returns nothing if the event has no meaning in that state.
[[nodiscard]] std::optional<VaultStep> step(
    const VaultState &state, const VaultEvent &event, const Instant &now);

//! What stands in the way of the present wish; stays set while the wish is tried again.
[[nodiscard]] const std::optional<VaultTrouble> troubleOf(const VaultState &state);

} // namespace latchkey
