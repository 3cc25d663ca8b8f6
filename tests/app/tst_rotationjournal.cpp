// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/rotationjournal.h"

#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

Q_DECLARE_METATYPE(latchkey::StoreError)

class TestRotationJournal final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void recordIsWrittenAndReadBack();
    void atRestThereIsOneItem();
    void oldRecordStaysUntilTheNewOneIsCurrent();
    void crashAtAnyStepLeavesAWholeRecord_data();
    void crashAtAnyStepLeavesAWholeRecord();
    void bigRecordsWork();
    void storeThatTruncatesIsFoundOut();
    void storeThatLiesIsFoundOut();
    void storeThatForgetsAtOnceIsFoundOut();
    void oldRecordOutlivesABrokenStore_data();
    void oldRecordOutlivesABrokenStore();
    void oldRecordThatStaysIsNotRestored();
    void goesOnWhereAnEarlierRunLeftOff();
    void signInOverAnOlderRecordIsTheNewest();
    void damagedSlotIsPassedOver();
    void restoresTheFirstVersionsRecord();
    void restoresNothingWhereNothingIs();
    void forgetsBoth();
    void failuresAreTold_data();
    void failuresAreTold();
    void recordsThoughNothingCanBeRead();
    void failedReadBackIsTold();
    void lastOfManyWishesCounts();
    void nothingIsCutShort();
    void durabilityIsTheStores();

private:
    void startAnotherRun();
    [[nodiscard]] Secret restored();
    void answerAll() const;
    void expectSignals(int restored, int recorded, int forgotten, int failed) const;

    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<RotationJournal> m_journal;
    QList<Secret> m_restored;
    int m_recorded = 0;
    int m_forgotten = 0;
    QList<StoreError> m_failures;
};

void TestRotationJournal::init()
{
    failOnAnyWarning();
    m_vault = std::make_shared<FakeVault>();
    startAnotherRun();
}

void TestRotationJournal::startAnotherRun()
{
    m_restored.clear();
    m_failures.clear();
    m_recorded = m_forgotten = 0;
    m_journal.reset();
    m_journal = journalOn(m_vault);
    connect(m_journal.get(), &RotationJournal::restored, this,
        [this](const Secret &record) { m_restored.append(record); });
    connect(m_journal.get(), &RotationJournal::recorded, this, [this] { ++m_recorded; });
    connect(m_journal.get(), &RotationJournal::forgotten, this, [this] { ++m_forgotten; });
    connect(m_journal.get(), &RotationJournal::failed, this,
        [this](StoreError error) { m_failures.append(error); });
}

//! What another run of the program finds.
Secret TestRotationJournal::restored()
{
    const auto items = m_vault->items;
    m_vault = std::make_shared<FakeVault>();
    m_vault->items = items;
    startAnotherRun();
    m_journal->restore();
    return m_restored.size() == 1 ? m_restored.first() : Secret();
}

void TestRotationJournal::answerAll() const
{
    while (m_vault->answer()) { }
}

void TestRotationJournal::expectSignals(int restored, int recorded, int forgotten, int failed) const
{
    QCOMPARE(m_restored.size(), restored);
    QCOMPARE(m_recorded, recorded);
    QCOMPARE(m_forgotten, forgotten);
    QCOMPARE(m_failures.size(), failed);
}

void TestRotationJournal::recordIsWrittenAndReadBack()
{
    m_journal->record(secret("one"));
    expectSignals(0, 1, 0, 0);
    QVERIFY(m_vault->content() == secret("one"));
    QCOMPARE(m_vault->saves, 1);
    QCOMPARE(m_vault->loads, 3); // both slots before, the new one after
}

void TestRotationJournal::atRestThereIsOneItem()
{
    for (const char *record : {"one", "two", "three"}) {
        m_journal->record(secret(record));
        QVERIFY(m_vault->items[0].isEmpty() != m_vault->items[1].isEmpty());
        QVERIFY(m_vault->content() == secret(record));
    }
    expectSignals(0, 3, 0, 0);
}

