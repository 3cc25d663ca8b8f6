// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/httpserver.h"

#include "http/httpconnection.h"

#include <QSslServer>
#include <QSslSocket>

#include <utility>

namespace latchkey::appliance {

namespace {

constexpr int crowd = 2048;
constexpr int handshakeTimeoutMs = 60'000;

class TlsListener final : public QSslServer {
public:
    explicit TlsListener(HttpServer::ConfigurationSource source)
        : m_source(std::move(source))
    {
        setHandshakeTimeout(handshakeTimeoutMs);
    }

protected:
    void incomingConnection(qintptr socket) override
    {
        setSslConfiguration(m_source());
        QSslServer::incomingConnection(socket);
    }

private:
    HttpServer::ConfigurationSource m_source;
};

std::unique_ptr<QTcpServer> makeListener(HttpServer::ConfigurationSource source)
{
    if (!source)
        return std::make_unique<QTcpServer>();
    return std::make_unique<TlsListener>(std::move(source));
}

} // namespace

HttpServer::HttpServer(Handler handler, ConfigurationSource source)
    : m_handler(std::move(handler))
    , m_listener(makeListener(std::move(source)))
{
    m_listener->setMaxPendingConnections(crowd);
    m_listener->setListenBacklogSize(crowd);
    connect(m_listener.get(), &QTcpServer::pendingConnectionAvailable, this,
        &HttpServer::onPendingConnection);
    if (const auto *secure = qobject_cast<QSslServer *>(m_listener.get()))
        connect(secure, &QSslServer::errorOccurred, this, &HttpServer::handshakeFailed);
}

bool HttpServer::start(quint16 port)
{
    if (!m_listener->isListening() && !m_listener->listen(QHostAddress::LocalHost, port))
        return false;
    m_port = m_listener->serverPort();
    return true;
}

void HttpServer::stop()
{
    m_listener->close();
    for (HttpConnection *connection : findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly))
        connection->abort();
}

void HttpServer::retireConnections()
{
    for (HttpConnection *connection : findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly))
        connection->retire();
}

void HttpServer::onPendingConnection()
{
    while (QTcpSocket *socket = m_listener->nextPendingConnection()) {
        auto *connection = new HttpConnection(socket, this);
        connection->setLargestBody(m_largestBody);
        connect(connection, &HttpConnection::requestReceived, this,
            [this, connection](const HttpRequest &request) { m_handler(*connection, request); });
        Q_EMIT connected();
    }
}

} // namespace latchkey::appliance
