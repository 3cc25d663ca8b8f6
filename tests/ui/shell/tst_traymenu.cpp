// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/traymenu.h"

#include "ui/uifixture.h"

#include <QSettings>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestTrayMenu : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void endsWithWhatElseThereIs();
    void namesEachSessionWithItsStateAndTheTimeLeft();
    void offersCopyRefreshAndSignOut();
    void offersASignInWhereNobodyIsSignedIn();
    void offersWhatASessionNeeds();
    void asksForWhatAnEntrySays();
    void beginsWithThoseThatNeedAPerson();
    void showsUpToEight();
    void showsOfManyThoseThatWereUsed();
    void showsOfManyThoseThatNeedAPerson();
    void remembersWhatWasUsed();
    void knowsWhatWasUsedByItsNewName();
    void sortsAsPeopleDo();
    void hasAPictureForEachAction();
    void dropsASessionThatIsForgotten();
    void takesAnAmpersandForWhatItIs();
    void shortensNames();

private:
    void look();
    void signIn(int count);
    [[nodiscard]] QStringList entries();
    [[nodiscard]] const QMenu *first();
    [[nodiscard]] static QStringList texts(const QMenu *menu);
    [[nodiscard]] static QAction *entry(const QMenu *menu, const QString &text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<TrayMenu> m_menu;
};

void TestTrayMenu::init()
{
    failOnUiWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
    m_menu = std::make_unique<TrayMenu>(*m_settings);
}

void TestTrayMenu::cleanup()
{
    m_menu.reset();
    m_desk.reset();
    m_settings.reset();
}

void TestTrayMenu::look()
{
    std::vector<SessionView> sessions;
    for (int row = 0; row < m_desk->sessions().rowCount(); ++row)
        sessions.emplace_back(m_desk->sessions().at(row)->snapshot());
    m_menu->setSessions(sessions);
}

//! `site-11`, `site-12` …
void TestTrayMenu::signIn(int count)
{
    for (int i = 0; i < count; ++i)
        m_desk->signedIn(u"site-%1"_s.arg(11 + i));
}

QStringList TestTrayMenu::entries()
{
    look();
    return texts(m_menu.get());
}

const QMenu *TestTrayMenu::first()
{
    look();
    return m_menu->actions().first()->menu();
}

QStringList TestTrayMenu::texts(const QMenu *menu)
{
    QStringList texts;
    const QList<QAction *> actions = menu->actions();
    for (const QAction *action : actions) {
        if (action->isVisible() && !action->isSeparator())
            texts.append(action->text());
    }
    return texts;
}

QAction *TestTrayMenu::entry(const QMenu *menu, const QString &text)
{
    const QList<QAction *> actions = menu->actions();
    const auto found = std::ranges::find_if(actions,
        [&](const QAction *action) { return action->isVisible() && action->text() == text; });
    return found == actions.end() ? nullptr : *found;
}

void TestTrayMenu::endsWithWhatElseThereIs()
{
    QCOMPARE(entries(),
        QStringList({u"Sign in to another appliance…"_s, u"Tokens handed out…"_s, u"Settings…"_s,
            u"Open"_s, u"Quit"_s}));
    const QSignalSpy signIn(m_menu.get(), &TrayMenu::signInRequested);
    const QSignalSpy ledger(m_menu.get(), &TrayMenu::ledgerRequested);
    const QSignalSpy settings(m_menu.get(), &TrayMenu::settingsRequested);
    const QSignalSpy open(m_menu.get(), &TrayMenu::openRequested);
    const QSignalSpy quit(m_menu.get(), &TrayMenu::quitRequested);
    for (const QString &text : entries())
        entry(m_menu.get(), text)->trigger();
    for (const QSignalSpy *spy : {&signIn, &ledger, &settings, &open, &quit})
        QCOMPARE(spy->count(), 1);
}

void TestTrayMenu::namesEachSessionWithItsStateAndTheTimeLeft()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signIn(u"qa"_s);
    m_desk->clock().advance(std::chrono::minutes(18));
    QCOMPARE(
        entries().first(2), QStringList({u"prod: Signed in, 42 min left"_s, u"qa: Signing in…"_s}));
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(entries().first(), u"prod: Cannot renew, 42 min left"_s);
    m_desk->session(u"prod"_s).refreshNow();
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(entries().first(), u"prod: Certificate changed, 42 min left"_s);
}

void TestTrayMenu::offersCopyRefreshAndSignOut()
{
    m_desk->signedIn(u"prod"_s);
    QCOMPARE(texts(first()), QStringList({u"Copy token"_s, u"Refresh now"_s, u"Sign out"_s}));
    QVERIFY(entry(first(), u"Copy token"_s)->isEnabled());
}

void TestTrayMenu::offersASignInWhereNobodyIsSignedIn()
{
    m_desk->signedIn(u"prod"_s).signOut();
    QCOMPARE(texts(first()), QStringList({u"Copy token"_s, u"Refresh now"_s, u"Sign in"_s}));
    QVERIFY(!entry(first(), u"Copy token"_s)->isEnabled());
}

void TestTrayMenu::offersWhatASessionNeeds()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    QCOMPARE(texts(first()).last(), u"Enter code…"_s);
    m_desk->sessions().forget(u"prod"_s);
    m_desk->signIn(u"lab"_s);
    m_desk->client(u"lab"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(texts(first()).last(), u"Look at certificate…"_s);
}

