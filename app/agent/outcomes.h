// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/rpc.h"
#include "session/session.h"

#include <optional>

namespace latchkey {

// What a session's state means to a program that waits for it: an answer, a refusal with its reason
// (docs/agent-api.md §3), or nothing as long as there is more to wait for.

//! After a sign-in, a code, a decision on a certificate or a refresh. Success is told when it is on
//! the disk, or with a `notice` that says why it cannot be.
[[nodiscard]] std::optional<RpcAnswer> settled(const Session &session);
//! The same when the caller's deadline has passed.
[[nodiscard]] RpcAnswer settledLate(const Session &session);

//! After a sign-out. It is done when the appliance has answered and nothing is kept any more.
[[nodiscard]] std::optional<RpcAnswer> signedOut(const Session &session);
//! The same when the caller's deadline has passed: a success, with a `notice` of what is not done.
[[nodiscard]] RpcAnswer signedOutLate(const Session &session);

//! After a change of the account. Refused where it could not be written.
[[nodiscard]] std::optional<RpcAnswer> saved(const Session &session);
//! The same when the caller's deadline has passed, so it is refused.
[[nodiscard]] RpcAnswer savedLate(const Session &session);

//! What somebody has to do before there can be a token; nothing where waiting may be enough.
[[nodiscard]] std::optional<RpcError> obstacle(const Session &session);

//! Why there is no token at the caller's deadline.
[[nodiscard]] RpcError tooLate(const Session &session);

[[nodiscard]] RpcError unreachable(const AuthError &error);
[[nodiscard]] RpcError trustNeeded(const Session &session);

} // namespace latchkey