void TestRotationJournal::oldRecordStaysUntilTheNewOneIsCurrent()
{
    m_journal->record(secret("one"));
    m_vault->isSlow = true;
    m_journal->record(secret("two"));
    QVERIFY(Slot::from(m_vault->items[0])->record == secret("one"));
    m_vault->answer(); // written
    QVERIFY(!m_vault->items[0].isEmpty());
    QCOMPARE(m_recorded, 1);
    m_vault->answer(); // read back
    QCOMPARE(m_recorded, 2);
    QVERIFY(!m_vault->items[0].isEmpty());
    m_vault->answer(); // forgotten
    QVERIFY(m_vault->items[0].isEmpty());
    QVERIFY(Slot::from(m_vault->items[1])->record == secret("two"));
}

void TestRotationJournal::crashAtAnyStepLeavesAWholeRecord_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("before it is written") << 0 << QByteArray("one");
    QTest::newRow("written") << 1 << QByteArray("two");
    QTest::newRow("read back") << 2 << QByteArray("two");
    QTest::newRow("the old one forgotten") << 3 << QByteArray("two");
}

void TestRotationJournal::crashAtAnyStepLeavesAWholeRecord()
{
    QFETCH(const int, steps);
    QFETCH(const QByteArray, expected);
    m_journal->record(secret("one"));
    m_vault->isSlow = true;
    m_journal->record(secret("two"));
    for (int step = 0; step < steps; ++step)
        QVERIFY(m_vault->answer());
    QVERIFY(restored() == Secret::fromBytes(expected));
    QVERIFY(m_vault->items[0].isEmpty() != m_vault->items[1].isEmpty());
}

void TestRotationJournal::bigRecordsWork()
{
    const Secret big = Secret::fromBytes(QByteArray(8192 * 2, 'x'));
    m_journal->record(big);
    expectSignals(0, 1, 0, 0);
    QVERIFY(restored() == big);
}

void TestRotationJournal::storeThatTruncatesIsFoundOut()
{
    m_vault->longest = 70;
    expectWarning("did not give back what was written");
    m_journal->record(secret("a record that is too long for it"));
    expectSignals(0, 0, 0, 1);
    QCOMPARE(m_failures.first(), StoreError::Unavailable);
}

void TestRotationJournal::storeThatLiesIsFoundOut()
{
    m_journal->record(secret("one"));
    m_vault->lies = true;
    expectWarning("did not give back what was written");
    m_journal->record(secret("two"));
    expectSignals(0, 1, 0, 1);
}

void TestRotationJournal::storeThatForgetsAtOnceIsFoundOut()
{
    m_vault->lies = true;
    expectWarning("did not give back what was written");
    m_journal->record(secret("one"));
    expectSignals(0, 0, 0, 1);
}

void TestRotationJournal::oldRecordOutlivesABrokenStore_data()
{
    QTest::addColumn<QString>("trouble");
    for (const char *trouble : {"truncates", "lies", "unavailable"})
        QTest::newRow(trouble) << QString::fromLatin1(trouble);
}

void TestRotationJournal::oldRecordOutlivesABrokenStore()
{
    QFETCH(const QString, trouble);
    m_journal->record(secret("one"));
    if (trouble == QLatin1String("truncates"))
        m_vault->longest = 60;
    m_vault->lies = trouble == QLatin1String("lies");
    if (trouble == QLatin1String("unavailable"))
        m_vault->failure = StoreError::Unavailable;
    else
        expectWarning("did not give back what was written");
    m_journal->record(secret("two"));
    QCOMPARE(m_failures.size(), 1);
    if (trouble == QLatin1String("truncates"))
        expectWarning("is damaged");
    QVERIFY(restored() == secret("one"));
}

void TestRotationJournal::oldRecordThatStaysIsNotRestored()
{
    m_journal->record(secret("one"));
    m_vault->isSlow = true;
    m_journal->record(secret("two"));
    m_vault->answer();
    m_vault->answer();
    m_vault->failure = StoreError::Denied; // of the erasure
    m_vault->answer();
    expectSignals(0, 2, 0, 0);
    QVERIFY(!m_vault->items[0].isEmpty() && !m_vault->items[1].isEmpty());
    QVERIFY(restored() == secret("two"));
}

void TestRotationJournal::goesOnWhereAnEarlierRunLeftOff()
{
    m_journal->record(secret("one"));
    m_journal->record(secret("two"));
    QVERIFY(restored() == secret("two"));
    m_journal->record(secret("three"));
    QVERIFY(restored() == secret("three"));
}

