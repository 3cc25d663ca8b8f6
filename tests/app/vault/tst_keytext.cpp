// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keytext.h"

#include "vault/seal.h"

#include <QTest>

using namespace latchkey;

class TestKeyText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOneLineOfPrintableAscii();
    void comesBack();
    void noTwoKeysAreAlike();
    void whatIsNoKeyIsTold_data();
    void whatIsNoKeyIsTold();
    void nameTellsKeysApartAndNothingElse();
};

void TestKeyText::isOneLineOfPrintableAscii()
{
    for (int n = 0; n < 100; ++n) {
        const Secret text = textOfVaultKey(newVaultKey());
        QCOMPARE(text.size(), 64);
        QVERIFY(text.bytes().startsWith("latchkey-vault-key-1:"));
        for (const char letter : text.bytes())
            QVERIFY(letter > ' ' && letter < 127);
    }
}

void TestKeyText::comesBack()
{
    const Secret key =
        Secret::fromBytes(QByteArray("0123456789abcdef\xff\xfe\0\n0123456789ab", 32));
    QCOMPARE(key.size(), sealKeySize);
    QVERIFY(vaultKeyFrom(textOfVaultKey(key)) == key);
}

void TestKeyText::noTwoKeysAreAlike()
{
    const Secret key = newVaultKey();
    QCOMPARE(key.size(), sealKeySize);
    QVERIFY(key != newVaultKey());
}

void TestKeyText::whatIsNoKeyIsTold_data()
{
    QTest::addColumn<QByteArray>("text");

    const QByteArray whole = textOfVaultKey(newVaultKey()).bytes().toByteArray();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the head alone") << whole.first(21);
    QTest::newRow("cut short") << whole.chopped(1);
    QTest::newRow("too long") << whole + "AAAA";
    QTest::newRow("a line break") << whole + "\n";
    QTest::newRow("of another version") << QByteArray(whole).replace("key-1:", "key-2:");
    QTest::newRow("no base64") << whole.chopped(1) + "!";
    QTest::newRow("something else") << QByteArray("correct horse battery staple");
}

void TestKeyText::whatIsNoKeyIsTold()
{
    QFETCH(const QByteArray, text);
    QVERIFY(vaultKeyFrom(Secret::fromBytes(text)).isEmpty());
}

void TestKeyText::nameTellsKeysApartAndNothingElse()
{
    const Secret key = newVaultKey();
    QCOMPARE(nameOfVaultKey(key).size(), 16);
    QCOMPARE(nameOfVaultKey(key), nameOfVaultKey(Secret::fromBytes(key.bytes())));
    QVERIFY(nameOfVaultKey(key) != nameOfVaultKey(newVaultKey()));
    QVERIFY(!key.bytes().toByteArray().toHex().contains(nameOfVaultKey(key).toLatin1()));
}

QTEST_GUILESS_MAIN(TestKeyText)
#include "tst_keytext.moc"
