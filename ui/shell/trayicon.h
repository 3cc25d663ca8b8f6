// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace latchkey {
class SessionModel;
}

namespace latchkey::ui {

//! The icon in the tray and its menu. Waits for a tray that comes late, as it does at the start
//! of a desktop session, and notices when it goes.
class TrayIcon final : public QObject {
    Q_OBJECT
public:
    using IsAvailable = std::function<bool()>;

    TrayIcon(SessionModel &sessions, IsAvailable isAvailable, QObject *parent = nullptr);

    [[nodiscard]] bool isShown() const { return m_icon.isVisible(); }
    [[nodiscard]] QMenu *menu() { return &m_menu; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }
    [[nodiscard]] Mood::Value mood() const { return m_mood; }

    //! Has the desktop show a notification, which takes no focus; nothing without a tray. \a name
    //! is the session's that it is about, or empty.
    void notify(const QString &name, const QString &title, const QString &text);
    //! Asks now whether there is a tray, and not only when its time comes.
    void look();

Q_SIGNALS:
    void openRequested();
    //! The notification about that session was clicked; empty where it was about none.
    void sessionRequested(const QString &name);
    void actionRequested(const QString &name, latchkey::ui::Action action);
    void settingsRequested();
    void quitRequested();
    //! The tray came or went.
    void shownChanged(bool isShown);

private:
    struct Entry {
        QString name;
        std::unique_ptr<QMenu> menu;
        QAction *copy = nullptr;
        QAction *refresh = nullptr;
        QAction *signIn = nullptr;
        QAction *signOut = nullptr;
    };
    void makeFixedEntries();
    void rebuild();
    [[nodiscard]] Entry makeEntry(const QString &name);
    void refresh();
    void refresh(Entry &entry, const SessionView &view);
    void onActivated(QSystemTrayIcon::ActivationReason reason);

    SessionModel &m_sessions;
    IsAvailable m_isAvailable;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QTimer m_watch;
    std::vector<Entry> m_entries;
    QAction *m_separator = nullptr;
    Mood::Value m_mood = Mood::SignedOut;
    QString m_notified;
};

} // namespace latchkey::ui
