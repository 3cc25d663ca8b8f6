// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionpanel.h"

#include "access/policycombobox.h"
#include "sessions/eventview.h"
#include "sessions/validitytimeline.h"
#include "widgets/icons.h"
#include "widgets/noticelabel.h"
#include "widgets/valuefield.h"
#include "wire/oauth/kinds.h"

#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

SessionPanel::SessionPanel(const Kinds &kinds, QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_name(new ValueField(tr("Session")))
    , m_address(new ValueField(tr("Account")))
    , m_reason(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_kinds(kinds)
    , m_kind(new ValueField(tr("Kind")))
    , m_programs(new PolicyComboBox)
    , m_timeline(new ValidityTimeline)
{
    auto *layout = new QVBoxLayout(this);
    const int space = fontMetrics().height() / 2;
    layout->setContentsMargins({});
    layout->setSpacing(space);
    layout->addWidget(makeHeader());
    layout->addWidget(m_reason);
    layout->addWidget(makeButtons());
    layout->addSpacing(space);
    layout->addWidget(makeValues());
    layout->addWidget(m_timeline);
    layout->addSpacing(space);
    layout->addWidget(makeHistory(), 1);
    connect(&m_kinds, &Kinds::changed, this, &SessionPanel::showKind);
}

QWidget *SessionPanel::makeHeader()
{
    auto *header = new QWidget;
    QFont large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setFocusPolicy(Qt::ClickFocus);
    m_address->setFocusPolicy(Qt::ClickFocus);
    auto *layout = new QGridLayout(header);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(fontMetrics().height());
    layout->setVerticalSpacing(0);
    layout->addWidget(m_icon, 0, 0, 2, 1, Qt::AlignVCenter);
    layout->addWidget(m_name, 0, 1);
    layout->addWidget(m_address, 1, 1);
    layout->setColumnStretch(1, 1);
    return header;
}

QWidget *SessionPanel::makeButtons()
{
    m_copy = makeButton(tr("&Copy token"), u"copy"_s, Action::CopyToken);
    m_copyAs = new QPushButton(tr("Copy &as…"));
    m_refresh = makeButton(tr("&Refresh now"), u"refresh"_s, Action::RefreshNow);
    m_signIn = makeButton(tr("Sign &in"), u"sign-in"_s, Action::SignIn);
    m_signOut = makeButton(tr("Sign &out"), u"sign-out"_s, Action::SignOut);
    auto *buttons = new QWidget;
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    for (QPushButton *button : {m_copy, m_copyAs, m_refresh, m_signIn, m_signOut})
        layout->addWidget(button);
    layout->addStretch();
    return buttons;
}

QPushButton *SessionPanel::makeButton(const QString &text, const QString &icon, Action action)
{
    auto *button = new QPushButton(actionIcon(icon), text);
    button->setAutoDefault(true);
    connect(
        button, &QPushButton::clicked, this, [this, action] { Q_EMIT actionRequested(action); });
    return button;
}

QWidget *SessionPanel::makeValues()
{
    auto *values = new QWidget;
    auto *rows = new QGridLayout(values);
    rows->setContentsMargins({});
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setVerticalSpacing(fontMetrics().height() / 4);
    rows->setColumnStretch(1, 1);
    const auto addRow = [&](const QString &name, ValueField *field) {
        const int row = rows->rowCount();
        rows->addWidget(new QLabel(name), row, 0);
        rows->addWidget(field, row, 1);
    };
    const auto add = [&](const QString &name, QString (SessionView::*text)() const) {
        m_values.push_back({new ValueField(name), text});
        addRow(name, m_values.back().field);
    };
    add(tr("State"), &SessionView::state);
    add(tr("User"), &SessionView::user);
    add(tr("Role"), &SessionView::role);
    add(tr("User type"), &SessionView::userType);
    add(tr("Second factor"), &SessionView::secondFactor);
    add(tr("Access token"), &SessionView::accessToken);
    add(tr("Refresh token"), &SessionView::refreshToken);
    add(tr("Next refresh"), &SessionView::nextRefresh);
    add(tr("Appliance clock"), &SessionView::applianceClock);
    add(tr("Storage"), &SessionView::keeping);
    addRow(tr("Kind"), m_kind);
    auto *programs = new QLabel(tr("&Programs"));
    programs->setBuddy(m_programs);
    const int row = rows->rowCount();
    rows->addWidget(programs, row, 0);
    rows->addWidget(m_programs, row, 1, Qt::AlignLeading);
    connect(m_programs, &PolicyComboBox::policyChosen, this, &SessionPanel::policyChosen);
    return values;
}

QWidget *SessionPanel::makeHistory()
{
    m_history = new QListWidget;
    m_history->setAccessibleName(tr("What happened"));
    m_history->setWordWrap(true);
    m_history->setTextElideMode(Qt::ElideNone);
    m_history->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_history->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_history->setResizeMode(QListView::Adjust);
    m_history->setMinimumHeight(fontMetrics().height() * 4);
    auto *caption = new QLabel(tr("&What happened"));
    caption->setBuddy(m_history);
    auto *history = new QWidget;
    auto *layout = new QVBoxLayout(history);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(caption);
    layout->addWidget(m_history, 1);
    return history;
}

void SessionPanel::setCopyMenu(QMenu *menu)
{
    // QPushButton::setMenu() would wait in an event loop of its own until the menu is closed.
    connect(m_copyAs, &QPushButton::clicked, menu,
        [this, menu] { menu->popup(m_copyAs->mapToGlobal(m_copyAs->rect().bottomLeft())); });
}

void SessionPanel::setView(const SessionView &view)
{
    const bool isAnother = m_shownName != view.name();
    if (isAnother || m_shownMood != view.mood()) {
        m_icon->setPixmap(moodIcon(view.mood())
                .pixmap(QSize(1, 1) * (fontMetrics().height() * 2), devicePixelRatio()));
        m_shownMood = view.mood();
    }
    if (isAnother) {
        m_shownName = view.name();
        m_name->setValue(view.name());
        m_address->setValue(view.address());
    }
    m_reason->setText(view.reason());
    for (const Value &value : m_values)
        value.field->setValue((view.*value.text)());
    m_kindId = view.snapshot().account.kind;
    showKind();
    m_programs->setPolicy(view.snapshot().account.policy);
    m_timeline->setSnapshot(view.snapshot());

    const Actions actions = view.actions();
    m_copy->setEnabled(actions.testFlag(Action::CopyToken));
    m_refresh->setEnabled(actions.testFlag(Action::RefreshNow));
    m_signOut->setEnabled(actions.testFlag(Action::SignOut));
    showSignIn(actions);
    if (isAnother || m_shownHistory != view.snapshot().history)
        showHistory(view);
}

//! The id where its file is gone.
void SessionPanel::showKind()
{
    const auto kind = m_kinds.find(m_kindId);
    m_kind->setValue(kind ? kind->name : m_kindId);
}

//! One button for the three actions, of which a session offers one at most.
void SessionPanel::showSignIn(Actions actions)
{
    QString text = tr("Sign &in");
    if (actions.testFlag(Action::EnterCode))
        text = tr("&Enter code");
    else if (actions.testFlag(Action::DecideTrust))
        text = tr("&Look at certificate");
    if (m_signIn->text() != text)
        m_signIn->setText(text);
    m_signIn->setEnabled(
        actions & (Actions(Action::SignIn) | Action::EnterCode | Action::DecideTrust));
}

void SessionPanel::showHistory(const SessionView &view)
{
    m_shownHistory = view.snapshot().history;
    m_history->clear();
    const auto events = EventView::of(view.snapshot());
    for (const EventView &event : events) {
        auto *item = new QListWidgetItem(u"%1   %2"_s.arg(event.when, event.what), m_history);
        item->setToolTip(event.details);
        item->setData(Qt::AccessibleDescriptionRole, event.details);
    }
}

} // namespace latchkey::ui
