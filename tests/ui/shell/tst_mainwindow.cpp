// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/mainwindow.h"

#include "shell/helpwindow.h"

#include "ui/uifixture.h"

#include <QCloseEvent>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QSignalBlocker>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Milliseconds, of which a frame has 16. Sanitizers take a multiple of that.
#ifdef __SANITIZE_ADDRESS__
constexpr double mostToSee = 100;
#else
constexpr double mostToSee = 16;
#endif

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void offersASignInWhileThereIsNoSession();
    void hasTheLabelsOfTheContract();
    void showsTheChosenSession();
    void spellsTheStateOutInTheList();
    void followsItsSession();
    void asksForWhatAButtonSays_data();
    void asksForWhatAButtonSays();
    void offersOnlyWhatTheStateAllows();
    void namesTheOneThingThatIsNeeded();
    void tellsWhatIsTheMatter();
    void countsTheTimeWhileItIsSeen();
    void letsAPersonChooseWhichProgramsMayHaveTokens();
    void scrollingPastChangesNoPolicy();
    void opensTheLedger();
    void isWorkedByKeyboardAlone();
    void offersInTheListsMenuWhatTheStateAllows();
    void closingHidesItWhereThereIsATray();
    void closingMinimizesItWhereThereIsNone();
    void doesNotHoldUpTheEndOfTheDesktopSession();
    void quitsByKeyboard();
    void remembersItsPlace();
    void remembersItsPlaceAtTheEndOfTheProgram();
    void remembersWhatIsUnfolded();
    void helpsByItsKey();
    void aChangeAmongAThousandIsSoonSeen();
    void fitsTheScreenAtFirst();
    void showsTheNextSessionWhenOneGoes();

private:
    void open();
    void closeByHand();
    [[nodiscard]] QString value(const char *name);
    [[nodiscard]] static QString labelOf(QWidget *widget);
    [[nodiscard]] QPushButton *button(const char *name)
    {
        return find<QPushButton>(*m_window, name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<MainWindow> m_window;
    bool m_hasTray = true;
};

void TestMainWindow::init()
{
    failOnUiWarning();
    qRegisterMetaType<Action>();
    m_hasTray = true;
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_folder->filePath(u"windows.ini"_s), QSettings::IniFormat);
    m_settings->setValue(
        u"window/sections"_s, QStringList{u"access"_s, u"connection"_s, u"details"_s});
    m_desk = std::make_unique<UiFixture>();
    m_window = std::make_unique<MainWindow>(
        m_desk->sessions(), shippedKinds(), *m_settings, [this] { return m_hasTray; });
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_desk.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestMainWindow::open()
{
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

//! As the window manager says it; close() would be the program's own doing.
void TestMainWindow::closeByHand()
{
    QCloseEvent event;
    QSpontaneKeyEvent::setSpontaneous(&event);
    QCoreApplication::instance()->notify(m_window.get(), &event);
    if (event.isAccepted())
        m_window->hide();
}

QString TestMainWindow::value(const char *name)
{
    const auto *field = find<QLineEdit>(*m_window, name);
    return field ? field->text() : u"there is no such value"_s;
}

//! By which assistive tools know a combo box; its name is what is chosen in it.
QString TestMainWindow::labelOf(QWidget *widget)
{
    const auto relations =
        QAccessible::queryAccessibleInterface(widget)->relations(QAccessible::Label);
    return relations.isEmpty() ? QString() : relations.first().first->text(QAccessible::Name);
}

void TestMainWindow::offersASignInWhileThereIsNoSession()
{
    const QSignalSpy wanted(m_window.get(), &MainWindow::addRequested);
    open();
    QVERIFY(!find<QListView>(*m_window, "Sessions"));
    click<QPushButton>(*m_window, "Sign in");
    QCOMPARE(wanted.count(), 1);
}

void TestMainWindow::hasTheLabelsOfTheContract()
{
    m_desk->signedIn(u"prod"_s);
    open();
    QCOMPARE(m_window->windowTitle(), u"Latchkey"_s);
    QVERIFY(find<QListView>(*m_window, "Sessions"));
    QVERIFY(find<QTreeView>(*m_window, "What happened"));
    QVERIFY(find<QWidget>(*m_window, "Validity"));
    for (const char *name : {"State", "User", "Role", "User type", "Second factor", "Access token",
             "Refresh token", "Next refresh", "Appliance clock", "Kind"}) {
        const auto *field = find<QLineEdit>(*m_window, name);
        QVERIFY2(field, name);
        QVERIFY2(field->isReadOnly(), name);
    }
    for (const char *name : {"Copy token", "Refresh now", "More", "Check now", "Add"})
        QVERIFY2(button(name), name);
}

void TestMainWindow::showsTheChosenSession()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signIn(u"lab"_s, u"admin"_s);
    open();
    QCOMPARE(value("State"), u"Signed in"_s);
    QCOMPARE(value("User"), u"operator"_s);
    m_window->choose(u"lab"_s);
    QCOMPARE(value("State"), u"Signing in…"_s);
    QCOMPARE(value("User"), u"admin"_s);
}

void TestMainWindow::spellsTheStateOutInTheList()
{
    m_desk->signedIn(u"prod"_s);
    open();
    const auto *list = find<QListView>(*m_window, "Sessions");
    const QModelIndex row = list->model()->index(0, 0);
    QCOMPARE(row.data().toString(), u"prod"_s);
    QCOMPARE(row.data(Qt::AccessibleDescriptionRole).toString(),
        u"Signed in, 60 min left, operator at prod.example.com"_s);
}

void TestMainWindow::followsItsSession()
{
    Session &session = m_desk->signedIn(u"prod"_s);
    open();
    session.refreshNow();
    QCOMPARE(value("State"), u"Signed in"_s);
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    QVERIFY(value("State").startsWith(u"Cannot renew, token still good until "_s));
    session.refreshNow();
    QVERIFY(value("State").startsWith(u"Cannot renew, token still good until "_s));
    m_desk->refuse(u"prod"_s, AuthError::Type::Expired);
    QCOMPARE(value("State"), u"Ended by the appliance"_s);
    const auto *history = find<QTreeView>(*m_window, "What happened");
    QVERIFY(history->model()->index(0, 1).data().toString().contains(u"Signed out"_s));
}

void TestMainWindow::asksForWhatAButtonSays_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<Action>("action");
    QTest::newRow("copy") << "Copy token"_ba << Action::CopyToken;
    QTest::newRow("refresh") << "Refresh now"_ba << Action::RefreshNow;
    QTest::newRow("check") << "Check now"_ba << Action::CheckNow;
}

