// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keychainkey.h"

#include "base/wholefile.h"
#include "support/fakeclock.h"
#include "support/fakekeychain.h"
#include "support/replies.h"
#include "support/warnings.h"
#include "vault/keytext.h"
#include "vault/seal.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Answer = KeychainWatch::Answer;
using Finding = KeychainWatch::Finding;
using Place = KeychainWatch::Place;
using Item = Place::Item;

constexpr int patience = 20'000;
const QString login = u"/org/freedesktop/secrets/collection/login"_s;

Finding secretService(bool isOpen, Item item, const QString &name = login)
{
    return {Keychain::SecretService, {{Keychain::SecretService, name, isOpen, true, item}}, {}};
}

const Finding nowhere;
const Finding locked = secretService(false, Item::Hidden);
const Finding empty = secretService(true, Item::None);
const Finding readable = secretService(true, Item::Readable);
const Finding guarded = secretService(true, Item::Guarded);
const Finding another = secretService(true, Item::None, u"/other"_s);

Finding wallet(bool isOpen, Item item)
{
    return {Keychain::KWallet, {{Keychain::KWallet, u"kdewallet"_s, isOpen, true, item}}, {}};
}

} // namespace

class TestKeychainKey final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingIsAskedOfTheKeychainUnasked();
    void readsOnceAndKeepsIt();
    void makesOneWhereThereNeverWasOne();
    void fetchMakesNone();
    void remembersWhereItRests();
    void makesOneWhereItIsGoneForGood();
    void adoptsWhatAnotherProgramWrote();
    void keychainThatLiesIsUnavailable();
    void whatIsNoKeyIsLeftAloneUntilSomethingNewIsSealed();
    void anotherKeyInItsPlaceIsMissing();
    void anotherKeyElsewhereIsElsewhere();
    void movedKeyIsFound();

    void noKeychainIsUnavailable();
    void keychainThatAppearsIsUsed();
    void failingKeychainIsUnavailable();
    void keyInAnotherPlaceIsElsewhere();
    void goneKeyIsMissing();
    void lockedPlaceIsUnlockedFirst();
    void dismissedQuestionIsDenied();
    void oneQuestionAProgram();
    void oneMoreQuestionWhenAPersonDoesSomething();
    void lockedPlaceIsToldWhereNoQuestionIsLeft();
    void comesBackByItselfWhenUnlocked();
    void whoOpensThePlaceIsAskedToAllowIt();
    void whatAppearsLockedIsOnlyWatched();
    void refusedGuardedItemIsNotAskedForAgain();
    void openQuestionIsToldAsSlow();
    void answerToASlowQuestionCounts();
    void unlockedPastTheOpenQuestion();
    void questionThatIsLostIsNoRefusal();
    void unlockedAndStillLockedIsDenied();
    void dismissedWriteIsDenied_data();
    void dismissedWriteIsDenied();
    void silentKeychainIsSlow();
    void onlyWhoAsksStartsKeychains();

    void whatPeopleStartIsNotStarted();

    void lateWalletIsAwaited();
    void closedWalletIsAskedForOnce();
    void closedWalletIsOpenedBeforeItsKeyCountsAsGone();
    void walletThatClosesAgainIsNotedAsThePlace();
    void walletThatIsNotUsedIsElsewhere();
    void newKeyOfALateWalletIsLocated();

private:
    void open();
    void remember(const Secret &key, const QString &name = login,
        Keychain keychain = Keychain::SecretService, const QString &program = {});
    void see(const Finding &finding) { m_watch->finding = finding; }
    [[nodiscard]] bool comesTo(std::optional<StoreError> trouble);
    [[nodiscard]] bool comesToKey();
    void advance(Milliseconds span);
    //! Waits until the work under way has ended and nothing more happens.
    void settleDown();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    Keychain m_preferred = Keychain::SecretService;
    std::unique_ptr<KeychainKey> m_key;
    FakeKeychainItem *m_item = nullptr;
    FakeKeychainWatch *m_watch = nullptr;
};

