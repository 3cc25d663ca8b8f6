// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methodcontext.h"

namespace latchkey {

//! The agent's methods about programs that a person has allowed for longer than once, or blocked.
//! Any program may revoke and block, which only tightens; who unblocks is asked for more.
class GrantMethods {
public:
    explicit GrantMethods(MethodContext &context)
        : m_context(context)
    {
    }

    void list(MethodCall call);
    void revoke(MethodCall call);
    void block(MethodCall call);
    void unblock(MethodCall call);

private:
    [[nodiscard]] Consent &consent() const { return m_context.gate.consent(); }

    MethodContext &m_context;
};

} // namespace latchkey
