// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/methodcontext.h"

namespace latchkey {

//! The methods about kinds of appliance: `kinds.list`, `kinds.find`. Owned by Methods.
class KindMethods {
public:
    explicit KindMethods(MethodContext &context)
        : m_context(context)
    {
    }

    void list(MethodCall call);
    void find(MethodCall call);

private:
    MethodContext &m_context;
};

} // namespace latchkey