void TestKeychainKey::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"data/vault.json"_s);
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_preferred = Keychain::SecretService;
    open();
}

void TestKeychainKey::cleanup()
{
    m_key.reset();
    QThreadPool::globalInstance()->waitForDone();
}

//! The next run of the program, with the same keychain.
void TestKeychainKey::open()
{
    const Secret text = m_key ? m_item->text : Secret();
    const Finding finding = m_key ? m_watch->finding : nowhere;
    auto item = std::make_unique<FakeKeychainItem>();
    auto watch = std::make_unique<FakeKeychainWatch>();
    m_item = item.get();
    m_watch = watch.get();
    m_item->text = text;
    m_watch->finding = finding;
    m_key = std::make_unique<KeychainKey>(
        KeychainKey::Where{u"service"_s, u"vault key"_s, m_preferred, m_path}, std::move(item),
        std::move(watch), *m_deadlines);
}

void TestKeychainKey::remember(
    const Secret &key, const QString &name, Keychain keychain, const QString &program)
{
    QVERIFY(!writeWhole(m_path, KeyPlace{keychain, name, nameOfVaultKey(key), program}.toJson()));
    open();
    m_item->text = textOfVaultKey(key);
}

bool TestKeychainKey::comesTo(std::optional<StoreError> trouble)
{
    return QTest::qWaitFor([&] { return m_key->trouble() == trouble; }, patience);
}

bool TestKeychainKey::comesToKey()
{
    return QTest::qWaitFor([&] { return !m_key->key().isEmpty(); }, patience) && !m_key->trouble();
}

void TestKeychainKey::advance(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestKeychainKey::settleDown()
{
    for (int round = 0; round < 10; ++round)
        QCoreApplication::processEvents();
}

void TestKeychainKey::nothingIsAskedOfTheKeychainUnasked()
{
    see(readable);
    Q_EMIT m_watch->changed();
    m_key->allowPrompt();
    settleDown();
    QVERIFY(m_watch->looks.isEmpty());
    QVERIFY(m_key->key().isEmpty());
    QVERIFY(!m_key->trouble());
}

void TestKeychainKey::readsOnceAndKeepsIt()
{
    const Secret key = newVaultKey();
    remember(key);
    see(readable);
    QSignalSpy changed(m_key.get(), &VaultKey::changed);
    m_key->fetch();
    m_key->fetch();
    m_key->fetchOrMake();
    QVERIFY(m_key->key().isEmpty()); // the answer comes from the event loop
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
    QCOMPARE(m_item->reads, 1);
    QCOMPARE(changed.count(), 1);

    m_watch->become(nowhere);
    m_watch->become(locked);
    m_key->fetch();
    settleDown();
    QVERIFY(m_key->key() == key);
    QVERIFY(!m_key->trouble());
    QCOMPARE(m_item->reads, 1);
    QCOMPARE(m_item->writes, 0);
    QCOMPARE(changed.count(), 1);
}

void TestKeychainKey::makesOneWhereThereNeverWasOne()
{
    see(empty);
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
    QCOMPARE(m_key->key().size(), sealKeySize);
    QCOMPARE(m_item->writes, 1);
    QCOMPARE(m_item->reads, 1); // read back after writing
    QVERIFY(vaultKeyFrom(m_item->text) == m_key->key());
}

void TestKeychainKey::fetchMakesNone()
{
    see(empty);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::KeyMissing));
    QCOMPARE(m_item->writes, 0);
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
}

