// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/peer.h"

#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

std::optional<Peer> peerOf(qintptr socket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return {};
    return Peer{credentials.pid, credentials.uid == getuid()};
}

} // namespace latchkey
