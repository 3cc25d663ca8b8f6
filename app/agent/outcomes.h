// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/rpc.h"
#include "session/session.h"

#include <optional>

namespace latchkey {

//! What a session's state means to the program that waits for it: an answer, a refusal with its
//! word of the exit table, or nothing yet.

//! After a sign-in, a code, a decision on a certificate or a refresh. Success is told once it is
//! kept, or with a `notice` of why it cannot be.
[[nodiscard]] std::optional<RpcAnswer> settled(const Session &session);
//! The same once the caller's deadline has passed.
[[nodiscard]] RpcAnswer settledLate(const Session &session);

//! After a sign-out: the appliance has answered, and nothing is kept any more.
[[nodiscard]] std::optional<RpcAnswer> signedOut(const Session &session);
[[nodiscard]] RpcAnswer signedOutLate(const Session &session);

//! After a change of the account: it is on the disk, or could not be written.
[[nodiscard]] std::optional<RpcAnswer> saved(const Session &session);
[[nodiscard]] RpcAnswer savedLate(const Session &session);

//! What is in the way of a token; nothing when time alone may bring it.
[[nodiscard]] std::optional<RpcError> obstacle(const Session &session);

//! The caller's deadline has passed.
[[nodiscard]] RpcError tooLate(const Session &session);

[[nodiscard]] RpcError unreachable(const AuthError &error);
[[nodiscard]] RpcError trustNeeded(const Session &session);

} // namespace latchkey
