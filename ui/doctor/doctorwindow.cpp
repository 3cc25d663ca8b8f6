// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "doctor/doctorwindow.h"

#include "doctor/findingitem.h"
#include "sessions/actiontext.h"
#include "widgets/heading.h"
#include "widgets/icons.h"
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
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr auto geometryKey = "doctor/geometry"_L1;
constexpr Milliseconds patience = 20s;

qsizetype countOf(const QList<Finding> &findings, Finding::State state)
{
    return std::ranges::count(findings, state, &Finding::state);
}

} // namespace

DoctorWindow::DoctorWindow(SessionModel &sessions, DoctorFactory makeDoctor, Clock clock,
    QSettings &settings, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_sessions(sessions)
    , m_makeDoctor(std::move(makeDoctor))
    , m_clock(std::move(clock))
    , m_settings(settings)
    , m_heading(new Heading)
    , m_progress(new QProgressBar)
    , m_list(new QListWidget)
    , m_act(new QPushButton)
    , m_again(new QPushButton(buttonIcon(u"refresh"_s), QString()))
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
    if (!restoreGeometry(settings.value(geometryKey).toByteArray()))
        resize(fontMetrics().averageCharWidth() * 88, fontMetrics().height() * 24);
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

DoctorWindow::~DoctorWindow()
{
    m_settings.setValue(geometryKey, saveGeometry());
}

void DoctorWindow::makeList()
{
    m_list->setAccessibleName(tr("Findings"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setIconSize(QSize(1, 1) * (fontMetrics().height() * 3 / 2));
    m_list->setSpacing(fontMetrics().height() / 4);
    connect(m_list, &QListWidget::currentItemChanged, this, &DoctorWindow::showRemedy);
    connect(m_list, &QListWidget::itemActivated, this, &DoctorWindow::act);
}

QWidget *DoctorWindow::makeButtons()
{
    // In this order, or the Tab key would leave one of them out.
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_act, QDialogButtonBox::ActionRole);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    QPushButton *copying = buttons->addButton(tr("C&opy findings"), QDialogButtonBox::ActionRole);
    copying->setIcon(buttonIcon(u"copy"_s));
    buttons->addButton(QDialogButtonBox::Close);
    const QList<QAbstractButton *> all = buttons->buttons();
    for (QAbstractButton *button : all)
        qobject_cast<QPushButton *>(button)->setAutoDefault(false); // Enter is for the list
    connect(m_act, &QPushButton::clicked, this, &DoctorWindow::act);
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
    for (int number = 0; number < m_findings.size(); ++number)
        new FindingItem(number, m_list);
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
    const qsizetype all = m_findings.size();
    const qsizetype seen = all - countOf(m_findings, Finding::State::Looking);
    const qsizetype wrong = countOf(m_findings, Finding::State::Wrong);
    if (m_doctor)
        m_heading->setText(tr("Looked at %1 of %2…").arg(seen).arg(all));
    else if (m_isStopped)
        m_heading->setText(tr("Stopped: looked at %1 of %2").arg(seen).arg(all));
    else if (wrong == 0)
        m_heading->setText(tr("No problem was found"));
    else
        m_heading->setText(
            wrong == 1 ? tr("One problem was found") : tr("%1 problems were found").arg(wrong));
    m_progress->setRange(0, static_cast<int>(all));
    m_progress->setValue(static_cast<int>(seen));
    m_progress->setVisible(m_doctor != nullptr);
    m_again->setText(m_doctor ? tr("&Stop") : tr("Check &again"));
}

std::optional<Action> DoctorWindow::remedy() const
{
    const auto *item = static_cast<FindingItem *>(m_list->currentItem());
    if (!item || m_findings.at(item->number()).state != Finding::State::Wrong)
        return {};
    const Session *session = m_sessions.find(m_findings.at(item->number()).session);
    if (!session)
        return {};
    const SessionView view(session->snapshot());
    if (const auto needed = neededFor(view))
        return needed;
    const bool canRefresh = view.snapshot().hasRefreshToken;
    return canRefresh ? std::optional(Action::RefreshNow) : std::nullopt;
}

void DoctorWindow::showRemedy()
{
    const auto action = remedy();
    m_act->setVisible(action.has_value());
    m_act->setText(action ? textOf(*action) : QString());
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
    QDialog::keyPressEvent(event);
}

} // namespace latchkey::ui
