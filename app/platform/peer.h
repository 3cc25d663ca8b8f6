// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <optional>

namespace latchkey {

//! The program at the other end of a local socket, as the kernel knows it.
struct Peer {
    qint64 pid = 0;
    bool isSameUser = false;
};

//! Nothing when the kernel does not tell. \a socket is a QLocalSocket's descriptor.
[[nodiscard]] std::optional<Peer> peerOf(qintptr socket);

} // namespace latchkey