void TestKeychainKey::remembersWhereItRests()
{
    see(empty);
    m_item->isSlow = true;
    m_key->fetchOrMake();
    QTRY_VERIFY_WITH_TIMEOUT(m_item->waiting, patience);
    see(readable);
    m_item->answer(); // the write
    m_item->answer(); // the read that follows
    QVERIFY(comesToKey());
    QTRY_VERIFY_WITH_TIMEOUT(m_key->place(), patience);
    const KeyPlace place{Keychain::SecretService, login, nameOfVaultKey(m_key->key()), {}};
    QVERIFY(m_key->place() == place);
    QTRY_VERIFY_WITH_TIMEOUT(
        KeyPlace::fromJson(readWhole(m_path).value_or(QByteArray())) == place, patience);

    const Secret key = m_key->key();
    open();
    QVERIFY(m_key->place() == place);
    m_key->fetch();
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
}

void TestKeychainKey::makesOneWhereItIsGoneForGood()
{
    const Secret lost = newVaultKey();
    remember(lost);
    see(empty);
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() != lost);
    QCOMPARE(m_item->writes, 1);
}

void TestKeychainKey::adoptsWhatAnotherProgramWrote()
{
    see(empty);
    m_item->isSlow = true;
    m_key->fetchOrMake();
    QTRY_VERIFY_WITH_TIMEOUT(m_item->waiting, patience);
    m_item->answer();
    const Secret other = newVaultKey();
    m_item->text = textOfVaultKey(other);
    expectWarning("Another program made a vault key");
    m_item->answer();
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == other);
}

void TestKeychainKey::keychainThatLiesIsUnavailable()
{
    see(empty);
    m_item->lies = true;
    expectWarning("did not give back");
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Unavailable));
    QVERIFY(m_key->key().isEmpty());
    QVERIFY(!QFile::exists(m_path));
}

void TestKeychainKey::whatIsNoKeyIsLeftAloneUntilSomethingNewIsSealed()
{
    remember(newVaultKey());
    m_item->text = secret("correct horse battery staple");
    see(readable);
    expectWarning("holds something else");
    m_key->fetch();
    QVERIFY(comesTo(StoreError::KeyMissing));
    QVERIFY(m_item->text == secret("correct horse battery staple"));
    expectWarning("holds something else");
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
    QVERIFY(vaultKeyFrom(m_item->text) == m_key->key());
}

void TestKeychainKey::anotherKeyInItsPlaceIsMissing()
{
    remember(newVaultKey());
    const Secret other = newVaultKey();
    m_item->text = textOfVaultKey(other);
    see(readable);
    expectWarning("another vault key");
    m_key->fetch();
    QVERIFY(comesTo(StoreError::KeyMissing));
    expectWarning("another vault key");
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == other);
    QCOMPARE(m_item->writes, 0);
}

void TestKeychainKey::anotherKeyElsewhereIsElsewhere()
{
    remember(newVaultKey(), u"/away"_s);
    m_item->text = textOfVaultKey(newVaultKey());
    see(readable);
    expectWarning("another vault key");
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Elsewhere));
    QCOMPARE(m_item->writes, 0);
}

void TestKeychainKey::movedKeyIsFound()
{
    const Secret key = newVaultKey();
    remember(key, u"/away"_s);
    see(readable);
    m_key->fetch();
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
    QCOMPARE(m_key->place()->collection, login);
}

void TestKeychainKey::noKeychainIsUnavailable()
{
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Unavailable));
    m_key->fetchOrMake();
    QVERIFY(!m_key->trouble());
    QVERIFY(comesTo(StoreError::Unavailable));
    QCOMPARE(m_item->reads + m_item->writes, 0);
}

void TestKeychainKey::keychainThatAppearsIsUsed()
{
    const Secret key = newVaultKey();
    remember(key);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Unavailable));
    m_watch->become(readable);
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
}

void TestKeychainKey::failingKeychainIsUnavailable()
{
    remember(newVaultKey());
    see(readable);
    m_item->failure = StoreError::Unavailable;
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Unavailable));
    m_item->failure.reset();
    m_watch->become(readable); // a new daemon under the same name
    QVERIFY(comesToKey());
}

void TestKeychainKey::keyInAnotherPlaceIsElsewhere()
{
    const Secret key = newVaultKey();
    remember(key);
    see(another);
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Elsewhere));
    QCOMPARE(m_item->reads + m_item->writes, 0);
    m_watch->become(readable);
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
    QVERIFY(m_watch->unlocking.isEmpty());
}

