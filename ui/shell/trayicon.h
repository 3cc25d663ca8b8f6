// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "shell/traymenu.h"

#include "platform/trayhost.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace latchkey {
class SessionModel;
struct Notice;
} // namespace latchkey

namespace latchkey::ui {

//! The icon in the tray and its menu. It is there for as long as the desktop has a tray.
class TrayIcon final : public QObject {
    Q_OBJECT
public:
    TrayIcon(SessionModel &sessions, std::unique_ptr<TrayHost> host, QSettings &settings,
        QObject *parent = nullptr);

    [[nodiscard]] bool isShown() const { return m_icon != nullptr; }
    [[nodiscard]] TrayMenu *menu() { return &m_menu; }
    [[nodiscard]] QString toolTip() const { return m_toolTip; }
    [[nodiscard]] Mood::Value mood() const { return m_mood; }

    //! In one colour, which can be seen on any panel.
    void setSymbol(bool isSymbol);

    //! Shows a notice beside the icon, for desktops without a service for notices. Nothing without
    //! a tray. \a session is the one that it is about, or empty.
    void tell(const QString &session, const Notice &notice);

Q_SIGNALS:
    void openRequested();
    //! What tell() showed about that session was clicked.
    void sessionRequested(const QString &session);
    //! The tray came or went.
    void shownChanged(bool isShown);

private:
    void onHostChanged(bool isThere);
    void makeIcon();
    [[nodiscard]] QIcon picture() const;
    void refresh();
    void onActivated(QSystemTrayIcon::ActivationReason reason);
    void onMessageClicked();

    SessionModel &m_sessions;
    std::unique_ptr<TrayHost> m_host;
    TrayMenu m_menu;
    //! Made anew for each tray, as Qt decides only then for one of the two kinds of tray.
    std::unique_ptr<QSystemTrayIcon> m_icon;
    //! Many sessions change at about the same time.
    QTimer m_refresh;
    QString m_toolTip;
    Mood::Value m_mood = Mood::SignedOut;
    bool m_isSymbol = false;
    QString m_told;
    QDeadlineTimer m_toldEnd;
};

} // namespace latchkey::ui
