// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validitytimeline.h"

#include "session/sessionsnapshot.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

QString timeText(WallTime at, bool withSeconds)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).time();
    return QLocale().toString(time, withSeconds ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

} // namespace

ValidityTimeline::ValidityTimeline(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Validity"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ValidityTimeline::setSnapshot(const SessionSnapshot &snapshot)
{
    setVisible(snapshot.grantedAt && snapshot.accessEnd);
    if (!snapshot.grantedAt || !snapshot.accessEnd)
        return;
    m_now = snapshot.takenAt;
    m_grantedAt = *snapshot.grantedAt;
    m_end = *snapshot.accessEnd;
    m_refreshAt = snapshot.nextRefreshAt;
    const QString text = description();
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
        setToolTip(text);
    }
    update();
}

QSize ValidityTimeline::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 12, line * 3 + line / 2};
}

QSize ValidityTimeline::minimumSizeHint() const
{
    return sizeHint();
}

QString ValidityTimeline::description() const
{
    QString text = tr("Access token granted %1, ends %2.")
                       .arg(timeText(m_grantedAt, true), timeText(m_end, true));
    if (m_refreshAt)
        text += u' ' + tr("Next refresh %1.").arg(timeText(*m_refreshAt, true));
    return text;
}

QRect ValidityTimeline::barRect() const
{
    const int line = fontMetrics().height();
    return {0, line + line / 2, width(), std::max(4, line / 2)};
}

int ValidityTimeline::xOf(WallTime at) const
{
    const double life = static_cast<double>((m_end - m_grantedAt).count());
    const double share = life > 0 ? static_cast<double>((at - m_grantedAt).count()) / life : 1;
    const QRect bar = barRect();
    return bar.left() + static_cast<int>(std::clamp(share, 0.0, 1.0) * (bar.width() - 1));
}

void ValidityTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBar(painter);
    if (m_refreshAt)
        paintMark(painter);
    paintLabels(painter);
}

void ValidityTimeline::paintBar(QPainter &painter) const
{
    const QRectF bar = QRectF(barRect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = bar.height() / 2;
    QPainterPath outline;
    outline.addRoundedRect(bar, radius, radius);
    QColor groove = palette().color(QPalette::WindowText);
    groove.setAlphaF(0.12F);
    painter.fillPath(outline, groove);

    painter.save();
    painter.setClipPath(outline);
    QColor elapsed = palette().color(QPalette::Highlight);
    elapsed.setAlphaF(m_now < m_end ? 0.85F : 0.3F);
    painter.fillRect(QRectF(bar.topLeft(), QPointF(xOf(m_now), bar.bottom())), elapsed);
    painter.restore();

    groove.setAlphaF(0.35F);
    painter.setPen(groove);
    painter.drawPath(outline);
}

//! A small triangle above the bar and a line through it.
void ValidityTimeline::paintMark(QPainter &painter) const
{
    const QRect bar = barRect();
    const double half = bar.height() / 2.0;
    const double x = std::clamp<double>(xOf(*m_refreshAt), half, width() - half) + 0.5;
    const QColor color = palette().color(QPalette::WindowText);
    QPainterPath triangle(QPointF(x, bar.top() + 1));
    triangle.lineTo(x - half, bar.top() - half - 1);
    triangle.lineTo(x + half, bar.top() - half - 1);
    triangle.closeSubpath();
    painter.fillPath(triangle, color);
    painter.setPen(color);
    painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()));
}

void ValidityTimeline::paintLabels(QPainter &painter) const
{
    const bool withSeconds = m_end - m_grantedAt < std::chrono::minutes(10);
    const QFontMetrics metrics = fontMetrics();
    const QRect bar = barRect();
    const QRect below(0, bar.bottom() + metrics.height() / 4, width(), metrics.height());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
        tr("Granted %1").arg(timeText(m_grantedAt, withSeconds)));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter,
        (m_now < m_end ? tr("Ends %1") : tr("Ended %1")).arg(timeText(m_end, withSeconds)));
    if (!m_refreshAt)
        return;
    const QString text = tr("Refresh %1").arg(timeText(*m_refreshAt, withSeconds));
    const int length = metrics.horizontalAdvance(text);
    const int x = std::clamp(xOf(*m_refreshAt) - length / 2, 0, std::max(0, width() - length));
    painter.drawText(
        QRect(x, 0, length + 1, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace latchkey::ui
