// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/validitytimeline.h"

#include "widgets/localtime.h"

#include "session/sessionsnapshot.h"

#include <QAccessibleWidget>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

class TimelineAccess final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineAccess(ValidityTimeline *timeline)
        : QAccessibleWidget(timeline, QAccessible::ProgressBar)
        , m_timeline(timeline)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        return state;
    }

    [[nodiscard]] QVariant currentValue() const override { return m_timeline->percentLeft(); }
    void setCurrentValue(const QVariant &) override { }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant maximumValue() const override { return 100; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    ValidityTimeline *m_timeline;
};

QAccessibleInterface *timelineAccess(const QString &, QObject *object)
{
    auto *timeline = qobject_cast<ValidityTimeline *>(object);
    return timeline ? new TimelineAccess(timeline) : nullptr;
}

constexpr int summaryFlags = Qt::AlignLeading | Qt::AlignTop | Qt::TextWordWrap;

int percentLeftOf(const SessionSnapshot &snapshot)
{
    if (!snapshot.grantedAt || !snapshot.hasGoodAccess())
        return 0;
    const auto life = std::max<Milliseconds>(*snapshot.accessEnd - *snapshot.grantedAt, 1ms);
    return static_cast<int>((*snapshot.accessEnd - snapshot.takenAt) * 100 / life);
}

} // namespace

ValidityTimeline::ValidityTimeline(QWidget *parent)
    : QWidget(parent)
{
    QAccessible::installFactory(timelineAccess);
    setAccessibleName(tr("Validity"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ValidityTimeline::setSnapshot(const SessionSnapshot &snapshot)
{
    m_line = ValidityLine::of(snapshot);
    m_percentLeft = percentLeftOf(snapshot);
    const QString before = std::exchange(m_summary, summaryOf(snapshot));
    const auto signsBefore = std::exchange(m_legend, ValidityLegend(m_line, font())).signs();
    if (m_summary != before || m_legend.signs() != signsBefore)
        updateGeometry();
    setVisible(!m_line.isEmpty());
    const QString sentence = QStringList{m_summary, past()}.join(u' ').trimmed();
    if (sentence != accessibleDescription()) {
        setAccessibleDescription(sentence);
        setToolTip(sentence);
    }
    update();
}

void ValidityTimeline::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_legend = ValidityLegend(m_line, font());
    updateGeometry();
}

QSize ValidityTimeline::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 14, line * 7 / 2};
}

QSize ValidityTimeline::minimumSizeHint() const
{
    return sizeHint();
}

int ValidityTimeline::heightForWidth(int width) const
{
    return legendTop(width) + m_legend.heightFor(width);
}

//! What is to come.
QString ValidityTimeline::summaryOf(const SessionSnapshot &snapshot)
{
    if (!snapshot.accessEnd)
        return tr("No access token.");
    const auto at = [&](WallTime time) {
        return shortTimeOf(time, snapshot.takenAt);
    };
    QStringList sentences{(snapshot.hasGoodAccess() ? tr("Access token good until %1.")
                                                    : tr("Access token expired at %1."))
            .arg(at(*snapshot.accessEnd))};
    if (snapshot.nextRefreshAt)
        sentences.append(tr("Next refresh at %1.").arg(at(*snapshot.nextRefreshAt)));
    if (snapshot.refreshEnd)
        sentences.append(tr("The sign-in ends at %1.").arg(at(*snapshot.refreshEnd)));
    return sentences.join(u' ');
}

//! What the last day was like.
QString ValidityTimeline::past() const
{
    QStringList sentences;
    if (const auto count = m_line.renewals.size())
        sentences.append(tr("Refreshes in the last day: %1.").arg(count));
    if (const auto count = m_line.outages.size())
        sentences.append(tr("Outages: %1.").arg(count));
    if (const auto count = m_line.sleeps.size())
        sentences.append(tr("Times that the computer slept: %1.").arg(count));
    return sentences.join(u' ');
}

QRectF ValidityTimeline::barRect() const
{
    const int line = fontMetrics().height();
    const int top = summaryRect(width()).height() + line / 4;
    return QRectF(0, top, width(), line).adjusted(0.5, 0.5, -0.5, -0.5);
}

QRect ValidityTimeline::summaryRect(int width) const
{
    const QRect room(0, 0, width, 1);
    const int height = fontMetrics().boundingRect(room, summaryFlags, m_summary).height();
    return {0, 0, width, std::max(height, fontMetrics().height())};
}

//! Below the scale.
int ValidityTimeline::legendTop(int width) const
{
    return summaryRect(width).height() + fontMetrics().height() * 5 / 2;
}

