// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/coordinator.h"

#include "about/aboutwindow.h"
#include "about/reportwindow.h"
#include "access/consentwindow.h"
#include "base/messagelog.h"
#include "doctor/doctorwindow.h"
#include "sessions/copying/copymenu.h"
#include "sessions/renamedialog.h"
#include "signin/loginwindow.h"
#include "support/fakedesktop.h"
#include "support/fakedoctor.h"
#include "support/settingsrig.h"
#include "ui/uifixture.h"
#include "widgets/fields/secretfield.h"
#include "widgets/menubutton.h"
#include "widgets/typingguard.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

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
    void aSecondStartsSignInTakesNoOthersPlace();
    void renamesASession();
    void keepsOneSignInWindowASession();
    void signsInFromTheEmptyWindow();
    void tellsTheFirstStepsToWhoeverIsNew();
    void namesTheKeychain();
    void answersThePanelsButtons();
    void copiesWhatThePanelsMenuOffers();
    void answersTheTraysEntries();
    void removesASessionOnlyWhenAskedTwice();
    void tellsThePanelWhatACheckFound();
    void tellsNobodyOfASessionThatIsNoLongerShown();
    void opensTheQuestionThatASessionAsks();
    void mayAskForTheKeychainOnceAPersonActs();
    void startsHiddenInTheTray();
    void startsMinimizedWhereThereIsNoTray();
    void startsHiddenInATrayThatComesLate();
    void takesTheMinimizedWindowAwayOnceThereIsATray();
    void bringsBackAWindowWhoseTrayIsGone();
    void raisesAMinimizedWindow();
    void aProgramRaisesNothingThatTakesWhatIsTyped();
    void aProgramLetsNoKeychainAsk();
    void raisingGivesNoQuestionTheKeyboard();
    void opensOneSettingsWindow();
    void opensOneLedger();
    void opensTheDoctorForOneAndForAll();
    void doesWhatTheDoctorOffers();
    void showsTheSessionThatTheDoctorIsAbout();
    void opensWhatHelps();
    void asksWhatAProgramWants();
    void obeysTheAdministratorAtOnce();
    void tellsOfAPolicyWithAFault();
    void passesOnThatSomebodyQuits();
    void saysThatNothingIsSaved();
    void tellsOfADamagedList();
    void tellsOfAnEndedSessionWithoutATray();
    void opensTheSessionThatANoticeIsAbout();
    void signsInFromANotice();
    void tellsOfACopyInANotice();
    void tellsBesideTheIconWhereThereIsNoService();

private:
    void start(bool isMemoryOnly = false, const QString &listProblem = {});
    template<typename Window> [[nodiscard]] static Window *shown();
    [[nodiscard]] static QList<LoginWindow *> signIns();
    [[nodiscard]] static const QWidget *consentWindow();
    void chooseInTray(const QString &text);
    void chooseMore(const QString &text);
    [[nodiscard]] QMessageBox *question() const
    {
        return m_coordinator->mainWindow()->findChild<QMessageBox *>();
    }
    void advance(Milliseconds span);
    //! The appliance ends the session, and the notice of that is shown.
    void endSession(const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<Coordinator> m_coordinator;
    bool m_hasTray = true;
    FakeTrayHost *m_host = nullptr;
    FakeNotifications *m_desktop = nullptr;
    int m_prompts = 0;
    std::unique_ptr<SettingsRig> m_choices;
    std::unique_ptr<AppearanceFollower> m_appearance;
    bool m_starts = false;
    MessageLog m_log{{}};
    std::optional<QString> m_examined;
};

void TestCoordinator::init()
{
    failOnUiWarning();
    m_hasTray = true;
    m_prompts = 0;
    m_choices = std::make_unique<SettingsRig>();
    m_appearance = std::make_unique<AppearanceFollower>(std::make_unique<ColorScheme>());
    m_starts = false;
    m_examined.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
}

