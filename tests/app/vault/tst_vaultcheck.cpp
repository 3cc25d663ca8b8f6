// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/vaultcheck.h"

#include "platform/diskfiles.h"
#include "support/fakeclock.h"
#include "support/fakekeychain.h"
#include "support/warnings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Finding = KeychainWatch::Finding;
using Item = KeychainWatch::Place::Item;
using State = VaultReport::State;
using Trouble = std::optional<StoreError>;

constexpr int patience = 20'000;

Finding secretService(bool isOpen, Item item)
{
    return {Keychain::SecretService, {{Keychain::SecretService, u"/login"_s, isOpen, true, item}},
        u"gnome-keyring"_s};
}

Finding wallet(bool isOpen, Item item)
{
    return {Keychain::KWallet, {{Keychain::KWallet, u"kdewallet"_s, isOpen, true, item}}, {}};
}

} // namespace

class TestVaultCheck final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aFileMakesTheRound();
    void nobodyIsAskedAndNothingStarted();
    void theKeychainIsTold_data();
    void theKeychainIsTold();
    void aKeyThatIsHereNeedsNoKeychain();
    void whatIsKnownOfTheKeyIsTold();
    void aFolderThatCannotBeUsedIsTold();
    void theDeadlineIsKept();
    void aLateAnswerIsIgnored();

private:
    void check(const Finding &finding);
    [[nodiscard]] bool isChecked();

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileQueue> m_files;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    VaultCheck::Subject m_subject;
    bool m_isSilent = false;
    FakeKeychainWatch *m_watch = nullptr;
    std::unique_ptr<VaultCheck> m_check;
    QList<VaultReport> m_reports;
};

void TestVaultCheck::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_folder = std::make_unique<QTemporaryDir>();
    m_files = std::make_unique<FileQueue>(diskFiles());
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_subject = {u"service"_s, u"vault key"_s, Keychain::SecretService, {}, false, {},
        m_folder->filePath(u"data"_s)};
    m_isSilent = false;
    m_reports.clear();
}

void TestVaultCheck::cleanup()
{
    m_check.reset();
    m_files.reset(); // waits for work under way
}

void TestVaultCheck::check(const Finding &finding)
{
    auto watch = std::make_unique<FakeKeychainWatch>();
    m_watch = watch.get();
    m_watch->finding = finding;
    m_watch->isSilent = m_isSilent;
    m_check = std::make_unique<VaultCheck>(m_subject, std::move(watch), *m_files, *m_deadlines);
    connect(m_check.get(), &VaultCheck::checked, this,
        [this](const VaultReport &report) { m_reports.append(report); });
    m_check->check(m_deadlines->now() + 10s);
}

bool TestVaultCheck::isChecked()
{
    return QTest::qWaitFor([&] { return !m_reports.isEmpty(); }, patience) && m_reports.size() == 1;
}

void TestVaultCheck::aFileMakesTheRound()
{
    check(secretService(true, Item::Readable));
    QVERIFY(m_reports.isEmpty());
    QVERIFY(isChecked());
    const VaultReport report = m_reports.first();
    QVERIFY(report.state == State::Unlocked);
    QCOMPARE(report.keychain, Keychain::SecretService);
    QCOMPARE(report.program, u"gnome-keyring"_s);
    QVERIFY(!report.problem);
    QVERIFY(report.roundTrip && report.roundTrip->isSame);
    QCOMPARE(report.roundTrip->bytes, 8192);
    const QDir folder(m_subject.folder);
    QVERIFY(folder.exists());
    QVERIFY(folder.isEmpty());
}

void TestVaultCheck::nobodyIsAskedAndNothingStarted()
{
    check(secretService(false, Item::Hidden));
    QVERIFY(isChecked());
    QCOMPARE(m_watch->looks.size(), 1);
    QVERIFY(!m_watch->looks.first().started);
    QVERIFY(m_watch->unlocking.isEmpty());
}

