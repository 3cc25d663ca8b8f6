// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionspage.h"

#include "sessions/sessionlist.h"
#include "sessions/sessionpanel.h"
#include "widgets/icons.h"

#include "session/sessionmodel.h"

#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

SessionsPage::SessionsPage(SessionModel &sessions, const Kinds &kinds, QWidget *parent)
    : QWidget(parent)
    , m_list(new SessionList(sessions))
    , m_panel(new SessionPanel(kinds))
    , m_splitter(new QSplitter)
{
    auto *main = new QWidget;
    auto *mainLayout = new QVBoxLayout(main);
    mainLayout->setContentsMargins(fontMetrics().height() / 2, 0, 0, 0);
    mainLayout->addWidget(m_panel);

    m_splitter->addWidget(makeSide());
    m_splitter->addWidget(main);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);

    connect(m_list, &SessionList::chosenChanged, this, &SessionsPage::look);
    connect(m_list->model(), &QAbstractItemModel::rowsInserted, this, &SessionsPage::listChanged);
    connect(m_list->model(), &QAbstractItemModel::rowsRemoved, this, &SessionsPage::listChanged);
    connect(m_panel, &SessionPanel::actionRequested, this, [this](Action action) {
        if (const Session *session = chosen())
            Q_EMIT actionRequested(session->account().name, action);
    });
    connect(m_panel, &SessionPanel::policyChosen, this, [this](HandOutPolicy::Value policy) {
        if (Session *session = chosen())
            session->setPolicy(policy);
    });
}

QWidget *SessionsPage::makeSide()
{
    auto *add = new QPushButton(actionIcon(u"add"_s), tr("&Add"));
    add->setToolTip(tr("Sign in to another appliance"));
    add->setAutoDefault(true);
    connect(add, &QPushButton::clicked, this, &SessionsPage::addRequested);

    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, fontMetrics().height() / 2, 0);
    layout->addWidget(m_list, 1);
    layout->addWidget(add);
    side->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    return side;
}

Session *SessionsPage::chosen() const
{
    return m_list->chosen();
}

void SessionsPage::choose(const QString &name)
{
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

QByteArray SessionsPage::division() const
{
    return m_splitter->saveState();
}

void SessionsPage::setDivision(const QByteArray &division)
{
    if (m_splitter->restoreState(division))
        return;
    const int side = fontMetrics().averageCharWidth() * 36;
    m_splitter->setSizes({side, std::max(side, width() - side)});
}

} // namespace latchkey::ui
