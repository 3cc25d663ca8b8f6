// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/pendingcall.h"

#include <functional>

namespace latchkey {

//! For a refresh that was asked for just now: done when new tokens are there. While the vault is
//! still being read there is nothing to refresh yet, so that comes first, and the refresh after it,
//! unless \a whyNot then has a reason.
[[nodiscard]] PendingCall::Condition refreshCondition(
    const Session &session, std::function<std::optional<RpcError>(const Session &)> whyNot);

} // namespace latchkey
