// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/proxychoice.h"

#include <QTcpServer>

class QTcpSocket;

namespace latchkey::test {

//! An HTTP proxy on 127.0.0.1. It answers CONNECT by opening a tunnel to that port of this machine,
//! or with 407 if the credentials are missing or wrong.
class TunnelProxy {
public:
    //! `user:password`; if it is empty, none are required.
    explicit TunnelProxy(const QByteArray &credentials = {});

    [[nodiscard]] bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    [[nodiscard]] ProxyChoice choice(const QString &user = {}, const QString &password = {}) const;
    [[nodiscard]] int tunnels() const { return m_tunnels; }
    //! The `host:port` of the last CONNECT.
    [[nodiscard]] const QByteArray &target() const { return m_target; }

private:
    void onReadyRead(QTcpSocket *client);
    void openTunnel(QTcpSocket *client);

    QByteArray m_credentials;
    QTcpServer m_server;
    QByteArray m_target;
    int m_tunnels = 0;
};

} // namespace latchkey::test
