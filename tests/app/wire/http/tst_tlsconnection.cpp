// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/tlsconnection.h"

#include "support/peerconfiguration.h"
#include "support/replies.h"

#include <QSslConfiguration>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestTlsConnection final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatTheHandshakeShowed();
    void isNoneWithoutACertificate();
};

void TestTlsConnection::tellsWhatTheHandshakeShowed()
{
    const QSslConfiguration configuration = configurationWithPeer();
    QVERIFY2(
        !configuration.peerCertificate().isNull(), "no TLS handshake on the loopback interface");
    const auto tls = TlsConnection::from(configuration, TlsConnection::Trust::Pinned);
    QVERIFY(tls);
    QCOMPARE(tls->protocol, u"TLSv1.3"_s);
    QCOMPARE(tls->certificate, aCertificate());
    QVERIFY(tls->trust == TlsConnection::Trust::Pinned);
}

void TestTlsConnection::isNoneWithoutACertificate()
{
    QVERIFY(!TlsConnection::from(QSslConfiguration(), TlsConnection::Trust::System));
}

QTEST_GUILESS_MAIN(TestTlsConnection)
#include "tst_tlsconnection.moc"
