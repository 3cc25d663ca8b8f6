// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>

#include <functional>
#include <memory>

namespace latchkey::appliance {

class HttpConnection;
struct HttpRequest;

//! Listens on 127.0.0.1 and owns the connections. The handler answers each request with
//! HttpConnection::send(), at once or later. restart() after stop() listens on the same port.
class HttpServer final : public QObject {
    Q_OBJECT

public:
    using Handler = std::function<void(HttpConnection &connection, const HttpRequest &request)>;

    //! Asked at the start of each handshake. Where the configuration has no certificate, the
    //! handshake ends with a TLS alert.
    using ConfigurationSource = std::function<QSslConfiguration()>;

    //! Without a source of TLS configurations it speaks plain HTTP.
    explicit HttpServer(Handler handler, ConfigurationSource source = {});

    //! In bytes; longer bodies are refused. \a largest is asked anew for each request.
    void setLargestBody(std::function<qsizetype()> largest) { m_largestBody = std::move(largest); }

    //! Port 0 means any that is free. False when the port is taken.
    [[nodiscard]] bool start(quint16 port);
    [[nodiscard]] bool restart() { return start(m_port); }

    //! Stops listening and cuts all connections.
    void stop();

    //! Ends all connections in order: idle ones now, the others after their reply.
    void retireConnections();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString errorString() const { return m_listener->errorString(); }

Q_SIGNALS:
    void connected();
    void handshakeFailed();

private:
    void onPendingConnection();

    Handler m_handler;
    std::function<qsizetype()> m_largestBody;
    std::unique_ptr<QTcpServer> m_listener;
    quint16 m_port = 0;
};

} // namespace latchkey::appliance
