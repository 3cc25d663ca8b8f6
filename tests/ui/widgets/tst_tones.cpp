// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/tones.h"

#include "support/warnings.h"
#include "ui/contrast.h"

#include <QPalette>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;

class TestTones : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void canBeTold_data();
    void canBeTold();
    void goWithMoods();
};

void TestTones::canBeTold_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QColor>("text");
    QTest::newRow("light") << QColor(0xef, 0xef, 0xef) << QColor(Qt::black);
    QTest::newRow("Breeze") << QColor(0xef, 0xf0, 0xf1) << QColor(0x23, 0x26, 0x29);
    QTest::newRow("dark") << QColor(0x32, 0x32, 0x32) << QColor(Qt::white);
    QTest::newRow("Breeze Dark") << QColor(0x2a, 0x2e, 0x32) << QColor(0xfc, 0xfc, 0xfc);
    QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
}

void TestTones::canBeTold()
{
    QFETCH(const QColor, window);
    QFETCH(const QColor, text);
    QPalette palette(window);
    palette.setColor(QPalette::Window, window);
    for (const Tone tone : {Tone::Hint, Tone::Need, Tone::Warning, Tone::Danger}) {
        QVERIFY(contrast(toneColor(tone, palette), window) >= 3);
        QVERIFY(contrast(toneColor(tone, palette), toneGround(tone, palette)) >= 3);
        QVERIFY(contrast(text, toneGround(tone, palette)) >= 4.5);
        QVERIFY(toneGround(tone, palette) != window);
    }
}

void TestTones::goWithMoods()
{
    QCOMPARE(toneOf(Mood::NeedsYou), Tone::Need);
    QCOMPARE(toneOf(Mood::Ended), Tone::Danger);
    QCOMPARE(toneOf(Mood::Lapsed), Tone::Danger);
    QCOMPARE(toneOf(Mood::CannotRenew), Tone::Warning);
    QCOMPARE(toneOf(Mood::SignedIn), Tone::Hint);
}

QTEST_MAIN(TestTones)
#include "tst_tones.moc"
