// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/agentconnection.h"

#include "agent/refusals.h"
#include "base/logging.h"
#include "base/secret.h"

using namespace Qt::StringLiterals;

namespace latchkey {

AgentConnection::AgentConnection(std::unique_ptr<PeerSocket> socket, const Peer &peer,
    const Holder &whose, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , holder(whose)
    , m_socket(std::move(socket))
    , m_peer(peer)
    , m_deadline(deadlines)
{
    connect(m_socket.get(), &PeerSocket::received, this, &AgentConnection::onReceived);
    connect(m_socket.get(), &PeerSocket::closed, this, &AgentConnection::onClosed);
    connect(&m_deadline, &Deadline::reached, this, [this] {
        cutOff(m_isTooSlow ? "does not read its answers" : "half a line, then nothing");
    });
}

AgentConnection::~AgentConnection()
{
    m_socket->disconnect(this);
    wipe(m_unfinished);
}

void AgentConnection::write(const QByteArray &line)
{
    if (m_isClosed || m_isTooSlow)
        return;
    if (m_socket->bytesToWrite() > mostUnread)
        return tellTooSlow();
    m_socket->write(line);
}

//! The program can still read what has been written; nothing is added after this last line.
void AgentConnection::tellTooSlow()
{
    m_isTooSlow = true;
    const QJsonObject why{{u"reason"_s, u"failed"_s}, {u"text"_s, missedSomething().sentence}};
    m_socket->write(notificationLine(u"session.watchEnded"_s, why));
    m_socket->closeWhenWritten();
    m_deadline.set(m_deadline.queue().now() + lastPatience);
}

//! A line may hold a password, so all copies of it are wiped here.
void AgentConnection::onReceived(const QByteArray &piece, qint64 sender)
{
    if (m_unfinished.isEmpty())
        m_sender = sender;
    else if (m_sender != sender)
        m_sender = 0;
    QByteArray received = std::exchange(m_unfinished, {}) + piece;
    qsizetype begin = 0;
    qsizetype end = received.indexOf('\n');
    for (; !m_isClosed && end >= 0 && end - begin <= longestLine;
        end = received.indexOf('\n', begin)) {
        QByteArray line = received.sliced(begin, end - begin);
        begin = end + 1;
        Q_EMIT lineReceived(line);
        m_sender = sender;
        wipe(line);
    }
    m_unfinished = received.sliced(begin);
    wipe(received);
    if (!m_isClosed)
        judgeRest(begin > 0);
}

void AgentConnection::judgeRest(bool isNew)
{
    if (m_unfinished.size() > longestLine)
        return cutOff("a line of more than 64 KiB");
    if (m_unfinished.isEmpty())
        m_deadline.set({});
    else if (isNew || !m_deadline.at())
        m_deadline.set(m_deadline.queue().now() + patience);
}

void AgentConnection::cutOff(const char *why)
{
    qCWarning(agentLog) << "A program was cut off:" << why;
    hangUp();
}

void AgentConnection::hangUp()
{
    m_socket->abort();
    onClosed();
}

void AgentConnection::onClosed()
{
    m_isClosed = true;
    m_deadline.set({});
    Q_EMIT closed();
}

} // namespace latchkey
