// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/tlslistener.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
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

void TlsListener::incomingConnection(qintptr handle)
{
    auto *guest = new QSslSocket(this);
    ++m_guests;
    connect(guest, &QSslSocket::disconnected, this, [this] { ++m_gone; });
    connect(guest, &QSslSocket::readyRead, this, [this, guest] {
        m_heard += guest->readAll();
        if (m_heard.endsWith("\r\n\r\n"))
            guest->write("HTTP/1.1 204 No Content\r\n\r\n");
    });
    guest->setSocketDescriptor(handle);
    guest->setSslConfiguration(serverConfiguration());
    guest->startServerEncryption();
}

} // namespace latchkey::test
