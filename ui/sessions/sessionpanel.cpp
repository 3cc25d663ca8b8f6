// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionpanel.h"

#include "sessions/actiontext.h"
#include "sessions/connectionsection.h"
#include "sessions/historyview.h"
#include "sessions/troublebanner.h"
#include "sessions/validitytimeline.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/fields/policycombobox.h"
#include "widgets/fields/valuefield.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/icons.h"
#include "widgets/menubutton.h"
#include "widgets/plaintext.h"
#include "widgets/section.h"
#include "widgets/splitbutton.h"

#include "wire/oauth/kinds.h"

#include <QApplication>
#include <QFormLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

QList<QLabel *> labelsOf(const QFormLayout &rows)
{
    QList<QLabel *> labels;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const QLayoutItem *item = rows.itemAt(row, QFormLayout::LabelRole);
        if (auto *label = item ? qobject_cast<QLabel *>(item->widget()) : nullptr)
            labels.append(label);
    }
    return labels;
}

} // namespace

SessionPanel::SessionPanel(const Kinds &kinds, QWidget *parent)
    : QWidget(parent)
    , m_kinds(kinds)
    , m_icon(new QLabel)
    , m_name(new PlainLabel(PlainLabel::Use::Copied))
    , m_headline(new PlainLabel(PlainLabel::Use::Copied))
    , m_who(new PlainLabel(PlainLabel::Use::Copied))
    , m_answer(new QPushButton)
    , m_copy(
          new SplitButton(buttonIcon(pictureOf(Action::CopyToken)), buttonText(Action::CopyToken),
              tr("Copy in another form"), tr("As a command, a header or a file")))
    , m_refresh(new QPushButton(
          buttonIcon(pictureOf(Action::RefreshNow)), buttonText(Action::RefreshNow)))
    , m_scrolled(new QScrollArea)
    , m_trouble(new TroubleBanner)
    , m_timeline(new ValidityTimeline)
    , m_history(new HistoryView)
    , m_programs(new PolicyComboBox)
    , m_noToken(new QLabel(tr("There is no token to give now.")))
    , m_connection(new ConnectionSection)
    , m_kind(new ValueField(tr("Kind")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() * 3 / 4);
    layout->addWidget(makeHeader());
    layout->addWidget(makeButtons());
    layout->addWidget(makeScrolled(), 1);
    connect(m_trouble, &TroubleBanner::retryRequested, this,
        [this] { Q_EMIT actionRequested(Action::RefreshNow); });
    connect(m_programs, &PolicyComboBox::policyChosen, this, &SessionPanel::policyChosen);
    connect(m_connection, &ConnectionSection::checkRequested, this,
        [this] { Q_EMIT actionRequested(Action::CheckNow); });
    connect(&m_kinds, &Kinds::changed, this, &SessionPanel::showKind);
    setOpenSections({u"access"_s});
}

QWidget *SessionPanel::makeHeader()
{
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    bold.setPointSizeF(bold.pointSizeF() * 1.5);
    m_name->setFont(bold);
    for (PlainLabel *label : {m_name, m_headline, m_who})
        label->setAlignment(readingSide());
    auto *header = new QWidget;
    auto *layout = new QGridLayout(header);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(fontMetrics().height() * 3 / 4);
    layout->setVerticalSpacing(fontMetrics().height() / 8);
    layout->addWidget(m_icon, 0, 0, 3, 1, Qt::AlignVCenter);
    layout->addWidget(m_name, 0, 1);
    layout->addWidget(m_headline, 1, 1);
    layout->addWidget(m_who, 2, 1);
    layout->setColumnStretch(1, 1);
    return header;
}

QWidget *SessionPanel::makeButtons()
{
    for (QPushButton *button : {m_answer, m_refresh})
        button->setAutoDefault(true);
    connect(m_answer, &QPushButton::clicked, this, [this] { Q_EMIT actionRequested(m_answered); });
    connect(m_copy->button(), &QPushButton::clicked, this,
        [this] { Q_EMIT actionRequested(Action::CopyToken); });
    connect(m_refresh, &QPushButton::clicked, this,
        [this] { Q_EMIT actionRequested(Action::RefreshNow); });
    auto *more = new MenuButton(tr("&More"));
    more->setPopup(makeMoreMenu());

    auto *buttons = new QWidget;
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    for (QWidget *button : std::initializer_list<QWidget *>{m_answer, m_copy, m_refresh, more})
        layout->addWidget(button);
    layout->addStretch();
    return buttons;
}

