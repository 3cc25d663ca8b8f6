// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "doctor/doctorwindow.h"

#include "doctor/findingdelegate.h"
#include "doctor/findingitem.h"
#include "sessions/actiontext.h"
#include "widgets/heading.h"
#include "widgets/icons.h"
#include "widgets/keptplace.h"
#include "widgets/naturalorder.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include "session/sessionmodel.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds patience = 20s;

int countOf(const QList<Finding> &findings, Finding::State state)
{
    return static_cast<int>(std::ranges::count(findings, state, &Finding::state));
}

//! Their numbers: those about sessions by name, behind the others.
QList<int> inOrder(const QList<Finding> &findings)
{
    QList<int> numbers(findings.size());
    std::iota(numbers.begin(), numbers.end(), 0);
    const NaturalOrder isBefore;
    std::ranges::stable_sort(numbers, [&](int one, int other) {
        return isBefore(findings[one].session, findings[other].session);
    });
    return numbers;
}

} // namespace

DoctorWindow::DoctorWindow(SessionModel &sessions, DoctorFactory makeDoctor, Clock clock,
    QSettings &settings, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_sessions(sessions)
    , m_makeDoctor(std::move(makeDoctor))
    , m_clock(std::move(clock))
    , m_heading(new Heading)
    , m_progress(new QProgressBar)
    , m_list(new QListWidget)
    , m_act(new QPushButton)
    , m_show(new QPushButton(buttonIcon(u"open"_s), tr("Sho&w session")))
    , m_again(new QPushButton)
{
    setWindowTitle(tr("Doctor"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height() / 2);
    makeList();
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2);
    layout->addWidget(m_heading);
    layout->addWidget(m_progress);
    layout->addWidget(m_list, 1);
    layout->addWidget(makeButtons());
    new WholeWindow(this);
    new KeptPlace(this, settings, u"doctor/geometry"_s,
        {fontMetrics().averageCharWidth() * 88, fontMetrics().height() * 28});
    connect(&m_sessions, &SessionModel::sessionChanged, this, &DoctorWindow::showRemedy);
    connect(&m_sessions, &SessionModel::sessionRenamed, this,
        [this](const QString &before, const QString &name) {
            if (before == m_session)
                examine(name);
        });
    connect(&m_sessions, &SessionModel::sessionForgotten, this, [this](const QString &name) {
        if (name == m_session)
            examine({});
    });
}

void DoctorWindow::makeList()
{
    m_list->setAccessibleName(tr("Findings"));
    m_list->setItemDelegate(new FindingDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setIconSize(QSize(1, 1) * (fontMetrics().height() * 3 / 2));
    connect(m_list, &QListWidget::currentItemChanged, this, &DoctorWindow::showRemedy);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &DoctorWindow::act);
}

QWidget *DoctorWindow::makeButtons()
{
    // In this order, or the Tab key would leave one of them out.
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_act, QDialogButtonBox::ActionRole);
    buttons->addButton(m_show, QDialogButtonBox::ActionRole);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    QPushButton *copying = buttons->addButton(tr("C&opy findings"), QDialogButtonBox::ActionRole);
    copying->setIcon(buttonIcon(u"copy"_s));
    buttons->addButton(QDialogButtonBox::Close);
    const QList<QAbstractButton *> all = buttons->buttons();
    for (QAbstractButton *button : all)
        qobject_cast<QPushButton *>(button)->setAutoDefault(false); // Enter is for the list
    connect(m_act, &QPushButton::clicked, this, &DoctorWindow::act);
    connect(m_show, &QPushButton::clicked, this,
        [this] { Q_EMIT sessionRequested(chosenSession()->account().name); });
    connect(
        m_again, &QPushButton::clicked, this, [this] { m_doctor ? stop() : examine(m_session); });
    connect(copying, &QPushButton::clicked, this, &DoctorWindow::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void DoctorWindow::examine(const QString &session)
{
    m_session = session;
    setWindowTitle(session.isEmpty() ? tr("Doctor") : tr("Doctor – %1").arg(session));
    m_isStopped = false;
    m_doctor = m_makeDoctor(session);
    m_findings = m_doctor->findings();
    m_list->clear();
    const QList<int> numbers = inOrder(m_findings);
    for (int place = 0; place < numbers.size(); ++place)
        new FindingItem(numbers[place], place, m_list);
    connect(m_doctor.get(), &Doctor::progressed, this, &DoctorWindow::onProgressed);
    connect(m_doctor.get(), &Doctor::examined, this, &DoctorWindow::onExamined);
    m_doctor->examine(m_clock() + patience);
    showFindings();
    m_again->setFocus(); // which stops it now
}

void DoctorWindow::stop()
{
    m_isStopped = true;
    m_doctor.reset();
    showFindings();
    chooseTheWorst();
}

void DoctorWindow::onProgressed()
{
    m_findings = m_doctor->findings();
    showFindings();
}

void DoctorWindow::onExamined()
{
    m_doctor.release()->deleteLater();
    showFindings();
    chooseTheWorst();
}

//! Only now, as rows move up while it looks; and not where a person has chosen another.
void DoctorWindow::chooseTheWorst()
{
    if (!m_list->currentItem())
        m_list->setCurrentRow(0);
    m_list->setFocus();
}

void DoctorWindow::showFindings()
{
    for (int row = 0; row < m_list->count(); ++row) {
        auto *item = static_cast<FindingItem *>(m_list->item(row));
        item->show(m_findings.at(item->number()), !m_isStopped);
    }
    m_list->sortItems();
    showState();
    showRemedy();
}

void DoctorWindow::showState()
{
    const int all = static_cast<int>(m_findings.size());
    const int seen = all - countOf(m_findings, Finding::State::Looking);
    const int wrong = countOf(m_findings, Finding::State::Wrong);
    if (m_doctor)
        m_heading->setText(tr("Looked at %1 of %2…").arg(seen).arg(all));
    else if (m_isStopped)
        m_heading->setText(tr("Stopped: looked at %1 of %2").arg(seen).arg(all));
    else if (wrong == 0)
        m_heading->setText(tr("No problem was found"));
    else
        m_heading->setText(wrong == 1 ? tr("One problem was found")
                                      : tr("%n problems were found", nullptr, wrong));
    m_progress->setRange(0, all);
    m_progress->setValue(seen);
    m_progress->setVisible(m_doctor != nullptr);
    m_again->setIcon(m_doctor ? QIcon() : buttonIcon(u"refresh"_s));
    m_again->setText(m_doctor ? tr("&Stop") : tr("Check &again"));
}

const Session *DoctorWindow::chosenSession() const
{
    const auto *item = static_cast<FindingItem *>(m_list->currentItem());
    return item ? m_sessions.find(m_findings.at(item->number()).session) : nullptr;
}

std::optional<Action> DoctorWindow::remedy() const
{
    const Session *session = chosenSession();
    const auto *item = static_cast<FindingItem *>(m_list->currentItem());
    if (!session || m_findings.at(item->number()).state != Finding::State::Wrong)
        return {};
    const SessionView view(session->snapshot());
    if (const auto needed = neededFor(view))
        return needed;
    const bool canRefresh = view.snapshot().hasRefreshToken;
    return canRefresh ? std::optional(Action::RefreshNow) : std::nullopt;
}

void DoctorWindow::showRemedy()
{
    m_show->setVisible(chosenSession());
    const auto action = remedy();
    m_act->setVisible(action.has_value());
    if (!action)
        return;
    m_act->setText(textOf(*action));
    m_act->setIcon(buttonIcon(pictureOf(*action)));
}

void DoctorWindow::act()
{
    const auto action = remedy();
    if (!action)
        return;
    const auto *item = static_cast<FindingItem *>(m_list->currentItem());
    Q_EMIT actionRequested(m_findings.at(item->number()).session, *action);
}

void DoctorWindow::copy() const
{
    QStringList lines{m_heading->text()};
    for (int row = 0; row < m_list->count(); ++row)
        lines.append(withoutBreaks(m_list->item(row)->text()));
    QGuiApplication::clipboard()->setText(lines.join(u"\n\n"_s));
}

void DoctorWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_doctor)
        return stop();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_list->hasFocus())
        return act();
    QDialog::keyPressEvent(event);
}

} // namespace latchkey::ui
