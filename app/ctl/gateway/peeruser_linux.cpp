// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/peeruser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <span>

#include <arpa/inet.h>
#include <fcntl.h>
#include <unistd.h>

namespace latchkey::ctl {
namespace {

constexpr int attempts = 3;
constexpr std::size_t piece = std::size_t{64} * 1024;

void appendHex(std::string &text, std::uint32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        text += "0123456789ABCDEF"[(value >> static_cast<unsigned>(shift)) & 15U]; // NOLINT
    }
}

// The kernel prints an address as numbers of its own byte order, and the port as people do.
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

std::string_view nextWord(std::string_view &line)
{
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

// What comes after the two addresses: st tx_queue:rx_queue tr:tm->when retrnsmt uid …
std::optional<unsigned> userIn(std::string_view rest)
{
    for (int skipped = 0; skipped < 4; ++skipped) {
        nextWord(rest);
    }
    const std::string_view word = nextWord(rest);
    const char *begin = word.data();
    const char *end = begin + word.size();
    unsigned user = 0;
    const auto [stop, error] = std::from_chars(begin, end, user);
    const bool isNumber = error == std::errc() && stop == end && !word.empty();
    return isNumber ? std::optional(user) : std::nullopt;
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
    if (file >= 0) {
        close(file);
    }
    return content;
}

std::optional<unsigned> userInFile(
    const char *path, const std::string &local, const std::string &remote)
{
    return userInTable(contentOf(path), local, remote);
}

} // namespace

std::string tableText(const TcpEnd &end)
{
    std::array<unsigned char, 16> address{};
    if (inet_pton(AF_INET, end.host.c_str(), address.data()) == 1) {
        return spelled(std::span(address).first(4), end.port);
    }
    return inet_pton(AF_INET6, end.host.c_str(), address.data()) == 1 ? spelled(address, end.port)
                                                                      : "";
}

std::string mappedTableText(const TcpEnd &end)
{
    return tableText({"::ffff:" + end.host, end.port});
}

std::optional<unsigned> userInTable(
    std::string_view table, std::string_view local, std::string_view remote)
{
    std::string ends(" "); // not in one sum: GCC 12 warns of that for nothing
    ends.append(local).append(" ").append(remote).append(" ");
    const std::size_t found = table.find(ends);
    if (local.empty() || found == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = table.substr(found + ends.size());
    return userIn(rest.substr(0, rest.find('\n')));
}

bool isOwnUser(const TcpEnd &theirs, const TcpEnd &ours)
{
    // While others come and go the kernel may leave a line out.
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto user = userInFile("/proc/self/net/tcp", tableText(theirs), tableText(ours));
        if (!user) {
            user = userInFile("/proc/self/net/tcp6", tableText(theirs), tableText(ours));
        }
        if (!user) { // a socket for IPv6 that speaks IPv4
            user =
                userInFile("/proc/self/net/tcp6", mappedTableText(theirs), mappedTableText(ours));
        }
        if (user) {
            return *user == geteuid();
        }
    }
    return false;
}

} // namespace latchkey::ctl
