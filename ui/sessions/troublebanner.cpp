// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/troublebanner.h"

#include "session/words/sentences.h"
#include "sessions/actiontext.h"
#include "widgets/fields/plainlabel.h"
#include "widgets/icons.h"
#include "widgets/localtime.h"
#include "widgets/plaintext.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey::ui {

TroubleBanner::TroubleBanner(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_trouble(new PlainLabel(PlainLabel::Use::Copied))
    , m_times(new PlainLabel(PlainLabel::Use::Copied))
    , m_retry(new QPushButton(buttonIcon(pictureOf(Action::RefreshNow)),
          withoutMnemonic(buttonText(Action::RefreshNow))))
{
    m_retry->setAutoDefault(true);
    connect(m_retry, &QPushButton::clicked, this, &TroubleBanner::retryRequested);
    auto *texts = new QVBoxLayout;
    auto *layout = new QHBoxLayout(this);
    const int space = fontMetrics().height() / 2;
    layout->setContentsMargins(readingMargins(space * 3 / 2, space, space, space));
    layout->setSpacing(space);
    texts->setSpacing(space / 2);
    texts->addWidget(m_trouble);
    texts->addWidget(m_times);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(m_retry);
    hide();
}

void TroubleBanner::setView(const SessionView &view)
{
    const QString trouble = troubleOf(view);
    // Unkept tokens of one that is well are trouble all the same.
    const Mood::Value mood = std::max(view.mood(), Mood::CannotRenew);
    setLook(mood, isAlarm(view.snapshot()) ? Tone::Danger : toneOf(mood));
    const QString meanwhile =
        isAlarm(view.snapshot()) ? whatProgramsGet(view.snapshot()) : QString();
    m_times->setPlainText((meanwhile + u' ' + view.attempts()).trimmed());
    m_times->setVisible(!m_times->plainText().isEmpty());
    m_retry->setVisible(offersRetry(view));
    setVisible(!trouble.isEmpty());
    if (trouble == m_trouble->plainText())
        return;
    m_trouble->setPlainText(trouble);
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

//! Somebody may be listening in, which the page that asks about the certificate warns of, too.
bool TroubleBanner::isAlarm(const SessionSnapshot &session)
{
    return session.certificate && hadTrustedCertificate(session);
}

QString TroubleBanner::whatProgramsGet(const SessionSnapshot &session)
{
    return session.hasGoodAccess()
        ? tr("Not refreshed until you decide; programs get the token until %1.")
              .arg(shortTimeOf(*session.accessEnd, session.takenAt))
        : tr("Programs get no token until you decide.");
}

void TroubleBanner::setLook(Mood::Value mood, Tone tone)
{
    if (mood == m_mood && tone == m_tone && !m_icon->pixmap().isNull())
        return;
    m_mood = mood;
    m_tone = tone;
    drawIcon();
    update();
}

//! In the colour of the stripe, which stands out from the ground; the mood's own may not.
void TroubleBanner::drawIcon()
{
    const QSize size = QSize(1, 1) * (fontMetrics().height() * 3 / 2);
    m_icon->setPixmap(
        moodIcon(m_mood, toneColor(m_tone, palette())).pixmap(size, devicePixelRatio()));
}

void TroubleBanner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_icon->pixmap().isNull())
        drawIcon();
}

void TroubleBanner::paintEvent(QPaintEvent *)
{
    paintBanner(*this, m_tone);
}

} // namespace latchkey::ui
