// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/trayicon.h"

#include "widgets/icons.h"

#include "session/sessionmodel.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr std::chrono::seconds lookForTray = 5s;
constexpr std::chrono::seconds lookWhetherItIsStillThere = 60s;

//! Doubles each ampersand: one in a name must not become a mnemonic.
QString menuText(QString text)
{
    return text.replace(u'&', "&&"_L1);
}

} // namespace

TrayIcon::TrayIcon(SessionModel &sessions, IsAvailable isAvailable, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_isAvailable(std::move(isAvailable))
{
    makeFixedEntries();
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(trayIcon(m_mood));
    rebuild();
    connect(&m_menu, &QMenu::aboutToShow, this, qOverload<>(&TrayIcon::refresh));
    connect(&m_sessions, &SessionModel::sessionChanged, this, qOverload<>(&TrayIcon::refresh));
    connect(&m_sessions, &QAbstractItemModel::rowsInserted, this, &TrayIcon::rebuild);
    connect(&m_sessions, &QAbstractItemModel::rowsRemoved, this, &TrayIcon::rebuild);
    connect(&m_sessions, &SessionModel::sessionRenamed, this, &TrayIcon::rebuild);
    connect(&m_icon, &QSystemTrayIcon::activated, this, &TrayIcon::onActivated);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this,
        [this] { Q_EMIT sessionRequested(m_notified); });
    connect(&m_watch, &QTimer::timeout, this, &TrayIcon::look);
    look();
}

void TrayIcon::makeFixedEntries()
{
    m_separator = m_menu.addSeparator();
    m_menu.addAction(actionIcon(u"open"_s), tr("Open"), this, &TrayIcon::openRequested);
    m_menu.addAction(actionIcon(u"settings"_s), tr("Settings"), this, &TrayIcon::settingsRequested);
    m_menu.addAction(actionIcon(u"quit"_s), tr("Quit"), this, &TrayIcon::quitRequested);
}

void TrayIcon::notify(const QString &name, const QString &title, const QString &text)
{
    if (!isShown())
        return;
    m_notified = name;
    // Some desktops take the text for mark-up, and the names of programs in it may hold some.
    m_icon.showMessage(title, QString(text).replace(u'<', u'‹'), applicationIcon());
}

void TrayIcon::look()
{
    const bool isAvailable = m_isAvailable();
    m_watch.start(isAvailable ? lookWhetherItIsStillThere : lookForTray);
    if (isAvailable == m_icon.isVisible())
        return;
    m_icon.setVisible(isAvailable);
    Q_EMIT shownChanged(isAvailable);
}

void TrayIcon::rebuild()
{
    m_entries.clear();
    for (int row = 0; row < m_sessions.rowCount(); ++row)
        m_entries.push_back(makeEntry(m_sessions.at(row)->account().name));
    m_separator->setVisible(!m_entries.empty());
    refresh();
}

TrayIcon::Entry TrayIcon::makeEntry(const QString &name)
{
    Entry entry;
    entry.name = name;
    entry.menu = std::make_unique<QMenu>();
    const auto add = [&](const QString &text, const QString &icon, Action action) {
        return entry.menu->addAction(actionIcon(icon), text, this,
            [this, name, action] { Q_EMIT actionRequested(name, action); });
    };
    entry.copy = add(tr("Copy token"), u"copy"_s, Action::CopyToken);
    entry.refresh = add(tr("Refresh now"), u"refresh"_s, Action::RefreshNow);
    entry.signIn = add(tr("Sign in"), u"sign-in"_s, Action::SignIn);
    entry.signOut = add(tr("Sign out"), u"sign-out"_s, Action::SignOut);
    m_menu.insertMenu(m_separator, entry.menu.get());
    return entry;
}

void TrayIcon::refresh()
{
    Mood::Value mood = Mood::SignedOut;
    QStringList lines{tr("Latchkey")};
    for (Entry &entry : m_entries) {
        const Session *session = m_sessions.find(entry.name);
        if (!session)
            continue;
        const SessionView view(session->snapshot());
        refresh(entry, view);
        mood = std::max(mood, view.mood());
        lines.append(tr("%1: %2", "session: state").arg(view.name(), view.state()));
    }
    if (mood != m_mood)
        m_icon.setIcon(trayIcon(mood));
    m_mood = mood;
    constexpr qsizetype most = 8; // a tool tip with more lines may not fit on a screen
    if (lines.size() > most)
        lines = lines.first(most) << u"…"_s;
    if (const QString toolTip = lines.join(u'\n'); toolTip != m_icon.toolTip())
        m_icon.setToolTip(toolTip);
}

void TrayIcon::refresh(Entry &entry, const SessionView &view)
{
    const Actions actions = view.actions();
    QString text = tr("%1: %2", "session: state").arg(view.name(), view.state());
    if (view.snapshot().hasGoodAccess())
        text = tr("%1, %2", "session: state, time left").arg(text, view.timeLeft());
    entry.menu->setTitle(menuText(text));
    entry.menu->setIcon(moodIcon(view.mood()));
    entry.copy->setEnabled(actions.testFlag(Action::CopyToken));
    entry.refresh->setEnabled(actions.testFlag(Action::RefreshNow));
    entry.signIn->setVisible(
        actions & (Actions(Action::SignIn) | Action::EnterCode | Action::DecideTrust));
    entry.signOut->setVisible(actions.testFlag(Action::SignOut));
}

void TrayIcon::onActivated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT openRequested();
}

} // namespace latchkey::ui
