// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/menubutton.h"

#include "ui/uifixture.h"

#include <QMenu>
#include <QTimer>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestMenuButton : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void opensItsMenuByMouseAndKeyboard();
    void answersAnAssistiveToolAtOnce();
};

void TestMenuButton::opensItsMenuByMouseAndKeyboard()
{
    QMenu menu;
    menu.addAction(u"Rename…"_s);
    MenuButton button(u"More"_s);
    button.setPopup(&menu);
    button.show();
    QVERIFY(QTest::qWaitForWindowActive(&button));
    QTest::mouseClick(&button, Qt::LeftButton);
    QVERIFY(menu.isVisible());
    menu.close();
    press(button, Qt::Key_Space);
    QVERIFY(menu.isVisible());
    menu.close();
}

//! If it ran an event loop, nothing would get past the press until the menu is closed.
void TestMenuButton::answersAnAssistiveToolAtOnce()
{
    QMenu menu;
    menu.addAction(u"Rename…"_s);
    MenuButton button(u"More"_s);
    button.setPopup(&menu);
    button.show();
    auto *access = QAccessible::queryAccessibleInterface(&button);
    QCOMPARE(access->role(), QAccessible::Button);
    bool isAnswered = false;
    bool isHeldUp = false;
    QTimer watch;
    connect(&watch, &QTimer::timeout, &menu, [&] {
        if (menu.isVisible() && !isAnswered) {
            isHeldUp = true;
            menu.close();
        }
    });
    watch.start(0);
    access->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    isAnswered = true;
    QTRY_VERIFY(menu.isVisible());
    QVERIFY(!isHeldUp);
}

QTEST_MAIN(TestMenuButton)
#include "tst_menubutton.moc"
