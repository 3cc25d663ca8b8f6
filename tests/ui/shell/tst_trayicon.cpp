// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/trayicon.h"

#include "ui/uifixture.h"

#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestTrayIcon : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void endsWithOpenSettingsAndQuit();
    void namesEachSessionWithItsStateAndTheTimeLeft();
    void offersCopyRefreshAndSignOut();
    void offersASignInWhereNobodyIsSignedIn();
    void asksForWhatAnEntrySays();
    void tellsTheWorstOfAllSessions();
    void tellsTheStatesInItsToolTip();
    void dropsASessionThatIsForgotten();
    void takesAnAmpersandForWhatItIs();
    void waitsForATrayThatComesLateAndNoticesWhenItGoes();

private:
    [[nodiscard]] QStringList entries() { return texts(m_tray->menu()); }
    [[nodiscard]] static QStringList texts(const QMenu *menu);
    [[nodiscard]] static QAction *entry(const QMenu *menu, const QString &text);

    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<TrayIcon> m_tray;
    bool m_isAvailable = false;
};

void TestTrayIcon::init()
{
    failOnUiWarning();
    qRegisterMetaType<Action>();
    m_isAvailable = false;
    m_desk = std::make_unique<UiFixture>();
    m_tray = std::make_unique<TrayIcon>(m_desk->sessions(), [this] { return m_isAvailable; });
}

void TestTrayIcon::cleanup()
{
    m_tray.reset();
    m_desk.reset();
}

QStringList TestTrayIcon::texts(const QMenu *menu)
{
    QStringList texts;
    const QList<QAction *> actions = menu->actions();
    for (const QAction *action : actions) {
        if (action->isVisible() && !action->isSeparator())
            texts.append(action->text());
    }
    return texts;
}

QAction *TestTrayIcon::entry(const QMenu *menu, const QString &text)
{
    const QList<QAction *> actions = menu->actions();
    const auto found = std::ranges::find_if(actions,
        [&](const QAction *action) { return action->isVisible() && action->text() == text; });
    return found == actions.end() ? nullptr : *found;
}

void TestTrayIcon::endsWithOpenSettingsAndQuit()
{
    QCOMPARE(entries(), QStringList({u"Open"_s, u"Settings"_s, u"Quit"_s}));
    const QSignalSpy open(m_tray.get(), &TrayIcon::openRequested);
    const QSignalSpy settings(m_tray.get(), &TrayIcon::settingsRequested);
    const QSignalSpy quit(m_tray.get(), &TrayIcon::quitRequested);
    for (const QString &text : entries())
        entry(m_tray->menu(), text)->trigger();
    QCOMPARE(open.count() + settings.count() + quit.count(), 3);
}

void TestTrayIcon::namesEachSessionWithItsStateAndTheTimeLeft()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signIn(u"lab"_s);
    m_desk->clock().advance(std::chrono::minutes(18));
    Q_EMIT m_tray->menu()->aboutToShow();
    QCOMPARE(entries().first(2),
        QStringList({u"prod: Signed in, 42 min left"_s, u"lab: Signing in…"_s}));
}

void TestTrayIcon::offersCopyRefreshAndSignOut()
{
    m_desk->signedIn(u"prod"_s);
    const QMenu *session = m_tray->menu()->actions().first()->menu();
    QCOMPARE(texts(session), QStringList({u"Copy token"_s, u"Refresh now"_s, u"Sign out"_s}));
    QVERIFY(entry(session, u"Copy token"_s)->isEnabled());
}

void TestTrayIcon::offersASignInWhereNobodyIsSignedIn()
{
    m_desk->signedIn(u"prod"_s).signOut();
    const QMenu *session = m_tray->menu()->actions().first()->menu();
    QCOMPARE(texts(session), QStringList({u"Copy token"_s, u"Refresh now"_s, u"Sign in"_s}));
    QVERIFY(!entry(session, u"Copy token"_s)->isEnabled());
}

void TestTrayIcon::asksForWhatAnEntrySays()
{
    m_desk->signedIn(u"prod"_s);
    const QSignalSpy asked(m_tray.get(), &TrayIcon::actionRequested);
    const QMenu *session = m_tray->menu()->actions().first()->menu();
    entry(session, u"Copy token"_s)->trigger();
    entry(session, u"Refresh now"_s)->trigger();
    entry(session, u"Sign out"_s)->trigger();
    QCOMPARE(asked.count(), 3);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QCOMPARE(asked[0][1].value<Action>(), Action::CopyToken);
    QCOMPARE(asked[1][1].value<Action>(), Action::RefreshNow);
    QCOMPARE(asked[2][1].value<Action>(), Action::SignOut);
}

void TestTrayIcon::tellsTheWorstOfAllSessions()
{
    QCOMPARE(m_tray->mood(), Mood::SignedOut);
    m_desk->signedIn(u"prod"_s);
    QCOMPARE(m_tray->mood(), Mood::Active);
    m_desk->signIn(u"lab"_s);
    QCOMPARE(m_tray->mood(), Mood::Busy);
    m_desk->client(u"lab"_s).answer(CodeAsked{secret("ticket")});
    QCOMPARE(m_tray->mood(), Mood::Attention);
    m_desk->sessions().forget(u"lab"_s);
    QCOMPARE(m_tray->mood(), Mood::Active);
}

void TestTrayIcon::tellsTheStatesInItsToolTip()
{
    m_desk->signedIn(u"prod"_s);
    QCOMPARE(m_tray->toolTip(), u"Latchkey\nprod: Signed in"_s);
}

void TestTrayIcon::dropsASessionThatIsForgotten()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->sessions().forget(u"prod"_s);
    QCOMPARE(entries().size(), 3);
}

void TestTrayIcon::takesAnAmpersandForWhatItIs()
{
    m_desk->signIn(u"r&d"_s);
    QCOMPARE(entries().first(), u"r&&d: Signing in…"_s);
}

void TestTrayIcon::waitsForATrayThatComesLateAndNoticesWhenItGoes()
{
    const QSignalSpy changed(m_tray.get(), &TrayIcon::shownChanged);
    m_tray->look();
    QVERIFY(!m_tray->isShown());
    m_isAvailable = true;
    m_tray->look();
    QVERIFY(m_tray->isShown());
    m_isAvailable = false;
    m_tray->look();
    QVERIFY(!m_tray->isShown());
    QCOMPARE(changed.count(), 2);
}

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"
