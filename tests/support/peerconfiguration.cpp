// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/peerconfiguration.h"

#include "support/tlslistener.h"

#include <QSignalSpy>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace latchkey::test {

QSslConfiguration configurationWithPeer()
{
    TlsListener server;
    if (!server.listen())
        return {};

    QSslSocket client;
    client.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSignalSpy encrypted(&client, &QSslSocket::encrypted);
    client.connectToHostEncrypted(u"127.0.0.1"_s, server.serverPort());
    encrypted.wait();
    return client.sslConfiguration();
}

} // namespace latchkey::test
