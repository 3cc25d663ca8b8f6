// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/sessionview.h"
#include "widgets/naturalorder.h"

#include <QMenu>

#include <map>
#include <memory>
#include <vector>

class QSettings;

namespace latchkey::ui {

//! The tray's menu: the sessions, or of many those that matter now, and what else a person may want
//! of Latchkey.
class TrayMenu final : public QMenu {
    Q_OBJECT
public:
    explicit TrayMenu(QSettings &settings, QWidget *parent = nullptr);

    //! To be called before the menu is shown, and when a session has changed.
    void setSessions(const std::vector<SessionView> &sessions);
    //! A person has done something with that session. The settings remember the last ones.
    void noteUse(const QString &session);
    //! It was used under another name.
    void noteRename(const QString &before, const QString &name);

Q_SIGNALS:
    void actionRequested(const QString &session, latchkey::ui::Action action);
    void signInRequested();
    void ledgerRequested();
    void settingsRequested();
    void openRequested();
    void quitRequested();

private:
    struct Entry {
        QString name;
        std::unique_ptr<QMenu> menu;
        std::map<Action, QAction *> actions = {};
    };
    void addFixedEntries();
    [[nodiscard]] std::vector<const SessionView *> chosen(
        const std::vector<SessionView> &sessions) const;
    void rebuild(const std::vector<const SessionView *> &shown);
    [[nodiscard]] Entry makeEntry(const QString &name);
    static void refresh(const Entry &entry, const SessionView &session);
    [[nodiscard]] static QString titleOf(const SessionView &session);

    QSettings &m_settings;
    NaturalOrder m_isNameBefore;
    std::vector<Entry> m_entries;
    QAction *m_all = nullptr;
    QAction *m_separator = nullptr;
};

} // namespace latchkey::ui
