// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/needbanner.h"

#include "widgets/icons.h"

#include "session/sessionmodel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace latchkey::ui {

NeedBanner::NeedBanner(SessionModel &sessions, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel)
{
    auto *icon = new QLabel;
    const QSize side = QSize(1, 1) * fontMetrics().height();
    icon->setPixmap(moodIcon(Mood::NeedsYou).pixmap(side, devicePixelRatio()));
    m_text->setWordWrap(true);
    auto *next = new QPushButton(tr("&Next"));
    next->setToolTip(tr("Go to the next session that needs you"));
    next->setAutoDefault(true);
    connect(next, &QPushButton::clicked, this, &NeedBanner::nextRequested);

    auto *layout = new QHBoxLayout(this);
    const int space = fontMetrics().height() / 2;
    layout->setContentsMargins(space, space / 2, space, space / 2);
    layout->addWidget(icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(next);

    connect(&sessions, &SessionModel::sessionChanged, this,
        [this](const Session *session) { count(*session); });
    connect(&sessions, &QAbstractItemModel::rowsInserted, this,
        [this, &sessions](const QModelIndex &, int first, int) { count(*sessions.at(first)); });
    const auto drop = [this](const QString &name) {
        m_inNeed.remove(name);
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
    if (groupOf(moodOf(session.snapshot())) == Mood::InNeed)
        m_inNeed.insert(name);
    else
        m_inNeed.remove(name);
    tell();
}

void NeedBanner::tell()
{
    const qsizetype number = m_inNeed.size();
    m_text->setText(
        number == 1 ? tr("One session needs you") : tr("%1 sessions need you").arg(number));
    setVisible(number > 0);
}

//! Tinted, in whatever colours the desktop has.
void NeedBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QColor(155, 93, 229, 160));
    painter.setBrush(QColor(155, 93, 229, 36));
    const double radius = fontMetrics().height() / 3.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace latchkey::ui
