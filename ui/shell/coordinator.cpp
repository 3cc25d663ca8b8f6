// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/coordinator.h"

#include "access/consentwindow.h"
#include "access/programspage.h"
#include "sessions/renamedialog.h"
#include "sessions/sessionquestions.h"
#include "shell/language.h"
#include "signin/loginwindow.h"
#include "widgets/bringtofront.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/typingguard.h"

#include "config/settings.h"
#include "session/sessionmodel.h"
#include "session/words/sentences.h"

#include <QApplication>
#include <QSettings>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr qsizetype mostSignIns = 8; // any program may ask for one
constexpr auto trayHintKey = "hints/tray"_L1;
//! At the start of a desktop session, programs start in any order.
constexpr Milliseconds trayMayTake = 3s;

DesktopClipboard::Proof proofOfCopies()
{
    return QGuiApplication::platformName().startsWith("wayland"_L1)
        ? DesktopClipboard::Proof::Echo
        : DesktopClipboard::Proof::Owner;
}

} // namespace

Coordinator::Coordinator(CoordinatorParts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_notices(m_parts.sessions, m_parts.clock, m_parts.settings, m_parts.makeNotifications())
    , m_deadlines(m_parts.clock)
    , m_trayAwaited(m_deadlines)
    , m_desktopClipboard(*QGuiApplication::clipboard(), proofOfCopies())
    , m_clipboard(
          m_parts.sessions, m_parts.ledger, m_parts.clock, m_desktopClipboard,
          [this] {
              return std::chrono::seconds(m_parts.choices.value(&SettingValues::clipboardSeconds));
          },
          m_parts.makeProbe)
    , m_support({m_parts.sessions, m_parts.clock, m_parts.settings, m_parts.log, m_parts.makeDoctor,
          m_parts.makeReport})
    , m_consent(m_parts.sessions)
{
    connect(&m_notices, &Notices::opened, this, &Coordinator::open);
    connect(&m_notices, &Notices::actionRequested, this, &Coordinator::act);
    connect(&m_notices, &Notices::unseen, this,
        [this](const QString &name, const Notice &notice) { tray().tell(name, notice); });
    connect(&m_clipboard, &TokenClipboard::told, this, &Coordinator::tellOfCopy);
    connect(&m_clipboard, &TokenClipboard::refused, this, &Coordinator::onCopyRefused);
    connect(&m_consent, &WindowedConsent::asked, &m_notices, &Notices::tellOfQuestion);
    connect(&m_consent, &WindowedConsent::over, &m_notices, &Notices::closeQuestion);
    connect(&m_support, &SupportWindows::actionRequested, this, &Coordinator::act);
    connect(&m_support, &SupportWindows::sessionRequested, this, &Coordinator::open);
    connect(&m_trayAwaited, &Deadline::reached, this, [this] { onTrayChanged(tray().isShown()); });
    // It would sign in under the name that is no more.
    connect(&m_parts.sessions, &SessionModel::sessionRenamed, this, [this](const QString &before) {
        if (LoginWindow *window = signInOf(before))
            window->close();
    });
    m_parts.consent.setPrompt(&m_consent);
    connect(&m_parts.choices, &Settings::changed, this, &Coordinator::applyChoices);
    applyChoices();
}

Coordinator::~Coordinator()
{
    m_parts.consent.setPrompt(nullptr);
    for (const QPointer<LoginWindow> &window : std::as_const(m_signIns))
        delete window;
    delete m_ledgerWindow;
    delete m_settingsDialog;
}

void Coordinator::applyChoices()
{
    const Settings &choices = m_parts.choices;
    m_parts.appearance.applyAppearance(choices.value(&SettingValues::appearance));
    if (m_tray)
        m_tray->setSymbol(choices.value(&SettingValues::trayIcon) == TrayLook::Symbol);
    if (m_window)
        showStandingNotice();
    const bool starts = choices.value(&SettingValues::autostart);
    if (choices.isFixed(&SettingValues::autostart) && m_parts.autostart.isEnabled() != starts)
        m_parts.autostart.setEnabled(starts);
}

void Coordinator::showStandingNotice()
{
    QStringList standing;
    if (m_parts.isMemoryOnly)
        standing.append(tr("Memory only: no token is saved, and all sessions end with Latchkey."));
    if (!m_parts.listProblem.isEmpty())
        standing.append(escaped(m_parts.listProblem));
    if (const auto trouble = m_parts.choices.administration().trouble())
        standing.append(escaped(trouble->translated));
    m_window->setStandingNotice(standing.join(u' '));
}

TrayIcon &Coordinator::tray()
{
    if (m_tray)
        return *m_tray;
    m_tray = std::make_unique<TrayIcon>(m_parts.sessions, m_parts.makeTrayHost(), m_parts.settings);
    m_tray->setSymbol(m_parts.choices.value(&SettingValues::trayIcon) == TrayLook::Symbol);
    connect(m_tray.get(), &TrayIcon::openRequested, this, &Coordinator::raise);
    connect(m_tray.get(), &TrayIcon::sessionRequested, this, &Coordinator::open);
    connect(m_tray.get(), &TrayIcon::shownChanged, this, &Coordinator::onTrayChanged);
    const TrayMenu *menu = m_tray->menu();
    connect(menu, &TrayMenu::actionRequested, this, &Coordinator::act);
    connect(menu, &TrayMenu::signInRequested, this, [this] { openSignIn(); });
    connect(menu, &TrayMenu::ledgerRequested, this, &Coordinator::openLedger);
    connect(menu, &TrayMenu::settingsRequested, this, &Coordinator::openSettings);
    connect(menu, &TrayMenu::quitRequested, this, &Coordinator::quitRequested);
    return *m_tray;
}

MainWindow *Coordinator::mainWindow()
{
    if (m_window)
        return m_window.get();
    m_window = std::make_unique<MainWindow>(m_parts.sessions, m_parts.kinds.kinds, m_parts.settings,
        [this] { return tray().isShown(); });
    showStandingNotice();
    connect(m_window.get(), &MainWindow::drawn, this, &Coordinator::settle);
    connect(m_window.get(), &MainWindow::addRequested, this, [this] { openSignIn(); });
    connect(m_window.get(), &MainWindow::actionRequested, this, &Coordinator::act);
    connect(m_window.get(), &MainWindow::ledgerRequested, this, &Coordinator::openLedger);
    connect(m_window.get(), &MainWindow::settingsRequested, this, &Coordinator::openSettings);
    connect(m_window.get(), &MainWindow::doctorRequested, this, [this] { m_support.openDoctor(); });
    connect(m_window.get(), &MainWindow::reportRequested, &m_support, &SupportWindows::openReport);
    connect(m_window.get(), &MainWindow::aboutRequested, &m_support, &SupportWindows::openAbout);
    connect(m_window.get(), &MainWindow::quitRequested, this, &Coordinator::quitRequested);
    connect(m_window.get(), &MainWindow::hiddenToTray, this, &Coordinator::onHiddenToTray);
    return m_window.get();
}

void Coordinator::raise()
{
    m_isStandIn = false;
    m_trayAwaited.set({});
    bringToFront(mainWindow());
    for (const QPointer<LoginWindow> &window : std::as_const(m_signIns)) {
        if (window && window->isVisible())
            bringToFront(window);
    }
    if (m_consent.window())
        m_consent.window()->raise(); // but not the focus, as a program may have asked for this
}

//! A program asks for this, and a person may be typing elsewhere.
void Coordinator::raiseFor(const QString &server, const QString &user)
{
    const QWidget *before = QApplication::activeWindow();
    raise();
    if (!server.isEmpty() || !user.isEmpty())
        openSignIn(server, user);
    QList<QWidget *> raised{m_window.get()};
    for (const QPointer<LoginWindow> &window : std::as_const(m_signIns))
        raised.append(window);
    for (QWidget *window : std::as_const(raised)) {
        if (window && window->isVisible() && window != before)
            new TypingGuard(window);
    }
}

void Coordinator::startHidden()
{
    settle();
    if (!tray().isShown())
        m_trayAwaited.set(m_deadlines.now() + trayMayTake);
}

//! Brings the window to the front and chooses that session, if it is named.
void Coordinator::open(const QString &name)
{
    raise();
    if (!name.isEmpty())
        m_window->choose(name);
}

//! Does what is put off until the first window is there, as it would hold that up: finding the tray
//! and drawing icons at every size.
void Coordinator::settle()
{
    QGuiApplication::setWindowIcon(applicationIcon());
    tray();
}

void Coordinator::openSignIn(const QString &server, const QString &user)
{
    const bool isFilledIn = !server.isEmpty() || !user.isEmpty();
    if (!isFilledIn) // and otherwise once a person signs in, as a program may have filled it in
        m_parts.allowUnlockPrompt();
    const bool hasRoom = m_signIns.size() < mostSignIns;
    // What a person has typed into one that is open must not go to another appliance.
    LoginWindow *window = isFilledIn && hasRoom ? nullptr : signInOf({});
    if (!window) {
        window = makeSignIn();
        window->prefill(server, user);
    }
    bringToFront(window);
}

void Coordinator::openSignInOf(const QString &name)
{
    LoginWindow *window = signInOf(name);
    if (!window) {
        window = makeSignIn();
        window->openSession(name);
    }
    bringToFront(window);
}

LoginWindow *Coordinator::makeSignIn()
{
    auto *window = new LoginWindow(m_parts.sessions, m_parts.kinds);
    place(window);
    connect(window, &LoginWindow::submitted, this, [this] { m_parts.allowUnlockPrompt(); });
    if (m_parts.nameKeychain) {
        m_parts.nameKeychain(window, [window](const QString &name) { window->setKeychain(name); });
    }
    if (m_parts.sessions.accounts().isEmpty())
        window->setFirstSteps({m_parts.autostart, tray().isShown(),
            m_parts.choices.isFixed(&SettingValues::autostart)});
    return window;
}

//! Above the main window, if that can be seen, so that window managers keep the two together.
void Coordinator::place(LoginWindow *window)
{
    if (m_window && m_window->isVisible() && !m_window->isMinimized())
        window->setParent(m_window.get(), window->windowFlags());
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_signIns.removeIf([](const QPointer<LoginWindow> &gone) { return gone.isNull(); });
    m_signIns.append(window);
}

LoginWindow *Coordinator::signInOf(const QString &name) const
{
    const auto found = std::ranges::find_if(m_signIns, [&](const QPointer<LoginWindow> &window) {
        return window && window->isVisible() && window->sessionName() == name;
    });
    return found == m_signIns.end() ? nullptr : found->data();
}

void Coordinator::openRename(const QString &name)
{
    auto *dialog = new RenameDialog(m_parts.sessions, name, mainWindow());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Coordinator::openLedger()
{
    if (!m_ledgerWindow) {
        m_ledgerWindow =
            new LedgerWindow(m_parts.ledger, m_parts.consent, m_parts.clock, m_parts.settings);
        m_ledgerWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_ledgerWindow);
}

void Coordinator::openSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog =
            new SettingsDialog(m_parts.choices, m_parts.autostart, Language::known());
        m_settingsDialog->addPage(
            new ProgramsPage(m_parts.consent, m_parts.clock), tr("Progra&ms"));
        m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_settingsDialog);
}

