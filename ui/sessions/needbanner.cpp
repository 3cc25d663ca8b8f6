// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/needbanner.h"

#include "widgets/icons.h"
#include "widgets/plaintext.h"
#include "widgets/tones.h"

#include "session/sessionmodel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

bool isTrouble(Mood::Group group)
{
    return group == Mood::InNeed || group == Mood::NotRenewed;
}

} // namespace

NeedBanner::NeedBanner(SessionModel &sessions, QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
{
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    auto *next = new QPushButton(tr("&Next"));
    next->setToolTip(tr("Go to the next one of them"));
    next->setAutoDefault(true);
    connect(next, &QPushButton::clicked, this, &NeedBanner::nextRequested);

    auto *layout = new QHBoxLayout(this);
    const int space = fontMetrics().height() / 2;
    layout->setContentsMargins(readingMargins(space * 3 / 2, space / 2, space, space / 2));
    layout->addWidget(m_icon);
    layout->setSpacing(space);
    layout->addWidget(m_text, 1);
    layout->addWidget(next);

    connect(&sessions, &SessionModel::sessionChanged, this,
        [this](const Session *session) { count(*session); });
    connect(&sessions, &QAbstractItemModel::rowsInserted, this,
        [this, &sessions](const QModelIndex &, int first, int) { count(*sessions.at(first)); });
    const auto drop = [this](const QString &name) {
        m_inTrouble.remove(name);
        tell();
    };
    connect(&sessions, &SessionModel::sessionForgotten, this, drop);
    connect(&sessions, &SessionModel::sessionRenamed, this, drop);
    connect(&sessions, &SessionModel::sessionRenamed, this,
        [this, &sessions](const QString &, const QString &name) { count(*sessions.find(name)); });
    for (int row = 0; row < sessions.rowCount(); ++row)
        count(*sessions.at(row));
    tell();
}

void NeedBanner::count(const Session &session)
{
    const QString &name = session.account().name;
    const SessionSnapshot snapshot = session.snapshot();
    if (const Mood::Value mood = moodOf(snapshot); isTrouble(groupOf(mood)))
        m_inTrouble.insert(name,
            {snapshot.certificate && hadTrustedCertificate(snapshot), mood,
                headlineOf(snapshot).translated});
    else
        m_inTrouble.remove(name);
    tell();
}

//! How many there are, and of those that need a person or have no good token, what is wrong, each
//! once.
void NeedBanner::tell()
{
    QList<Trouble> troubles = m_inTrouble.values();
    std::ranges::stable_sort(troubles, std::greater(),
        [](const Trouble &trouble) { return std::pair(trouble.isAlarm, trouble.mood); });
    QList<Mood::Value> moods;
    QStringList needs;
    for (const Trouble &trouble : std::as_const(troubles)) {
        moods.append(trouble.mood);
        if (trouble.mood != Mood::CannotRenew && !needs.contains(trouble.headline))
            needs.append(trouble.headline);
    }
    QStringList counts;
    for (const Sentence &count : countsOf(moods))
        counts.append(count.translated);
    m_text->setText(u"<b>%1</b>&nbsp; %2"_s.arg(
        listed(counts).toHtmlEscaped(), needs.join(u" · "_s).toHtmlEscaped()));
    setVisible(!moods.isEmpty());
    if (moods.isEmpty())
        return;
    const bool isNeeded = groupOf(moods.first()) == Mood::InNeed;
    if (const Mood::Value mood = isNeeded ? Mood::NeedsYou : moods.first(); mood != m_mood)
        setMood(mood);
}

void NeedBanner::setMood(Mood::Value mood)
{
    m_mood = mood;
    drawIcon();
    update();
}

//! In the colour of the stripe, which stands out from the ground; the mood's own may not.
void NeedBanner::drawIcon()
{
    const QSize side = QSize(1, 1) * fontMetrics().height();
    m_icon->setPixmap(
        moodIcon(m_mood, toneColor(toneOf(m_mood), palette())).pixmap(side, devicePixelRatio()));
}

void NeedBanner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
}

void NeedBanner::paintEvent(QPaintEvent *)
{
    paintBanner(*this, toneOf(m_mood));
}

} // namespace latchkey::ui
