// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/troublebanner.h"

#include "session/words/sentences.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/tones.h"

#include <QAccessible>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

Tone toneOf(Mood::Value mood)
{
    return mood == Mood::Lapsed || mood == Mood::Ended ? Tone::Danger : Tone::Warning;
}

QLabel *makeText()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    return label;
}

} // namespace

TroubleBanner::TroubleBanner(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_trouble(makeText())
    , m_times(makeText())
    , m_retry(new QPushButton(actionIcon(u"refresh"_s), tr("&Try again")))
{
    m_retry->setAutoDefault(true);
    connect(m_retry, &QPushButton::clicked, this, &TroubleBanner::retryRequested);
    auto *layout = new QGridLayout(this);
    const int space = fontMetrics().height() / 2;
    layout->setContentsMargins(space * 3 / 2, space, space, space);
    layout->setHorizontalSpacing(space);
    layout->setVerticalSpacing(space / 2);
    layout->addWidget(m_icon, 0, 0, 2, 1, Qt::AlignTop);
    layout->addWidget(m_trouble, 0, 1);
    layout->addWidget(m_times, 1, 1);
    layout->addWidget(m_retry, 0, 2, 2, 1, Qt::AlignVCenter);
    layout->setColumnStretch(1, 1);
    hide();
}

void TroubleBanner::setView(const SessionView &view)
{
    const QString trouble = troubleOf(view);
    setMood(view.mood());
    m_times->setText(timesOf(view.snapshot()));
    m_times->setVisible(!m_times->text().isEmpty());
    const bool isTried = view.snapshot().nextRefreshAt || view.mood() == Mood::NeedsYou;
    m_retry->setVisible(isTried && view.actions().testFlag(Action::RefreshNow));
    setVisible(!trouble.isEmpty());
    if (trouble == m_trouble->text())
        return;
    m_trouble->setText(trouble);
    if (trouble.isEmpty())
        return;
    QAccessibleEvent alert(m_trouble, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

//! That tokens are not kept is told while nothing worse is.
QString TroubleBanner::troubleOf(const SessionView &view)
{
    const auto &unkept = view.snapshot().storeError;
    if (!view.reason().isEmpty() || !unkept)
        return view.reason();
    return sentenceForUnkept(*unkept).translated;
}

QString TroubleBanner::timesOf(const SessionSnapshot &snapshot)
{
    const auto since = snapshot.reason ? snapshot.reasonAt : snapshot.storeErrorAt;
    QStringList sentences;
    if (since)
        sentences.append(tr("Since %1.").arg(shortTimeOf(*since, snapshot.takenAt)));
    if (snapshot.reason && snapshot.nextRefreshAt)
        sentences.append(
            tr("Next try at %1.").arg(shortTimeOf(*snapshot.nextRefreshAt, snapshot.takenAt)));
    return sentences.join(u' ');
}

void TroubleBanner::setMood(Mood::Value mood)
{
    if (mood == m_mood && !m_icon->pixmap().isNull())
        return;
    m_mood = mood;
    m_icon->setPixmap(
        moodIcon(mood).pixmap(QSize(1, 1) * (fontMetrics().height() * 3 / 2), devicePixelRatio()));
    update();
}

//! A tinted ground, with a stripe of the full colour where one begins to read.
void TroubleBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = fontMetrics().height() / 4.0;
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()), radius, radius);
    painter.setClipPath(outline);
    painter.fillRect(rect(), toneGround(toneOf(m_mood), palette()));
    const int stripe = fontMetrics().height() / 4;
    const int left = isRightToLeft() ? width() - stripe : 0;
    painter.fillRect(QRect(left, 0, stripe, height()), toneColor(toneOf(m_mood), palette()));
}

} // namespace latchkey::ui