void TestMainWindow::asksForWhatAButtonSays()
{
    QFETCH(const QByteArray, name);
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline); // where all of them are offered
    const QSignalSpy asked(m_window.get(), &MainWindow::actionRequested);
    open();
    click<QPushButton>(*m_window, name.constData());
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
    QTEST(asked[0][1].value<Action>(), "action");
}

void TestMainWindow::offersOnlyWhatTheStateAllows()
{
    Session &session = m_desk->signedIn(u"prod"_s);
    open();
    QVERIFY(button("Copy token")->isEnabled());
    QVERIFY(!button("Sign in"));
    session.signOut();
    QVERIFY(!button("Copy token"));
    QVERIFY(!button("Refresh now"));
    QVERIFY(button("Sign in")->isEnabled());
}

void TestMainWindow::namesTheOneThingThatIsNeeded()
{
    m_desk->signIn(u"prod"_s);
    open();
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    QVERIFY(button("Enter code")->isEnabled());
    m_desk->session(u"prod"_s).signIn(secret("password"), false);
    m_desk->client(u"prod"_s).answer(Untrusted{aCertificate()});
    QVERIFY(button("Look at certificate")->isEnabled());
}

void TestMainWindow::tellsWhatIsTheMatter()
{
    m_desk->signedIn(u"prod"_s).refreshNow();
    m_desk->refuse(u"prod"_s, AuthError::Type::Offline);
    open();
    QVERIFY(words<QLabel>(*m_window).contains(u"cannot be reached. Check the network"_s));
    m_window->setStandingNotice(u"Memory only."_s);
    m_window->tell(u"Token copied."_s);
    QVERIFY(words<QLabel>(*m_window).contains(u"Memory only."_s));
    QVERIFY(words<QLabel>(*m_window).contains(u"Token copied."_s));
}

void TestMainWindow::countsTheTimeWhileItIsSeen()
{
    m_desk->signedIn(u"prod"_s, 60s);
    open();
    QVERIFY(value("Access token").startsWith(u"60 s left"_s));
    m_desk->clock().advance(7s);
    QTRY_VERIFY(value("Access token").startsWith(u"53 s left"_s));
    m_window->hide();
    const auto timers = m_window->findChildren<QTimer *>();
    QVERIFY(std::ranges::none_of(timers, [](const QTimer *timer) { return timer->isActive(); }));
}

