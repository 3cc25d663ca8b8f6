// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/ledgerwindow.h"
#include "access/windowedconsent.h"
#include "sessions/copying/desktopclipboard.h"
#include "sessions/copying/tokenclipboard.h"
#include "settings/settingsdialog.h"
#include "shell/appearance.h"
#include "shell/mainwindow.h"
#include "shell/notices.h"
#include "shell/supportwindows.h"
#include "shell/trayicon.h"
#include "signin/kindfield.h"
#include "wire/http/applianceprobe.h"

#include <QPointer>

#include <memory>

class QSettings;

namespace latchkey {
class Settings;
} // namespace latchkey

namespace latchkey::ui {

class LoginWindow;

//! What the windows are given from outside.
struct CoordinatorParts {
    SessionModel &sessions;
    KindSource kinds;
    Ledger &ledger;
    Clock clock;
    //! What windows remember.
    QSettings &settings;
    //! What a person or the administrator has set.
    Settings &choices;
    AppearanceFollower &appearance;
    Autostart autostart;
    std::function<std::unique_ptr<TrayHost>()> makeTrayHost;
    std::function<std::unique_ptr<Notifications>()> makeNotifications;
    //! Called when a person does something: the keychain may ask once more to be unlocked.
    std::function<void()> allowUnlockPrompt;
    Consent &consent;
    bool isMemoryOnly = false;
    //! A sentence, where the list of accounts could not be read in full; else empty.
    QString listProblem = {};
    std::function<std::unique_ptr<ApplianceProbe>(const Account &)> makeProbe;
    //! Calls \a found once, not any more after \a context is gone, with the name of the keychain
    //! that holds the key to what is kept, or with an empty one where there is none.
    std::function<void(QObject *context, std::function<void(const QString &name)> found)>
        nameKeychain;
    MessageLog &log;
    DoctorFactory makeDoctor = {};
    ReportFactory makeReport = {};
};

//! Owns the windows and the tray icon and wires them to the sessions. Windows are made when they
//! are first wanted.
class Coordinator final : public QObject {
    Q_OBJECT
public:
    explicit Coordinator(CoordinatorParts parts, QObject *parent = nullptr);
    ~Coordinator() override;

    //! Brings our windows to the front, because a person asked for it.
    void raise();
    //! The same for a second start, which may want a sign-in to be opened.
    void raiseFor(const QString &server, const QString &user);
    //! Starts in the tray, or where none comes soon, with a minimized window.
    void startHidden();
    //! Opens the sign-in to an account that does not exist yet, filled in with what is known of it.
    void openSignIn(const QString &server = {}, const QString &user = {});
    //! For tests that have moved their clock.
    void look();

    [[nodiscard]] MainWindow *mainWindow();
    TrayIcon &tray();

Q_SIGNALS:
    void quitRequested();

private:
    void settle();
    //! Windows and desktop take over what is set.
    void applyChoices();
    void showStandingNotice();
    void openSignInOf(const QString &name);
    void openRename(const QString &name);
    void openLedger();
    void openSettings();
    void act(const QString &name, Action action);
    void check(const Account &account);
    void open(const QString &name);
    void tellOfCopy(const QString &name, const QString &sentence);
    void onCopyRefused(const QString &name, const QString &sentence);
    void onHiddenToTray();
    void onTrayChanged(bool isShown);
    [[nodiscard]] LoginWindow *makeSignIn();
    void place(LoginWindow *window);
    [[nodiscard]] LoginWindow *signInOf(const QString &name) const;

    CoordinatorParts m_parts;
    std::unique_ptr<TrayIcon> m_tray;
    Notices m_notices;
    DeadlineQueue m_deadlines;
    //! After a hidden start: how long a tray may take to come.
    Deadline m_trayAwaited;
    //! The minimized window is there only because there is no tray.
    bool m_isStandIn = false;
    DesktopClipboard m_desktopClipboard;
    TokenClipboard m_clipboard;
    SupportWindows m_support;
    std::unique_ptr<MainWindow> m_window;
    WindowedConsent m_consent;
    QPointer<LedgerWindow> m_ledgerWindow;
    QPointer<SettingsDialog> m_settingsDialog;
    QList<QPointer<LoginWindow>> m_signIns;
};

} // namespace latchkey::ui
