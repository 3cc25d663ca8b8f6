// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/tcpowner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <span>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

namespace {

constexpr int attempts = 3;
constexpr std::string_view mapping = "::ffff:"; // before an IPv4 address of an IPv6 socket
constexpr unsigned loopback = 1; // the interface's number in every network namespace
constexpr std::size_t piece = std::size_t{64} * 1024;

void appendHex(std::string &text, std::uint32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        text += "0123456789ABCDEF"[(value >> static_cast<unsigned>(shift)) & 15U]; // NOLINT
}

//! The kernel prints an address as words in its own byte order, and the port as a plain number.
std::string spelled(std::span<const unsigned char> address, std::uint16_t port)
{
    std::string text;
    for (std::size_t at = 0; at + 4 <= address.size(); at += 4) {
        std::uint32_t word = 0;
        std::memcpy(&word, &address[at], sizeof(word));
        appendHex(text, word, 8);
    }
    text += ':';
    appendHex(text, port, 4);
    return text;
}

struct Question {
    nlmsghdr head;
    inet_diag_req_v2 body;
};

bool isIpv6(const std::string &host)
{
    return host.find(':') != std::string::npos;
}

//! What the other end of a listener is.
TcpEnd nobodyFor(const std::string &host)
{
    return {isIpv6(host) ? "::" : "0.0.0.0", 0};
}

//! Nothing if one of the ends is not an address, or if they are of different families.
std::optional<Question> questionAbout(const TcpEnd &local, const TcpEnd &remote)
{
    Question question{};
    inet_diag_sockid &id = question.body.id;
    const int family = isIpv6(local.host) ? AF_INET6 : AF_INET;
    question.head = {sizeof question, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 0, 0};
    question.body.sdiag_family = static_cast<std::uint8_t>(family);
    question.body.sdiag_protocol = IPPROTO_TCP;
    question.body.idiag_states = ~0U;
    id.idiag_sport = htons(local.port);
    id.idiag_dport = htons(remote.port);
    id.idiag_if = loopback; // also finds sockets that are bound to this interface
    std::fill(std::begin(id.idiag_cookie), std::end(id.idiag_cookie), INET_DIAG_NOCOOKIE);
    const bool isUnderstood = inet_pton(family, local.host.c_str(), id.idiag_src) == 1
        && inet_pton(family, remote.host.c_str(), id.idiag_dst) == 1;
    return isUnderstood ? std::optional(question) : std::nullopt;
}

//! Asks the kernel with sock_diag(7), which looks up one socket however many there are, and finds
//! the one that gets what is sent from `remote` to `local`. Nothing if there is no such socket or
//! the kernel cannot be asked.
std::optional<TcpSocket> socketOf(const TcpEnd &local, const TcpEnd &remote)
{
    const auto question = questionAbout(local, remote);
    if (!question)
        return std::nullopt;
    const int kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (kernel < 0)
        return std::nullopt;
    alignas(nlmsghdr) std::array<char, 4096> answer{};
    sockaddr_nl there{};
    there.nl_family = AF_NETLINK;
    ssize_t got = sendto(kernel, &*question, sizeof *question, 0,
        reinterpret_cast<const sockaddr *>(&there), sizeof there); // the sockets API needs the cast
    if (got > 0)
        got = recv(kernel, answer.data(), answer.size(), MSG_DONTWAIT); // it answers at once
    close(kernel);
    nlmsghdr head{};
    inet_diag_msg found{};
    if (got < static_cast<ssize_t>(NLMSG_LENGTH(sizeof found)))
        return std::nullopt;
    std::memcpy(&head, answer.data(), sizeof head);
    std::memcpy(&found, answer.data() + NLMSG_HDRLEN, sizeof found);
    // If there is no connection, the kernel returns the listener at `local` instead.
    const bool isMeant = head.nlmsg_type == SOCK_DIAG_BY_FAMILY
        && ntohs(found.id.idiag_sport) == local.port && ntohs(found.id.idiag_dport) == remote.port;
    return isMeant ? std::optional(TcpSocket{found.idiag_uid, found.idiag_inode != 0})
                   : std::nullopt;
}

std::string_view nextWord(std::string_view &line)
{
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

std::optional<unsigned> numberIn(std::string_view word)
{
    const char *begin = word.data();
    const char *end = begin + word.size();
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(begin, end, number);
    const bool isNumber = error == std::errc() && stop == end && !word.empty();
    return isNumber ? std::optional(number) : std::nullopt;
}

//! Parses what follows the two addresses:
//! st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …
std::optional<TcpSocket> socketIn(std::string_view rest)
{
    for (int skipped = 0; skipped < 4; ++skipped)
        nextWord(rest);
    const auto user = numberIn(nextWord(rest));
    nextWord(rest);
    const std::string_view inode = nextWord(rest);
    return user && !inode.empty() ? std::optional(TcpSocket{*user, inode != "0"}) : std::nullopt;
}

std::string contentOf(const char *path)
{
    std::string content;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : 1;
    while (got > 0) {
        const std::size_t size = content.size();
        content.resize(size + piece);
        got = read(file, &content[size], piece);
        content.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }
    if (file >= 0)
        close(file);
    return content;
}

std::optional<TcpSocket> socketInFile(
    const char *path, const std::string &local, const std::string &remote)
{
    return socketInTable(contentOf(path), local, remote);
}

Listener listenerOf(unsigned user)
{
    constexpr unsigned root = 0;
    return user == root || user == geteuid() ? Listener::Ours : Listener::Anothers;
}

//! An IPv4 address that an IPv6 socket spells its own way.
TcpEnd plain(TcpEnd end)
{
    if (end.host.starts_with(mapping))
        end.host.erase(0, mapping.size());
    return end;
}

bool isOwn(const TcpSocket &socket)
{
    return socket.isHeld && socket.user == geteuid();
}

} // namespace

std::string tableText(const TcpEnd &end)
{
    std::array<unsigned char, 16> address{};
    if (inet_pton(AF_INET, end.host.c_str(), address.data()) == 1)
        return spelled(std::span(address).first(4), end.port);
    return inet_pton(AF_INET6, end.host.c_str(), address.data()) == 1 ? spelled(address, end.port)
                                                                      : "";
}

std::string mappedTableText(const TcpEnd &end)
{
    return tableText({std::string(mapping) + end.host, end.port});
}

std::optional<TcpSocket> socketInTable(
    std::string_view table, std::string_view local, std::string_view remote)
{
    std::string ends(" "); // not one expression: GCC 12 would give a false warning
    ends.append(local).append(" ").append(remote).append(" ");
    const std::size_t found = table.find(ends);
    if (local.empty() || found == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = table.substr(found + ends.size());
    return socketIn(rest.substr(0, rest.find('\n')));
}

std::optional<TcpSocket> socketInTables(const TcpEnd &theirs, const TcpEnd &ours)
{
    // The kernel may leave out a line while other connections come and go.
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto socket = socketInFile("/proc/self/net/tcp", tableText(theirs), tableText(ours));
        if (!socket)
            socket = socketInFile("/proc/self/net/tcp6", tableText(theirs), tableText(ours));
        if (!socket) { // an IPv6 socket with IPv4 addresses
            socket =
                socketInFile("/proc/self/net/tcp6", mappedTableText(theirs), mappedTableText(ours));
        }
        if (socket)
            return socket;
    }
    return std::nullopt;
}

//! The listener at exactly this address gets a connection before one that listens at all of them.
Listener listenerInTables(const TcpEnd &place)
{
    const std::string tables = contentOf("/proc/self/net/tcp") + contentOf("/proc/self/net/tcp6");
    std::vector<std::string> hosts{place.host, "::"};
    if (!isIpv6(place.host))
        hosts = {place.host, std::string(mapping) + place.host, "0.0.0.0", "::"};
    for (const std::string &host : hosts) {
        const auto socket =
            socketInTable(tables, tableText({host, place.port}), tableText(nobodyFor(host)));
        if (socket)
            return listenerOf(socket->user);
    }
    return tables.empty() ? Listener::Unknown : Listener::Nobody;
}

//! Looks up the listener as the kernel does for a new connection, so that it may be one for all
//! addresses, or an IPv6 one for an IPv4 address. If there is none, it may be that the kernel
//! cannot be asked.
Listener listenerAt(const TcpEnd &given)
{
    const TcpEnd place = plain(given);
    const auto socket = socketOf(place, nobodyFor(place.host));
    return socket ? listenerOf(socket->user) : listenerInTables(place);
}

//! A connection that nobody has accepted ends with its listener. So whoever listened before it was
//! looked at still is the one who can accept it.
Listener listenerOn(const TcpEnd &givenTheirs, const TcpEnd &givenOurs)
{
    const TcpEnd theirs = plain(givenTheirs);
    const TcpEnd ours = plain(givenOurs);
    const Listener listener = listenerAt(theirs);
    auto socket = socketOf(theirs, ours);
    if (!socket && !socketOf(ours, theirs)) // the kernel cannot be asked
        socket = socketInTables(theirs, ours);
    if (!socket)
        return listener == Listener::Unknown ? Listener::Unknown : Listener::Nobody;
    return socket->isHeld ? listenerOf(socket->user) : listener;
}

//! The tables are long if there are many connections, of any user, and reading them takes long as
//! well. So they are read only if the kernel does not even find the socket that we listen at.
bool isOwnUser(const TcpEnd &theirs, const TcpEnd &ours)
{
    if (const auto socket = socketOf(theirs, ours))
        return isOwn(*socket);
    if (socketOf(ours, {ours.host, 0}))
        return false;
    const auto socket = socketInTables(theirs, ours);
    return socket && isOwn(*socket);
}

} // namespace latchkey
