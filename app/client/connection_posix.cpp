// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/connection.h"

#include "client/failures.h"
#include "protocol/agentaddress.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace latchkey::ctl {

namespace {

//! Available from Linux 6.5 on; no header of Debian 12 defines it.
constexpr int soPeerPidfd = 77;

std::chrono::microseconds timeLeft(TimePoint limit)
{
    using namespace std::chrono;
    const auto left = ceil<microseconds>(limit - steady_clock::now());
    return std::max(left, microseconds(0));
}

sockaddr_un socketAddress(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() > protocol::longestAddress())
        throw socketPathTooLong(path);
    path.copy(address.sun_path, path.size());
    return address;
}

//! A connect() to a full backlog blocks or, on a non-blocking socket, fails at once. So the socket
//! blocks, and its send timeout limits the wait (unix(7)).
void boundConnect(int socket, TimePoint limit)
{
    const auto left = std::max(timeLeft(limit), std::chrono::microseconds(1));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    timeval timeout{};
    timeout.tv_sec = seconds.count();
    timeout.tv_usec = static_cast<suseconds_t>((left - seconds).count());
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
}

//! Closes a descriptor when it goes.
class Closed {
public:
    explicit Closed(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~Closed() { close(m_descriptor); }
    Closed(const Closed &) = delete;
    Closed &operator=(const Closed &) = delete;

private:
    int m_descriptor;
};

//! A handle of the process at the other end, or a negative number and errno.
int handleOf(int socket, pid_t process)
{
    int handle = -1;
    socklen_t size = sizeof(handle);
    if (getsockopt(socket, SOL_SOCKET, soPeerPidfd, &handle, &size) == 0)
        return handle;
    return errno == ENOPROTOOPT ? static_cast<int>(syscall(SYS_pidfd_open, process, 0)) : -1;
}

//! The process numbers in a file of proc(5): one for each namespace from that of `/proc` to the
//! process's own; empty where the file does not tell them.
std::string numbersIn(const std::string &path)
{
    constexpr std::string_view member = "NSpid:";
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(member))
            return line.substr(member.size());
    }
    return {};
}

//! Asks the handle, because the agent itself hides from other programs, and its number may have
//! become another's. Where the system does not tell, such as of an agent outside of our own
//! sandbox, the agent is believed.
void requireOurNumbers(int handle, const std::string &path)
{
    const std::string theirs = numbersIn("/proc/self/fdinfo/" + std::to_string(handle));
    const std::string ours = numbersIn("/proc/self/status");
    if (theirs == "\t-1")
        throw notRunning();
    if (std::ranges::count(theirs, '\t') > std::ranges::count(ours, '\t'))
        throw agentOfSandbox(path);
}

//! Refuses another user's agent, because we send passwords down this socket, and one with process
//! numbers of its own: a sandbox that can write the socket's folder can put a socket there.
void requireOwnAgent(int socket, const std::string &path)
{
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid())
        throw socketOfAnother();
    if (peer.pid == 0)
        return; // outside of our own process numbers
    const int handle = handleOf(socket, peer.pid);
    if (handle < 0 && errno != ENOSYS && errno != EPERM)
        throw notRunning(); // whoever has listened has ended
    if (handle < 0)
        return;
    const Closed closed(handle);
    requireOurNumbers(handle, path);
}

void connectTo(int socket, const std::string &path, TimePoint limit)
{
    const sockaddr_un address = socketAddress(path);
    boundConnect(socket, limit);
    // The sockets API requires this cast.
    if (connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0)
        return requireOwnAgent(socket, path);
    switch (errno) {
    case ECONNREFUSED:
    case ENOENT:
    case ENOTDIR:
        throw notRunning();
    case EAGAIN:
    case EINTR:
        throw noAnswer();
    default:
        throw notReachable(path, errno);
    }
}

//! Waits until the socket is ready for \a events; if \a endsWithOutput, throws as soon as nobody
//! reads our stdout.
void waitFor(int socket, short events, TimePoint limit, bool endsWithOutput)
{
    // Needed for a stream of bytes that never becomes a line, because then poll() would always be
    // ready.
    if (timeLeft(limit) == std::chrono::microseconds(0))
        throw noAnswer();
    std::array<pollfd, 2> ends{{
        {socket, events, 0},
        {endsWithOutput ? STDOUT_FILENO : -1, 0, 0},
    }};
    // Rounded up to the millisecond, so that a wait never ends early. -1 waits for ever.
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeLeft(limit)).count();
    const int timeout = limit == TimePoint::max() ? -1 : static_cast<int>(milliseconds);
    const int ready = poll(ends.data(), ends.size(), timeout);
    if (ready == 0)
        throw noAnswer();
    if (ready < 0 && errno != EINTR)
        throw connectionBroke(errno);
    if (ready > 0 && ends[1].revents != 0)
        throw OutputClosed();
}

int asSocket(NativeConnection native)
{
    return static_cast<int>(native);
}

} // namespace

void Connection::open(const std::string &address, TimePoint limit)
{
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        throw connectionBroke(errno);
    try {
        connectTo(socket, address, limit);
    } catch (...) {
        close(socket);
        throw;
    }
    m_native = socket;
}

Connection::~Connection()
{
    if (m_native >= 0)
        close(asSocket(m_native));
}

void Connection::send(std::string_view bytes, TimePoint limit)
{
    while (!bytes.empty()) {
        const ssize_t sent =
            ::send(asSocket(m_native), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN || errno == EINTR)
            waitFor(asSocket(m_native), POLLOUT, limit, m_endsWithOutput);
        else if (errno == EPIPE || errno == ECONNRESET)
            return; // what the agent said before it closed can still be read
        else
            throw connectionBroke(errno);
    }
}

std::size_t Connection::receive(std::span<char> chunk, TimePoint limit)
{
    for (;;) {
        waitFor(asSocket(m_native), POLLIN, limit, m_endsWithOutput);
        const ssize_t got = recv(asSocket(m_native), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno == ECONNRESET)
            return 0;
        if (errno != EAGAIN && errno != EINTR)
            throw connectionBroke(errno);
    }
}

} // namespace latchkey::ctl
