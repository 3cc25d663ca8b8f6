// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/agentconnection.h"

#include "base/logging.h"
#include "base/secret.h"

namespace latchkey {

AgentConnection::AgentConnection(
    std::unique_ptr<QLocalSocket> socket, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_deadline(deadlines)
{
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &AgentConnection::onReadyRead);
    connect(m_socket.get(), &QLocalSocket::disconnected, this, &AgentConnection::onDisconnected);
    connect(&m_deadline, &Deadline::reached, this, [this] { cutOff("half a line, then nothing"); });
}

AgentConnection::~AgentConnection()
{
    m_socket->disconnect(this);
    wipe(m_unfinished);
}

void AgentConnection::write(const QByteArray &line)
{
    if (m_isClosed)
        return;
    if (m_socket->bytesToWrite() > mostUnread)
        return cutOff("does not read its answers");
    m_socket->write(line);
    m_socket->flush();
}

//! A line may hold a password: what has been cut into lines is wiped.
void AgentConnection::onReadyRead()
{
    QByteArray received = std::exchange(m_unfinished, {}) + m_socket->readAll();
    qsizetype begin = 0;
    qsizetype end = received.indexOf('\n');
    for (; !m_isClosed && end >= 0 && end - begin <= longestLine;
        end = received.indexOf('\n', begin)) {
        QByteArray line = received.sliced(begin, end - begin);
        begin = end + 1;
        Q_EMIT lineReceived(line);
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

void AgentConnection::onDisconnected()
{
    m_isClosed = true;
    m_deadline.set({});
    Q_EMIT closed();
}

void AgentConnection::cutOff(const char *why)
{
    qCWarning(agentLog) << "A program was cut off:" << why;
    m_isClosed = true;
    m_deadline.set({});
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT closed();
}

} // namespace latchkey
