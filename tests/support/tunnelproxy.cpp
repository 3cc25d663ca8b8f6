// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/tunnelproxy.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace latchkey::test {

namespace {

void passOn(QTcpSocket *from, QTcpSocket *to)
{
    QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    QObject::connect(from, &QTcpSocket::disconnected, to, &QTcpSocket::disconnectFromHost);
}

} // namespace

TunnelProxy::TunnelProxy(const QByteArray &credentials)
    : m_credentials(credentials)
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        QTcpSocket *client = m_server.nextPendingConnection();
        QObject::connect(
            client, &QTcpSocket::readyRead, &m_server, [this, client] { onReadyRead(client); });
    });
}

ProxyChoice TunnelProxy::choice(const QString &user, const QString &password) const
{
    return {QNetworkProxy(
        QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_server.serverPort(), user, password)};
}

void TunnelProxy::onReadyRead(QTcpSocket *client)
{
    const QByteArray head = client->peek(64 * 1024);
    if (!head.contains("\r\n\r\n"))
        return;
    client->readAll();
    const QByteArray wanted = "Proxy-Authorization: Basic " + m_credentials.toBase64() + "\r\n";
    if (!m_credentials.isEmpty() && !head.contains(wanted)) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                      "Proxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    m_target = head.split(' ').value(1);
    openTunnel(client);
}

void TunnelProxy::openTunnel(QTcpSocket *client)
{
    client->disconnect(&m_server);
    auto *server = new QTcpSocket(client);
    QObject::connect(server, &QTcpSocket::connected, client, [this, client, server] {
        ++m_tunnels;
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        passOn(client, server);
        passOn(server, client);
    });
    const quint16 port = m_target.split(':').last().toUShort();
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace latchkey::test
