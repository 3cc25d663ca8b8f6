// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/rotationjournal.h"

#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

Q_DECLARE_METATYPE(latchkey::StoreError)

class TestRotationJournal final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void recordIsWrittenAndReadBack();
    void recordOverwritesTheOneBefore();
    void storeThatTruncatesIsFoundOut();
    void storeThatLiesIsFoundOut();
    void storeThatForgetsAtOnceIsFoundOut();
    void restoresWhatIsStored();
    void restoresNothingWhereNothingIs();
    void restoresAfterAFailedRecord();
    void forgets();
    void failuresAreTold_data();
    void failuresAreTold();
    void failedReadBackIsTold();
    void laterCallTakesThePlaceOfTheEarlier();
    void durabilityIsTheStores();

private:
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
    m_restored.clear();
    m_failures.clear();
    m_recorded = m_forgotten = 0;
    m_vault = std::make_shared<FakeVault>();
    m_journal = std::make_unique<RotationJournal>(std::make_unique<FakeSecretStore>(m_vault));
    connect(m_journal.get(), &RotationJournal::restored, this,
        [this](const Secret &record) { m_restored.append(record); });
    connect(m_journal.get(), &RotationJournal::recorded, this, [this] { ++m_recorded; });
    connect(m_journal.get(), &RotationJournal::forgotten, this, [this] { ++m_forgotten; });
    connect(m_journal.get(), &RotationJournal::failed, this,
        [this](StoreError error) { m_failures.append(error); });
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
    QVERIFY(m_vault->content == secret("one"));
    QCOMPARE(m_vault->saves, 1);
    QCOMPARE(m_vault->loads, 1);
}

void TestRotationJournal::recordOverwritesTheOneBefore()
{
    m_journal->record(secret("one"));
    m_journal->record(secret("two"));
    expectSignals(0, 2, 0, 0);
    QVERIFY(m_vault->content == secret("two"));
}

void TestRotationJournal::storeThatTruncatesIsFoundOut()
{
    m_vault->longest = 2;
    expectWarning("did not give back what was written");
    m_journal->record(secret("three"));
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

void TestRotationJournal::restoresWhatIsStored()
{
    m_vault->content = secret("stored");
    m_journal->restore();
    expectSignals(1, 0, 0, 0);
    QVERIFY(m_restored.first() == secret("stored"));
}

void TestRotationJournal::restoresNothingWhereNothingIs()
{
    m_journal->restore();
    expectSignals(1, 0, 0, 0);
    QVERIFY(m_restored.first().isEmpty());
}

void TestRotationJournal::restoresAfterAFailedRecord()
{
    m_vault->failure = StoreError::Denied;
    m_journal->record(secret("one"));
    m_vault->failure.reset();
    m_vault->content = secret("stored");
    m_journal->restore();
    expectSignals(1, 0, 0, 1);
    QVERIFY(m_restored.first() == secret("stored"));
}

void TestRotationJournal::forgets()
{
    m_vault->content = secret("stored");
    m_journal->forget();
    expectSignals(0, 0, 1, 0);
    QVERIFY(m_vault->content.isEmpty());
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
}

void TestRotationJournal::failedReadBackIsTold()
{
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_vault->answer();
    expectSignals(0, 0, 0, 0);
    m_vault->failure = StoreError::Denied;
    m_vault->answer();
    expectSignals(0, 0, 0, 1);
}

void TestRotationJournal::laterCallTakesThePlaceOfTheEarlier()
{
    m_vault->isSlow = true;
    m_journal->record(secret("one"));
    m_journal->record(secret("two"));
    QCOMPARE(m_vault->cancelled, 1);
    while (m_vault->answer()) { }
    expectSignals(0, 1, 0, 0);
    QVERIFY(m_vault->content == secret("two"));

    m_journal->record(secret("three"));
    m_vault->answer();
    m_journal->forget();
    while (m_vault->answer()) { }
    expectSignals(0, 1, 1, 0);
    QVERIFY(m_vault->content.isEmpty());
}

void TestRotationJournal::durabilityIsTheStores()
{
    QVERIFY(m_journal->isDurable());
    m_vault->isDurable = false;
    QVERIFY(!m_journal->isDurable());
}

QTEST_GUILESS_MAIN(TestRotationJournal)
#include "tst_rotationjournal.moc"
