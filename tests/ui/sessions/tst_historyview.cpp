// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/historyview.h"

#include "ui/uifixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

EventView anEvent(int second, const QString &what, const QString &details = u"It was time."_s)
{
    return {WallTime(std::chrono::seconds(second)), QString::number(second), what, {}, details};
}

EventView renewals(int count)
{
    EventView all = anEvent(1, u"Token renewed %1 times"_s.arg(count), {});
    for (int second = count; second > 0; --second)
        all.parts.append(anEvent(second, u"Token renewed"_s));
    return all;
}

} // namespace

class TestHistoryView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void aRowOpensToItsDetails();
    void aFoldedRowOpensToItsParts();
    void copiesDetailsByKeyboard();
    void copiesDetailsFromTheContextMenu();
    void keepsOpenWhatAPersonOpened();
    void isAsHighAsItsRows();
    void breaksLongLines();
};

void TestHistoryView::aRowOpensToItsDetails()
{
    HistoryView view;
    view.setEvents({anEvent(2, u"Token renewed"_s), anEvent(1, u"Signed in"_s)});
    view.show();
    view.setCurrentItem(view.topLevelItem(0));
    press(view, Qt::Key_Right);
    QVERIFY(view.topLevelItem(0)->isExpanded());
    QCOMPARE(view.topLevelItem(0)->child(0)->text(0), u"It was time."_s);
    QCOMPARE(view.topLevelItem(1)->text(1), u"Signed in"_s);
}

void TestHistoryView::aFoldedRowOpensToItsParts()
{
    HistoryView view;
    view.setEvents({renewals(3)});
    const auto *row = view.topLevelItem(0);
    QCOMPARE(row->childCount(), 3);
    QCOMPARE(row->child(0)->text(0), u"3"_s);
    QCOMPARE(row->child(0)->child(0)->text(0), u"It was time."_s);
}

void TestHistoryView::copiesDetailsByKeyboard()
{
    HistoryView view;
    view.setEvents({anEvent(1, u"Signed in"_s, u"Request: 0123"_s)});
    view.show();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    view.topLevelItem(0)->setExpanded(true);
    for (QTreeWidgetItem *item : {view.topLevelItem(0), view.topLevelItem(0)->child(0)}) {
        QGuiApplication::clipboard()->clear();
        view.setCurrentItem(item);
        press(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"1   Signed in\nRequest: 0123"_s);
    }
}

void TestHistoryView::copiesDetailsFromTheContextMenu()
{
    HistoryView view;
    view.setEvents({renewals(2)});
    QCOMPARE(view.contextMenuPolicy(), Qt::ActionsContextMenu);
    QCOMPARE(view.actions().first()->text().remove(u'&'), u"Copy details"_s);
    view.setCurrentItem(view.topLevelItem(0));
    view.actions().first()->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
        u"1   Token renewed 2 times\n2   Token renewed\nIt was time.\n1   Token renewed\nIt was time."_s);
}

void TestHistoryView::keepsOpenWhatAPersonOpened()
{
    HistoryView view;
    view.setEvents({renewals(2), anEvent(0, u"Signed in"_s)});
    view.topLevelItem(0)->setExpanded(true);
    view.setCurrentItem(view.topLevelItem(1));
    view.setEvents({renewals(3), anEvent(0, u"Signed in"_s)});
    QVERIFY(view.topLevelItem(0)->isExpanded());
    QVERIFY(!view.topLevelItem(1)->isExpanded());
    QCOMPARE(view.currentItem(), view.topLevelItem(1));
}

void TestHistoryView::isAsHighAsItsRows()
{
    HistoryView view;
    view.show();
    QList<EventView> events;
    QList<int> heights;
    for (int count = 1; count <= 40; ++count) {
        events.append(anEvent(count, u"Signed in"_s));
        view.setEvents(events);
        heights.append(view.height());
    }
    QVERIFY(heights[5] > heights[4]);
    QCOMPARE(heights[39], heights[38]);
    QVERIFY(view.verticalScrollBar()->maximum() > 0);
}

void TestHistoryView::breaksLongLines()
{
    HistoryView view;
    view.resize(300, 300);
    view.show();
    view.setEvents(
        {anEvent(2, u"Signed in"_s), anEvent(1, QString(u"many words "_s).repeated(20))});
    QTRY_VERIFY(view.visualItemRect(view.topLevelItem(1)).height()
        > 3 * view.visualItemRect(view.topLevelItem(0)).height());
}

QTEST_MAIN(TestHistoryView)
#include "tst_historyview.moc"
