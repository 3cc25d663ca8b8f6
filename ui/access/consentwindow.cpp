// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentwindow.h"

#include "access/consentrequest.h"
#include "access/questionwords.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"
#include "widgets/wholewindow.h"

#include <QApplication>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

ConsentWindow::ConsentWindow(QWidget *parent)
    : QDialog(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_proven(new EvidenceCard(EvidenceCard::Kind::Proven, tr("The system vouches for this")))
    , m_said(new EvidenceCard(EvidenceCard::Kind::Said, tr("Only the program itself says this")))
    , m_isConfirmed(new QCheckBox(tr("Whoever runs the appliance has con&firmed this certificate")))
    , m_choicesCaption(new QLabel(tr("Allow")))
    , m_choices{{{new QRadioButton(tr("&This time")), Decision::Once},
          {new QRadioButton(tr("For one &hour")), Decision::OneHour},
          {new QRadioButton(tr("&Until the screen locks")), Decision::UntilLock},
          {new QRadioButton(tr("Al&ways")), Decision::Always}}}
    , m_notCertain(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_forAllScripts(new NoticeLabel(NoticeLabel::Sign::Warning))
    , m_hint(new QLabel)
    , m_deny(new QPushButton(tr("&Deny")))
    , m_allow(new QPushButton(tr("&Allow")))
{
    setWindowTitle(tr("Latchkey"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2); // a question about a certificate needs the room
    layout->addLayout(makeHeader());
    auto *values = new ValueGroup(this);
    m_request = new ConsentRequest(*values);
    makeCards(*values);
    layout->addWidget(m_request);
    layout->addWidget(m_isConfirmed);
    layout->addWidget(m_proven);
    layout->addWidget(m_said);
    layout->addLayout(makeChoices());
    layout->addStretch();
    layout->addLayout(makeButtons());
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 80, 0});

    m_reading.setSingleShot(true);
    m_reading.setInterval(readingTime);
    connect(&m_reading, &QTimer::timeout, this, &ConsentWindow::setReady);
    connect(m_isConfirmed, &QCheckBox::toggled, this, &ConsentWindow::setReady);
    connect(m_deny, &QPushButton::clicked, this, &ConsentWindow::reject);
    connect(m_allow, &QPushButton::clicked, this, &ConsentWindow::allow);
}

QLayout *ConsentWindow::makeHeader()
{
    QFont large = m_text->font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setBold(true);
    m_text->setFont(large);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);

    auto *layout = new QHBoxLayout;
    layout->setSpacing(fontMetrics().height());
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1, Qt::AlignVCenter);
    return layout;
}

void ConsentWindow::makeCards(ValueGroup &values)
{
    m_program = m_proven->addRow(tr("Program"));
    m_through = m_proven->addRow(tr("Through"));
    m_startedBy = m_proven->addRow(tr("Started by"));
    m_terminal = m_proven->addRow(tr("Terminal"));
    m_script = m_said->addRow(tr("Script"));
    m_ownName = m_said->addRow(tr("Calls itself"));
    m_ownStarters = m_said->addRow(tr("Started by"), tr("Started by, as it says"));
    const std::array rows{
        m_program, m_through, m_startedBy, m_terminal, m_script, m_ownName, m_ownStarters};
    int widest = 0;
    for (const Row &row : rows) {
        values.add(row.field);
        widest = std::max(widest, row.caption->sizeHint().width());
    }
    for (const Row &row : rows) // so that the values of both cards stand below one another
        row.caption->setMinimumWidth(widest);
}

QLayout *ConsentWindow::makeChoices()
{
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setVerticalSpacing(fontMetrics().height() / 3);
    rows->setColumnStretch(1, 1);
    rows->addWidget(m_choicesCaption, 0, 0);
    int row = 0;
    for (const Choice &choice : m_choices) {
        choice.button->setAccessibleDescription(tr("Allow"));
        rows->addWidget(choice.button, row++, 1);
    }
    rows->addWidget(m_notCertain, row++, 1);
    rows->addWidget(m_forAllScripts, row++, 1);
    return rows;
}

//! Not a QDialogButtonBox, which would make one of the buttons the default.
QLayout *ConsentWindow::makeButtons()
{
    auto *layout = new QHBoxLayout;
    m_hint->setWordWrap(true);
    layout->addWidget(m_hint, 1);
    for (QPushButton *button : {m_deny, m_allow}) {
        button->setAutoDefault(false);
        layout->addWidget(button);
    }
    return layout;
}

bool ConsentWindow::ask(
    const ConsentPrompt::Question &question, const std::optional<Certificate> &seen)
{
    m_waiting = question.others;
    if (isShowing(question)) {
        showHint();
        return false;
    }
    m_reading.start();
    m_question = question;
    fillIn(question, seen);
    setReady();
    appear();
    return true;
}

bool ConsentWindow::isShowing(const ConsentPrompt::Question &question) const
{
    return isVisible() && m_question && m_question->session == question.session
        && m_question->program == question.program && m_question->isOnceOnly == question.isOnceOnly
        && m_question->permission == question.permission;
}

