// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! Sends the same request to an HTTP server again and again on connections that it keeps open.
//! Prints how many answers a second came and how long they took, as JSON. The server is to be
//! measured, but not its start: connections warm up first.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

struct Client {
    int socket = -1;
    std::string answer;
    Clock::time_point asked;
};

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

std::size_t numberFrom(std::string_view text)
{
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

int connected(std::size_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        fail("connect");
    const int yes = 1;
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return server;
}

void ask(Client &client, std::string_view request)
{
    client.answer.clear();
    client.asked = Clock::now();
    if (send(client.socket, request.data(), request.size(), MSG_NOSIGNAL)
        != static_cast<ssize_t>(request.size()))
        fail("send");
}

//! Fails if the answer is not a success or does not give its length.
bool isWhole(const std::string &answer)
{
    const std::size_t end = answer.find("\r\n\r\n");
    if (end == std::string::npos)
        return false;
    constexpr std::string_view field = "Content-Length: ";
    const std::size_t length = answer.find(field);
    if (!answer.starts_with("HTTP/1.1 200 ") || length > end) {
        std::fputs(answer.c_str(), stderr);
        std::exit(1);
    }
    return answer.size()
        >= end + 4 + numberFrom(std::string_view(answer).substr(length + field.size()));
}

bool takeIn(Client &client)
{
    char chunk[16384];
    const ssize_t got = recv(client.socket, chunk, sizeof(chunk), 0);
    if (got <= 0)
        fail("recv");
    client.answer.append(chunk, static_cast<std::size_t>(got));
    return isWhole(client.answer);
}

//! Microseconds for each answer that came until `end`.
std::vector<double> askUntil(
    Clock::time_point end, std::vector<Client> &clients, std::string_view request)
{
    std::vector<pollfd> sockets;
    for (const Client &client : clients)
        sockets.push_back({client.socket, POLLIN, 0});
    std::vector<double> waits;
    while (Clock::now() < end) {
        if (poll(sockets.data(), sockets.size(), 60'000) <= 0)
            fail("poll");
        for (std::size_t at = 0; at < sockets.size(); ++at) {
            if (sockets[at].revents != 0 && takeIn(clients[at])) {
                waits.push_back(Microseconds(Clock::now() - clients[at].asked).count());
                ask(clients[at], request);
            }
        }
    }
    return waits;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5) {
        std::fputs("latchkey-requesters PORT PATH CONNECTIONS SECONDS\n", stderr);
        return 2;
    }
    const std::string request =
        std::string("GET ") + argv[2] + " HTTP/1.1\r\nHost: 127.0.0.1:" + argv[1] + "\r\n\r\n";
    const std::chrono::seconds time(numberFrom(argv[4]));
    std::vector<Client> clients(numberFrom(argv[3]));
    for (Client &client : clients) {
        client.socket = connected(numberFrom(argv[1]));
        ask(client, request);
    }
    (void)askUntil(Clock::now() + std::chrono::seconds(1), clients, request);
    const auto began = Clock::now();
    std::vector<double> waits = askUntil(began + time, clients, request);
    const double took = std::chrono::duration<double>(Clock::now() - began).count();
    if (waits.empty())
        return 1;
    std::sort(waits.begin(), waits.end());
    std::printf("{\"perSecond\": %.0f, \"p50\": %.1f, \"p99\": %.1f}\n",
        static_cast<double>(waits.size()) / took, waits[waits.size() / 2],
        waits[waits.size() * 99 / 100]);
    return 0;
}
