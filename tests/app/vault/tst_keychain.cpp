// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychain.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestKeychain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfFilesComeBack();
    void otherWordsAreNone();
    void peopleReadItsName();
};

void TestKeychain::wordsOfFilesComeBack()
{
    QCOMPARE(scriptName(Keychain::SecretService), u"secret-service"_s);
    QCOMPARE(scriptName(Keychain::KWallet), u"kwallet"_s);
    for (const Keychain keychain : {Keychain::SecretService, Keychain::KWallet})
        QCOMPARE(keychainFromScript(scriptName(keychain)), keychain);
}

void TestKeychain::otherWordsAreNone()
{
    for (const QString &word : {QString(), u"KWallet"_s, u"keyring"_s})
        QVERIFY(!keychainFromScript(word));
}

void TestKeychain::peopleReadItsName()
{
    QCOMPARE(nameOf(Keychain::SecretService), u"Secret Service"_s);
    QCOMPARE(nameOf(Keychain::KWallet), u"KWallet"_s);
    QCOMPARE(nameOf(Keychain::SecretService, u"gnome-keyring"_s), u"GNOME Keyring"_s);
    QCOMPARE(nameOf(Keychain::SecretService, u"keepassxc"_s), u"KeePassXC"_s);
    QCOMPARE(nameOf(Keychain::SecretService, u"other"_s), u"Secret Service"_s);
    QCOMPARE(nameOf(Keychain::KWallet, QString()), u"KWallet"_s);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