void Coordinator::act(const QString &name, Action action)
{
    Session *session = m_parts.sessions.find(name);
    if (!session)
        return;
    m_parts.allowUnlockPrompt();
    tray().menu()->noteUse(name);
    switch (action) {
    case Action::SignIn:
    case Action::EnterCode:
    case Action::DecideTrust:
        return openSignInOf(name);
    case Action::CopyToken:
    case Action::CopyCommand:
    case Action::CopyHeader:
    case Action::CopyCurl:
    case Action::CopyPowerShell:
    case Action::CopyHttpFile:
        return m_clipboard.copy(name, action);
    case Action::RefreshNow:
        return session->refreshNow();
    case Action::SignOut:
        return askToSignOut(m_parts.sessions, name, mainWindow());
    case Action::Remove:
        return askToRemove(m_parts.sessions, name, mainWindow());
    case Action::CheckNow:
        return check(session->account());
    case Action::Rename:
        return openRename(name);
    case Action::Examine:
        return m_support.openDoctor(name);
    }
}

void Coordinator::check(const Account &account)
{
    constexpr Milliseconds patience = 10s;
    ApplianceProbe *probe = m_parts.makeProbe(account).release();
    probe->setParent(this);
    connect(probe, &ApplianceProbe::probed, this,
        [this, probe, name = account.name](const ApplianceReport &report) {
            probe->deleteLater();
            mainWindow()->showReport(name, report);
        });
    probe->probe(m_parts.clock() + patience);
}

