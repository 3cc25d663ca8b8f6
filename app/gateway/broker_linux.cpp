// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/broker.h"

#include "client/failure.h"
#include "client/process.h"
#include "client/rpc.h"
#include "platform/closedchild.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace latchkey::ctl {

namespace {

//! The broker's answer.
struct Reply {
    ExitCode code = ExitCode::Done;
    std::array<char, 1024> sentence{};
};

Failure failed(int error)
{
    return {ExitCode::Failed,
        std::string("The gateway has no way to Latchkey: ") + std::strerror(error) + "."};
}

//! Trusts nothing: a process that answers in the broker's place may send an unterminated sentence
//! or an invalid code.
Failure failureFrom(const Reply &reply)
{
    const std::string_view sentence(reply.sentence.data(), reply.sentence.size());
    const bool isKnown = reply.code >= ExitCode::Failed && reply.code <= ExitCode::CodeNeeded;
    return {isKnown ? reply.code : ExitCode::Failed,
        std::string(sentence.substr(0, sentence.find('\0')))};
}

template<typename Call> ssize_t uninterrupted(const Call &call)
{
    ssize_t result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

template<typename Message> bool receive(int socket, Message &message)
{
    const auto got = uninterrupted([&] { return recv(socket, &message, sizeof message, 0); });
    return got == static_cast<ssize_t>(sizeof message);
}

template<typename Message> bool send(int socket, const Message &message)
{
    return uninterrupted([&] { return ::send(socket, &message, sizeof message, MSG_NOSIGNAL); })
        > 0;
}

//! While this object exists, the user's other programs can look into this process.
class Visible {
public:
    Visible() { prctl(PR_SET_DUMPABLE, 1); }
    ~Visible() { prctl(PR_SET_DUMPABLE, 0); }
    Visible(const Visible &) = delete;
    Visible &operator=(const Visible &) = delete;
};

//! If the agent refuses, it treats the child as a program that cannot be identified.
void vouch(int child, TimePoint limit)
{
    const Visible visible;
    Connection agent(limit);
    agent.send(requestLine(1, "agent.vouch", {{"pid", child}}), limit);
    static_cast<void>(agent.readLine(limit));
}

Reply replyTo(int child, TimePoint limit)
{
    Reply reply;
    try {
        vouch(child, limit);
    } catch (const Failure &failure) {
        reply.code = failure.code();
        std::string_view(failure.what()).copy(reply.sentence.data(), reply.sentence.size() - 1);
    }
    return reply;
}

//! Runs until the child has ended or closed its socket.
void serve(int wishes, int child)
{
    TimePoint limit;
    while (receive(wishes, limit) && send(wishes, replyTo(child, limit))) { }
}

} // namespace

Broker::Broker()
{
    std::array<int, 2> sockets{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        throw failed(errno);
    const auto problem = workInClosedChild(SIGTERM, [&](int child) {
        close(sockets[1]);
        closeOutput(); // so that only the child keeps our output open
        serve(sockets[0], child);
    });
    if (problem)
        throw Failure(ExitCode::Failed, *problem);
    close(sockets[0]);
    m_socket = sockets[1];
}

Broker::~Broker()
{
    close(m_socket);
}

NativeConnection Broker::connect(TimePoint limit) const
{
    Reply reply;
    if (!send(m_socket, limit) || !receive(m_socket, reply))
        throw failed(EPIPE);
    if (reply.code != ExitCode::Done)
        throw failureFrom(reply);
    return Connection(limit).release();
}

} // namespace latchkey::ctl
