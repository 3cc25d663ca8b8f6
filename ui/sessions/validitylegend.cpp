// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validitylegend.h"

#include "widgets/tones.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPalette>
#include <QStyle>

namespace latchkey::ui {

namespace {

void paintNotch(QPainter &painter, const QRectF &bar, const QPalette &palette)
{
    const QPointF middle = bar.center();
    painter.setPen(QPen(palette.color(QPalette::Window), 1.5));
    painter.drawLine(QPointF(middle.x(), bar.top()), middle);
}

void paintStop(QPainter &painter, const QRectF &bar, const QPalette &palette)
{
    const double x = bar.center().x();
    painter.setPen(QPen(toneColor(Tone::Danger, palette), 3));
    painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()));
}

//! Fills the lower half, so that it does not differ from the others by colour alone.
void paintOutage(QPainter &painter, const QRectF &place, const QPalette &palette)
{
    const QRectF lower = place.adjusted(0, place.height() * 0.45, 0, 0);
    painter.fillRect(lower, palette.color(QPalette::Window));
    painter.fillRect(lower.adjusted(0, 1.5, 0, 0), toneColor(Tone::Warning, palette));
}

} // namespace

ValidityLegend::ValidityLegend(const ValidityLine &line, const QFont &font)
    : m_font(font)
{
    m_font.setPointSizeF(font.pointSizeF() * 0.9);
    const auto add = [this](Sign sign, bool isThere) {
        if (isThere)
            m_signs.append(sign);
    };
    add(Sign::Good, !line.good.isEmpty());
    add(Sign::Foreseen, line.foreseen.has_value());
    add(Sign::Refresh, line.nextRefresh || !line.renewals.isEmpty());
    add(Sign::Outage, !line.outages.isEmpty());
    add(Sign::Sleep, !line.sleeps.isEmpty());
    add(Sign::SignInEnd, line.signInEnd.has_value());
}

QString ValidityLegend::wordsFor(Sign sign)
{
    switch (sign) {
    case Sign::Good:
        return tr("Token good", "a colour of the timeline");
    case Sign::Foreseen:
        return tr("Good once refreshed", "a colour of the timeline");
    case Sign::Refresh:
        return tr("Refresh", "a mark on the timeline");
    case Sign::Outage:
        return tr("Could not refresh", "a colour of the timeline");
    case Sign::Sleep:
        return tr("Computer asleep", "a colour of the timeline");
    case Sign::SignInEnd:
        return tr("Sign-in ends", "a mark on the timeline");
    }
    Q_UNREACHABLE();
}

//! From left to right.
QList<ValidityLegend::Entry> ValidityLegend::entries(int width) const
{
    const QFontMetrics metrics(m_font);
    const int line = metrics.height();
    QList<Entry> entries;
    QPoint next;
    for (const Sign sign : m_signs) {
        const QString words = wordsFor(sign);
        const QSize size(line * 7 / 4 + metrics.horizontalAdvance(words), line);
        if (next.x() > 0 && next.x() + size.width() > width)
            next = QPoint(0, next.y() + line * 5 / 4);
        entries.append({sign, words, QRect(next, size)});
        next.rx() += size.width() + line;
    }
    return entries;
}

int ValidityLegend::heightFor(int width) const
{
    return m_signs.isEmpty() ? 0 : entries(width).last().place.bottom() + 1;
}

void ValidityLegend::paint(QPainter &painter, const QRect &place, const QPalette &palette) const
{
    painter.save();
    painter.setFont(m_font);
    const QList<Entry> all = entries(place.width());
    for (const Entry &entry : all) {
        const QRect at = entry.place.translated(place.topLeft());
        const int line = at.height();
        const QRect sample(at.left(), at.top() + line / 5, line * 5 / 4, line * 3 / 5);
        const auto turned = [&](const QRect &rect) {
            return QStyle::visualRect(painter.layoutDirection(), place, rect);
        };
        if (entry.sign == Sign::Refresh) // which is a notch in what is good
            paintSign(painter, Sign::Good, turned(sample), palette);
        paintSign(painter, entry.sign, turned(sample), palette);
        painter.setPen(palette.color(QPalette::WindowText));
        painter.drawText(turned(at), Qt::AlignTrailing | Qt::AlignVCenter, entry.words);
    }
    painter.restore();
}

void ValidityLegend::paintSign(
    QPainter &painter, Sign sign, const QRectF &place, const QPalette &palette)
{
    switch (sign) {
    case Sign::Good:
        return painter.fillRect(place, palette.color(QPalette::Highlight));
    case Sign::Foreseen:
        return painter.fillRect(place, foreseenColor(palette));
    case Sign::Refresh:
        return paintNotch(painter, place, palette);
    case Sign::Outage:
        return paintOutage(painter, place, palette);
    case Sign::Sleep:
        return painter.fillRect(
            place, QBrush(palette.color(QPalette::WindowText), Qt::Dense5Pattern));
    case Sign::SignInEnd:
        return paintStop(painter, place, palette);
    }
    Q_UNREACHABLE();
}

QColor ValidityLegend::foreseenColor(const QPalette &palette)
{
    QColor color = palette.color(QPalette::Highlight);
    color.setAlphaF(0.3F);
    return color;
}

} // namespace latchkey::ui