void ConsentWindow::fillIn(
    const ConsentPrompt::Question &question, const std::optional<Certificate> &seen)
{
    const ProgramView program = ProgramView::of(question.program);
    setSentence(QuestionWords::sentence(question, program));
    m_request->tell(question.permission, seen);
    m_isConfirmed->setVisible(!question.permission.sha256.isEmpty());
    m_isConfirmed->setChecked(false);
    drawIcon();
    showProgram(program);
    offer(question.permission.what, question.isOnceOnly);
    const bool isForAll = question.permission.what == Permission::Token && !question.isOnceOnly
        && !program.interpreter.isEmpty();
    m_forAllScripts->setText(isForAll
            ? wrappable(
                  tr("A longer choice allows every script that %1 runs.").arg(program.interpreter))
            : QString());
}

//! A card is there only with something in it, and nothing that is not known is vouched for.
void ConsentWindow::showProgram(const ProgramView &program)
{
    m_program.set(program.path);
    m_through.set(program.through);
    m_startedBy.set(program.startedBy);
    m_terminal.set(program.terminal);
    m_script.set(program.script);
    m_ownName.set(program.ownName);
    m_ownStarters.set(program.ownStarters);
    const QString proven = program.path + program.through + program.startedBy + program.terminal;
    m_proven->setVisible(!proven.isEmpty());
    m_said->setVisible(program.saysSomething());
}

void ConsentWindow::drawIcon()
{
    const int size = fontMetrics().height() * 5 / 2;
    const bool isAlarm = m_question && !m_question->permission.sha256.isEmpty();
    const QIcon icon =
        isAlarm ? signIcon(u"warning"_s, toneColor(Tone::Danger, palette())) : applicationIcon();
    m_icon->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatio()));
}

void ConsentWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
}

void ConsentWindow::setSentence(const QString &sentence)
{
    m_sentence = sentence;
    m_text->setText(wrappable(withWholeNames(sentence)));
    m_text->setAccessibleName(sentence);
}

//! Each question starts at the choice that allows least: what was chosen for one program is not
//! meant for the next. More than a token can be allowed only once, so no choices are shown then.
void ConsentWindow::offer(Permission::What what, bool isOnceOnly)
{
    const bool isToken = what == Permission::Token;
    m_choices.front().button->setChecked(true);
    for (const Choice &choice : m_choices) {
        choice.button->setEnabled(!isOnceOnly || choice.decision == Decision::Once);
        choice.button->setVisible(isToken);
    }
    m_choicesCaption->setVisible(isToken);
    m_notCertain->setText(isOnceOnly ? notCertain(isToken) : QString());
    m_allow->setText(QuestionWords::deed(what));
}

QString ConsentWindow::notCertain(bool isToken)
{
    return isToken
        ? tr("It is not certain which program this is, so it can only be allowed this time.")
        : tr("It is not certain which program this is.");
}

//! A click that was meant for another window comes within that moment.
void ConsentWindow::setReady()
{
    const QString why = whyNotReady();
    m_allow->setEnabled(why.isEmpty());
    m_allow->setAccessibleDescription(why);
    showHint();
}

QString ConsentWindow::whyNotReady() const
{
    if (!m_isConfirmed->isHidden() && !m_isConfirmed->isChecked())
        return tr("Tick the box above first.");
    return m_reading.isActive() ? tr("The button works in a moment.") : QString();
}

void ConsentWindow::showHint()
{
    QStringList hints;
    if (const QString why = whyNotReady(); !why.isEmpty())
        hints.append(why);
    if (m_waiting == 1)
        hints.append(tr("1 more program is waiting."));
    else if (m_waiting > 1)
        hints.append(tr("%n more programs are waiting.", nullptr, static_cast<int>(m_waiting)));
    m_hint->setText(hints.join(u' '));
}

//! A window that is up already stays where it is: a person may work in another one by now.
void ConsentWindow::appear()
{
    const bool hasChoice = m_choices.front().button->isVisibleTo(this);
    hasChoice ? m_choices.front().button->setFocus() : m_deny->setFocus();
    if (!isVisible()) {
        const int width = fontMetrics().averageCharWidth() * 84;
        layout()->activate(); // else both sizes are still those of the last question
        setMinimumHeight(0);
        resize(width, layout()->totalHeightForWidth(width));
        setWindowState(windowState() & ~Qt::WindowMinimized);
        show();
    }
    QApplication::alert(this);
}

void ConsentWindow::takeBack()
{
    m_question.reset();
    hide();
}

void ConsentWindow::reject()
{
    decide(Decision::Deny);
}

void ConsentWindow::allow()
{
    const auto chosen = std::ranges::find_if(
        m_choices, [](const Choice &choice) { return choice.button->isChecked(); });
    decide(chosen == m_choices.end() ? Decision::Once : chosen->decision);
}

//! Whoever hears decided() may ask the next question before it returns; then the window stays.
void ConsentWindow::decide(Decision decision)
{
    if (!m_question)
        return hide();
    m_question.reset();
    Q_EMIT decided(decision);
    if (!m_question)
        hide();
}

} // namespace latchkey::ui