void TestKeychainKey::goneKeyIsMissing()
{
    remember(newVaultKey());
    see(empty);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::KeyMissing));
    m_watch->become(readable); // the key was restored
    QVERIFY(comesToKey());
}

void TestKeychainKey::lockedPlaceIsUnlockedFirst()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_COMPARE_WITH_TIMEOUT(m_watch->unlocking, QStringList(login), patience);
    QCOMPARE(m_item->reads, 0);
    see(guarded); // another prompt, but part of the same question
    m_watch->answer(Answer::Open);
    QVERIFY(comesToKey());
}

void TestKeychainKey::dismissedQuestionIsDenied()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(m_watch->isQuestionOpen, patience);
    m_watch->answer(Answer::Refused);
    QCOMPARE(m_key->trouble(), StoreError::Denied);
}

void TestKeychainKey::oneQuestionAProgram()
{
    dismissedQuestionIsDenied();
    for (int session = 0; session < 10; ++session) {
        m_key->fetch();
        m_key->fetchOrMake();
        QVERIFY(comesTo(StoreError::Denied));
        m_watch->become(locked);
        m_watch->become(nowhere);
        settleDown();
        m_watch->become(locked);
        settleDown();
    }
    QCOMPARE(m_watch->unlocking.size(), 1);
    QCOMPARE(m_item->reads + m_item->writes, 0);
}

void TestKeychainKey::oneMoreQuestionWhenAPersonDoesSomething()
{
    dismissedQuestionIsDenied();
    m_key->allowPrompt();
    m_key->fetchOrMake();
    QTRY_COMPARE_WITH_TIMEOUT(m_watch->unlocking.size(), 2, patience);
    m_key->allowPrompt(); // while the question is open
    m_key->fetchOrMake();
    settleDown();
    QCOMPARE(m_watch->unlocking.size(), 2);
    see(readable);
    m_watch->answer(Answer::Open);
    QVERIFY(comesToKey());
}

void TestKeychainKey::lockedPlaceIsToldWhereNoQuestionIsLeft()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(m_watch->isQuestionOpen, patience);
    m_watch->answer(Answer::Lost);
    QVERIFY(comesTo(StoreError::Locked));
    QCOMPARE(m_watch->unlocking.size(), 1);
}

void TestKeychainKey::comesBackByItselfWhenUnlocked()
{
    dismissedQuestionIsDenied();
    m_watch->become(readable);
    QVERIFY(comesToKey());
    QCOMPARE(m_watch->unlocking.size(), 1);
}

void TestKeychainKey::whoOpensThePlaceIsAskedToAllowIt()
{
    dismissedQuestionIsDenied();
    m_watch->become(guarded);
    QVERIFY(comesToKey());
    QCOMPARE(m_item->reads, 1);
}

//! Like a database whose password somebody is about to type.
void TestKeychainKey::whatAppearsLockedIsOnlyWatched()
{
    remember(newVaultKey());
    see(another);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Elsewhere));
    m_watch->become(locked);
    QVERIFY(comesTo(StoreError::Locked));
    QVERIFY(m_watch->unlocking.isEmpty());
    m_watch->become(guarded);
    QVERIFY(comesToKey());
}

void TestKeychainKey::refusedGuardedItemIsNotAskedForAgain()
{
    const Secret key = newVaultKey();
    remember(key);
    m_item->text = {}; // the answer if a person said no
    see(guarded);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Denied));
    m_watch->become(guarded);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Denied));
    settleDown();
    QCOMPARE(m_item->reads, 1);
    m_item->text = textOfVaultKey(key);
    m_key->allowPrompt();
    QVERIFY(comesToKey());
    QCOMPARE(m_item->reads, 2);
}