void Coordinator::tellOfCopy(const QString &name, const QString &sentence)
{
    if (m_window && m_window->isActiveWindow())
        m_window->tell(sentence);
    else
        m_notices.tellOfCopy(name, sentence);
}

//! The window may stay behind others, as the desktop decides.
void Coordinator::onCopyRefused(const QString &name, const QString &sentence)
{
    raise();
    m_window->choose(name);
    m_window->tell(sentence);
    tellOfCopy(name, sentence);
}

//! Explained the first time only, as the settings remember.
void Coordinator::onHiddenToTray()
{
    if (m_parts.settings.value(trayHintKey).toBool())
        return;
    m_parts.settings.setValue(trayHintKey, true);
    m_notices.tellOfTray();
}

//! Without the tray nobody could get a hidden window back.
void Coordinator::onTrayChanged(bool isShown)
{
    if (!isShown && !m_trayAwaited.at() && !mainWindow()->isVisible()) {
        m_isStandIn = true;
        mainWindow()->showMinimized();
    }
    if (!isShown)
        return;
    m_trayAwaited.set({});
    if (std::exchange(m_isStandIn, false) && mainWindow()->isMinimized())
        mainWindow()->hide();
}

void Coordinator::look()
{
    m_notices.look();
    m_deadlines.look();
}

} // namespace latchkey::ui
