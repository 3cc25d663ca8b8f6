// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainchoice.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr Keychain service = Keychain::SecretService;
constexpr Keychain wallet = Keychain::KWallet;
constexpr Keychains both = Keychains(service) | wallet;

} // namespace

class TestKeychainChoice final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAwaitedOfTheUnknown();
    void theHolderIsAwaited();
    void bothItemsOfAnAccountHaveOneHolder();
    void theWalletIsAwaitedForAllBeforeTheFirstJob();
    void theSecretServiceIsAwaitedForNobodyElse();
    void aWriterAwaitsOnlyWhatCanBeChosen();
    void theFirstJobChooses_data();
    void theFirstJobChooses();
    void whereAnItemIsMissingTellsTheChoice();
    void whereAnItemIsFoundTellsTheChoice_data();
    void whereAnItemIsFoundTellsTheChoice();
    void whatWasWrittenElsewhereIsNotAwaitedWhereItWas();
    void forgottenAccountIsNotAwaited();
};

void TestKeychainChoice::nothingIsAwaitedOfTheUnknown()
{
    for (const Keychain preferred : {service, wallet}) {
        const KeychainChoice choice(preferred);
        QVERIFY(!choice.awaited(u"prod"_s));
        QVERIFY(!choice.awaitedToWrite(u"prod"_s));
        QVERIFY(!choice.holderOf(u"prod"_s));
        QVERIFY(!choice.chosen());
        QCOMPARE(choice.expected(), preferred);
    }
}

void TestKeychainChoice::theHolderIsAwaited()
{
    KeychainChoice choice(service);
    choice.remember(u"prod"_s, service);
    QCOMPARE(choice.holderOf(u"prod"_s), service);
    QCOMPARE(choice.awaited(u"prod"_s), Keychains(service));
    choice.noteJob(service);
    QCOMPARE(choice.awaited(u"prod"_s), Keychains(service));
}

void TestKeychainChoice::bothItemsOfAnAccountHaveOneHolder()
{
    KeychainChoice choice(wallet);
    choice.remember(u"prod"_s, service);
    QCOMPARE(choice.holderOf(u"prod/2"_s), service);
    QVERIFY(!choice.holderOf(u"production"_s));
}

void TestKeychainChoice::theWalletIsAwaitedForAllBeforeTheFirstJob()
{
    KeychainChoice choice(wallet);
    choice.remember(u"prod"_s, wallet);
    choice.remember(u"old"_s, service);
    QCOMPARE(choice.awaited(u"prod"_s), Keychains(wallet));
    QCOMPARE(choice.awaited(u"new"_s), Keychains(wallet));
    QCOMPARE(choice.awaited(u"old"_s), both);
    choice.noteJob(both);
    QVERIFY(!choice.awaited(u"new"_s));
    QCOMPARE(choice.awaited(u"prod"_s), Keychains(wallet));
    QCOMPARE(choice.awaited(u"old"_s), Keychains(service));
}

void TestKeychainChoice::theSecretServiceIsAwaitedForNobodyElse()
{
    KeychainChoice choice(service);
    choice.remember(u"prod"_s, service);
    choice.remember(u"old"_s, wallet);
    QVERIFY(!choice.awaited(u"new"_s));
    QCOMPARE(choice.awaited(u"old"_s), Keychains(wallet));
}

void TestKeychainChoice::aWriterAwaitsOnlyWhatCanBeChosen()
{
    KeychainChoice elsewhere(service);
    elsewhere.remember(u"prod"_s, wallet);
    QVERIFY(!elsewhere.awaitedToWrite(u"prod"_s));
    KeychainChoice kde(wallet);
    kde.remember(u"prod"_s, wallet);
    kde.remember(u"old"_s, service);
    QCOMPARE(kde.awaitedToWrite(u"prod"_s), Keychains(wallet));
    kde.noteJob(wallet);
    QVERIFY(!kde.awaitedToWrite(u"old"_s));
}

