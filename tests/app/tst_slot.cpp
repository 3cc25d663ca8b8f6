// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/slot.h"

#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;

class TestSlot final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void comesBackAsItWent_data();
    void comesBackAsItWent();
    void damageIsNoticed_data();
    void damageIsNoticed();
    void firstVersionsRecordIsTheOldest();
};

void TestSlot::comesBackAsItWent_data()
{
    QTest::addColumn<quint64>("generation");
    QTest::addColumn<QByteArray>("record");

    QTest::newRow("usual") << quint64(1) << QByteArray("{\"a\":1}");
    QTest::newRow("lines") << quint64(7) << QByteArray("a\nb\n");
    QTest::newRow("empty") << quint64(7) << QByteArray("");
    QTest::newRow("large") << ~quint64(0) << QByteArray(65536, 'x');
    QTest::newRow("not ASCII") << quint64(2) << QByteArray("\xC3\xB6");
}

void TestSlot::comesBackAsItWent()
{
    QFETCH(const quint64, generation);
    QFETCH(const QByteArray, record);
    const auto slot = Slot::from(Slot{generation, Secret::fromBytes(record)}.toSecret());
    QVERIFY(slot);
    QCOMPARE(slot->generation, generation);
    QVERIFY(slot->record == Secret::fromBytes(record));
}

void TestSlot::damageIsNoticed_data()
{
    QTest::addColumn<QByteArray>("stored");

    const QByteArray whole = Slot{3, secret("record")}.toSecret().bytes().toByteArray();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut at the end") << whole.chopped(1);
    QTest::newRow("cut in the head") << whole.first(20);
    QTest::newRow("head alone") << whole.first(whole.indexOf('\n'));
    QTest::newRow("one byte different") << QByteArray(whole).replace("record", "recorD");
    QTest::newRow("longer") << whole + 'x';
    QTest::newRow("another generation's number") << QByteArray(whole).replace(" 3 ", " three ");
    QTest::newRow("a later version") << QByteArray(whole).replace("latchkey 1", "latchkey 2");
    QTest::newRow("something else") << QByteArray("hello");
}

void TestSlot::damageIsNoticed()
{
    QFETCH(const QByteArray, stored);
    QVERIFY(!Slot::from(Secret::fromBytes(stored)));
}

void TestSlot::firstVersionsRecordIsTheOldest()
{
    const auto slot = Slot::from(secret("{\"version\":1}"));
    QVERIFY(slot);
    QCOMPARE(slot->generation, quint64(0));
    QVERIFY(slot->record == secret("{\"version\":1}"));
}

QTEST_GUILESS_MAIN(TestSlot)
#include "tst_slot.moc"
