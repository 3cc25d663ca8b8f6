// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/trayicon.h"

#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include "platform/notifications.h"
#include "session/sessionmodel.h"

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds refreshPause = 100ms;
constexpr Milliseconds noticeStays = 10s;
//! At least 3:1 on light and on dark: nobody tells which of them a panel is, and our windows may be
//! otherwise.
constexpr QColor symbolColor(0x80, 0x80, 0x80);

QString toolTipFor(const std::vector<SessionView> &sessions)
{
    QList<Mood::Value> moods;
    for (const SessionView &session : sessions)
        moods.append(session.mood());
    QStringList parts;
    for (const Sentence &count : countsOf(moods))
        parts.append(count.translated);
    return parts.isEmpty() ? TrayIcon::tr("Latchkey")
                           : TrayIcon::tr("Latchkey") + u'\n' + listed(parts);
}

} // namespace

TrayIcon::TrayIcon(
    SessionModel &sessions, std::unique_ptr<TrayHost> host, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_host(std::move(host))
    , m_menu(settings)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshPause);
    const auto refreshSoon = [this] {
        if (!m_refresh.isActive())
            m_refresh.start();
    };
    connect(&m_refresh, &QTimer::timeout, this, &TrayIcon::refresh);
    connect(&m_menu, &QMenu::aboutToShow, this, &TrayIcon::refresh);
    connect(&m_menu, &TrayMenu::openRequested, this, &TrayIcon::openRequested);
    connect(&m_sessions, &SessionModel::sessionChanged, this, refreshSoon);
    connect(&m_sessions, &QAbstractItemModel::rowsInserted, this, refreshSoon);
    connect(&m_sessions, &QAbstractItemModel::rowsRemoved, this, refreshSoon);
    connect(&m_sessions, &SessionModel::sessionRenamed, &m_menu, &TrayMenu::noteRename);
    connect(&m_sessions, &SessionModel::sessionRenamed, this, refreshSoon);
    connect(m_host.get(), &TrayHost::changed, this, &TrayIcon::onHostChanged);
    refresh();
    onHostChanged(m_host->isThere());
}

void TrayIcon::onHostChanged(bool isThere)
{
    if (isThere == isShown())
        return;
    if (isThere)
        makeIcon();
    else
        m_icon.reset();
    Q_EMIT shownChanged(isThere);
}

void TrayIcon::makeIcon()
{
    m_icon = std::make_unique<QSystemTrayIcon>(picture(), this);
    m_icon->setToolTip(m_toolTip);
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, &TrayIcon::onActivated);
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayIcon::onMessageClicked);
    m_icon->show();
}

QIcon TrayIcon::picture() const
{
    return trayIcon(m_mood, m_isSymbol ? symbolColor : QColor());
}

void TrayIcon::setSymbol(bool isSymbol)
{
    m_isSymbol = isSymbol;
    if (m_icon)
        m_icon->setIcon(picture());
}

void TrayIcon::tell(const QString &session, const Notice &notice)
{
    if (!m_icon)
        return;
    m_told = session;
    m_toldEnd.setRemainingTime(noticeStays);
    m_icon->showMessage(
        notice.title, notice.text, applicationIcon(), static_cast<int>(noticeStays.count()));
}

void TrayIcon::refresh()
{
    std::vector<SessionView> sessions;
    Mood::Value mood = Mood::SignedOut;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        sessions.emplace_back(m_sessions.at(row)->snapshot());
        mood = std::max(mood, sessions.back().mood());
    }
    m_menu.setSessions(sessions);
    const QString toolTip = toolTipFor(sessions);
    const bool isOther = std::exchange(m_mood, mood) != mood;
    if (m_icon && isOther)
        m_icon->setIcon(picture());
    if (m_icon && toolTip != m_toolTip)
        m_icon->setToolTip(toolTip);
    m_toolTip = toolTip;
}

void TrayIcon::onActivated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT openRequested();
}

//! Under some desktops, Qt takes a click on any program's notice for one on ours.
void TrayIcon::onMessageClicked()
{
    if (!m_toldEnd.hasExpired())
        Q_EMIT sessionRequested(m_told);
}

} // namespace latchkey::ui
