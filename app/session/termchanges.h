// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"

#include <optional>

namespace latchkey {

//! What was changed of an account's terms, that is its policy and its pin, before the sealed ones
//! could be read. It comes on top of those; what the list of accounts said counts for nothing.
struct TermChanges {
    //! The account as the list had it, before the first change.
    std::optional<Account> listed;
    std::optional<HandOutPolicy::Value> policy;
    //! The sealed policy stays where it is stricter: a program may only tighten it.
    bool isPolicyLeast = false;
    std::optional<Fingerprint> pin;

    //! \a account is as it was before the change.
    void notePolicy(const Account &account, HandOutPolicy::Value policy, bool isLeast);
    void notePin(const Account &account, const Fingerprint &pin);
    //! \a account with these terms.
    [[nodiscard]] Account appliedTo(Account account) const;
};

} // namespace latchkey
