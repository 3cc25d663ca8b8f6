// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentwindow.h"

#include "access/questionwords.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>

#include <algorithm>

namespace latchkey::ui {

ConsentWindow::ConsentWindow(QWidget *parent)
    : QDialog(parent)
    , m_text(new QLabel)
    , m_values(new ValueGroup(this))
    , m_choicesCaption(new QLabel(tr("Allow")))
    , m_choices{{{new QRadioButton(tr("&This time")), Decision::Once},
          {new QRadioButton(tr("For one &hour")), Decision::OneHour},
          {new QRadioButton(tr("&Until the screen locks")), Decision::UntilLock},
          {new QRadioButton(tr("Al&ways")), Decision::Always}}}
    , m_onceOnly(new QLabel(tr("It is not certain which program this is, so it can only be allowed "
                               "this time.")))
    , m_forAllScripts(new QLabel)
    , m_hint(new QLabel)
    , m_deny(new QPushButton(tr("&Deny")))
    , m_allow(new QPushButton(tr("&Allow")))
{
    setWindowTitle(tr("Latchkey"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin);
    layout->addLayout(makeHeader());
    layout->addLayout(makeDetails());
    layout->addStretch();
    layout->addLayout(makeButtons());
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 60, 0});

    m_reading.setSingleShot(true);
    m_reading.setInterval(readingTime);
    connect(&m_reading, &QTimer::timeout, this, [this] { setReady(true); });
    connect(m_deny, &QPushButton::clicked, this, &ConsentWindow::reject);
    connect(m_allow, &QPushButton::clicked, this, &ConsentWindow::allow);
}

QLayout *ConsentWindow::makeHeader()
{
    const int size = fontMetrics().height() * 5 / 2;
    auto *icon = new QLabel;
    icon->setPixmap(applicationIcon().pixmap(QSize(size, size), devicePixelRatio()));
    QFont large = m_text->font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setBold(true);
    m_text->setFont(large);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);

    auto *layout = new QHBoxLayout;
    layout->setSpacing(fontMetrics().height());
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1, Qt::AlignVCenter);
    return layout;
}

QLayout *ConsentWindow::makeDetails()
{
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(fontMetrics().height());
    rows->setVerticalSpacing(fontMetrics().height() / 3);
    rows->setColumnStretch(1, 1);
    m_server = makeRow(rows, tr("Appliance"));
    m_user = makeRow(rows, tr("User name"));
    m_certificate = makeRow(rows, tr("Certificate"));
    m_trustedBefore = makeRow(rows, tr("Trusted until now"));
    m_proven = makeHeading(rows, tr("The system vouches for this"));
    m_program = makeRow(rows, tr("Program"));
    m_through = makeRow(rows, tr("Through"));
    m_startedBy = makeRow(rows, tr("Started by"));
    m_terminal = makeRow(rows, tr("Terminal"));
    m_said = makeHeading(rows, tr("Only the program itself says this"));
    m_script = makeRow(rows, tr("Script"));
    m_names = makeRow(rows, tr("Names"));
    addChoices(rows);
    return rows;
}

//! How far what is below it can be relied on.
QLabel *ConsentWindow::makeHeading(QGridLayout *rows, const QString &text)
{
    auto *heading = new QLabel(text);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    heading->setWordWrap(true);
    heading->setContentsMargins(0, heading->fontMetrics().height() / 3, 0, 0);
    rows->addWidget(heading, rows->rowCount(), 0, 1, 2);
    return heading;
}

ConsentWindow::Row ConsentWindow::makeRow(QGridLayout *rows, const QString &name)
{
    const int row = rows->rowCount();
    const Row made{new QLabel(name), new WrappedField(name)};
    rows->addWidget(made.caption, row, 0, Qt::AlignTop);
    rows->addWidget(made.field, row, 1, Qt::AlignTop);
    m_values->add(made.field);
    return made;
}

