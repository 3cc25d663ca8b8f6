// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/plainexchange.h"

#include "base/secret.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QByteArray bytesOf(const QNetworkRequest &request, const QByteArray &method, const QByteArray &body)
{
    const QUrl url = request.url().adjusted(QUrl::RemoveUserInfo);
    QString target = url.path(QUrl::FullyEncoded);
    if (target.isEmpty())
        target = u"/"_s;
    if (url.hasQuery())
        target += u'?' + url.query(QUrl::FullyEncoded);
    QByteArray bytes = method + ' ' + target.toLatin1() + " HTTP/1.1\r\nHost: "
        + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\nConnection: close\r\n";
    const QByteArrayList names = request.rawHeaderList();
    for (const QByteArray &name : names)
        bytes += name + ": " + request.rawHeader(name) + "\r\n";
    return bytes + "\r\n" + body;
}

} // namespace

PlainExchange::PlainExchange(ListenerFinder listenerOn, qint64 largestBody, QObject *parent)
    : QObject(parent)
    , m_listenerOn(std::move(listenerOn))
    , m_reply(largestBody)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_outcome.wasHeldBack = true;
    connect(&m_socket, &QTcpSocket::connected, this, &PlainExchange::onConnected);
    connect(&m_socket, &QTcpSocket::readyRead, this, &PlainExchange::onReadyRead);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &PlainExchange::onDisconnected);
}

PlainExchange::~PlainExchange()
{
    m_socket.disconnect(this);
    wipe(m_request);
}

void PlainExchange::start(const QHostAddress &address, const QNetworkRequest &request,
    const QByteArray &method, const QByteArray &body)
{
    if (!address.isLoopback()) {
        m_outcome.error = QNetworkReply::ConnectionRefusedError;
        return end();
    }
    m_request = bytesOf(request, method, body);
    m_socket.connectToHost(address, quint16(request.url().port(httpPort)));
}

void PlainExchange::onConnected()
{
    if (isHeardByOthers()) {
        m_outcome.error = QNetworkReply::ConnectionRefusedError;
        return end();
    }
    m_outcome.wasHeldBack = false;
    m_socket.write(m_request);
    wipe(m_request);
}

//! Without TLS, nothing but the system can say who is there.
bool PlainExchange::isHeardByOthers()
{
    switch (m_listenerOn(m_socket)) {
    case Listener::Ours:
    case Listener::Unknown:
        return false;
    case Listener::Anothers: {
        QUrl place;
        place.setHost(m_socket.peerAddress().toString());
        place.setPort(m_socket.peerPort());
        m_outcome.othersPlace = place.authority();
        return true;
    }
    case Listener::Nobody:
        return true;
    }
    Q_UNREACHABLE();
}

void PlainExchange::onReadyRead()
{
    m_reply.take(m_socket.readAll());
    if (m_reply.isOver())
        end();
}

//! Also called where no connection came about.
void PlainExchange::onDisconnected()
{
    if (m_outcome.wasHeldBack)
        m_outcome.error = QNetworkReply::ConnectionRefusedError;
    m_reply.take(m_socket.readAll());
    m_reply.close();
    end();
}

void PlainExchange::end()
{
    m_socket.disconnect(this);
    m_socket.abort();
    Q_EMIT finished();
}

HttpOutcome PlainExchange::outcome() const
{
    return m_outcome.wasHeldBack ? m_outcome : m_reply.outcome();
}

} // namespace latchkey