QMenu *SessionPanel::makeMoreMenu()
{
    auto *menu = new QMenu(this);
    const auto add = [&](Action action) {
        return menu->addAction(actionIcon(pictureOf(action)), menuText(action), this,
            [this, action] { Q_EMIT actionRequested(action); });
    };
    add(Action::Rename);
    m_signOut = add(Action::SignOut);
    add(Action::Examine);
    menu->addSeparator();
    add(Action::Remove);
    return menu;
}

//! Keys lead into what is out of sight, so that it comes into sight.
QWidget *SessionPanel::makeScrolled()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(readingMargins(0, 0, fontMetrics().height() / 2, 0));
    layout->setSpacing(fontMetrics().height() * 3 / 4);
    layout->addWidget(m_trouble);
    layout->addWidget(m_timeline);
    layout->addWidget(makeHistory());
    QWidget *access = makeAccess();
    QWidget *details = makeDetails();
    alignLabels({access, m_connection, details});
    layout->addWidget(makeSection(u"access"_s, tr("Access by programs"), access));
    layout->addWidget(makeSection(u"connection"_s, tr("Connection"), m_connection));
    layout->addWidget(makeSection(u"details"_s, tr("Details"), details));
    layout->addStretch();
    m_scrolled->setWidget(content);
    m_scrolled->setWidgetResizable(true);
    m_scrolled->setFrameShape(QFrame::NoFrame);
    m_scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scrolled->setFocusPolicy(Qt::NoFocus);
    connect(qApp, &QApplication::focusChanged, m_scrolled, [this](QWidget *, QWidget *now) {
        if (now && m_scrolled->widget()->isAncestorOf(now))
            m_scrolled->ensureWidgetVisible(now, 0, 0);
    });
    return m_scrolled;
}

QWidget *SessionPanel::makeHistory()
{
    auto *caption = new QLabel(tr("&What happened"));
    caption->setBuddy(m_history);
    QFont bold = caption->font();
    bold.setBold(true);
    caption->setFont(bold);
    auto *history = new QWidget;
    auto *layout = new QVBoxLayout(history);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(caption);
    layout->addWidget(m_history);
    history->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return history;
}

QWidget *SessionPanel::makeAccess()
{
    auto *access = new QWidget;
    auto *rows = new QFormLayout(access);
    rows->setContentsMargins({});
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_programs->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    rows->addRow(tr("&Programs"), m_programs);
    m_noToken->setWordWrap(true);
    rows->addRow(QString(), m_noToken);
    return access;
}