void TestTrayMenu::asksForWhatAnEntrySays()
{
    m_desk->signedIn(u"prod"_s);
    const QSignalSpy asked(m_menu.get(), &TrayMenu::actionRequested);
    for (const QString &text : {u"Copy token"_s, u"Refresh now"_s, u"Sign out"_s})
        entry(first(), text)->trigger();
    QCOMPARE(asked.count(), 3);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QCOMPARE(asked[0][1].value<Action>(), Action::CopyToken);
    QCOMPARE(asked[1][1].value<Action>(), Action::RefreshNow);
    QCOMPARE(asked[2][1].value<Action>(), Action::SignOut);
}

void TestTrayMenu::beginsWithThoseThatNeedAPerson()
{
    m_desk->signedIn(u"b"_s);
    m_desk->signedIn(u"a"_s);
    m_desk->signedIn(u"z"_s).refreshNow();
    m_desk->refuse(u"z"_s, AuthError::Type::Expired);
    QCOMPARE(entries().first(3),
        QStringList({u"z: Ended by the appliance"_s, u"a: Signed in, 60 min left"_s,
            u"b: Signed in, 60 min left"_s}));
}

void TestTrayMenu::showsUpToEight()
{
    signIn(8);
    QCOMPARE(entries().size(), 8 + 5);
    QVERIFY(entries().filter(u"All sessions"_s).isEmpty());
}

void TestTrayMenu::showsOfManyThoseThatWereUsed()
{
    signIn(12);
    for (const int site : {19, 20, 21, 22, 18, 17, 19})
        m_menu->noteUse(u"site-%1"_s.arg(site));
    const QStringList shown = entries();
    QCOMPARE(shown.size(), 5 + 1 + 5);
    for (const int site : {17, 18, 19, 21, 22})
        QCOMPARE(shown.filter(u"site-%1"_s.arg(site)).size(), 1);
    QCOMPARE(shown[5], u"All sessions (12)…"_s);
    const QSignalSpy open(m_menu.get(), &TrayMenu::openRequested);
    entry(m_menu.get(), shown[5])->trigger();
    QCOMPARE(open.count(), 1);
}

void TestTrayMenu::showsOfManyThoseThatNeedAPerson()
{
    signIn(30);
    QCOMPARE(entries().first(), u"site-11: Signed in, 60 min left"_s);
    for (int site = 20; site < 32; ++site) {
        m_desk->session(u"site-%1"_s.arg(site)).refreshNow();
        m_desk->refuse(u"site-%1"_s.arg(site), AuthError::Type::Expired);
    }
    const QStringList shown = entries();
    QCOMPARE(shown.filter(u"Ended"_s).size(), 8);
    QCOMPARE(shown.size(), 8 + 5 + 1 + 5);
}

void TestTrayMenu::remembersWhatWasUsed()
{
    signIn(12);
    m_menu->noteUse(u"site-22"_s);
    m_menu = std::make_unique<TrayMenu>(*m_settings);
    QCOMPARE(entries().filter(u"site-22"_s).size(), 1);
}

void TestTrayMenu::knowsWhatWasUsedByItsNewName()
{
    signIn(12);
    m_menu->noteUse(u"site-22"_s);
    m_menu->noteUse(u"site-11"_s);
    QVERIFY(!m_desk->sessions().rename(m_desk->session(u"site-22"_s), u"zoo"_s));
    m_menu->noteRename(u"site-22"_s, u"zoo"_s);
    m_menu->noteRename(u"site-12"_s, u"never-used"_s);
    QCOMPARE(
        m_settings->value(u"tray/used"_s).toStringList(), QStringList({u"site-11"_s, u"zoo"_s}));
    QCOMPARE(entries().filter(u"zoo"_s).size(), 1);
}

void TestTrayMenu::sortsAsPeopleDo()
{
    for (const QString &name : {u"site-10"_s, u"Site-2"_s, u"site-1"_s})
        m_desk->signIn(name);
    QCOMPARE(entries().first(3).join(u' '),
        u"site-1: Signing in… Site-2: Signing in… site-10: Signing in…"_s);
}

void TestTrayMenu::hasAPictureForEachAction()
{
    m_desk->signedIn(u"prod"_s);
    const QList<QAction *> actions = first()->actions();
    QVERIFY(std::ranges::none_of(actions, [](const QAction *a) { return a->icon().isNull(); }));
}

void TestTrayMenu::dropsASessionThatIsForgotten()
{
    m_desk->signedIn(u"prod"_s);
    QCOMPARE(entries().size(), 1 + 5);
    m_desk->sessions().forget(u"prod"_s);
    QCOMPARE(entries().size(), 5);
}

void TestTrayMenu::takesAnAmpersandForWhatItIs()
{
    m_desk->signIn(u"r&d"_s);
    QCOMPARE(entries().first(), u"r&&d: Signing in…"_s);
}

void TestTrayMenu::shortensNames()
{
    m_desk->signedIn(QString(64, u'w'));
    look();
    QVERIFY2(m_menu->sizeHint().width() < 640, qPrintable(entries().first()));
}

QTEST_MAIN(TestTrayMenu)
#include "tst_traymenu.moc"
