// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/peerconfiguration.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace latchkey::test {

namespace {

QSslConfiguration serverConfiguration()
{
    QFile key(u":/support/appliance.key"_s);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(u":/support/appliance.pem"_s));
    if (key.open(QIODevice::ReadOnly))
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    return configuration;
}

} // namespace

QSslConfiguration configurationWithPeer()
{
    QSslServer server;
    server.setSslConfiguration(serverConfiguration());
    server.listen(QHostAddress::LocalHost);

    QSslSocket client;
    client.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSignalSpy encrypted(&client, &QSslSocket::encrypted);
    client.connectToHostEncrypted(u"127.0.0.1"_s, server.serverPort());
    encrypted.wait();
    return client.sslConfiguration();
}

} // namespace latchkey::test