void TestVaultCheck::theKeychainIsTold_data()
{
    QTest::addColumn<Finding>("finding");
    QTest::addColumn<std::optional<KeyPlace>>("place");
    QTest::addColumn<Keychain>("preferred");
    QTest::addColumn<int>("state");
    QTest::addColumn<Trouble>("problem");

    using Place = std::optional<KeyPlace>;
    const Place none;
    const Place login = KeyPlace{Keychain::SecretService, u"/login"_s, u"k"_s, {}};
    const Place away = KeyPlace{Keychain::SecretService, u"/away"_s, u"k"_s, {}};
    const Place purse = KeyPlace{Keychain::KWallet, u"kdewallet"_s, u"k"_s, {}};
    const auto row = [](const char *name, const Finding &finding, const Place &place,
                         Keychain preferred, State state, const Trouble &problem) {
        QTest::newRow(name) << finding << place << preferred << int(state) << problem;
    };
    constexpr auto service = Keychain::SecretService;
    constexpr auto kwallet = Keychain::KWallet;
    row("absent", {}, none, service, State::Absent, StoreError::Unavailable);
    row("locked", secretService(false, Item::Hidden), login, service, State::Locked,
        StoreError::Locked);
    row("elsewhere", secretService(true, Item::None), away, service, State::Elsewhere,
        StoreError::Elsewhere);
    row("gone", secretService(true, Item::None), login, service, State::Unlocked,
        StoreError::KeyMissing);
    row("never there", secretService(true, Item::None), none, service, State::Unlocked, {});
    row("no keyring yet", {Keychain::SecretService, {}, {}}, none, service, State::Unlocked, {});
    row("guarded", secretService(true, Item::Guarded), login, service, State::Unlocked, {});
    row("closed wallet", wallet(false, Item::Readable), purse, kwallet, State::Locked,
        StoreError::Locked);
    row("new closed wallet", wallet(false, Item::None), none, kwallet, State::Locked,
        StoreError::Locked);
    row("late wallet", secretService(true, Item::None), purse, kwallet, State::Elsewhere,
        StoreError::Elsewhere);
}

void TestVaultCheck::theKeychainIsTold()
{
    QFETCH(const Finding, finding);
    QFETCH(const std::optional<KeyPlace>, place);
    QFETCH(const Keychain, preferred);
    QFETCH(const int, state);
    QFETCH(const Trouble, problem);
    m_subject.place = place;
    m_subject.preferred = preferred;
    check(finding);
    QVERIFY(isChecked());
    QCOMPARE(int(m_reports.first().state), state);
    QCOMPARE(m_reports.first().problem, problem);
    QVERIFY(m_reports.first().roundTrip);
    QCOMPARE(m_reports.first().keychain.has_value(), bool(finding.answering));
}

void TestVaultCheck::aKeyThatIsHereNeedsNoKeychain()
{
    m_subject.hasKey = true;
    check({});
    QVERIFY(isChecked());
    QVERIFY(m_reports.first().state == State::Absent);
    QVERIFY(!m_reports.first().problem);
}

void TestVaultCheck::whatIsKnownOfTheKeyIsTold()
{
    m_subject.trouble = StoreError::Denied;
    check(secretService(false, Item::Hidden));
    QVERIFY(isChecked());
    QVERIFY(m_reports.first().state == State::Locked);
    QCOMPARE(m_reports.first().problem, StoreError::Denied);
}

void TestVaultCheck::aFolderThatCannotBeUsedIsTold()
{
    QFile file(m_subject.folder);
    QVERIFY(file.open(QIODevice::WriteOnly)); // takes the folder's place
    m_subject.trouble = StoreError::Locked;
    expectWarning("Cannot make");
    check(secretService(false, Item::Hidden));
    QVERIFY(isChecked());
    QCOMPARE(m_reports.first().problem, StoreError::NotWritable);
    QVERIFY(!m_reports.first().roundTrip);
}

void TestVaultCheck::theDeadlineIsKept()
{
    m_isSilent = true;
    check({});
    m_clock.advance(10s);
    m_deadlines->look();
    QVERIFY(isChecked());
    QCOMPARE(m_reports.first().problem, StoreError::Slow);
}

void TestVaultCheck::aLateAnswerIsIgnored()
{
    theDeadlineIsKept();
    Q_EMIT m_watch->seen(secretService(true, Item::Readable));
    QCoreApplication::processEvents();
    QCOMPARE(m_reports.size(), 1);
}

QTEST_GUILESS_MAIN(TestVaultCheck)
#include "tst_vaultcheck.moc"