void ConsentWindow::addChoices(QGridLayout *rows)
{
    int row = rows->rowCount();
    rows->setRowMinimumHeight(row, fontMetrics().height() / 3);
    rows->addWidget(m_choicesCaption, row + 1, 0);
    for (const Choice &choice : m_choices) {
        choice.button->setAccessibleDescription(tr("Allow"));
        rows->addWidget(choice.button, ++row, 1);
    }
    for (QLabel *remark : {m_onceOnly, m_forAllScripts}) {
        remark->setWordWrap(true);
        remark->setTextFormat(Qt::PlainText);
        rows->addWidget(remark, ++row, 1);
    }
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

bool ConsentWindow::ask(const ConsentPrompt::Question &question)
{
    m_waiting = question.others;
    if (isShowing(question)) {
        showHint();
        return false;
    }
    m_reading.start();
    setReady(false);
    m_question = question;
    fillIn(question);
    appear();
    return true;
}

bool ConsentWindow::isShowing(const ConsentPrompt::Question &question) const
{
    return isVisible() && m_question && m_question->session == question.session
        && m_question->program == question.program && m_question->isOnceOnly == question.isOnceOnly
        && m_question->permission == question.permission;
}

void ConsentWindow::fillIn(const ConsentPrompt::Question &question)
{
    const ProgramView program = ProgramView::of(question.program);
    setSentence(QuestionWords::sentence(question, program));
    setRow(m_server, escaped(question.permission.server));
    setRow(m_user, escaped(question.permission.user));
    setRow(m_certificate, question.permission.sha256);
    setRow(m_trustedBefore, question.permission.trustedBefore);
    setRow(m_program, program.path.isEmpty() ? tr("Not known") : program.path);
    setRow(m_through, program.through);
    setRow(m_startedBy, program.startedBy);
    setRow(m_terminal, program.terminal);
    setRow(m_script, program.script);
    setRow(m_names, program.ownNames);
    m_said->setVisible(program.saysSomething());
    m_forAllScripts->setText(
        wrappable(tr("Anything longer than this time allows every script that %1 runs.")
                .arg(program.interpreter)));
    const bool isToken = question.permission.what == Permission::Token;
    offer(isToken, question.isOnceOnly);
    m_forAllScripts->setVisible(isToken && !question.isOnceOnly && !program.interpreter.isEmpty());
}

void ConsentWindow::setRow(const Row &row, const QString &value)
{
    row.field->setValue(value);
    row.field->setVisible(!value.isEmpty());
    row.caption->setVisible(!value.isEmpty());
}

void ConsentWindow::setSentence(const QString &sentence)
{
    m_sentence = sentence;
    m_text->setText(wrappable(sentence));
    m_text->setAccessibleName(sentence);
}

//! Each question starts at the choice that allows least: what was chosen for one program is not
//! meant for the next. More than a token can be allowed only once, so no choices are shown then.
void ConsentWindow::offer(bool isToken, bool isOnceOnly)
{
    m_choices.front().button->setChecked(true);
    for (const Choice &choice : m_choices) {
        choice.button->setEnabled(!isOnceOnly || choice.decision == Decision::Once);
        choice.button->setVisible(isToken);
    }
    m_choicesCaption->setVisible(isToken);
    m_onceOnly->setVisible(isToken && isOnceOnly);
    m_allow->setText(isToken ? tr("&Allow") : tr("&Allow once"));
}

//! A click that was meant for another window comes within that moment.
void ConsentWindow::setReady(bool isReady)
{
    m_allow->setEnabled(isReady);
    m_allow->setAccessibleDescription(isReady ? QString() : whyNotReady());
    showHint();
}

QString ConsentWindow::whyNotReady()
{
    return tr("You can allow it in a moment, so that no stray click does.");
}

void ConsentWindow::showHint()
{
    QStringList hints;
    if (m_reading.isActive())
        hints.append(whyNotReady());
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
        const int width = fontMetrics().averageCharWidth() * 80;
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
