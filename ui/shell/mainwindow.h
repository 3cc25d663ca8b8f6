// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>

class QMenu;
class QSettings;
class QStackedWidget;

namespace latchkey {
class Kinds;
class Session;
struct ApplianceReport;
class SessionModel;
} // namespace latchkey

namespace latchkey::ui {

class HelpWindow;
class NoticeLabel;
class SessionsPage;

//! The list of sessions and the panel of the chosen one. Looks at the time only while it can be
//! seen. Closing hides it where there is a tray from which to open it again; elsewhere it
//! minimizes.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    using HasTray = std::function<bool()>;

    MainWindow(SessionModel &sessions, const Kinds &kinds, QSettings &settings, HasTray hasTray,
        QWidget *parent = nullptr);

    void choose(const QString &name);
    //! Shows one sentence at the bottom for a while, such as what became of a copy.
    void tell(const QString &sentence);
    //! What CheckNow has found about a session.
    void showReport(const QString &name, const ApplianceReport &report);
    //! Shows a sentence at the top for good, such as that nothing is kept.
    void setStandingNotice(const QString &sentence);

Q_SIGNALS:
    //! Emitted once, when a person can see the window for the first time.
    void drawn();
    void addRequested();
    void actionRequested(const QString &name, latchkey::ui::Action action);
    void ledgerRequested();
    void settingsRequested();
    void doctorRequested();
    void reportRequested();
    void aboutRequested();
    void quitRequested();
    //! A person closed it, and it went into the tray.
    void hiddenToTray();

protected:
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    [[nodiscard]] QWidget *makeEmptyPage();
    void makeSessionsPage();
    [[nodiscard]] latchkey::Session *chosen() const;
    void makeProgramMenu();
    void makeSessionMenu();
    [[nodiscard]] static Action wantedOf(Actions actions);
    void openHelp();
    void saveDivision();
    void onSessionChanged(latchkey::Session *session);
    void onListChanged();
    void look();
    void runOrPause();

    SessionModel &m_sessions;
    const Kinds &m_kinds;
    QSettings &m_settings;
    HasTray m_hasTray;
    //! Also the context menu of the list.
    QMenu *m_sessionMenu = nullptr;
    NoticeLabel *m_standing;
    NoticeLabel *m_notice;
    QStackedWidget *m_pages;
    //! Null until there is a session.
    SessionsPage *m_page = nullptr;
    QPointer<HelpWindow> m_help;
    bool m_isDrawn = false;
    QTimer m_seconds;
    QTimer m_noticeEnd;
};

} // namespace latchkey::ui