void TestKeychainKey::openQuestionIsToldAsSlow()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(m_watch->isQuestionOpen, patience);
    QVERIFY(!m_key->trouble());
    QSignalSpy changed(m_key.get(), &VaultKey::changed);
    advance(KeychainKey::patience - 1ms);
    settleDown();
    QCOMPARE(changed.count(), 0);
    advance(1ms);
    QVERIFY(comesTo(StoreError::Slow));
    QCOMPARE(changed.count(), 1);
    m_key->fetch();
    advance(1h);
    settleDown();
    QCOMPARE(m_key->trouble(), StoreError::Slow);
    QVERIFY(m_watch->isQuestionOpen);
    QCOMPARE(m_watch->unlocking.size(), 1);
}

void TestKeychainKey::answerToASlowQuestionCounts()
{
    openQuestionIsToldAsSlow();
    see(readable);
    m_watch->answer(Answer::Open);
    QVERIFY(comesToKey());
}

void TestKeychainKey::unlockedPastTheOpenQuestion()
{
    openQuestionIsToldAsSlow();
    m_watch->become(locked); // something else has changed
    settleDown();
    QVERIFY(m_watch->isQuestionOpen);
    m_watch->become(readable);
    QVERIFY(comesToKey());
    QVERIFY(!m_watch->isQuestionOpen);
}

void TestKeychainKey::questionThatIsLostIsNoRefusal()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(m_watch->isQuestionOpen, patience);
    see(nowhere);
    m_watch->answer(Answer::Lost);
    QVERIFY(comesTo(StoreError::Unavailable));
    m_watch->become(locked);
    QVERIFY(comesTo(StoreError::Locked));
    QCOMPARE(m_watch->unlocking.size(), 1);
    m_watch->become(guarded);
    QVERIFY(comesToKey());
}

void TestKeychainKey::unlockedAndStillLockedIsDenied()
{
    remember(newVaultKey());
    see(locked);
    m_key->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(m_watch->isQuestionOpen, patience);
    m_watch->answer(Answer::Open);
    see(locked);
    QVERIFY(comesTo(StoreError::Denied));
    QCOMPARE(m_watch->unlocking.size(), 1);
}

void TestKeychainKey::dismissedWriteIsDenied_data()
{
    QTest::addColumn<bool>("isTold");
    QTest::newRow("as an error") << true; // as gnome-keyring does
    QTest::newRow("not at all") << false;
}

void TestKeychainKey::dismissedWriteIsDenied()
{
    QFETCH(const bool, isTold);
    if (isTold)
        m_item->failure = StoreError::Unavailable;
    see({Keychain::SecretService, {}, {}}); // no keyring yet: writing the first item creates one
    m_item->lies = true;
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Denied));
    m_watch->become({Keychain::SecretService, {}, {}});
    m_key->fetchOrMake();
    settleDown();
    QCOMPARE(m_item->writes, 1);
    m_item->lies = false;
    m_item->failure.reset();
    m_key->allowPrompt();
    m_key->fetchOrMake();
    QVERIFY(comesToKey());
}

void TestKeychainKey::silentKeychainIsSlow()
{
    remember(newVaultKey());
    m_watch->isSilent = true;
    m_key->fetch();
    advance(KeychainKey::patience);
    QVERIFY(comesTo(StoreError::Slow));
    m_watch->isSilent = false;
    m_watch->become(readable);
    QVERIFY(comesToKey());
}

//! A keychain that is being replaced must not be started by surprise.
void TestKeychainKey::onlyWhoAsksStartsKeychains()
{
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Unavailable));
    QCOMPARE(m_watch->looks.last().started, Keychains(Keychain::SecretService));
    m_watch->become(nowhere);
    settleDown();
    QCOMPARE(m_watch->looks.size(), 2);
    QVERIFY(!m_watch->looks.last().started);
    QCOMPARE(m_watch->looks.last().keychains, Keychains(Keychain::SecretService));
}

