// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/certificate.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QSslCertificate>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

// openssl x509 -in support/data/appliance.pem -noout -fingerprint -sha256
const QString sha256 = u"B1:61:4B:EB:45:8E:16:87:BA:96:7C:CA:EB:28:DD:E4:"
                       u"50:8B:B0:CC:D9:F8:D9:C8:F7:FE:21:7D:A9:84:43:64"_s;

} // namespace

class TestPin final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void fingerprintIsTheSha256OfTheCertificate();
    void fingerprintIsReadFromText_data();
    void fingerprintIsReadFromText();
    void otherTextsAreNone_data();
    void otherTextsAreNone();
    void certificateTellsWhose();
    void keyIsKnownByItsSha256();
    void nullCertificateHasNoFingerprint();
};

void TestPin::fingerprintIsTheSha256OfTheCertificate()
{
    const Fingerprint fingerprint = aCertificate().fingerprint;
    QVERIFY(!fingerprint.isEmpty());
    QCOMPARE(fingerprint.toText(), sha256);
    QVERIFY(fingerprint == Fingerprint::fromText(sha256));
    QVERIFY(fingerprint != anotherFingerprint());
}

void TestPin::fingerprintIsReadFromText_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("as shown") << sha256;
    QTest::newRow("lower case") << sha256.toLower();
    QTest::newRow("without colons") << QString(sha256).remove(u':');
    QTest::newRow("with spaces") << QString(sha256).replace(u':', u' ');
    QTest::newRow("spaces around") << u"  "_s + sha256 + u' ';
}

void TestPin::fingerprintIsReadFromText()
{
    QFETCH(const QString, text);
    const auto fingerprint = Fingerprint::fromText(text);
    QVERIFY(fingerprint);
    QCOMPARE(fingerprint->toText(), sha256);
}

void TestPin::otherTextsAreNone_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("empty") << QString();
    QTest::newRow("31 bytes") << sha256.chopped(3);
    QTest::newRow("33 bytes") << sha256 + u":00"_s;
    QTest::newRow("half a byte more") << sha256 + u'0';
    QTest::newRow("no hex digit") << QString(sha256).replace(u'B', u'G');
    QTest::newRow("other digits") << QString(64, QChar(0x0661));
    QTest::newRow("sha-1") << QString(40, u'a');
    QTest::newRow("named") << u"SHA256:"_s + sha256;
}

void TestPin::otherTextsAreNone()
{
    QFETCH(const QString, text);
    QVERIFY(!Fingerprint::fromText(text));
}

void TestPin::certificateTellsWhose()
{
    const Certificate certificate = aCertificate();
    QCOMPARE(certificate.subject, u"appliance.test"_s);
    QCOMPARE(certificate.issuer, u"appliance.test"_s);
    QCOMPARE(certificate.validUntil.toSecsSinceEpoch() - certificate.validFrom.toSecsSinceEpoch(),
        qint64(36500) * 24 * 3600);
    QVERIFY(certificate == aCertificate());
}

// openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | sha256sum
void TestPin::keyIsKnownByItsSha256()
{
    QCOMPARE(aCertificate().keySha256.toHex(),
        "b9030338c17e80baed3a24d3ecfb3d7aaf6f07f5087f9be9f023c5ec205d4822"_ba);
    QVERIFY(Certificate::from(QSslCertificate()).keySha256.isEmpty());
}

void TestPin::nullCertificateHasNoFingerprint()
{
    QVERIFY(Fingerprint::of(QSslCertificate()).isEmpty());
    QCOMPARE(Fingerprint().toText(), QString());
    QVERIFY(Fingerprint::of(QSslCertificate()) == Fingerprint());
}

QTEST_GUILESS_MAIN(TestPin)
#include "tst_certificate.moc"