QWidget *SessionPanel::makeDetails()
{
    auto *details = new QWidget;
    auto *rows = new QFormLayout(details);
    rows->setContentsMargins({});
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setVerticalSpacing(fontMetrics().height() / 8);
    auto *group = new ValueGroup(details);
    const auto add = [&](const QString &name, QString (SessionView::*text)() const) {
        m_values.push_back({new ValueField(name), text});
        group->add(m_values.back().field);
        rows->addRow(name, m_values.back().field);
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
    group->add(m_kind);
    rows->addRow(m_kind->accessibleName(), m_kind);
    return details;
}

Section *SessionPanel::makeSection(const QString &id, const QString &title, QWidget *content)
{
    auto *section = new Section(title, content);
    section->setObjectName(id);
    m_sections.append(section);
    connect(section, &Section::toggled, this, &SessionPanel::openSectionsChanged);
    return section;
}

//! All forms of the panel on one grid.
void SessionPanel::alignLabels(const QList<QWidget *> &forms)
{
    QList<QLabel *> labels;
    for (const QWidget *form : forms) {
        for (const auto *rows : form->findChildren<QFormLayout *>())
            labels.append(labelsOf(*rows));
    }
    int widest = 0;
    for (const QLabel *label : std::as_const(labels))
        widest = std::max(widest, label->sizeHint().width());
    for (QLabel *label : std::as_const(labels)) {
        label->setMinimumWidth(widest);
        label->setAlignment(readingSide()); // also that of "TLS", which is written from the left
    }
}

QStringList SessionPanel::openSections() const
{
    QStringList open;
    for (const Section *section : m_sections) {
        if (section->isOpen())
            open.append(section->objectName());
    }
    return open;
}

void SessionPanel::setOpenSections(const QStringList &open)
{
    for (Section *section : std::as_const(m_sections))
        section->setOpen(open.contains(section->objectName()));
}

void SessionPanel::setView(const SessionView &view)
{
    const SessionSnapshot &snapshot = view.snapshot();
    const bool isAnother = m_shownName != view.name();
    m_shownName = view.name();
    showHeader(view);
    showButtons(view);
    m_trouble->setView(view);
    m_timeline->setSnapshot(snapshot);
    if (isAnother)
        m_history->clear();
    if (isAnother || m_shownHistory != snapshot.history) {
        m_shownHistory = snapshot.history;
        m_history->setEvents(EventView::of(snapshot));
        m_history->parentWidget()->setVisible(!snapshot.history.isEmpty());
    }
    m_programs->setPolicy(snapshot.account.policy);
    m_noToken->setVisible(
        snapshot.account.policy != HandOutPolicy::Never && !snapshot.hasGoodAccess());
    m_connection->setView(view);
    for (const Value &value : m_values)
        value.field->setValue((view.*value.text)());
    m_kindId = snapshot.account.kind;
    showKind();
    if (isAnother)
        m_scrolled->ensureVisible(0, 0);
}

void SessionPanel::showHeader(const SessionView &view)
{
    if (m_icon->pixmap().isNull() || m_shownMood != view.mood()) {
        m_icon->setPixmap(moodIcon(view.mood())
                .pixmap(QSize(1, 1) * (fontMetrics().height() * 5 / 2), devicePixelRatio()));
        m_shownMood = view.mood();
    }
    m_name->setPlainText(view.name());
    m_headline->setPlainText(view.state());
    QStringList who;
    if (const auto &identity = view.snapshot().identity; identity && !identity->role.isEmpty())
        who.append(identity->role);
    who.append(view.address());
    m_who->setPlainText(fromReadingSide(who.join(fromReadingSide(u" · "_s))));
}

void SessionPanel::showButtons(const SessionView &view)
{
    const Actions actions = view.actions();
    const Action primary = view.primary();
    const bool canRefresh = actions.testFlag(Action::RefreshNow);
    showAnswer(actions, primary);
    m_copy->setVisible(primary == Action::CopyToken || view.snapshot().hasGoodAccess());
    m_copy->button()->setEnabled(actions.testFlag(Action::CopyToken));
    m_copy->button()->setDefault(primary == Action::CopyToken);
    m_refresh->setVisible(!TroubleBanner::offersRetry(view)
        && (canRefresh || view.snapshot().phase == Phase::Refreshing));
    m_refresh->setEnabled(canRefresh);
    m_refresh->setDefault(primary == Action::RefreshNow);
    m_signOut->setEnabled(actions.testFlag(Action::SignOut));
}

//! Where Latchkey renews by itself, nobody need sign in, although one may: the menu bar offers it.
void SessionPanel::showAnswer(Actions actions, Action primary)
{
    const bool isWanted = primary != Action::CopyToken && primary != Action::RefreshNow;
    const bool isOnlyWay =
        actions.testFlag(Action::SignIn) && !actions.testFlag(Action::RefreshNow);
    m_answered = isWanted ? primary : Action::SignIn;
    if (const QString text = buttonText(m_answered); text != m_answer->text()) {
        m_answer->setText(text);
        m_answer->setIcon(buttonIcon(pictureOf(m_answered)));
    }
    m_answer->setVisible(isWanted || isOnlyWay);
    m_answer->setDefault(isWanted);
}

//! The id where its file is gone.
void SessionPanel::showKind()
{
    const auto kind = m_kinds.find(m_kindId);
    m_kind->setValue(kind ? kind->name : m_kindId);
}

void SessionPanel::setReport(const ApplianceReport &report)
{
    m_connection->setReport(report);
}

void SessionPanel::setCopyMenu(QMenu *menu)
{
    m_copy->setPopup(menu);
}

} // namespace latchkey::ui
