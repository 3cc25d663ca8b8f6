// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/coordinator.h"

#include "access/consentwindow.h"
#include "sessions/copymenu.h"
#include "signin/loginwindow.h"
#include "ui/uifixture.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCoordinator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void opensTheSignInFilledIn();
    void keepsOneSignInWindowASession();
    void signsInFromTheEmptyWindow();
    void answersThePanelsButtons();
    void copiesWhatThePanelsMenuOffers();
    void answersTheTraysEntries();
    void opensTheQuestionThatASessionAsks();
    void mayAskForTheKeychainOnceAPersonActs();
    void startsHiddenInTheTray();
    void startsMinimizedWhereThereIsNoTray();
    void bringsBackAWindowWhoseTrayIsGone();
    void raisesAMinimizedWindow();
    void raisingGivesNoQuestionTheKeyboard();
    void opensOneSettingsWindow();
    void opensOneLedger();
    void asksWhatAProgramWants();
    void locksWithTheScreenFromTheStart();
    void passesOnThatSomebodyQuits();
    void saysThatNothingIsSaved();
    void tellsOfADamagedList();

private:
    void start(bool isMemoryOnly = false, const QString &listProblem = {});
    [[nodiscard]] static QList<LoginWindow *> signIns();
    [[nodiscard]] static const QWidget *consentWindow();
    void chooseInTray(const QString &text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<Coordinator> m_coordinator;
    bool m_hasTray = true;
    int m_prompts = 0;
    std::optional<bool> m_locks;
};

void TestCoordinator::init()
{
    failOnUiWarning();
    m_hasTray = true;
    m_prompts = 0;
    m_locks.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
}

