// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/coordinator.h"

#include "access/consentwindow.h"
#include "signin/loginwindow.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include "session/sessionmodel.h"

#include <QGuiApplication>
#include <QSettings>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto trayHintKey = "hints/tray"_L1;

DesktopClipboard::Proof proofOfCopies()
{
    return QGuiApplication::platformName().startsWith("wayland"_L1)
        ? DesktopClipboard::Proof::Echo
        : DesktopClipboard::Proof::Owner;
}

void bringToFront(QWidget *window)
{
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace

Coordinator::Coordinator(CoordinatorParts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_attention(m_parts.sessions)
    , m_desktopClipboard(*QGuiApplication::clipboard(), proofOfCopies())
    , m_clipboard(m_parts.sessions, m_parts.ledger, m_parts.clock, m_desktopClipboard,
          [this] { return SettingsDialog::clearsClipboard(m_parts.settings); })
{
    connect(&m_attention, &Attention::needed, this, &Coordinator::onNeeded);
    connect(&m_clipboard, &TokenClipboard::told, this, &Coordinator::onCopyTold);
    connect(&m_clipboard, &TokenClipboard::refused, this, &Coordinator::onCopyRefused);
    connect(&m_consent, &WindowedConsent::asked, this,
        [this](const QString &session, const QString &sentence) {
            tray().notify(session, tr("A program asks for your permission"), sentence);
        });
    m_parts.setConsentPrompt(&m_consent);
    m_parts.setLocksWithScreen(SettingsDialog::locksWithScreen(m_parts.settings));
}

Coordinator::~Coordinator()
{
    m_parts.setConsentPrompt(nullptr);
    for (const QPointer<LoginWindow> &window : std::as_const(m_signIns))
        delete window;
    delete m_ledgerWindow;
    delete m_settingsDialog;
}

TrayIcon &Coordinator::tray()
{
    if (m_tray)
        return *m_tray;
    m_tray = std::make_unique<TrayIcon>(m_parts.sessions, m_parts.hasTray);
    connect(m_tray.get(), &TrayIcon::openRequested, this, &Coordinator::raise);
    connect(m_tray.get(), &TrayIcon::settingsRequested, this, &Coordinator::openSettings);
    connect(m_tray.get(), &TrayIcon::quitRequested, this, &Coordinator::quitRequested);
    connect(m_tray.get(), &TrayIcon::actionRequested, this, &Coordinator::act);
    connect(m_tray.get(), &TrayIcon::shownChanged, this, &Coordinator::onTrayChanged);
    connect(m_tray.get(), &TrayIcon::sessionRequested, this, [this](const QString &name) {
        raise();
        m_window->choose(name);
    });
    return *m_tray;
}

MainWindow *Coordinator::mainWindow()
{
    if (m_window)
        return m_window.get();
    m_window = std::make_unique<MainWindow>(m_parts.sessions, m_parts.kinds.kinds, m_parts.settings,
        [this] { return tray().isShown(); });
    QStringList standing;
    if (m_parts.isMemoryOnly)
        standing.append(tr("Memory only: no token is saved, and all sessions end with Latchkey."));
    if (!m_parts.listProblem.isEmpty())
        standing.append(escaped(m_parts.listProblem));
    m_window->setStandingNotice(standing.join(u' '));
    connect(m_window.get(), &MainWindow::drawn, this, &Coordinator::settle);
    connect(m_window.get(), &MainWindow::addRequested, this, [this] { openSignIn(); });
    connect(m_window.get(), &MainWindow::actionRequested, this, &Coordinator::act);
    connect(m_window.get(), &MainWindow::ledgerRequested, this, &Coordinator::openLedger);
    connect(m_window.get(), &MainWindow::settingsRequested, this, &Coordinator::openSettings);
    connect(m_window.get(), &MainWindow::quitRequested, this, &Coordinator::quitRequested);
    connect(m_window.get(), &MainWindow::hiddenToTray, this, &Coordinator::onHiddenToTray);
    return m_window.get();
}

void Coordinator::raise()
{
    bringToFront(mainWindow());
    for (const QPointer<LoginWindow> &window : std::as_const(m_signIns)) {
        if (window && window->isVisible())
            bringToFront(window);
    }
    if (m_consent.window())
        m_consent.window()->raise(); // but not the focus, as a program may have asked for this
}

void Coordinator::startHidden()
{
    settle();
    if (!tray().isShown())
        mainWindow()->showMinimized();
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
    m_parts.allowUnlockPrompt();
    LoginWindow *window = signInOf({});
    if (!window) {
        window = new LoginWindow(m_parts.sessions, m_parts.kinds);
        place(window);
        window->prefill(server, user);
    }
    bringToFront(window);
}

void Coordinator::openSignInOf(const QString &name)
{
    LoginWindow *window = signInOf(name);
    if (!window) {
        window = new LoginWindow(m_parts.sessions, m_parts.kinds);
        place(window);
        window->openSession(name);
    }
    bringToFront(window);
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

void Coordinator::openLedger()
{
    if (!m_ledgerWindow) {
        m_ledgerWindow = new LedgerWindow(m_parts.ledger, m_parts.clock);
        m_ledgerWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(m_ledgerWindow);
}

void Coordinator::openSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog =
            new SettingsDialog(m_parts.settings, m_parts.autostart, m_parts.setLocksWithScreen);
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
        return session->signOut();
    }
}

void Coordinator::onNeeded(const QString &name, const QString &state, const QString &reason)
{
    tray().notify(name, tr("%1: %2", "session: state").arg(name, state), reason);
}

void Coordinator::onCopyTold(const QString &name, const QString &sentence)
{
    if (m_window && m_window->isActiveWindow())
        m_window->tell(sentence);
    else
        tray().notify(name, name, sentence);
}

//! The window may stay behind others, as the desktop decides.
void Coordinator::onCopyRefused(const QString &name, const QString &sentence)
{
    raise();
    m_window->choose(name);
    m_window->tell(sentence);
    onCopyTold(name, sentence);
}

//! Explained the first time only, as the settings remember.
void Coordinator::onHiddenToTray()
{
    if (m_parts.settings.value(trayHintKey).toBool())
        return;
    m_parts.settings.setValue(trayHintKey, true);
    tray().notify({}, tr("Latchkey goes on in the tray"),
        tr("Your sessions stay signed in. Click the icon to open the window again, or choose Quit "
           "in its menu."));
}

//! Without the tray nobody could get a hidden window back.
void Coordinator::onTrayChanged(bool isShown)
{
    if (!isShown && !mainWindow()->isVisible())
        mainWindow()->showMinimized();
}

} // namespace latchkey::ui
