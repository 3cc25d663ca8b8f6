// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/seal.h"

#include "support/warnings.h"

#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

namespace {

const SealOwner prod{"prod", "prod at appliance.test"};
const QByteArray beginning = "latchkey-sealed-2\nprod at appliance.test\n";
constexpr qsizetype nonceSize = 24;
constexpr qsizetype tagSize = 16;

Secret key(char fill = 'k')
{
    return Secret::fromBytes(QByteArray(sealKeySize, fill));
}

} // namespace

class TestSeal final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void nothingOfTheRecordShows();
    void vectorsOpen_data();
    void vectorsOpen();
    void noNonceTwice();
    void otherNameOpensNothing();
    void headIsReadInTheFile();
    void otherKeyOpensNothing();
    void everyBitCounts();
    void everyLengthCounts();
};

void TestSeal::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("record");

    QTest::newRow("a record") << QByteArray(R"({"accessToken": "a", "refreshToken": "b"})");
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("zeros") << QByteArray(7, '\0');
    QTest::newRow("large") << QByteArray(100000, 'r');
}

void TestSeal::opensWhatItSealed()
{
    QFETCH(const QByteArray, record);
    const QByteArray sealed = seal(Secret::fromBytes(record), key(), prod);
    QVERIFY(sealed.startsWith(beginning));
    QCOMPARE(sealed.size(), beginning.size() + nonceSize + record.size() + tagSize);
    const auto opened = unseal(sealed, key(), prod);
    QVERIFY(opened);
    QCOMPARE(opened->bytes().toByteArray(), record);
}

void TestSeal::nothingOfTheRecordShows()
{
    const QByteArray sealed = seal(Secret::fromBytes("plainly-fake-refresh-token"), key(), prod);
    QVERIFY(!sealed.contains("fake"));
    QVERIFY(!sealed.contains(key().bytes()));
}

void TestSeal::vectorsOpen_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<QByteArray>("tag");

    QTest::newRow("the first format")
        << QByteArray("latchkey-sealed-1\n") << QByteArray("79028eb2ddd93add5986f85dde7ce450");
    QTest::newRow("the second format")
        << beginning << QByteArray("d445c121b932e7cc174d72d0e8d83bb1");
}

//! Key, nonce, plaintext and ciphertext from draft-irtf-cfrg-xchacha-03, A.3.1. The tags cover our
//! own associated data; another implementation computed them, after it had reproduced the draft's
//! own. Files of older versions of Latchkey must always open.
void TestSeal::vectorsOpen()
{
    QFETCH(const QByteArray, beginning);
    QFETCH(const QByteArray, tag);
    const QByteArray vectorKey =
        QByteArray::fromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const QByteArray nonce =
        QByteArray::fromHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const QByteArray encrypted = QByteArray::fromHex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b"
        "0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945"
        "b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f6"
        "15c68b13b52e"
        + tag);
    const auto opened = unseal(beginning + nonce + encrypted, Secret::fromBytes(vectorKey), prod);
    QVERIFY(opened);
    QCOMPARE(opened->bytes().toByteArray(),
        QByteArray("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                   "for the future, sunscreen would be it."));
}

void TestSeal::noNonceTwice()
{
    constexpr int many = 20000;
    QSet<QByteArray> nonces;
    for (int n = 0; n < many; ++n)
        nonces.insert(
            seal(Secret::fromBytes("same"), key(), prod).mid(beginning.size(), nonceSize));
    QCOMPARE(nonces.size(), many);
}

void TestSeal::otherNameOpensNothing()
{
    const QByteArray sealed = seal(Secret::fromBytes("record"), key(), prod);
    QVERIFY(!unseal(sealed, key(), {"test", prod.head}));
    QVERIFY(!unseal(sealed, key(), {}));
}

//! Whoever opens the record need not know the head, and can rely on it afterwards.
void TestSeal::headIsReadInTheFile()
{
    const QByteArray sealed = seal(Secret::fromBytes("record"), key(), prod);
    QCOMPARE(headOf(sealed), std::optional(prod.head));
    QVERIFY(unseal(sealed, key(), {"prod", "of another appliance"}));
    QVERIFY(!unseal(QByteArray(sealed).replace("appliance", "applIance"), key(), prod));

    QVERIFY(!headOf("latchkey-sealed-1\nprod at appliance.test\n"));
    QVERIFY(!headOf("latchkey-sealed-2\nprod at appliance.test"));
    QVERIFY(!headOf({}));
}

void TestSeal::otherKeyOpensNothing()
{
    QVERIFY(!unseal(seal(Secret::fromBytes("record"), key(), prod), key('l'), prod));
}

void TestSeal::everyBitCounts()
{
    const QByteArray sealed = seal(Secret::fromBytes("record"), key(), prod);
    for (qsizetype bit = 0; bit < sealed.size() * 8; ++bit) {
        QByteArray flipped = sealed;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!unseal(flipped, key(), prod), qPrintable(QString::number(bit)));
    }
}

void TestSeal::everyLengthCounts()
{
    const QByteArray sealed = seal(Secret::fromBytes("record"), key(), prod);
    for (qsizetype length = 0; length < sealed.size(); ++length)
        QVERIFY(!unseal(sealed.first(length), key(), prod));
    QVERIFY(!unseal(sealed + '\0', key(), prod));
}

QTEST_GUILESS_MAIN(TestSeal)
#include "tst_seal.moc"