void TestKeychainChoice::theFirstJobChooses_data()
{
    QTest::addColumn<int>("preferred");
    QTest::addColumn<int>("answering");
    QTest::addColumn<int>("chosen");

    QTest::newRow("no KDE") << int(service) << 0 << int(service);
    QTest::newRow("no KDE, with a wallet") << int(service) << int(wallet) << int(service);
    QTest::newRow("KDE") << int(wallet) << int(both) << int(wallet);
    QTest::newRow("KDE, wallet alone") << int(wallet) << int(wallet) << int(wallet);
    QTest::newRow("KDE, wallet may yet start") << int(wallet) << int(service) << 0;
}

void TestKeychainChoice::theFirstJobChooses()
{
    QFETCH(const int, preferred);
    QFETCH(const int, answering);
    QFETCH(const int, chosen);
    KeychainChoice choice{Keychain(preferred)};
    choice.noteJob(Keychains(answering));
    QCOMPARE(choice.chosen() ? int(*choice.chosen()) : 0, chosen);
    choice.noteJob(both); // it does not choose twice
    QCOMPARE(choice.chosen() ? int(*choice.chosen()) : 0, chosen);
}

//! It took too long to answer QtKeychain, though it answered us.
void TestKeychainChoice::whereAnItemIsMissingTellsTheChoice()
{
    KeychainChoice choice(wallet);
    choice.noteJob(both);
    QCOMPARE(choice.chosen(), wallet);
    choice.noteMissing({});
    QCOMPARE(choice.chosen(), wallet);
    choice.noteMissing(wallet);
    QCOMPARE(choice.chosen(), service);
    choice.noteFound(u"prod"_s, both); // an old one in the wallet, and the new one
    QCOMPARE(choice.holderOf(u"prod"_s), service);
    choice.noteMissing(service);
    QCOMPARE(choice.chosen(), wallet);
}

void TestKeychainChoice::whereAnItemIsFoundTellsTheChoice_data()
{
    QTest::addColumn<int>("answering");
    QTest::addColumn<int>("holders");
    QTest::addColumn<int>("found");

    QTest::newRow("in the one") << int(service) << int(service) << int(service);
    QTest::newRow("in the other") << int(both) << int(wallet) << int(wallet);
    QTest::newRow("not in the one that was expected") << int(both) << int(service) << int(service);
    QTest::newRow("in both, choice known") << int(both) << int(both) << int(wallet);
    QTest::newRow("in both, choice unknown") << int(service) << int(both) << 0;
    QTest::newRow("nobody tells, choice known") << int(wallet) << 0 << int(wallet);
    QTest::newRow("nobody tells, choice unknown") << int(service) << 0 << 0;
}

void TestKeychainChoice::whereAnItemIsFoundTellsTheChoice()
{
    QFETCH(const int, answering);
    QFETCH(const int, holders);
    QFETCH(const int, found);
    KeychainChoice choice(wallet);
    QString account;
    std::optional<Keychain> told;
    connect(&choice, &KeychainChoice::found, this, [&](const QString &name, Keychain holder) {
        account = name;
        told = holder;
    });
    choice.noteJob(Keychains(answering));
    choice.noteFound(u"prod/2"_s, Keychains(holders));
    QCOMPARE(told ? int(*told) : 0, found);
    QCOMPARE(account, found ? u"prod"_s : QString());
    QCOMPARE(choice.holderOf(u"prod"_s), told);
    QCOMPARE(choice.chosen(), told);
}

// Of somebody who moved from KDE to another desktop, and signed in there.
void TestKeychainChoice::whatWasWrittenElsewhereIsNotAwaitedWhereItWas()
{
    KeychainChoice choice(service);
    choice.remember(u"prod"_s, wallet);
    choice.remember(u"lab"_s, service);
    QVERIFY(choice.awaited(u"prod"_s).testFlag(wallet));
    choice.noteWritten(u"prod"_s);
    choice.noteWritten(u"lab/2"_s);
    QVERIFY(!choice.awaited(u"prod/2"_s));
    QVERIFY(choice.awaited(u"lab"_s).testFlag(service));
}

void TestKeychainChoice::forgottenAccountIsNotAwaited()
{
    KeychainChoice choice(service);
    choice.remember(u"prod"_s, wallet);
    choice.forget(u"prod"_s);
    QVERIFY(!choice.awaited(u"prod"_s));
}

QTEST_GUILESS_MAIN(TestKeychainChoice)
#include "tst_keychainchoice.moc"
