// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTcpServer>

namespace latchkey::test {

//! A TLS server with the certificate of support/data, which is for `appliance.test`. Records what
//! is sent after the handshake, and answers a request without a body with 204.
class TlsListener final : public QTcpServer {
public:
    [[nodiscard]] bool listen() { return QTcpServer::listen(QHostAddress::LocalHost); }

    [[nodiscard]] const QByteArray &heard() const { return m_heard; }
    //! All clients have disconnected, so nothing more can arrive.
    [[nodiscard]] bool isAlone() const { return m_gone == m_guests; }

protected:
    void incomingConnection(qintptr handle) override;

private:
    QByteArray m_heard;
    int m_guests = 0;
    int m_gone = 0;
};

} // namespace latchkey::test
