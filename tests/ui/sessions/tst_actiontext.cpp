// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/actiontext.h"

#include "widgets/icons.h"

#include "ui/uifixture.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestActionText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void hasTheWordsOfTheContract_data();
    void hasTheWordsOfTheContract();
    void givesEachAKeyOfItsOwn();
    void drawsThoseThatAreButtons();
    void knowsWhatASessionNeeds();
};

void TestActionText::hasTheWordsOfTheContract_data()
{
    QTest::addColumn<Action>("action");
    QTest::addColumn<QString>("onAButton");
    QTest::addColumn<QString>("elsewhere");
    const auto row = [](Action action, const char *onAButton, const char *elsewhere) {
        QTest::newRow(onAButton) << action << QString::fromUtf8(onAButton)
                                 << QString::fromUtf8(elsewhere);
    };
    row(Action::SignIn, "Sign in", "Sign in");
    row(Action::EnterCode, "Enter code", "Enter code…");
    row(Action::DecideTrust, "Look at certificate", "Look at certificate…");
    row(Action::CopyToken, "Copy token", "Copy token");
    row(Action::RefreshNow, "Refresh now", "Refresh now");
    row(Action::SignOut, "Sign out", "Sign out");
    row(Action::Rename, "Rename", "Rename…");
    row(Action::Remove, "Remove", "Remove…");
}

void TestActionText::hasTheWordsOfTheContract()
{
    QFETCH(const Action, action);
    QTEST(buttonText(action).remove(u'&'), "onAButton");
    QTEST(menuText(action).remove(u'&'), "elsewhere");
    QTEST(textOf(action), "elsewhere");
}

void TestActionText::givesEachAKeyOfItsOwn()
{
    QSet<QChar> keys;
    for (const Action action :
        {Action::SignIn, Action::EnterCode, Action::DecideTrust, Action::CopyToken,
            Action::RefreshNow, Action::SignOut, Action::Rename, Action::Remove}) {
        const QString text = menuText(action);
        keys.insert(text.at(text.indexOf(u'&') + 1).toLower());
    }
    QCOMPARE(keys.size(), 8);
}

void TestActionText::drawsThoseThatAreButtons()
{
    QStringList pictures;
    for (const Action action : {Action::SignIn, Action::EnterCode, Action::DecideTrust,
             Action::CopyToken, Action::RefreshNow, Action::SignOut}) {
        pictures.append(pictureOf(action));
        QVERIFY(QFile::exists(u":/icons/actions/%1.svg"_s.arg(pictures.last())));
    }
    QCOMPARE(pictures.removeDuplicates(), 0);
    QVERIFY(actionIcon(pictureOf(Action::Rename)).isNull());
}

void TestActionText::knowsWhatASessionNeeds()
{
    UiFixture desk;
    const Session &session = desk.signIn(u"prod"_s);
    QVERIFY(!neededFor(SessionView(session.snapshot())));
    desk.client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    QCOMPARE(neededFor(SessionView(session.snapshot())), Action::EnterCode);
}

QTEST_MAIN(TestActionText)
#include "tst_actiontext.moc"
