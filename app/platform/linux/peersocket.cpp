// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/peersocket.h"

#include "base/secret.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

namespace {

bool isForLater(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

qint64 senderIn(msghdr &message)
{
    const cmsghdr *note = CMSG_FIRSTHDR(&message);
    if (!note || note->cmsg_level != SOL_SOCKET || note->cmsg_type != SCM_CREDENTIALS)
        return 0;
    ucred sender{};
    std::memcpy(&sender, CMSG_DATA(note), sizeof sender);
    return sender.pid;
}

} // namespace

//! unix(7): accepted sockets inherit the option from the listener, so it applies from the first
//! byte.
void PeerSocket::noteSenders(qintptr socket)
{
    const int isOn = 1;
    setsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PASSCRED, &isOn, sizeof isOn);
}

PeerSocket::PeerSocket(qintptr descriptor)
    : m_descriptor(descriptor)
{
    if (descriptor < 0)
        return;
    noteSenders(descriptor); // Linux 6.16 and later: early clients have not inherited it
    m_canRead = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    m_canWrite = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Write);
    m_canWrite->setEnabled(false);
    connect(m_canRead.get(), &QSocketNotifier::activated, this, &PeerSocket::read);
    connect(m_canWrite.get(), &QSocketNotifier::activated, this, &PeerSocket::send);
}

PeerSocket::~PeerSocket()
{
    abort();
}

void PeerSocket::write(const QByteArray &bytes)
{
    if (m_descriptor < 0)
        return;
    m_unsent += bytes;
    if (!m_canWrite->isEnabled())
        send();
}

void PeerSocket::closeWhenWritten()
{
    if (m_descriptor < 0)
        return;
    m_isClosing = true;
    m_canRead->setEnabled(false);
    m_canWrite->setEnabled(true);
}

void PeerSocket::abort()
{
    if (m_descriptor < 0)
        return;
    m_canRead->setEnabled(false);
    m_canWrite->setEnabled(false);
    close(static_cast<int>(std::exchange(m_descriptor, -1)));
    wipe(m_unsent);
}

//! Reads one piece at a time, so that other connections have their turn. A piece comes from one
//! writer: the kernel ends it where another writer's bytes begin. The buffer has room for that
//! writer's credentials and for nothing else that may be sent along, such as open files.
void PeerSocket::read()
{
    constexpr qsizetype mostAtOnce = 4096;
    QByteArray piece(mostAtOnce, Qt::Uninitialized);
    iovec text{piece.data(), mostAtOnce};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> notes{};
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = notes.data();
    message.msg_controllen = notes.size();
    const ssize_t size =
        recvmsg(static_cast<int>(m_descriptor), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (size == 0 || (size < 0 && !isForLater(errno)))
        return end();
    piece.truncate(std::max<qsizetype>(size, 0));
    if (size > 0)
        Q_EMIT received(piece, senderIn(message));
    wipe(piece);
}

void PeerSocket::send()
{
    const ssize_t size = ::send(static_cast<int>(m_descriptor), m_unsent.constData(),
        static_cast<std::size_t>(m_unsent.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size < 0 && !isForLater(errno))
        return end();
    if (size == m_unsent.size())
        wipe(m_unsent); // all was sent, as usual: it may be a token
    else
        m_unsent.remove(0, std::max<qsizetype>(size, 0));
    if (m_unsent.isEmpty() && m_isClosing)
        return end();
    m_canWrite->setEnabled(!m_unsent.isEmpty());
}

void PeerSocket::end()
{
    abort();
    Q_EMIT closed();
}

} // namespace latchkey
