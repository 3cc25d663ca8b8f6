// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/programspage.h"

#include "access/oneclick.h"
#include "access/programview.h"
#include "widgets/localtime.h"
#include "widgets/plaintext.h"

#include "platform/interpreter.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey::ui {

namespace {

//! The program's file, and the session; empty where it is blocked. Of a row's first cell.
constexpr int programRole = Qt::UserRole;
constexpr int sessionRole = Qt::UserRole + 1;

QString keyOf(const QTreeWidgetItem *row)
{
    return row ? row->data(0, programRole).toString() + u'\n' + row->data(0, sessionRole).toString()
               : QString();
}

} // namespace

ProgramsPage::ProgramsPage(Consent &consent, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_consent(consent)
    , m_clock(std::move(clock))
    , m_list(new QTreeWidget)
    , m_pages(new QStackedWidget)
    , m_end(new QPushButton)
{
    auto *text =
        new QLabel(tr("What you decided about programs. In sessions that ask, those allowed "
                      "here get tokens without a question. Sessions set to “Get tokens without "
                      "asking” give theirs to every "
                      "program that is not blocked here."));
    text->setWordWrap(true);
    makeList();
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(m_list);
    m_end->setAutoDefault(false);
    new OneClick(m_end);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(text);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_end, 0, Qt::AlignTrailing);

    connect(m_list, &QTreeWidget::currentItemChanged, this, &ProgramsPage::onChosen);
    connect(m_end, &QPushButton::clicked, this, &ProgramsPage::end);
    connect(&consent, &Consent::changed, this, &ProgramsPage::fillIn);
    fillIn();
}

void ProgramsPage::makeList()
{
    m_list->setAccessibleName(tr("Programs"));
    m_list->setHeaderLabels({tr("Program"), tr("Session"), tr("Access")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int letter = fontMetrics().averageCharWidth();
    m_list->header()->setMinimumSectionSize(letter * 8);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Program, QHeaderView::Stretch);
    m_list->setMinimumSize(letter * 68, fontMetrics().height() * 8);
}

QWidget *ProgramsPage::makeEmptyPage()
{
    auto *text = new QLabel(tr("No program is allowed for longer than once, and none is blocked."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    return text;
}

//! What was chosen stays so. If it is gone, nothing is: the button must not come to mean another
//! program under a person's mouse.
void ProgramsPage::fillIn()
{
    const bool wasEmpty = m_list->topLevelItemCount() == 0;
    const QString chosen = keyOf(m_list->currentItem());
    m_list->clear();
    const auto entries = m_consent.allowed();
    for (const RememberedConsents::Entry &entry : entries) {
        const ProgramIdentity &identity = entry.identity;
        add(identity.asker(), identity.parent.isEmpty() ? QString() : identity.executable,
            entry.session, wordsFor(entry));
    }
    for (const QString &program : m_consent.blocked())
        add(program, {}, {}, tr("Blocked"));
    const int count = m_list->topLevelItemCount();
    if (wasEmpty)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    for (int at = 0; at < count; ++at) {
        if (keyOf(m_list->topLevelItem(at)) == chosen)
            m_list->setCurrentItem(m_list->topLevelItem(at));
    }
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
    m_end->setVisible(count > 0);
    onChosen();
}

void ProgramsPage::add(
    const QString &program, const QString &through, const QString &session, const QString &access)
{
    const QString shown = session.isEmpty() ? tr("All") : escaped(session);
    auto *row = new QTreeWidgetItem(m_list, {nameOf(program, through), shown, access});
    row->setSizeHint(Program, QSize(0, fontMetrics().height() * 3 / 2));
    row->setData(0, programRole, program);
    row->setData(0, sessionRole, session);
    row->setToolTip(Program, plainToolTip(escaped(program)));
    row->setData(Program, Qt::AccessibleDescriptionRole, escaped(program));
}

QString ProgramsPage::nameOf(const QString &program, const QString &through) const
{
    const QString file = ProgramView::nameOf(program);
    const QString name = isInterpreter(program) ? tr("%1 and all its scripts").arg(file) : file;
    if (through.isEmpty())
        return name;
    return ProgramView::nameOf(through) == QStringLiteral("latchkeyctl")
        ? tr("%1, through latchkeyctl").arg(name)
        : tr("%1, through the gateway").arg(name);
}

QString ProgramsPage::wordsFor(const RememberedConsents::Entry &entry) const
{
    if (entry.end)
        return tr("Until %1").arg(shortTimeOf(entry.end->wall, m_clock().wall));
    return entry.decision == Decision::Always ? tr("Always") : tr("Until the screen locks");
}

void ProgramsPage::onChosen()
{
    const QTreeWidgetItem *row = m_list->currentItem();
    const bool isBlocked = row && row->data(0, sessionRole).toString().isEmpty();
    m_end->setText(isBlocked ? tr("&Unblock") : tr("&Revoke"));
    m_end->setEnabled(row);
}

//! What is in its place then is next.
void ProgramsPage::end()
{
    QTreeWidgetItem *row = m_list->currentItem();
    if (!row)
        return;
    const int place = m_list->indexOfTopLevelItem(row);
    const QString program = row->data(0, programRole).toString();
    const QString session = row->data(0, sessionRole).toString();
    if (session.isEmpty())
        m_consent.unblock(program);
    else
        m_consent.revoke(program, session);
    if (!m_list->currentItem())
        m_list->setCurrentItem(
            m_list->topLevelItem(std::min(place, m_list->topLevelItemCount() - 1)));
}

} // namespace latchkey::ui