void TestKeychainKey::whatPeopleStartIsNotStarted()
{
    remember(newVaultKey(), login, Keychain::SecretService, u"keepassxc"_s);
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Unavailable));
    QVERIFY(!m_watch->looks.last().started);
}

void TestKeychainKey::lateWalletIsAwaited()
{
    m_preferred = Keychain::KWallet;
    const Secret key = newVaultKey();
    remember(key, u"kdewallet"_s, Keychain::KWallet);
    see(empty);
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Elsewhere));
    QCOMPARE(m_item->reads + m_item->writes, 0); // a job would have made QtKeychain choose
    m_watch->become(wallet(true, Item::Readable));
    QVERIFY(comesToKey());
    QVERIFY(m_key->key() == key);
}

void TestKeychainKey::closedWalletIsAskedForOnce()
{
    m_preferred = Keychain::KWallet;
    const Secret key = newVaultKey();
    remember(key, u"kdewallet"_s, Keychain::KWallet);
    see(wallet(false, Item::Readable));
    m_item->failure = StoreError::Denied;
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Denied));
    m_key->fetch();
    QVERIFY(comesTo(StoreError::Denied));
    QCOMPARE(m_item->reads, 1);
    m_item->failure.reset();
    m_watch->become(wallet(true, Item::Readable));
    QVERIFY(comesToKey());
}

void TestKeychainKey::closedWalletIsOpenedBeforeItsKeyCountsAsGone()
{
    m_preferred = Keychain::KWallet;
    remember(newVaultKey(), u"kdewallet"_s, Keychain::KWallet);
    m_item->text = {};
    see(wallet(false, Item::Hidden));
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Unavailable)); // it was asked for twice, and stayed closed
    QCOMPARE(m_item->reads, 2);
    QCOMPARE(m_item->writes, 0);
    m_watch->become(wallet(true, Item::None));
    QTRY_COMPARE_WITH_TIMEOUT(m_item->writes, 1, patience);
}

void TestKeychainKey::walletThatClosesAgainIsNotedAsThePlace()
{
    m_preferred = Keychain::KWallet;
    remember(newVaultKey(), u"kdewallet"_s, Keychain::KWallet);
    const QString before = m_key->place()->keyName;
    see(wallet(true, Item::None));
    m_item->isSlow = true;
    m_key->fetchOrMake();
    QTRY_VERIFY_WITH_TIMEOUT(m_item->waiting, patience);
    see(wallet(false, Item::Hidden));
    m_item->answer();
    m_item->answer();
    QVERIFY(comesToKey());
    QCOMPARE(m_key->place()->collection, u"kdewallet"_s);
    QVERIFY(m_key->place()->keyName != before);
}

//! The wallet answered, but QtKeychain does not find the item in it.
void TestKeychainKey::walletThatIsNotUsedIsElsewhere()
{
    m_preferred = Keychain::KWallet;
    remember(newVaultKey(), u"kdewallet"_s, Keychain::KWallet);
    m_item->text = {};
    see(wallet(true, Item::Readable));
    m_key->fetchOrMake();
    QVERIFY(comesTo(StoreError::Elsewhere));
    QCOMPARE(m_item->writes, 0);
}

void TestKeychainKey::newKeyOfALateWalletIsLocated()
{
    m_preferred = Keychain::KWallet;
    open();
    see(empty);
    m_item->isSlow = true;
    m_key->fetchOrMake();
    QTRY_VERIFY_WITH_TIMEOUT(m_item->waiting, patience);
    Finding both = empty;
    both.answering |= Keychain::KWallet;
    both.places += wallet(true, Item::Readable).places;
    see(both);
    m_item->answer();
    m_item->answer();
    QTRY_VERIFY_WITH_TIMEOUT(m_key->place(), patience);
    QCOMPARE(m_key->place()->keychain, Keychain::KWallet);
    QCOMPARE(m_key->place()->collection, u"kdewallet"_s);
}

QTEST_GUILESS_MAIN(TestKeychainKey)
#include "tst_keychainkey.moc"
