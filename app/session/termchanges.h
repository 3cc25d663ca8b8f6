// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"

#include <optional>

namespace latchkey {

//! Changes to an account's terms (its policy and its pin) that were made before the sealed terms
//! could be read. They are applied on top of the sealed terms; what the list of accounts said does
//! not count.
struct TermChanges {
    //! The account as it was in the list, before the first change.
    std::optional<Account> listed;
    std::optional<HandOutPolicy::Value> policy;
    //! A stricter sealed policy stays: a program may only tighten it.
    bool isPolicyLeast = false;
    std::optional<Fingerprint> pin;

    //! \a account is the account before the change.
    void notePolicy(const Account &account, HandOutPolicy::Value policy, bool isLeast);
    void notePin(const Account &account, const Fingerprint &pin);
    //! Returns \a account with these changes applied.
    [[nodiscard]] Account appliedTo(Account account) const;
};

} // namespace latchkey
