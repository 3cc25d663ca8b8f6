// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keyplace.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestKeyPlace final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void whatIsNoRecordIsNone_data();
    void whatIsNoRecordIsNone();
};

void TestKeyPlace::comesBack_data()
{
    QTest::addColumn<KeyPlace>("place");

    QTest::newRow("Secret Service") << KeyPlace{Keychain::SecretService,
        u"/org/freedesktop/secrets/collection/login"_s, u"0123456789abcdef"_s, u"gnome-keyring"_s};
    QTest::newRow("KWallet") << KeyPlace{Keychain::KWallet, u"Brieftasche ü"_s, u"fedc"_s, {}};
}

void TestKeyPlace::comesBack()
{
    QFETCH(const KeyPlace, place);
    QVERIFY(KeyPlace::fromJson(place.toJson()) == place);
}

void TestKeyPlace::whatIsNoRecordIsNone_data()
{
    QTest::addColumn<QByteArray>("text");

    const QByteArray good = R"({"version":1,"keychain":"kwallet","collection":"w","keyId":"k"})";
    QVERIFY(KeyPlace::fromJson(good));
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"version\":1");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("a later version") << QByteArray(good).replace(":1", ":2");
    QTest::newRow("another keychain") << QByteArray(good).replace("kwallet", "keepass");
    QTest::newRow("no place") << QByteArray(good).replace("\"w\"", "\"\"");
    QTest::newRow("no key") << QByteArray(good).replace("\"k\"", "7");
}

void TestKeyPlace::whatIsNoRecordIsNone()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!KeyPlace::fromJson(text));
}

QTEST_GUILESS_MAIN(TestKeyPlace)
#include "tst_keyplace.moc"
