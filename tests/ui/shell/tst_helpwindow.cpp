// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/helpwindow.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QMenu>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestHelpWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsTheKeysOfMenus();
    void tellsWhatEachMoodMeans();
    void isClosedByEscape();
    void fitsASmallScreen();
    void keysStandWhereOneBeginsToRead();
};

void TestHelpWindow::tellsTheKeysOfMenus()
{
    QMenu menu;
    menu.addAction(u"&Refresh now"_s)->setShortcut(Qt::Key_F5);
    menu.addAction(u"Sign &out"_s);
    const HelpWindow help({&menu});
    const QStringList told = words<QLabel>(help).split(u'\n');
    QVERIFY(told.contains(u"F5"_s) && told.contains(u"Refresh now"_s));
    QVERIFY(told.contains(u"Ctrl+F or /"_s));
    QVERIFY(!told.contains(u"Sign out"_s));
}

void TestHelpWindow::tellsWhatEachMoodMeans()
{
    const HelpWindow help({});
    const QStringList told = words<QLabel>(help).split(u'\n');
    const auto moods = QMetaEnum::fromType<Mood::Value>();
    for (int index = 0; index < moods.keyCount(); ++index) {
        const QString name = nameOf(static_cast<Mood::Value>(moods.value(index))).translated;
        QVERIFY2(told.contains(name), qPrintable(name));
    }
}

void TestHelpWindow::isClosedByEscape()
{
    HelpWindow help({});
    help.show();
    QVERIFY(QTest::qWaitForWindowActive(&help));
    press(help, Qt::Key_Escape);
    QVERIFY(!help.isVisible());
}

void TestHelpWindow::fitsASmallScreen()
{
    const HelpWindow help({});
    QVERIFY(help.width() <= 960 && help.height() <= 540);
}

//! Their own letters are read from the left in any language.
void TestHelpWindow::keysStandWhereOneBeginsToRead()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const auto back = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    const HelpWindow help({});
    const auto labels = help.findChildren<QLabel *>();
    const auto keys = std::ranges::find_if(
        labels, [](const QLabel *label) { return label->text().contains(u"Ctrl+F or /"_s); });
    QVERIFY(keys != labels.end());
    QVERIFY((*keys)->alignment().testFlags(Qt::AlignRight | Qt::AlignAbsolute));
    QVERIFY((*keys)->text().isRightToLeft());
}

QTEST_MAIN(TestHelpWindow)
#include "tst_helpwindow.moc"
