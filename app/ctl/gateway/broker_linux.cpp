// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/broker.h"

#include "ctl/failure.h"
#include "ctl/process.h"
#include "platform/hardening.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace latchkey::ctl {
namespace {

//! What the broker answers. A socket comes along where the code is Done.
struct Reply {
    ExitCode code = ExitCode::Done;
    std::array<char, 1024> sentence{};
};

using Ancillary = std::array<char, CMSG_SPACE(sizeof(int))>;

volatile std::sig_atomic_t child = -1; // for the handler of signals

Failure failed(int error)
{
    return {ExitCode::Failed,
        std::string("The gateway has no way to Latchkey: ") + std::strerror(error) + "."};
}

msghdr messageOf(iovec &piece)
{
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    return message;
}

template<typename Call> ssize_t uninterrupted(const Call &call)
{
    ssize_t result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

std::array<int, 2> socketPair(int type)
{
    std::array<int, 2> sockets{};
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        throw failed(errno);
    }
    return sockets;
}

//! What the child wishes for goes to the agent, and back what that says. One connection at a time.
class Relay {
public:
    //! `wishes` is where the child asks for connections; its end is the child's.
    explicit Relay(int wishes)
        : m_wishes(wishes)
    {
    }

    void run()
    {
        while (true) {
            std::array<pollfd, 3> ends{
                {{m_agent, POLLIN, 0}, {m_child, POLLIN, 0}, {m_wishes, POLLIN, 0}}};
            if (poll(ends.data(), ends.size(), -1) < 0) {
                continue;
            }
            if (ends[0].revents != 0) {
                carry(m_agent, m_child);
            }
            if (ends[1].revents != 0) {
                carry(m_child, m_agent);
            }
            if (ends[2].revents != 0 && !fulfil()) {
                return;
            }
        }
    }

private:
    //! What comes may be a token: nothing of it stays behind. The child is waited for; an agent
    //! that takes nothing in has come to a halt.
    void carry(int from, int to)
    {
        const int patience = to == m_agent ? MSG_DONTWAIT : 0;
        if (from == m_agent) {
            prctl(PR_SET_DUMPABLE, 0); // it has looked at us, and its next answer may be a token
        }
        const auto got =
            uninterrupted([&] { return recv(from, m_piece.data(), m_piece.size(), 0); });
        const auto size = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        const auto sent = uninterrupted(
            [&] { return ::send(to, m_piece.data(), size, MSG_NOSIGNAL | patience); });
        explicit_bzero(m_piece.data(), size);
        if (got <= 0 || sent != got) {
            hangUp();
        }
    }

    //! False at the end.
    bool fulfil()
    {
        TimePoint limit;
        const auto got = uninterrupted([&] { return recv(m_wishes, &limit, sizeof limit, 0); });
        if (got != static_cast<ssize_t>(sizeof limit)) {
            return false;
        }
        hangUp();
        Reply reply;
        int socket = -1;
        try {
            socket = connect(limit);
        } catch (const Failure &failure) {
            reply.code = failure.code();
            std::string_view(failure.what()).copy(reply.sentence.data(), reply.sentence.size() - 1);
        }
        send(reply, socket);
        if (socket >= 0) {
            close(socket);
        }
        return true;
    }

    //! The child's end.
    int connect(TimePoint limit)
    {
        prctl(PR_SET_DUMPABLE, 1); // the agent looks at who connects
        Connection connection(limit);
        const auto sockets = socketPair(SOCK_STREAM);
        m_agent = connection.release();
        m_child = sockets[0];
        return sockets[1];
    }

    void send(Reply &reply, int socket) const
    {
        iovec piece{&reply, sizeof reply};
        msghdr message = messageOf(piece);
        alignas(cmsghdr) Ancillary ancillary{};
        if (socket >= 0) {
            message.msg_control = ancillary.data();
            message.msg_controllen = ancillary.size();
            cmsghdr *head = CMSG_FIRSTHDR(&message);
            head->cmsg_level = SOL_SOCKET;
            head->cmsg_type = SCM_RIGHTS;
            head->cmsg_len = CMSG_LEN(sizeof socket);
            std::memcpy(CMSG_DATA(head), &socket, sizeof socket);
        }
        uninterrupted([&] { return sendmsg(m_wishes, &message, MSG_NOSIGNAL); });
    }

    void hangUp()
    {
        for (int *socket : {&m_agent, &m_child}) {
            if (*socket >= 0) {
                close(std::exchange(*socket, -1));
            }
        }
    }

    int m_wishes;
    int m_agent = -1;
    int m_child = -1;
    std::array<char, 16384> m_piece{};
};

//! Without SA_RESTART: connecting to an agent that hangs ends as well.
void handSignalsOn()
{
    struct sigaction action{};
    action.sa_handler = [](int number) {
        kill(child, number);
    };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

int exitCodeOfChild()
{
    int status = 0;
    uninterrupted([&] { return waitpid(child, &status, 0); });
    return WIFEXITED(status) ? WEXITSTATUS(status) : static_cast<int>(ExitCode::Failed);
}

//! Who waits for the end of our output waits for the child alone.
[[noreturn]] void beBroker(int wishes, void (*end)(int exitCode))
{
    handSignalsOn();
    closeOutput();
    Relay(wishes).run();
    end(exitCodeOfChild());
    std::abort(); // it has not ended
}

void beChildOf(pid_t broker)
{
    hardenProcess();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != broker) {
        std::_Exit(EXIT_FAILURE); // it had gone before
    }
}

} // namespace

Broker::Broker(void (*end)(int exitCode))
{
    const auto sockets = socketPair(SOCK_SEQPACKET);
    const pid_t broker = getpid();
    child = fork();
    if (child < 0) {
        throw failed(errno);
    }
    close(sockets.at(child == 0 ? 0 : 1));
    if (child != 0) {
        beBroker(sockets[0], end);
    }
    m_socket = sockets[1];
    beChildOf(broker);
}

Broker::~Broker()
{
    close(m_socket);
}

int Broker::connect(TimePoint limit) const
{
    Reply reply;
    iovec piece{&reply, sizeof reply};
    msghdr message = messageOf(piece);
    alignas(cmsghdr) Ancillary ancillary{};
    message.msg_control = ancillary.data();
    message.msg_controllen = ancillary.size();
    const bool isAnswered = ::send(m_socket, &limit, sizeof limit, MSG_NOSIGNAL) > 0
        && uninterrupted([&] { return recvmsg(m_socket, &message, MSG_CMSG_CLOEXEC); })
            == static_cast<ssize_t>(sizeof reply);
    if (!isAnswered) {
        throw failed(EPIPE);
    }
    if (reply.code != ExitCode::Done) {
        throw Failure(reply.code, reply.sentence.data());
    }
    const cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head == nullptr) { // it has no room for more open files
        throw failed(EMFILE);
    }
    int socket = -1;
    std::memcpy(&socket, CMSG_DATA(head), sizeof socket);
    return socket;
}

} // namespace latchkey::ctl