void TestCoordinator::cleanup()
{
    m_coordinator.reset();
    m_desk.reset();
    m_settings.reset();
    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

void TestCoordinator::start(bool isMemoryOnly, const QString &listProblem)
{
    m_coordinator = std::make_unique<Coordinator>(CoordinatorParts{m_desk->sessions(),
        m_desk->kinds(), m_desk->ledger(), m_desk->clock().clock(), *m_settings,
        {[] { return false; },
            [](bool) {
                return true;
            }},
        [this] { return m_hasTray; }, [this] { ++m_prompts; },
        [this](ConsentPrompt *prompt) { m_desk->handOuts().consent.setPrompt(prompt); },
        [this](bool locks) { m_locks = locks; }, isMemoryOnly, listProblem});
}

QList<LoginWindow *> TestCoordinator::signIns()
{
    QList<LoginWindow *> windows;
    const auto all = QApplication::topLevelWidgets();
    for (QWidget *widget : all) {
        if (auto *window = qobject_cast<LoginWindow *>(widget); window && window->isVisible())
            windows.append(window);
    }
    return windows;
}

//! Null while none is shown.
const QWidget *TestCoordinator::consentWindow()
{
    const auto windows = QApplication::topLevelWidgets();
    const auto asking = std::ranges::find_if(windows, [](const QWidget *window) {
        return qobject_cast<const ConsentWindow *>(window) && window->isVisible();
    });
    return asking == windows.end() ? nullptr : *asking;
}

void TestCoordinator::chooseInTray(const QString &text)
{
    const auto actions = m_coordinator->tray().menu()->actions().first()->menu()->actions();
    const auto found =
        std::ranges::find_if(actions, [&](const QAction *a) { return a->text() == text; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
}

void TestCoordinator::opensTheSignInFilledIn()
{
    start();
    m_coordinator->openSignIn(u"https://prod.example.com"_s, u"operator"_s);
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(
        find<QLineEdit>(*signIns().first(), "Appliance")->text(), u"https://prod.example.com"_s);
    QCOMPARE(find<QLineEdit>(*signIns().first(), "User name")->text(), u"operator"_s);
    QCOMPARE(find<QLineEdit>(*signIns().first(), "Name")->text(), u"prod"_s);
    QCOMPARE(signIns().first()->focusWidget(), find<QLineEdit>(*signIns().first(), "Password"));
}

void TestCoordinator::keepsOneSignInWindowASession()
{
    m_desk->signedIn(u"prod"_s).signOut();
    start();
    m_coordinator->raise();
    chooseInTray(u"Sign in"_s);
    chooseInTray(u"Sign in"_s);
    QCOMPARE(signIns().size(), 1);
    m_coordinator->openSignIn();
    m_coordinator->openSignIn();
    QCOMPARE(signIns().size(), 2);
}

void TestCoordinator::signsInFromTheEmptyWindow()
{
    start();
    m_coordinator->raise();
    click<QPushButton>(*m_coordinator->mainWindow(), "Sign in");
    QCOMPARE(signIns().size(), 1);
}

void TestCoordinator::answersThePanelsButtons()
{
    Session &session = m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raise();
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    click<QPushButton>(*m_coordinator->mainWindow(), "Copy token");
    QVERIFY(words<QLabel>(*m_coordinator->mainWindow()).contains(u"Token copied."_s));
    m_desk->clock().advance(4s);
    QTRY_COMPARE(QApplication::clipboard()->text(), u"access-1"_s);
    click<QPushButton>(*m_coordinator->mainWindow(), "Refresh now");
    QCOMPARE(session.phase(), Phase::Refreshing);
    click<QPushButton>(*m_coordinator->mainWindow(), "Sign out");
    QCOMPARE(session.phase(), Phase::SignedOut);
    click<QPushButton>(*m_coordinator->mainWindow(), "Sign in");
    QCOMPARE(signIns().size(), 1);
}

void TestCoordinator::copiesWhatThePanelsMenuOffers()
{
    m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raise();
    const auto *menu = m_coordinator->mainWindow()->findChild<CopyMenu *>();
    const QList<QAction *> ways = menu->actions();
    const auto curl = std::ranges::find(ways, u"As c&url"_s, &QAction::text);
    QVERIFY(curl != ways.end());
    (*curl)->trigger();
    QCOMPARE(QApplication::clipboard()->text(),
        u"latchkeyctl header prod | curl -H @- https://prod.example.com/"_s);
}

void TestCoordinator::answersTheTraysEntries()
{
    Session &session = m_desk->signedIn(u"prod"_s);
    start();
    chooseInTray(u"Copy token"_s);
    m_desk->clock().advance(4s);
    QTRY_COMPARE(QApplication::clipboard()->text(), u"access-1"_s);
    chooseInTray(u"Refresh now"_s);
    QCOMPARE(session.phase(), Phase::Refreshing);
    chooseInTray(u"Sign out"_s);
    QCOMPARE(session.phase(), Phase::SignedOut);
}

void TestCoordinator::opensTheQuestionThatASessionAsks()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    start();
    m_coordinator->raise();
    click<QPushButton>(*m_coordinator->mainWindow(), "Enter code");
    QCOMPARE(signIns().size(), 1);
    QVERIFY(find<QLineEdit>(*signIns().first(), "Verification code"));
}

void TestCoordinator::mayAskForTheKeychainOnceAPersonActs()
{
    m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raise();
    QCOMPARE(m_prompts, 0);
    chooseInTray(u"Refresh now"_s);
    QCOMPARE(m_prompts, 1);
    m_coordinator->openSignIn();
    QCOMPARE(m_prompts, 2);
}

void TestCoordinator::startsHiddenInTheTray()
{
    start();
    m_coordinator->startHidden();
    QVERIFY(m_coordinator->tray().isShown());
    const auto windows = QApplication::topLevelWidgets();
    QVERIFY(
        std::ranges::none_of(windows, [](const QWidget *window) { return window->isVisible(); }));
}

void TestCoordinator::startsMinimizedWhereThereIsNoTray()
{
    m_hasTray = false;
    start();
    m_coordinator->startHidden();
    QVERIFY(m_coordinator->mainWindow()->isMinimized());
}

void TestCoordinator::bringsBackAWindowWhoseTrayIsGone()
{
    start();
    m_coordinator->startHidden();
    m_hasTray = false;
    m_coordinator->tray().look();
    QVERIFY(m_coordinator->mainWindow()->isVisible());
    QVERIFY(m_coordinator->mainWindow()->isMinimized());
}

void TestCoordinator::raisesAMinimizedWindow()
{
    start();
    m_coordinator->mainWindow()->showMinimized();
    m_coordinator->raise();
    QVERIFY(!m_coordinator->mainWindow()->isMinimized());
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
}

// Any program can have the windows raised.
void TestCoordinator::raisingGivesNoQuestionTheKeyboard()
{
    start();
    DeadlineQueue deadlines(m_desk->clock().clock());
    QObject caller;
    auto *call = new ConsentCall(deadlines, deadlines.now() + std::chrono::minutes(1), &caller);
    m_desk->handOuts().consent.ask(u"prod"_s, aProgram(), call);
    m_coordinator->raise();
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    const QWidget *question = consentWindow();
    QVERIFY(question);
    QVERIFY(!question->isActiveWindow());
}

void TestCoordinator::opensOneSettingsWindow()
{
    start();
    for (int i = 0; i < 2; ++i)
        Q_EMIT m_coordinator->tray().settingsRequested();
    const auto windows = QApplication::topLevelWidgets();
    QCOMPARE(std::ranges::count_if(windows,
                 [](const QWidget *window) { return window->windowTitle() == u"Settings"_s; }),
        1);
}

void TestCoordinator::opensOneLedger()
{
    start();
    for (int i = 0; i < 2; ++i)
        Q_EMIT m_coordinator->mainWindow()->ledgerRequested();
    const auto windows = QApplication::topLevelWidgets();
    QCOMPARE(std::ranges::count_if(windows,
                 [](const QWidget *window) {
                     return window->windowTitle() == u"Tokens handed out"_s && window->isVisible();
                 }),
        1);
}

void TestCoordinator::asksWhatAProgramWants()
{
    start();
    Consent &consent = m_desk->handOuts().consent;
    QVERIFY(consent.canAsk());
    DeadlineQueue deadlines(m_desk->clock().clock());
    QObject caller;
    auto *call = new ConsentCall(deadlines, deadlines.now() + std::chrono::minutes(1), &caller);
    const QSignalSpy finished(call, &ConsentCall::finished);
    consent.ask(u"prod"_s, aProgram(), call);
    QVERIFY(consentWindow());
    m_coordinator.reset();
    QCOMPARE(finished.count(), 1);
    QVERIFY(!consent.canAsk());
}

void TestCoordinator::locksWithTheScreenFromTheStart()
{
    start();
    QCOMPARE(m_locks, true);
    m_settings->setValue(u"lock/withScreen"_s, false);
    start();
    QCOMPARE(m_locks, false);
}

void TestCoordinator::passesOnThatSomebodyQuits()
{
    start();
    const QSignalSpy quit(m_coordinator.get(), &Coordinator::quitRequested);
    Q_EMIT m_coordinator->tray().quitRequested();
    Q_EMIT m_coordinator->mainWindow()->quitRequested();
    QCOMPARE(quit.count(), 2);
}

void TestCoordinator::tellsOfADamagedList()
{
    start(true, u"The list is damaged."_s);
    m_coordinator->raise();
    const QString told = words<QLabel>(*m_coordinator->mainWindow());
    QVERIFY(told.contains(u"Memory only"_s));
    QVERIFY(told.contains(u"The list is damaged."_s));
}

void TestCoordinator::saysThatNothingIsSaved()
{
    start(true);
    m_coordinator->raise();
    QVERIFY(words<QLabel>(*m_coordinator->mainWindow()).contains(u"Memory only"_s));
}

QTEST_MAIN(TestCoordinator)
#include "tst_coordinator.moc"