void TestRotationJournal::signInOverAnOlderRecordIsTheNewest()
{
    for (const char *record : {"one", "two", "three"})
        m_journal->record(secret(record));
    startAnotherRun(); // which does not look first
    m_journal->record(secret("four"));
    QVERIFY(restored() == secret("four"));
}

void TestRotationJournal::damagedSlotIsPassedOver()
{
    m_journal->record(secret("one"));
    m_vault->items[1] = secret("latchkey 1 99 0000\nhalf a rec");
    expectWarning("is damaged");
    QVERIFY(restored() == secret("one"));
}

void TestRotationJournal::restoresTheFirstVersionsRecord()
{
    m_vault->items[0] = secret("{\"version\":1}");
    QVERIFY(restored() == secret("{\"version\":1}"));
    m_journal->record(secret("one"));
    QVERIFY(restored() == secret("one"));
}

void TestRotationJournal::restoresNothingWhereNothingIs()
{
    m_journal->restore();
    expectSignals(1, 0, 0, 0);
    QVERIFY(m_restored.first().isEmpty());
    QCOMPARE(m_vault->erasures, 0);
}

void TestRotationJournal::forgetsBoth()
{
    m_vault->items = {secret("{}"), secret("{}")};
    m_journal->forget();
    expectSignals(0, 0, 1, 0);
    QVERIFY(m_vault->items[0].isEmpty() && m_vault->items[1].isEmpty());
    m_journal->record(secret("one"));
    QVERIFY(restored() == secret("one"));
}

void TestRotationJournal::failuresAreTold_data()
{
    QTest::addColumn<StoreError>("error");

    QTest::newRow("unavailable") << StoreError::Unavailable;
    QTest::newRow("denied") << StoreError::Denied;
}

void TestRotationJournal::failuresAreTold()
{
    QFETCH(const StoreError, error);
    m_vault->failure = error;
    m_journal->restore();
    m_journal->record(secret("one"));
    m_journal->forget();
    expectSignals(0, 0, 0, 3);
    for (const StoreError failure : std::as_const(m_failures))
        QCOMPARE(failure, error);
    m_vault->failure.reset();
    m_journal->record(secret("one"));
    QCOMPARE(m_recorded, 1);
}

void TestRotationJournal::recordsThoughNothingCanBeRead()
{
    m_vault->items = {Secret(), Slot{57, secret("of another keychain")}.toSecret()};
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_vault->failure = StoreError::Unavailable;
    m_vault->answer(); // the reading
    m_vault->failure.reset();
    m_vault->answer(); // written
    m_vault->answer(); // read back
    expectSignals(0, 1, 0, 0);
    QVERIFY(restored() == secret("one")); // killed before the other slot was forgotten
}

void TestRotationJournal::failedReadBackIsTold()
{
    m_journal->restore();
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_vault->answer();
    expectSignals(1, 0, 0, 0);
    m_vault->failure = StoreError::Denied;
    m_vault->answer();
    expectSignals(1, 0, 0, 1);
}

void TestRotationJournal::lastOfManyWishesCounts()
{
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_journal->record(secret("two"));
    m_journal->record(secret("three"));
    answerAll();
    expectSignals(0, 1, 0, 0);
    QVERIFY(m_vault->content() == secret("three"));
    QCOMPARE(m_vault->saves, 1);

    m_journal->record(secret("four"));
    m_journal->restore();
    m_journal->forget();
    answerAll();
    QVERIFY(m_restored.isEmpty());
    QCOMPARE(m_forgotten, 1);
    QVERIFY(m_vault->content().isEmpty());
}

// What a store works on may still be carried out after a cancel(): two at once would race.
void TestRotationJournal::nothingIsCutShort()
{
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_vault->answer();
    m_vault->answer();
    m_vault->answer(); // written
    m_journal->record(secret("two"));
    m_journal->forget();
    answerAll();
    QCOMPARE(m_vault->cancelled, 0);
    expectSignals(0, 0, 1, 0); // the older wish is not answered in the newer one's place
    QVERIFY(m_vault->content().isEmpty());
}

void TestRotationJournal::durabilityIsTheStores()
{
    QVERIFY(m_journal->isDurable());
    m_vault->isDurable = false;
    QVERIFY(!m_journal->isDurable());
}

QTEST_GUILESS_MAIN(TestRotationJournal)
#include "tst_rotationjournal.moc"
