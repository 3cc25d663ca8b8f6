// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/listener.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey {

//! One end of a TCP connection, with its address as inet_ntop() spells it.
struct TcpEnd {
    std::string host;
    std::uint16_t port = 0;
};

//! What the system tells of a socket. Where no program holds it, because it is not accepted yet or
//! is closed, the user means nothing.
struct TcpSocket {
    unsigned user = 0;
    bool isHeld = false;
};

//! Whether the program at the other end of a local connection belongs to our user; false if that
//! cannot be found out. The time that it takes does not depend on the number of connections. One
//! source file per operating system.
[[nodiscard]] bool isOwnUser(const TcpEnd &theirs, const TcpEnd &ours);

//! Who gets what we send over a connection to a port of this computer. It is not always whoever
//! listens there: another user can have taken the port first, with sockets that do not listen, and
//! catch connections with them (simultaneous open, RFC 9293 §3.5).
[[nodiscard]] Listener listenerOn(const TcpEnd &theirs, const TcpEnd &ours);

//! Who listens at an address and port of this computer, by the user who made the listener.
[[nodiscard]] Listener listenerAt(const TcpEnd &place);

//! The same according to the system's tables of connections. Only for systems that cannot be asked
//! in any other way.
[[nodiscard]] Listener listenerInTables(const TcpEnd &place);

//! The socket at the other end, according to the system's tables of connections. Only for systems
//! that cannot be asked in any other way.
[[nodiscard]] std::optional<TcpSocket> socketInTables(const TcpEnd &theirs, const TcpEnd &ours);

//! An end as the system's tables of connections spell it (proc(5)): `0100007F:1F90`. The other
//! function gives the spelling of an IPv4 end in the table for IPv6. Empty if the end is not an
//! address.
[[nodiscard]] std::string tableText(const TcpEnd &end);
[[nodiscard]] std::string mappedTableText(const TcpEnd &end);

//! The socket in such a table that connects `local` to `remote`, in the table's spelling.
[[nodiscard]] std::optional<TcpSocket> socketInTable(
    std::string_view table, std::string_view local, std::string_view remote);

} // namespace latchkey