void TestMainWindow::letsAPersonChooseWhichProgramsMayHaveTokens()
{
    Session &prod = m_desk->signedIn(u"prod"_s);
    Session &lab = m_desk->signedIn(u"lab"_s);
    open();
    auto *programs = m_window->findChild<QComboBox *>();
    QCOMPARE(labelOf(programs), u"Programs"_s);
    QCOMPARE(programs->currentText(), u"Get tokens without asking"_s);
    programs->setFocus();
    press(*m_window, Qt::Key_Down);
    QCOMPARE(prod.account().policy, HandOutPolicy::Ask);
    QCOMPARE(programs->currentText(), u"Ask me"_s);
    press(*m_window, Qt::Key_End);
    QCOMPARE(prod.account().policy, HandOutPolicy::Never);
    QCOMPARE(programs->currentText(), u"Never"_s);
    m_window->choose(u"lab"_s);
    QCOMPARE(programs->currentText(), u"Get tokens without asking"_s);
    QCOMPARE(lab.account().policy, HandOutPolicy::Allow);
    lab.setPolicy(HandOutPolicy::Ask);
    QCOMPARE(programs->currentText(), u"Ask me"_s);
}

void TestMainWindow::scrollingPastChangesNoPolicy()
{
    const Session &session = m_desk->signedIn(u"prod"_s);
    open();
    auto *programs = m_window->findChild<QComboBox *>();
    programs->setFocus();
    QWheelEvent down({5, 5}, programs->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(programs, &down);
    QCOMPARE(session.account().policy, HandOutPolicy::Allow);
    QCOMPARE(programs->currentText(), u"Get tokens without asking"_s);
}

void TestMainWindow::opensTheLedger()
{
    const QSignalSpy wanted(m_window.get(), &MainWindow::ledgerRequested);
    const auto actions = m_window->menuBar()->actions().first()->menu()->actions();
    const auto found = std::ranges::find_if(actions,
        [](const QAction *a) { return a->text().remove(u'&') == u"Tokens handed out…"_s; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
    QCOMPARE(wanted.count(), 1);
}

void TestMainWindow::isWorkedByKeyboardAlone()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signedIn(u"lab"_s);
    const QSignalSpy asked(m_window.get(), &MainWindow::actionRequested);
    open();
    QVERIFY(find<QListView>(*m_window, "Sessions")->hasFocus());
    press(*m_window, Qt::Key_Up);
    for (int i = 0; i < 20 && m_window->focusWidget() != button("Copy token"); ++i)
        press(*m_window, Qt::Key_Tab);
    press(*m_window, Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"lab"_s);
    press(*m_window, Qt::Key_F5);
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked[1][1].value<Action>(), Action::RefreshNow);
}

void TestMainWindow::offersInTheListsMenuWhatTheStateAllows()
{
    m_desk->signIn(u"prod"_s);
    m_desk->client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    const QSignalSpy asked(m_window.get(), &MainWindow::actionRequested);
    open();
    auto *list = find<QListView>(*m_window, "Sessions");
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(list, &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList enabled;
    const auto actions = menu->actions();
    for (const QAction *action : actions) {
        if (action->isEnabled() && !action->isSeparator())
            enabled.append(action->text().remove(u'&'));
    }
    QCOMPARE(enabled, QStringList({u"Enter code…"_s, u"Sign out"_s, u"Rename…"_s, u"Remove…"_s}));
    QTest::keyClick(menu, Qt::Key_E);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
}

void TestMainWindow::closingHidesItWhereThereIsATray()
{
    const QSignalSpy hidden(m_window.get(), &MainWindow::hiddenToTray);
    open();
    closeByHand();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(hidden.count(), 1);
}

void TestMainWindow::closingMinimizesItWhereThereIsNone()
{
    m_hasTray = false;
    open();
    closeByHand();
    QVERIFY(m_window->isVisible());
    QVERIFY(m_window->isMinimized());
    QVERIFY(words<QLabel>(*m_window).contains(u"There is no tray"_s));
    QVERIFY(words<QLabel>(*m_window).contains(u"Ctrl+Q"_s));
}

void TestMainWindow::doesNotHoldUpTheEndOfTheDesktopSession()
{
    m_hasTray = false;
    open();
    QVERIFY(m_window->close());
}

void TestMainWindow::quitsByKeyboard()
{
    const QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
    open();
    press(*m_window, Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(quit.count(), 1);
}

void TestMainWindow::remembersItsPlace()
{
    open();
    const QSize size(701, 577); // fits into the screen, as it must
    m_window->resize(size);
    closeByHand();
    const MainWindow again(m_desk->sessions(), shippedKinds(), *m_settings, [] { return true; });
    QCOMPARE(again.size(), size);
}

//! It may be quit from the tray, or by a signal, and is not closed then.
void TestMainWindow::remembersItsPlaceAtTheEndOfTheProgram()
{
    open();
    const QSize size(703, 579);
    m_window->resize(size);
    QVERIFY(QMetaObject::invokeMethod(qApp, "aboutToQuit"));
    const MainWindow again(m_desk->sessions(), shippedKinds(), *m_settings, [] { return true; });
    QCOMPARE(again.size(), size);
}

void TestMainWindow::remembersWhatIsUnfolded()
{
    m_settings->remove(u"window/sections"_s);
    m_desk->signedIn(u"prod"_s);
    open();
    QVERIFY(!find<QLineEdit>(*m_window, "State"));
    click<QToolButton>(*m_window, "Details");
    QCOMPARE(value("State"), u"Signed in"_s);
    const MainWindow again(m_desk->sessions(), shippedKinds(), *m_settings, [] { return true; });
    QVERIFY(find<QLineEdit>(again, "State"));
    QVERIFY(!find<QPushButton>(again, "Check now"));
}

void TestMainWindow::helpsByItsKey()
{
    open();
    press(*m_window, Qt::Key_F1);
    press(*m_window, Qt::Key_F1);
    QCOMPARE(m_window->findChildren<HelpWindow *>().size(), 1);
    QPointer<HelpWindow> help = m_window->findChild<HelpWindow *>();
    QVERIFY(help->isVisible());
    QVERIFY(words<QLabel>(*help).contains(QKeySequence(Qt::Key_F5).toString()));
    press(*help, Qt::Key_Escape);
    QTRY_VERIFY(!help);
}

void TestMainWindow::aChangeAmongAThousandIsSoonSeen()
{
    {
        const QSignalBlocker quiet(&m_desk->sessions()); // or each would have all saved anew
        for (int i = 0; i < 1000; ++i)
            m_desk->signedIn(u"session-%1"_s.arg(i));
    }
    m_window = std::make_unique<MainWindow>(
        m_desk->sessions(), shippedKinds(), *m_settings, [] { return true; });
    open();
    QList<qint64> spans;
    for (int i = 0; i < 21; ++i) {
        const QString name = u"session-%1"_s.arg(500 + i);
        Session &session = m_desk->session(name);
        m_window->choose(name);
        session.refreshNow();
        QTest::qWait(0);
        QElapsedTimer timer;
        timer.start();
        m_desk->refuse(name, AuthError::Type::Offline); // goes to another group
        QCoreApplication::sendPostedEvents(); // by which the panel is laid out anew
        m_window->repaint();
        spans.append(timer.nsecsElapsed());
    }
    std::ranges::sort(spans);
    const double typical = static_cast<double>(spans[spans.size() / 2]) / 1e6;
    QVERIFY2(typical < mostToSee, qPrintable(u"%1 ms"_s.arg(typical)));
}

void TestMainWindow::fitsTheScreenAtFirst()
{
    const QSize room = m_window->screen()->availableSize();
    QVERIFY(room.width() < 960); // else nothing is tested here
    QCOMPARE(m_window->width(), room.width());
    QVERIFY(m_window->height() <= room.height());
}

void TestMainWindow::showsTheNextSessionWhenOneGoes()
{
    m_desk->signedIn(u"prod"_s);
    m_desk->signIn(u"lab"_s, u"admin"_s);
    open();
    m_desk->sessions().forget(u"prod"_s);
    QCOMPARE(value("User"), u"admin"_s);
    m_desk->sessions().forget(u"lab"_s);
    QVERIFY(!find<QListView>(*m_window, "Sessions"));
    m_desk->signedIn(u"new"_s);
    QCOMPARE(value("State"), u"Signed in"_s);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
