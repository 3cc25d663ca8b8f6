// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/troublebanner.h"

#include "session/words/sentences.h"
#include "sessions/actiontext.h"
#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace latchkey::ui {

namespace {

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
    , m_retry(new QPushButton(buttonIcon(pictureOf(Action::RefreshNow)),
          withoutMnemonic(buttonText(Action::RefreshNow))))
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
    // Unkept tokens of one that is well are trouble all the same.
    setMood(std::max(view.mood(), Mood::CannotRenew));
    m_times->setText(view.attempts());
    m_times->setVisible(!m_times->text().isEmpty());
    m_retry->setVisible(offersRetry(view));
    setVisible(!trouble.isEmpty());
    if (trouble == m_trouble->text())
        return;
    m_trouble->setText(trouble);
    if (trouble.isEmpty())
        return;
    QAccessibleEvent alert(m_trouble, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool TroubleBanner::offersRetry(const SessionView &view)
{
    return view.snapshot().reason && view.actions().testFlag(Action::RefreshNow)
        && view.primary() != Action::RefreshNow;
}

//! That tokens are not kept is told while nothing worse is.
QString TroubleBanner::troubleOf(const SessionView &view)
{
    const auto &unkept = view.snapshot().storeError;
    if (!view.reason().isEmpty() || !unkept)
        return view.reason();
    return sentenceForUnkept(*unkept).translated;
}

void TroubleBanner::setMood(Mood::Value mood)
{
    if (mood == m_mood && !m_icon->pixmap().isNull())
        return;
    m_mood = mood;
    drawIcon();
    update();
}

//! In the colour of the stripe, which stands out from the ground; the mood's own may not.
void TroubleBanner::drawIcon()
{
    const QSize size = QSize(1, 1) * (fontMetrics().height() * 3 / 2);
    m_icon->setPixmap(
        moodIcon(m_mood, toneColor(toneOf(m_mood), palette())).pixmap(size, devicePixelRatio()));
}

void TroubleBanner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_icon->pixmap().isNull())
        drawIcon();
}

void TroubleBanner::paintEvent(QPaintEvent *)
{
    paintBanner(*this, toneOf(m_mood));
}

} // namespace latchkey::ui
