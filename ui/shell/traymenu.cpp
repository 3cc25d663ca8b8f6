// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/traymenu.h"

#include "sessions/actiontext.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include <QSettings>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto usedKey = "tray/used"_L1;
constexpr std::ptrdiff_t mostShown = 8;
constexpr std::ptrdiff_t mostUsed = 5;

//! What it needs, or else the way out.
Action lastActionOf(const SessionView &session)
{
    if (const auto needed = neededFor(session))
        return *needed;
    return session.actions().testFlag(Action::SignOut) ? Action::SignOut : Action::SignIn;
}

bool needsPerson(const SessionView *session)
{
    return groupOf(session->mood()) == Mood::InNeed;
}

} // namespace

TrayMenu::TrayMenu(QSettings &settings, QWidget *parent)
    : QMenu(parent)
    , m_settings(settings)
{
    addFixedEntries();
}

void TrayMenu::addFixedEntries()
{
    m_all = addAction(QString(), this, &TrayMenu::openRequested);
    m_separator = addSeparator();
    addAction(actionIcon(u"add"_s), tr("Sign in to another appliance…"), this,
        &TrayMenu::signInRequested);
    addAction(actionIcon(u"ledger"_s), tr("Tokens handed out…"), this, &TrayMenu::ledgerRequested);
    addAction(actionIcon(u"settings"_s), tr("Settings…"), this, &TrayMenu::settingsRequested);
    addAction(actionIcon(u"open"_s), tr("Open"), this, &TrayMenu::openRequested);
    addAction(actionIcon(u"quit"_s), tr("Quit"), this, &TrayMenu::quitRequested);
}

void TrayMenu::setSessions(const std::vector<SessionView> &sessions)
{
    const auto shown = chosen(sessions);
    const auto hasName = [](const Entry &entry, const SessionView *session) {
        return entry.name == session->name();
    };
    if (!std::ranges::equal(m_entries, shown, hasName))
        rebuild(shown);
    for (std::size_t i = 0; i < shown.size(); ++i)
        refresh(m_entries[i], *shown[i]);
    m_all->setText(tr("All sessions (%1)…").arg(sessions.size()));
    m_all->setVisible(shown.size() < sessions.size());
    m_separator->setVisible(!sessions.empty());
}

//! All, or of many those that need a person and those that were used last; these make room for
//! others while there are fewer.
std::vector<const SessionView *> TrayMenu::chosen(const std::vector<SessionView> &sessions) const
{
    std::vector<const SessionView *> all;
    for (const SessionView &session : sessions)
        all.push_back(&session);
    std::ranges::sort(all, [this](const SessionView *one, const SessionView *other) {
        const auto ofOne = groupOf(one->mood());
        const auto ofOther = groupOf(other->mood());
        return ofOne != ofOther ? ofOne < ofOther : m_isNameBefore(one->name(), other->name());
    });
    if (std::ssize(all) <= mostShown)
        return all;
    const auto others = std::ranges::find_if_not(all, needsPerson);
    const QStringList used = m_settings.value(usedKey).toStringList();
    std::ranges::stable_partition(
        others, all.end(), [&](const SessionView *s) { return used.contains(s->name()); });
    const auto needy = std::min(others - all.begin(), mostShown);
    const auto rest = std::min(all.end() - others, mostUsed);
    std::vector<const SessionView *> shown(all.begin(), all.begin() + needy);
    shown.insert(shown.end(), others, others + rest);
    return shown;
}

void TrayMenu::rebuild(const std::vector<const SessionView *> &shown)
{
    m_entries.clear();
    for (const SessionView *session : shown)
        m_entries.push_back(makeEntry(session->name()));
}

TrayMenu::Entry TrayMenu::makeEntry(const QString &name)
{
    Entry entry{name, std::make_unique<QMenu>()};
    for (const Action action : {Action::CopyToken, Action::RefreshNow, Action::SignIn,
             Action::EnterCode, Action::DecideTrust, Action::SignOut}) {
        entry.actions[action] = entry.menu->addAction(actionIcon(pictureOf(action)), textOf(action),
            this, [this, name, action] { Q_EMIT actionRequested(name, action); });
    }
    insertMenu(m_all, entry.menu.get());
    return entry;
}

void TrayMenu::refresh(const Entry &entry, const SessionView &session)
{
    entry.menu->setTitle(titleOf(session));
    entry.menu->setIcon(moodIcon(session.mood()));
    const Action last = lastActionOf(session);
    for (const auto &[action, item] : entry.actions) {
        if (action == Action::CopyToken || action == Action::RefreshNow)
            item->setEnabled(session.actions().testFlag(action));
        else
            item->setVisible(action == last);
    }
}

//! Short enough for a menu. Ampersands are doubled: one in a name must not become a mnemonic.
QString TrayMenu::titleOf(const SessionView &session)
{
    constexpr qsizetype longestName = 28;
    const QString name = shortened(session.name(), longestName);
    const bool isShort = session.mood() == Mood::CannotRenew; // which says until when, too
    const QString state = isShort ? tr("Cannot renew") : session.state();
    const QString text = session.snapshot().hasGoodAccess()
        ? tr("%1: %2, %3", "session: state, time left").arg(name, state, session.timeLeft())
        : tr("%1: %2", "session: state").arg(name, state);
    return QString(text).replace(u'&', "&&"_L1);
}

void TrayMenu::noteUse(const QString &session)
{
    QStringList used = m_settings.value(usedKey).toStringList();
    used.removeAll(session);
    used.prepend(session);
    m_settings.setValue(usedKey, used.first(std::min<qsizetype>(used.size(), mostUsed)));
}

void TrayMenu::noteRename(const QString &before, const QString &name)
{
    QStringList used = m_settings.value(usedKey).toStringList();
    const qsizetype place = used.indexOf(before);
    if (place < 0)
        return;
    used[place] = name;
    m_settings.setValue(usedKey, used);
}

} // namespace latchkey::ui