void TestCoordinator::cleanup()
{
    m_coordinator.reset();
    m_choices.reset();
    m_desk.reset();
    m_settings.reset();
    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

void TestCoordinator::start(bool isMemoryOnly, const QString &listProblem)
{
    m_coordinator = std::make_unique<Coordinator>(
        CoordinatorParts{m_desk->sessions(), m_desk->kinds(), m_desk->ledger(),
            m_desk->clock().clock(), *m_settings, m_choices->settings(), *m_appearance,
            {[this] { return m_starts; },
                [this](bool isOn) {
                    m_starts = isOn;
                    return true;
                }},
            [this] {
                auto host = std::make_unique<FakeTrayHost>(m_hasTray);
                m_host = host.get();
                return host;
            },
            [this] {
                auto desktop = std::make_unique<FakeNotifications>();
                m_desktop = desktop.get();
                return desktop;
            },
            [this] { ++m_prompts; }, m_desk->handOuts().consent, isMemoryOnly, listProblem,
            [this](const Account &account) { return m_desk->makeProbe(account); },
            [](QObject *, const auto &found) { found(u"KeePassXC"_s); }, m_log,
            [this](const QString &session) {
                m_examined = session;
                return std::make_unique<FakeDoctor>();
            }});
}

//! Null while none is shown.
template<typename Window> Window *TestCoordinator::shown()
{
    Window *found = nullptr;
    const auto all = QApplication::topLevelWidgets();
    for (QWidget *widget : all) {
        if (auto *window = qobject_cast<Window *>(widget); window && window->isVisible())
            found = window;
    }
    return found;
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
    Q_EMIT m_coordinator->tray().menu()->aboutToShow();
    const auto actions = m_coordinator->tray().menu()->actions().first()->menu()->actions();
    const auto found =
        std::ranges::find_if(actions, [&](const QAction *a) { return a->text() == text; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
}

//! In the panel's menu.
void TestCoordinator::chooseMore(const QString &text)
{
    const auto *more = find<MenuButton>(*m_coordinator->mainWindow(), "More");
    const auto actions = more->popup()->actions();
    const auto found = std::ranges::find_if(
        actions, [&](const QAction *a) { return a->text().remove(u'&') == text; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
}

void TestCoordinator::advance(Milliseconds span)
{
    m_desk->advance(span);
    m_coordinator->look();
}

void TestCoordinator::endSession(const QString &name)
{
    m_desk->session(name).refreshNow();
    m_desk->refuse(name, AuthError::Type::Expired);
    advance(2s);
}

void TestCoordinator::opensTheSignInFilledIn()
{
    start();
    m_coordinator->openSignIn(u"https://prod.example.com"_s, u"operator"_s);
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(
        find<QLineEdit>(*signIns().first(), "Appliance")->text(), u"https://prod.example.com"_s);
    QCOMPARE(find<QLineEdit>(*signIns().first(), "User name")->text(), u"operator"_s);
    find<QToolButton>(*signIns().first(), "More")->click();
    QCOMPARE(find<QLineEdit>(*signIns().first(), "Name")->text(), u"prod"_s);
    QCOMPARE(signIns().first()->focusWidget(), find<QLineEdit>(*signIns().first(), "Password"));
}

//! What is typed there must not go to another appliance.
void TestCoordinator::aSecondStartsSignInTakesNoOthersPlace()
{
    start();
    m_coordinator->openSignIn();
    find<QLineEdit>(*signIns().first(), "Appliance")->setText(u"https://typed.example.com"_s);
    m_coordinator->raiseFor({}, {});
    QCOMPARE(signIns().size(), 1);
    m_coordinator->raiseFor(u"https://prod.example.com"_s, {});
    QCOMPARE(signIns().size(), 2);
    QStringList addresses;
    for (const LoginWindow *window : signIns())
        addresses << find<QLineEdit>(*window, "Appliance")->text();
    addresses.sort();
    QCOMPARE(
        addresses, QStringList({u"https://prod.example.com"_s, u"https://typed.example.com"_s}));
    for (int i = 0; i < 20; ++i)
        m_coordinator->raiseFor({}, u"operator"_s);
    QVERIFY(signIns().size() <= 8);
}

//! The person types elsewhere, and Enter in the list of sessions copies a token.
void TestCoordinator::aProgramRaisesNothingThatTakesWhatIsTyped()
{
    m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raiseFor({}, {});
    const MainWindow *window = m_coordinator->mainWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    const QSignalSpy acted(window, &MainWindow::actionRequested);
    QTest::keyClick(window->windowHandle(), Qt::Key_Return);
    QCOMPARE(acted.count(), 0);
    QTRY_VERIFY(!window->findChild<TypingGuard *>());
    QTest::keyClick(window->windowHandle(), Qt::Key_Return);
    QCOMPARE(acted.count(), 1);

    m_coordinator->raiseFor({}, {}); // it has the keyboard already
    QVERIFY(!window->findChild<TypingGuard *>());
    m_coordinator->raiseFor(u"https://other.example.com"_s, u"operator"_s);
    QVERIFY(signIns().first()->findChild<TypingGuard *>());
}

void TestCoordinator::aProgramLetsNoKeychainAsk()
{
    start();
    m_coordinator->raiseFor(u"https://prod.example.com"_s, u"operator"_s);
    QCOMPARE(m_prompts, 0);
    const LoginWindow *window = signIns().first();
    auto *kinds = window->findChild<QComboBox *>();
    kinds->setCurrentIndex(kinds->findData(u"azure"_s));
    Q_EMIT kinds->activated(kinds->currentIndex());
    find<SecretField>(*window, "Password")->put(u"not a real one"_s);
    click<QPushButton>(*window, "Sign in");
    QCOMPARE(m_prompts, 1);
}

void TestCoordinator::renamesASession()
{
    m_desk->signedIn(u"prod"_s).signOut();
    start();
    m_coordinator->raise();
    chooseInTray(u"Sign in"_s);
    Q_EMIT m_coordinator->mainWindow()->actionRequested(u"prod"_s, Action::Rename);
    const auto *dialog = m_coordinator->mainWindow()->findChild<RenameDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    find<QLineEdit>(*dialog, "Name")->setText(u"prod-eu"_s);
    click<QPushButton>(*dialog, "Rename");
    QVERIFY(m_desk->sessions().find(u"prod-eu"_s));
    QVERIFY(signIns().isEmpty()); // it was to the old name
    chooseInTray(u"Sign in"_s);
    QCOMPARE(signIns().first()->sessionName(), u"prod-eu"_s);
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

void TestCoordinator::tellsTheFirstStepsToWhoeverIsNew()
{
    start();
    for (const QString &name : {u"prod"_s, u"lab"_s}) {
        const bool isFirst = m_desk->sessions().rowCount() == 0;
        m_coordinator->openSignIn();
        LoginWindow *window = signIns().first();
        m_desk->signIn(name);
        window->openSession(name);
        m_desk->grant(name, 1);
        QCOMPARE(signIns().size(), isFirst ? 1 : 0);
        if (isFirst)
            click<QPushButton>(*window, "Done");
    }
}

void TestCoordinator::namesTheKeychain()
{
    start();
    m_coordinator->openSignIn();
    QVERIFY(words<QLabel>(*signIns().first()).contains(u"a key in KeePassXC"_s));
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
    m_desk->grant(u"prod"_s, 2);
    chooseMore(u"Sign out"_s);
    QCOMPARE(session.phase(), Phase::Active);
    click<QPushButton>(*question(), "Sign out");
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
    m_desk->grant(u"prod"_s, 2);
    chooseInTray(u"Sign out"_s);
    QCOMPARE(session.phase(), Phase::Active);
    click<QPushButton>(*question(), "Sign out");
    QCOMPARE(session.phase(), Phase::SignedOut);
}

void TestCoordinator::removesASessionOnlyWhenAskedTwice()
{
    m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raise();
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    press(*m_coordinator->mainWindow(), Qt::Key_Delete, Qt::ControlModifier);
    press(*question(), Qt::Key_Return);
    QTRY_VERIFY(!question());
    QCOMPARE(m_desk->sessions().rowCount(), 1);
    chooseMore(u"Remove…"_s);
    click<QPushButton>(*question(), "Remove session");
    QCOMPARE(m_desk->sessions().rowCount(), 0);
}

void TestCoordinator::tellsThePanelWhatACheckFound()
{
    m_desk->signedIn(u"prod"_s);
    start();
    m_coordinator->raise();
    MainWindow &window = *m_coordinator->mainWindow();
    click<QToolButton>(window, "Connection");
    click<QPushButton>(window, "Check now");
    QCOMPARE(m_desk->network().request().request.url().host(), u"prod.example.com"_s);
    m_desk->network().reply()->answer(404, {});
    QTRY_VERIFY(words<QLabel>(window).contains(u"The appliance answered at "_s));
}

void TestCoordinator::tellsNobodyOfASessionThatIsNoLongerShown()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"lab"_s);
    start();
    m_coordinator->raise();
    MainWindow &window = *m_coordinator->mainWindow();
    window.choose(u"prod"_s);
    click<QToolButton>(window, "Connection");
    click<QPushButton>(window, "Check now");
    window.choose(u"lab"_s);
    const QSignalSpy ended(m_coordinator->findChild<ApplianceProbe *>(), &QObject::destroyed);
    m_desk->network().reply()->answer(404, {});
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(!words<QLabel>(window).contains(u"answered"_s));
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
    QVERIFY(!m_coordinator->mainWindow()->isVisible());
    advance(3s);
    QVERIFY(m_coordinator->mainWindow()->isMinimized());
}

void TestCoordinator::startsHiddenInATrayThatComesLate()
{
    m_hasTray = false;
    start();
    m_coordinator->startHidden();
    advance(2s);
    QVERIFY(!m_coordinator->mainWindow()->isVisible());
    m_host->set(true);
    advance(10s);
    QVERIFY(!m_coordinator->mainWindow()->isVisible());
}

void TestCoordinator::takesTheMinimizedWindowAwayOnceThereIsATray()
{
    m_hasTray = false;
    start();
    m_coordinator->startHidden();
    advance(3s);
    m_host->set(true);
    QVERIFY(!m_coordinator->mainWindow()->isVisible());
    // But not one that a person minimized.
    m_coordinator->raise();
    m_host->set(false);
    m_coordinator->mainWindow()->showMinimized();
    m_host->set(true);
    QVERIFY(m_coordinator->mainWindow()->isVisible());
}

void TestCoordinator::bringsBackAWindowWhoseTrayIsGone()
{
    start();
    m_coordinator->startHidden();
    m_host->set(false);
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
        Q_EMIT m_coordinator->tray().menu()->settingsRequested();
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

void TestCoordinator::opensTheDoctorForOneAndForAll()
{
    m_desk->signedIn(u"prod"_s);
    start();
    Q_EMIT m_coordinator->mainWindow()->doctorRequested();
    const QPointer<DoctorWindow> window = shown<DoctorWindow>();
    QVERIFY(window);
    QCOMPARE(m_examined, QString());
    Q_EMIT m_coordinator->mainWindow()->actionRequested(u"prod"_s, Action::Examine);
    QCOMPARE(m_examined, u"prod"_s);
    QCOMPARE(shown<DoctorWindow>(), window);
    QVERIFY(window->windowTitle().contains(u"prod"_s));
}

void TestCoordinator::doesWhatTheDoctorOffers()
{
    m_desk->signedIn(u"prod"_s).signOut();
    m_desk->client(u"prod"_s).answerLogOut();
    start();
    Q_EMIT m_coordinator->mainWindow()->doctorRequested();
    Q_EMIT shown<DoctorWindow>()->actionRequested(u"prod"_s, Action::SignIn);
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(signIns().first()->sessionName(), u"prod"_s);
}

void TestCoordinator::showsTheSessionThatTheDoctorIsAbout()
{
    m_desk->signedIn(u"lab"_s);
    m_desk->signedIn(u"prod"_s);
    start();
    Q_EMIT m_coordinator->mainWindow()->doctorRequested();
    Q_EMIT shown<DoctorWindow>()->sessionRequested(u"prod"_s);
    QVERIFY(words<QLabel>(*m_coordinator->mainWindow()).contains(u"operator at prod."_s));
}

void TestCoordinator::opensWhatHelps()
{
    start();
    for (int i = 0; i < 2; ++i)
        Q_EMIT m_coordinator->mainWindow()->aboutRequested();
    QVERIFY(shown<AboutWindow>());
    QVERIFY(!shown<ReportWindow>());
    Q_EMIT shown<AboutWindow>()->reportRequested();
    QVERIFY(shown<ReportWindow>());
    shown<ReportWindow>()->close();
    QTRY_VERIFY(!shown<ReportWindow>());
    Q_EMIT m_coordinator->mainWindow()->reportRequested();
    QVERIFY(shown<ReportWindow>());
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

void TestCoordinator::obeysTheAdministratorAtOnce()
{
    start();
    const QColor before = QApplication::palette().color(QPalette::Window);
    m_choices->decree(R"({"settings": {"autostart": true, "appearance": "dark"}})");
    QVERIFY(m_starts);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 100);
    m_choices->decree(R"({"settings": {"autostart": false}})");
    QVERIFY(!m_starts);
    QCOMPARE(QApplication::palette().color(QPalette::Window), before);
}

void TestCoordinator::tellsOfAPolicyWithAFault()
{
    start();
    m_coordinator->raise();
    QTest::ignoreMessage(
        QtWarningMsg, QRegularExpression(u"The administrator's policy: /etc.*kinds is not"_s));
    m_choices->decree(R"({"kinds": 1})");
    QVERIFY(words<QLabel>(*m_coordinator->mainWindow()).contains(u"policy has a fault"_s));
    m_choices->decree("{}");
    QVERIFY(!words<QLabel>(*m_coordinator->mainWindow()).contains(u"policy has a fault"_s));
}

void TestCoordinator::passesOnThatSomebodyQuits()
{
    start();
    const QSignalSpy quit(m_coordinator.get(), &Coordinator::quitRequested);
    Q_EMIT m_coordinator->tray().menu()->quitRequested();
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

void TestCoordinator::tellsOfAnEndedSessionWithoutATray()
{
    m_hasTray = false;
    m_desk->signedIn(u"prod"_s);
    start();
    endSession(u"prod"_s);
    QCOMPARE(m_desktop->titles(), {u"prod: Ended by the appliance"_s});
}

void TestCoordinator::opensTheSessionThatANoticeIsAbout()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"lab"_s);
    start();
    for (const QString &name : {u"lab"_s, u"prod"_s})
        endSession(name);
    Q_EMIT m_desktop->pressed(u"lab"_s, {});
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    click<QPushButton>(*m_coordinator->mainWindow(), "Sign in");
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(signIns().first()->sessionName(), u"lab"_s);
}

void TestCoordinator::signsInFromANotice()
{
    m_desk->signedIn(u"prod"_s);
    start();
    endSession(u"prod"_s);
    Q_EMIT m_desktop->pressed(u"prod"_s, m_desktop->shown.first().buttons.last().key);
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(signIns().first()->sessionName(), u"prod"_s);
}

void TestCoordinator::tellsOfACopyInANotice()
{
    m_desk->signedIn(u"prod"_s);
    start();
    chooseInTray(u"Copy token"_s);
    QCOMPARE(m_desktop->titles(), {u"prod"_s});
    QVERIFY(m_desktop->shown.first().isPassing);
}

void TestCoordinator::tellsBesideTheIconWhereThereIsNoService()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"lab"_s);
    start();
    m_desktop->isThere = false;
    endSession(u"lab"_s);
    auto *icon = m_coordinator->tray().findChild<QSystemTrayIcon *>();
    Q_EMIT icon->messageClicked();
    QVERIFY(QTest::qWaitForWindowActive(m_coordinator->mainWindow()));
    click<QPushButton>(*m_coordinator->mainWindow(), "Sign in");
    QCOMPARE(signIns().size(), 1);
    QCOMPARE(signIns().first()->sessionName(), u"lab"_s);
}

QTEST_MAIN(TestCoordinator)
#include "tst_coordinator.moc"
