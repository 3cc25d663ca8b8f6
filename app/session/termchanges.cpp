// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/termchanges.h"

#include <algorithm>

namespace latchkey {

void TermChanges::notePolicy(const Account &account, HandOutPolicy::Value chosen, bool isLeast)
{
    listed = listed.value_or(account);
    if (isLeast && policy) {
        policy = std::max(*policy, chosen); // a person's choice before it stays a person's
        return;
    }
    policy = chosen;
    isPolicyLeast = isLeast;
}

void TermChanges::notePin(const Account &account, const Fingerprint &chosen)
{
    listed = listed.value_or(account);
    pin = chosen;
}

Account TermChanges::appliedTo(Account account) const
{
    if (policy)
        account.policy = isPolicyLeast ? std::max(*policy, account.policy) : *policy;
    account.pin = pin.value_or(account.pin);
    return account;
}

} // namespace latchkey
