// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTcpServer>

namespace latchkey::test {

//! Speaks TLS with the certificate of support/data, which is for `appliance.test`, and hears what
//! is sent after the handshake. A request without a body is answered with 204.
class TlsListener final : public QTcpServer {
public:
    [[nodiscard]] bool listen() { return QTcpServer::listen(QHostAddress::LocalHost); }

    [[nodiscard]] const QByteArray &heard() const { return m_heard; }
    //! All who came have left again: there is nothing more to be heard.
    [[nodiscard]] bool isAlone() const { return m_gone == m_guests; }

protected:
    void incomingConnection(qintptr handle) override;

private:
    QByteArray m_heard;
    int m_guests = 0;
    int m_gone = 0;
};

} // namespace latchkey::test
