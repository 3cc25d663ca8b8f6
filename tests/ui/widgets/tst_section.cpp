// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/section.h"

#include "ui/uifixture.h"
#include "widgets/icons.h"

#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void foldsByItsTitle();
    void foldsByKeyboard();
    void pointsTheWayThatOneReads();
};

void TestSection::foldsByItsTitle()
{
    const Section section(u"Details"_s, new QLabel(u"inside"_s));
    const QSignalSpy toggled(&section, &Section::toggled);
    QVERIFY(section.isOpen());
    QCOMPARE(words<QLabel>(section), u"inside"_s);
    click<QToolButton>(section, "Details");
    QVERIFY(!section.isOpen());
    QCOMPARE(words<QLabel>(section), QString());
    const auto *title = find<QToolButton>(section, "Details");
    QCOMPARE(accessible(title, QAccessible::Description), u"Folded"_s);
    click<QToolButton>(section, "Details");
    QCOMPARE(words<QLabel>(section), u"inside"_s);
    QCOMPARE(toggled.count(), 2);
}

void TestSection::foldsByKeyboard()
{
    Section section(u"Details"_s, new QLabel(u"inside"_s));
    section.show();
    QVERIFY(QTest::qWaitForWindowActive(&section));
    press(section, Qt::Key_Tab);
    press(section, Qt::Key_Space);
    QVERIFY(!section.isOpen());
}

void TestSection::pointsTheWayThatOneReads()
{
    Section section(u"Details"_s, new QLabel);
    const auto *title = section.findChild<QToolButton *>();
    const auto isShown = [&](bool isOpen, Qt::LayoutDirection direction) {
        const QSize size(16, 16);
        return title->icon().pixmap(size).toImage()
            == foldIcon(isOpen, direction).pixmap(size).toImage();
    };
    QVERIFY(isShown(true, Qt::LeftToRight) && !isShown(false, Qt::LeftToRight));
    section.setOpen(false);
    QVERIFY(isShown(false, Qt::LeftToRight) && !isShown(true, Qt::LeftToRight));
    section.setLayoutDirection(Qt::RightToLeft);
    QVERIFY(isShown(false, Qt::RightToLeft) && !isShown(false, Qt::LeftToRight));
}

QTEST_MAIN(TestSection)
#include "tst_section.moc"
