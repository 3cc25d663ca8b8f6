// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentwindow.h"

#include "access/questionwords.h"
#include "widgets/fields/fingerprintview.h"
#include "widgets/fields/valuegroup.h"
#include "widgets/fields/wrappedfield.h"
#include "widgets/icons.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"
#include "widgets/wholewindow.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

ConsentWindow::ConsentWindow(QWidget *parent)
    : QDialog(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_fingerprints{{{new QLabel(tr("Trusted until now")),
                          new FingerprintView(tr("Trusted until now"))},
          {new QLabel(tr("Certificate")), new FingerprintView(tr("Certificate"))}}}
    , m_alarm(new NoticeLabel(NoticeLabel::Sign::Alarm))
    , m_choicesCaption(new QLabel(tr("Allow")))
    , m_choices{{{new QRadioButton(tr("&This time")), Decision::Once},
          {new QRadioButton(tr("For one &hour")), Decision::OneHour},
          {new QRadioButton(tr("&Until the screen locks")), Decision::UntilLock},
          {new QRadioButton(tr("Al&ways")), Decision::Always}}}
    , m_notCertain(new QLabel)
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
    layout->addWidget(makeRequest());
    layout->addWidget(makeProven());
    layout->addWidget(makeSaid());
    layout->addLayout(makeChoices());
    layout->addStretch();
    layout->addLayout(makeButtons());
    groupValues();
    new WholeWindow(this, {fontMetrics().averageCharWidth() * 80, 0});

    m_reading.setSingleShot(true);
    m_reading.setInterval(readingTime);
    connect(&m_reading, &QTimer::timeout, this, [this] { setReady(true); });
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

//! What is asked for besides the session.
QWidget *ConsentWindow::makeRequest()
{
    m_request = new QWidget;
    auto *grid = new QGridLayout(m_request);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 3);
    const auto addRow = [&](const QString &name) {
        const EvidenceCard::Row made{new QLabel(name), new WrappedField(name)};
        grid->addWidget(made.caption, grid->rowCount(), 0, Qt::AlignTop);
        grid->addWidget(made.field, grid->rowCount() - 1, 1, 1, 2, Qt::AlignTop);
        return made;
    };
    m_server = addRow(tr("Appliance"));
    m_user = addRow(tr("User name"));
    auto *fingerprints = new QGridLayout;
    fingerprints->setHorizontalSpacing(fontMetrics().height());
    for (int column = 0; column < 2; ++column) {
        fingerprints->addWidget(m_fingerprints[column].caption, 0, column);
        fingerprints->addWidget(m_fingerprints[column].field, 1, column);
    }
    fingerprints->setColumnStretch(2, 1);
    fingerprints->setContentsMargins(0, fontMetrics().height() / 3, 0, fontMetrics().height() / 3);
    grid->addLayout(fingerprints, grid->rowCount(), 0, 1, 3);
    grid->addWidget(m_alarm, grid->rowCount(), 0, 1, 3);
    grid->setColumnStretch(2, 1);
    return m_request;
}

QWidget *ConsentWindow::makeProven()
{
    auto *card = new EvidenceCard(EvidenceCard::Kind::Proven, tr("The system vouches for this"));
    m_program = card->addRow(tr("Program"));
    m_through = card->addRow(tr("Through"));
    m_startedBy = card->addRow(tr("Started by"));
    m_terminal = card->addRow(tr("Terminal"));
    return card;
}

QWidget *ConsentWindow::makeSaid()
{
    m_said = new EvidenceCard(EvidenceCard::Kind::Said, tr("Only the program itself says this"));
    m_script = m_said->addRow(tr("Script"));
    m_names = m_said->addRow(tr("Names"));
    return m_said;
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
    for (QLabel *remark : {m_notCertain, m_forAllScripts}) {
        remark->setWordWrap(true);
        remark->setTextFormat(Qt::PlainText);
        rows->addWidget(remark, row++, 1);
    }
    return rows;
}

void ConsentWindow::groupValues()
{
    auto *values = new ValueGroup(this);
    const std::initializer_list<QWidget *> all{m_server.field, m_user.field,
        m_fingerprints[0].field, m_fingerprints[1].field, m_program.field, m_through.field,
        m_startedBy.field, m_terminal.field, m_script.field, m_names.field};
    for (QWidget *value : all)
        values->add(value);
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
    showRequest(question.permission);
    m_program.set(program.path.isEmpty() ? tr("Not known") : program.path);
    m_through.set(program.through);
    m_startedBy.set(program.startedBy);
    m_terminal.set(program.terminal);
    m_script.set(program.script);
    m_names.set(program.ownNames);
    m_said->setVisible(program.saysSomething());
    m_forAllScripts->setText(
        wrappable(tr("Anything longer than this time allows every script that %1 runs.")
                .arg(program.interpreter)));
    const bool isToken = question.permission.what == Permission::Token;
    offer(isToken, question.isOnceOnly);
    m_forAllScripts->setVisible(isToken && !question.isOnceOnly && !program.interpreter.isEmpty());
}

void ConsentWindow::showRequest(const Permission &permission)
{
    m_request->setVisible(!permission.server.isEmpty() || !permission.sha256.isEmpty());
    m_server.set(escaped(permission.server));
    m_user.set(escaped(permission.user));
    const std::array values{permission.trustedBefore, permission.sha256};
    for (std::size_t i = 0; i < values.size(); ++i) {
        m_fingerprints[i].field->setPlainText(values[i]);
        m_fingerprints[i].field->setVisible(!values[i].isEmpty());
        m_fingerprints[i].caption->setVisible(!values[i].isEmpty());
    }
    m_alarm->setText(permission.sha256.isEmpty()
            ? QString()
            : tr("Whoever shows this certificate gets your password and tokens. Compare the "
                 "fingerprint with the one that the appliance itself shows in a browser, or that "
                 "whoever runs it tells you. Deny it if you have not asked for this."));
    drawIcon();
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
void ConsentWindow::offer(bool isToken, bool isOnceOnly)
{
    m_choices.front().button->setChecked(true);
    for (const Choice &choice : m_choices) {
        choice.button->setEnabled(!isOnceOnly || choice.decision == Decision::Once);
        choice.button->setVisible(isToken);
    }
    m_choicesCaption->setVisible(isToken);
    m_notCertain->setVisible(isOnceOnly);
    m_notCertain->setText(isToken
            ? tr("It is not certain which program this is, so it can only be allowed this time.")
            : tr("It is not certain which program this is."));
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
