// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/desktopclipboard.h"

#include "ui/uifixture.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDesktopClipboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void takesBackWhatItPut();
    void leavesAloneWhatSomebodyElsePut();
    void isToldThatACopyHasArrived();
    void givesUpACopyThatDoesNotArrive();
    void givesUpACopyThatSomebodyReplaces();
    void getsTheKeyboardForAMoment();
    void takesNoOldNewsForItsOwn();
    void forgetsWhatIsReplacedOnItsWay();

private:
    //! As a desktop does that has taken the copy.
    static void echo() { Q_EMIT clipboard()->dataChanged(); }
    [[nodiscard]] static QClipboard *clipboard() { return QGuiApplication::clipboard(); }
    [[nodiscard]] static std::unique_ptr<QMimeData> text(const QString &text)
    {
        auto data = std::make_unique<QMimeData>();
        data->setText(text);
        return data;
    }
};

namespace {

//! A clipboard whose every word is counted.
struct Desktop {
    explicit Desktop(DesktopClipboard::Proof proof, std::chrono::milliseconds patience = 1min)
        : clipboard(*QGuiApplication::clipboard(), proof, patience)
    {
    }
    DesktopClipboard clipboard;
    QSignalSpy arrived{&clipboard, &DesktopClipboard::arrived};
    QSignalSpy refused{&clipboard, &DesktopClipboard::refused};
};

//! A window of ours that has the keyboard.
struct Window {
    Window()
    {
        widget.show();
        QVERIFY(QTest::qWaitForWindowActive(&widget));
    }
    QWidget widget;
};

} // namespace

void TestDesktopClipboard::init()
{
    failOnUiWarning();
    clipboard()->setText(u"before"_s);
}

void TestDesktopClipboard::takesBackWhatItPut()
{
    Desktop desktop(DesktopClipboard::Proof::Owner);
    desktop.clipboard.put(text(u"ours"_s));
    QCOMPARE(desktop.arrived.count(), 1);
    QCOMPARE(clipboard()->text(), u"ours"_s);
    desktop.clipboard.clear();
    QVERIFY(clipboard()->text().isEmpty());
}

void TestDesktopClipboard::leavesAloneWhatSomebodyElsePut()
{
    Desktop desktop(DesktopClipboard::Proof::Owner);
    desktop.clipboard.put(text(u"ours"_s));
    clipboard()->setText(u"theirs"_s);
    desktop.clipboard.clear();
    QCOMPARE(clipboard()->text(), u"theirs"_s);
}

void TestDesktopClipboard::isToldThatACopyHasArrived()
{
    const Window window;
    Desktop desktop(DesktopClipboard::Proof::Echo);
    desktop.clipboard.put(text(u"ours"_s));
    QVERIFY(desktop.arrived.isEmpty());
    echo();
    QCOMPARE(desktop.arrived.count(), 1);
    QCOMPARE(clipboard()->text(), u"ours"_s);
    echo();
    QCOMPARE(desktop.arrived.count(), 1);
    QVERIFY(desktop.refused.isEmpty());
}

void TestDesktopClipboard::givesUpACopyThatDoesNotArrive()
{
    const Window window;
    Desktop desktop(DesktopClipboard::Proof::Echo, 1ms);
    desktop.clipboard.put(text(u"ours"_s));
    QTRY_COMPARE(desktop.refused.count(), 1);
    QVERIFY(desktop.arrived.isEmpty());
    QVERIFY(clipboard()->text().isEmpty());
}

void TestDesktopClipboard::givesUpACopyThatSomebodyReplaces()
{
    const Window window;
    Desktop desktop(DesktopClipboard::Proof::Echo);
    desktop.clipboard.put(text(u"ours"_s));
    clipboard()->setText(u"theirs"_s);
    QCOMPARE(desktop.refused.count(), 1);
    QCOMPARE(clipboard()->text(), u"theirs"_s);
}

void TestDesktopClipboard::getsTheKeyboardForAMoment()
{
    QVERIFY(!QGuiApplication::focusWindow());
    Desktop desktop(DesktopClipboard::Proof::Echo);
    desktop.clipboard.put(text(u"ours"_s));
    QCOMPARE(clipboard()->text(), u"before"_s);
    QTRY_COMPARE(clipboard()->text(), u"ours"_s);
    QVERIFY(QGuiApplication::focusWindow());
    echo();
    QCOMPARE(desktop.arrived.count(), 1);
    QTRY_VERIFY(QApplication::topLevelWidgets().isEmpty());
}

void TestDesktopClipboard::takesNoOldNewsForItsOwn()
{
    Desktop desktop(DesktopClipboard::Proof::Echo);
    desktop.clipboard.put(text(u"ours"_s));
    echo(); // of the clipboard as it is when the window comes
    QVERIFY(desktop.arrived.isEmpty() && desktop.refused.isEmpty());
    QTRY_COMPARE(clipboard()->text(), u"ours"_s);
    QVERIFY(desktop.arrived.isEmpty());
}

void TestDesktopClipboard::forgetsWhatIsReplacedOnItsWay()
{
    Desktop desktop(DesktopClipboard::Proof::Echo);
    desktop.clipboard.put(text(u"first"_s));
    desktop.clipboard.put(text(u"second"_s));
    QTRY_COMPARE(clipboard()->text(), u"second"_s);
    echo();
    QCOMPARE(desktop.arrived.count(), 1);
}

QTEST_MAIN(TestDesktopClipboard)
#include "tst_desktopclipboard.moc"
