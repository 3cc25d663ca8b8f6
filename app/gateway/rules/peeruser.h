// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! One end of a TCP connection, its address as inet_ntop() spells it.
struct TcpEnd {
    std::string host;
    std::uint16_t port = 0;
};

//! Whether the program at the other end of a connection on this machine is one of our user's.
//! Where that cannot be found out it is none. Takes as long however many connections there are. One
//! file per operating system.
[[nodiscard]] bool isOwnUser(const TcpEnd &theirs, const TcpEnd &ours);

//! Whose the other end is by the system's tables of connections, for where the system can be asked
//! in no other way.
[[nodiscard]] std::optional<unsigned> userInTables(const TcpEnd &theirs, const TcpEnd &ours);

//! As the system's tables of connections spell an end (proc(5)): `0100007F:1F90`. The other
//! spelling is that of an IPv4 end in the table for IPv6. Empty for what is no address.
[[nodiscard]] std::string tableText(const TcpEnd &end);
[[nodiscard]] std::string mappedTableText(const TcpEnd &end);

//! Whose socket of such a table it is that goes from `local` to `remote`, as tables spell them.
[[nodiscard]] std::optional<unsigned> userInTable(
    std::string_view table, std::string_view local, std::string_view remote);

} // namespace latchkey::ctl
