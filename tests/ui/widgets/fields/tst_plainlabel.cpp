// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/fields/plainlabel.h"

#include "ui/uifixture.h"
#include "widgets/plaintext.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QTextLayout>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestPlainLabel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void endsNoLineInAName();
    void tellsAndCopiesWhatItWasGiven();
    void copiesFromItsMenu();
};

//! In the width of `operator at prod-`.
void TestPlainLabel::endsNoLineInAName()
{
    PlainLabel label;
    label.setPlainText(u"operator at prod-eu.example.com"_s);
    QTextLayout layout(label.text(), label.font());
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(label.fontMetrics().horizontalAdvance(u"operator at prod-."_s));
    layout.endLayout();
    QCOMPARE(label.text().left(first.textLength()).trimmed(), u"operator at"_s);
}

void TestPlainLabel::tellsAndCopiesWhatItWasGiven()
{
    const QString name = u"prod-eu.example.com"_s;
    PlainLabel label(PlainLabel::Use::Copied);
    label.setPlainText(fromReadingSide(name));
    QCOMPARE(label.plainText(), name);
    QCOMPARE(accessible(&label, QAccessible::Name), name);
    label.setSelection(0, static_cast<int>(label.text().size()));
    QTest::keyClick(&label, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), name);
}

void TestPlainLabel::copiesFromItsMenu()
{
    PlainLabel label(PlainLabel::Use::Copied);
    label.setPlainText(u"prod-eu"_s);
    label.setSelection(0, static_cast<int>(label.text().size()));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(&label, &event);
    const auto *menu = label.findChild<QMenu *>();
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 1);
    menu->actions().first()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"prod-eu"_s);
}

QTEST_MAIN(TestPlainLabel)
#include "tst_plainlabel.moc"