double ValidityTimeline::xOf(double place) const
{
    return isRightToLeft() ? m_bar.right() - place * m_bar.width()
                           : m_bar.left() + place * m_bar.width();
}

//! At least a pixel wide, so that a short outage can be seen.
QRectF ValidityTimeline::rectOf(const ValidityLine::Stretch &stretch) const
{
    const double left = std::min(xOf(stretch.from), xOf(stretch.to));
    const double right = std::max(xOf(stretch.from), xOf(stretch.to));
    return {left, m_bar.top(), std::max(1.0, right - left), m_bar.height()};
}

void ValidityTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_bar = barRect();
    paintBar(painter);
    paintMoments(painter);
    paintNow(painter);
    paintScale(painter);
    m_legend.paint(painter, rect().adjusted(0, legendTop(width()), 0, 0), palette());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(summaryRect(width()), summaryFlags, m_summary);
}

void ValidityTimeline::paintBar(QPainter &painter) const
{
    const QRectF &bar = m_bar;
    const double radius = bar.height() / 4;
    QPainterPath outline;
    outline.addRoundedRect(bar, radius, radius);
    QColor groove = palette().color(QPalette::WindowText);
    groove.setAlphaF(0.08F);
    painter.fillPath(outline, groove);
    painter.save();
    painter.setClipPath(outline);
    paintStretches(painter);
    painter.restore();
    groove.setAlphaF(0.45F);
    painter.setPen(groove);
    painter.drawPath(outline);
}

void ValidityTimeline::paintStretches(QPainter &painter) const
{
    if (m_line.foreseen)
        paintForeseen(painter);
    const auto paint = [&](ValidityLegend::Sign sign, const QList<ValidityLine::Stretch> &all) {
        for (const ValidityLine::Stretch &stretch : all)
            ValidityLegend::paintSign(painter, sign, rectOf(stretch), palette());
    };
    paint(ValidityLegend::Sign::Good, m_line.good);
    paint(ValidityLegend::Sign::Outage, m_line.outages);
    paint(ValidityLegend::Sign::Sleep, m_line.sleeps);
}

//! Where nobody knows how far it reaches, it fades away.
void ValidityTimeline::paintForeseen(QPainter &painter) const
{
    QColor color = ValidityLegend::foreseenColor(palette());
    QLinearGradient fading(xOf(m_line.foreseen->from), 0, xOf(m_line.foreseen->to), 0);
    fading.setColorAt(0, color);
    if (!m_line.isForeseenWhole)
        color.setAlphaF(0);
    fading.setColorAt(1, color);
    painter.fillRect(rectOf(*m_line.foreseen), fading);
}

//! Refreshes, also the next one, are notches at the top of the bar, and the sign-in's end is a stop
//! across it.
void ValidityTimeline::paintMoments(QPainter &painter) const
{
    const auto paint = [&](ValidityLegend::Sign sign, double place) {
        QRectF moment = m_bar;
        moment.setWidth(0);
        moment.moveLeft(xOf(place));
        ValidityLegend::paintSign(painter, sign, moment, palette());
    };
    for (const double renewal : m_line.renewals)
        paint(ValidityLegend::Sign::Refresh, renewal);
    if (m_line.nextRefresh)
        paint(ValidityLegend::Sign::Refresh, *m_line.nextRefresh);
    if (m_line.signInEnd)
        paint(ValidityLegend::Sign::SignInEnd, *m_line.signInEnd);
}

void ValidityTimeline::paintNow(QPainter &painter) const
{
    const QRectF &bar = m_bar;
    const double x = xOf(0.5);
    const double over = bar.height() / 6;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
    painter.drawLine(QPointF(x, bar.top() - over), QPointF(x, bar.bottom() + over));
}

void ValidityTimeline::paintScale(QPainter &painter) const
{
    const double top = m_bar.bottom() + fontMetrics().height() / 6.0;
    QColor color = palette().color(QPalette::WindowText);
    painter.setPen(color);
    for (const int hours : {-24, -6, -1, 0, 1, 6, 24}) {
        QString text = tr("now");
        if (hours != 0)
            text = (hours < 0 ? tr("−%1 h", "hours ago") : tr("+%1 h", "in hours"))
                       .arg(std::abs(hours));
        const double length = fontMetrics().horizontalAdvance(text);
        const double x = xOf(ValidityLine::placeOf(std::chrono::hours(hours))) - length / 2;
        const QRectF place(
            std::clamp(x, 0.0, width() - length), top, length + 1, fontMetrics().height());
        painter.drawText(place, static_cast<int>(Qt::AlignCenter | Qt::TextDontClip), text);
    }
}

} // namespace latchkey::ui
