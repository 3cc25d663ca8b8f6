// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! Asks an agent for tokens as fast as it answers, with a new connection for each request, and
//! prints how long the callers waited, as JSON. Uses plain sockets, because the agent is to be
//! measured.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

int connected(const char *path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    const int agent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(agent, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        fail("connect");
    return agent;
}

//! Some agents end an answer with a newline, others with the end of the JSON.
bool isWhole(const std::string &answer)
{
    return answer.ends_with('\n') || answer.ends_with('}');
}

//! Fails if the answer does not contain `expected`.
void readAnswer(int agent, std::string_view expected)
{
    std::string answer;
    while (!isWhole(answer)) {
        char chunk[16384];
        const ssize_t got = recv(agent, chunk, sizeof(chunk), 0);
        if (got <= 0)
            fail("recv");
        answer.append(chunk, static_cast<std::size_t>(got));
    }
    if (answer.find(expected) == std::string::npos) {
        std::fputs(answer.c_str(), stderr);
        std::exit(1);
    }
}

void ask(const char *path, std::string_view request, std::string_view expected)
{
    const int agent = connected(path);
    if (send(agent, request.data(), request.size(), MSG_NOSIGNAL)
        != static_cast<ssize_t>(request.size()))
        fail("send");
    readAnswer(agent, expected);
    close(agent);
}

std::vector<double> askOften(
    const char *path, std::string_view request, std::string_view expected, std::size_t count)
{
    std::vector<double> waits;
    waits.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto began = Clock::now();
        ask(path, request, expected);
        waits.push_back(Microseconds(Clock::now() - began).count());
    }
    return waits;
}

std::size_t numberFrom(std::string_view text)
{
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6) {
        std::fputs("latchkey-callers SOCKET REQUEST EXPECTED CALLERS REQUESTS_EACH\n", stderr);
        return 2;
    }
    const char *path = argv[1];
    const std::string request = std::string(argv[2]) + "\n";
    const std::string_view expected = argv[3];
    const std::size_t callers = numberFrom(argv[4]);
    const std::size_t each = numberFrom(argv[5]);

    std::vector<std::vector<double>> parts(callers);
    std::vector<std::jthread> threads;
    const auto began = Clock::now();
    for (auto &part : parts)
        threads.emplace_back([&] { part = askOften(path, request, expected, each); });
    threads.clear();
    const double took = Microseconds(Clock::now() - began).count();

    std::vector<double> waits;
    for (const auto &part : parts)
        waits.insert(waits.end(), part.begin(), part.end());
    std::sort(waits.begin(), waits.end());
    const auto percentile = [&](double share) {
        return waits.at(static_cast<std::size_t>(share * static_cast<double>(waits.size() - 1)));
    };
    std::printf("{\"perSecond\": %.0f, \"p50\": %.1f, \"p99\": %.1f, \"longest\": %.1f}\n",
        static_cast<double>(waits.size()) * 1e6 / took, percentile(0.5), percentile(0.99),
        waits.back());
    return 0;
}
