// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/connectionrace.h"

#include <QNetworkProxy>
#include <QTcpSocket>

namespace latchkey {

ConnectionRace::ConnectionRace(DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_next(deadlines)
{
    connect(&m_next, &Deadline::reached, this, &ConnectionRace::tryNext);
}

void ConnectionRace::start(const QList<QHostAddress> &addresses, quint16 port)
{
    m_untried = inTurn(addresses);
    m_port = port;
    tryNext();
}

void ConnectionRace::tryNext()
{
    const QHostAddress address = m_untried.takeFirst();
    m_next.set(m_untried.isEmpty() ? std::nullopt : std::optional(m_next.queue().now() + pause));
    auto *socket = new QTcpSocket(this);
    m_running.append(socket);
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QTcpSocket::connected, this, [this, socket] {
        m_next.set({});
        for (QTcpSocket *other : std::as_const(m_running))
            other->disconnect(this);
        m_running.removeOne(socket);
        qDeleteAll(std::exchange(m_running, {}));
        Q_EMIT won(socket);
    });
    // Queued, because for some addresses Qt reports the error from within connectToHost().
    connect(
        socket, &QTcpSocket::errorOccurred, this, [this, socket] { onFailed(socket); },
        Qt::QueuedConnection);
    socket->connectToHost(address, m_port);
}

void ConnectionRace::onFailed(QTcpSocket *socket)
{
    if (!m_running.removeOne(socket))
        return; // it lost meanwhile, and may be gone
    socket->deleteLater();
    if (!m_untried.isEmpty())
        tryNext();
    else if (m_running.isEmpty())
        Q_EMIT lost();
}

QList<QHostAddress> inTurn(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty())
        return {};
    const auto first = addresses.first().protocol();
    QList<QHostAddress> ours;
    QList<QHostAddress> others;
    for (const QHostAddress &address : addresses)
        (address.protocol() == first ? ours : others).append(address);
    QList<QHostAddress> all;
    while (!ours.isEmpty() || !others.isEmpty()) {
        if (!ours.isEmpty())
            all.append(ours.takeFirst());
        if (!others.isEmpty())
            all.append(others.takeFirst());
    }
    return all;
}

} // namespace latchkey
