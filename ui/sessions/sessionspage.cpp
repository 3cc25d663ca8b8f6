// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionspage.h"

#include "sessions/copying/copymenu.h"
#include "sessions/needbanner.h"
#include "sessions/sessionlist.h"
#include "sessions/sessionpanel.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"

#include "session/sessionmodel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

SessionsPage::SessionsPage(SessionModel &sessions, const Kinds &kinds, QWidget *parent)
    : QWidget(parent)
    , m_filter(new QLineEdit)
    , m_list(new SessionList(sessions))
    , m_nothing(new QLabel(tr("Nothing matches")))
    , m_panel(new SessionPanel(kinds))
    , m_splitter(new QSplitter)
{
    auto *main = new QWidget;
    auto *mainLayout = new QVBoxLayout(main);
    mainLayout->setContentsMargins(readingMargins(fontMetrics().height() / 2, 0, 0, 0));
    mainLayout->addWidget(m_panel);

    m_splitter->addWidget(makeSide());
    m_splitter->addWidget(main);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *banner = new NeedBanner(sessions, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(banner);
    layout->addWidget(m_splitter, 1);
    makeFilter();

    connect(banner, &NeedBanner::nextRequested, this, &SessionsPage::chooseNextInTrouble);
    connect(m_list, &SessionList::chosenChanged, this, &SessionsPage::onChosen);
    connect(m_list, &SessionList::menuRequested, this, &SessionsPage::menuRequested);
    connect(m_list, &SessionList::primaryRequested, this,
        [this] { request(SessionView(chosen()->snapshot()).primary()); });
    connect(&sessions, &QAbstractItemModel::rowsInserted, this, &SessionsPage::listChanged);
    connect(&sessions, &QAbstractItemModel::rowsRemoved, this, &SessionsPage::listChanged);
    connect(m_panel, &SessionPanel::actionRequested, this, &SessionsPage::request);
    connect(m_panel, &SessionPanel::openSectionsChanged, this, &SessionsPage::openSectionsChanged);
    auto *copyMenu = new CopyMenu(this);
    m_panel->setCopyMenu(copyMenu);
    connect(copyMenu, &CopyMenu::actionRequested, m_panel, &SessionPanel::actionRequested);
    connect(m_panel, &SessionPanel::policyChosen, this, [this](HandOutPolicy::Value policy) {
        if (Session *session = chosen())
            session->setPolicy(policy);
    });
}

QWidget *SessionsPage::makeSide()
{
    auto *add = new QPushButton(buttonIcon(u"add"_s), tr("&Add"));
    add->setToolTip(tr("Sign in to another appliance"));
    add->setAutoDefault(true);
    connect(add, &QPushButton::clicked, this, &SessionsPage::addRequested);

    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    const int lost = isRightToLeft() ? 1 : 0; // a splitter of Qt 6.4 is off by a pixel then
    layout->setContentsMargins(readingMargins(lost, 0, fontMetrics().height() / 2, 0));
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(add, 0, Qt::AlignLeading);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    side->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    return side;
}

//! Reached by Ctrl+F and `/`, left by Esc, which empties it, and downwards.
void SessionsPage::makeFilter()
{
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(
        tr("By name, user, server or state (%1)", "what the filter looks at; its keys")
            .arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, m_list, &SessionList::setFilter);
    const auto goToFilter = [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    };
    new QShortcut(QKeySequence::Find, this, goToFilter);
    new QShortcut(Qt::Key_Slash, this, goToFilter);
    new QShortcut(Qt::Key_Escape, m_filter, m_filter, &QLineEdit::clear, Qt::WidgetShortcut);
    new QShortcut(Qt::Key_Down, m_filter, this, &SessionsPage::focusList, Qt::WidgetShortcut);
    connect(m_filter, &QLineEdit::returnPressed, this, &SessionsPage::focusList);
}

void SessionsPage::request(Action action)
{
    if (const Session *session = chosen())
        Q_EMIT actionRequested(session->account().name, action);
}

void SessionsPage::chooseNextInTrouble()
{
    m_filter->clear();
    m_list->chooseNextInTrouble();
    focusList();
}

void SessionsPage::onChosen()
{
    m_list->setVisible(!m_list->isEmpty());
    m_nothing->setVisible(m_list->isEmpty());
    m_panel->setVisible(chosen());
    look();
}

//! No focus proxy, as the Tab key would leap from the last control to it, over all before it.
void SessionsPage::focusList()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

Session *SessionsPage::chosen() const
{
    return m_list->chosen();
}

void SessionsPage::choose(const QString &name)
{
    m_list->choose(name);
    if (const Session *session = chosen(); session && session->account().name == name)
        return;
    m_filter->clear();
    m_list->choose(name);
}

void SessionsPage::look()
{
    if (const Session *session = chosen())
        m_panel->setView(SessionView(session->snapshot()));
    m_list->viewport()->update();
}

void SessionsPage::showReport(const QString &name, const ApplianceReport &report)
{
    if (chosen() && chosen()->account().name == name)
        m_panel->setReport(report);
}

QStringList SessionsPage::openSections() const
{
    return m_panel->openSections();
}

void SessionsPage::setOpenSections(const QStringList &open)
{
    m_panel->setOpenSections(open);
}

QByteArray SessionsPage::division() const
{
    return m_splitter->saveState();
}

void SessionsPage::setDivision(const QByteArray &division)
{
    if (m_splitter->restoreState(division))
        return;
    const int side = fontMetrics().averageCharWidth() * 50;
    m_splitter->setSizes({side, std::max(side, width() - side)});
}

} // namespace latchkey::ui
