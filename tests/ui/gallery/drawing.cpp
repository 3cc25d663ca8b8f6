// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/gallery/drawing.h"

#include "ui/contrast.h"

#include <QHash>
#include <QPaintEngine>
#include <QPixmap>
#include <QWidget>

#include <algorithm>
#include <map>
#include <numeric>

namespace latchkey::test {

namespace {

//! Writes down texts and pictures, with their colours, and draws nothing.
class Recorder final : public QPaintEngine {
public:
    explicit Recorder(Drawing &drawing)
        : QPaintEngine(AllFeatures)
        , m_drawing(drawing)
    {
    }

    bool begin(QPaintDevice * /*device*/) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState & /*state*/) override { }
    [[nodiscard]] Type type() const override { return User; }

    void drawTextItem(const QPointF &at, const QTextItem &item) override
    {
        const QRectF place(
            at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        QColor color = state->pen().color();
        color.setAlphaF(color.alphaF() * static_cast<float>(state->opacity()));
        const QRect seen = seenOf(place);
        if (seen.isEmpty() || item.text().trimmed().isEmpty())
            return;
        // What is selected is drawn once more, under a clip that leaves nothing of it.
        const bool isDrawn = std::ranges::any_of(m_drawing.texts, [&](const Drawing::Text &before) {
            return before.words == item.text() && before.place == seen;
        });
        if (isDrawn)
            return;
        m_drawing.texts.append({item.text(), seen, color});
    }
    void drawPixmap(const QRectF &place, const QPixmap &pixmap, const QRectF &part) override
    {
        const QImage image = pixmap.copy(part.toRect()).toImage();
        if (const QRect seen = seenOf(place); !seen.isEmpty() && isSeeThrough(image))
            m_drawing.icons.append({seen});
    }
    void drawPath(const QPainterPath & /*path*/) override { }
    void drawPolygon(const QPointF * /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override
    {
    }

private:
    //! Else it is a part of a frame that the style keeps as a picture.
    [[nodiscard]] static bool isSeeThrough(const QImage &image)
    {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qAlpha(image.pixel(x, y)) == 0)
                    return true;
            }
        }
        return false;
    }
    [[nodiscard]] QRect seenOf(const QRectF &place) const
    {
        QRect seen = state->transform().mapRect(place).toAlignedRect();
        if (const QRegion clip = systemClip(); !clip.isEmpty())
            seen &= clip.boundingRect();
        return seen;
    }

    Drawing &m_drawing;
};

class RecordingDevice final : public QPaintDevice {
public:
    RecordingDevice(Drawing &drawing, const QSize &size)
        : m_recorder(drawing)
        , m_size(size)
    {
    }

    [[nodiscard]] QPaintEngine *paintEngine() const override { return &m_recorder; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        const bool isSize = metric == PdmWidth || metric == PdmHeight;
        const bool isDensity = metric == PdmDpiX || metric == PdmDpiY || metric == PdmPhysicalDpiX
            || metric == PdmPhysicalDpiY;
        if (isSize)
            return metric == PdmWidth ? m_size.width() : m_size.height();
        if (isDensity)
            return 96;
        return metric == PdmDevicePixelRatioScaled ? QPaintDevice::metric(metric) : 1;
    }

private:
    mutable Recorder m_recorder;
    QSize m_size;
};

QColor blended(const QColor &color, const QColor &ground)
{
    const auto mixed = [&](float of, float on) {
        return on + (of - on) * color.alphaF();
    };
    return QColor::fromRgbF(mixed(color.redF(), ground.redF()),
        mixed(color.greenF(), ground.greenF()), mixed(color.blueF(), ground.blueF()));
}

class Counts {
public:
    void count(QRgb color, int times = 1) { m_counts[color] += times; }

    [[nodiscard]] QColor mostFrequent() const
    {
        const auto kinds = byKind();
        const auto most = std::max_element(kinds.cbegin(), kinds.cend(),
            [](const Kind &one, const Kind &other) { return one.count < other.count; });
        return most == kinds.cend() ? QColor() : QColor(most->colors.rbegin()->second);
    }
    //! Specks do not count.
    [[nodiscard]] double strongest(const QColor &on) const
    {
        constexpr int speck = 1; // per cent
        const int all = std::accumulate(m_counts.cbegin(), m_counts.cend(), 0);
        double strongest = 1;
        for (const Kind &kind : byKind()) {
            for (const auto &[count, color] : kind.colors) {
                if (kind.count * 100 >= all * speck)
                    strongest = std::max(strongest, contrast(QColor(color), on));
            }
        }
        return strongest;
    }

private:
    //! Colours that nobody tells apart, as in gradients, by how frequent they are.
    struct Kind {
        int count = 0;
        std::map<int, QRgb> colors;
    };
    [[nodiscard]] QHash<QRgb, Kind> byKind() const
    {
        QHash<QRgb, Kind> kinds;
        for (auto color = m_counts.cbegin(); color != m_counts.cend(); ++color) {
            Kind &kind = kinds[color.key() & 0xffe0e0e0];
            kind.count += color.value();
            kind.colors.emplace(color.value(), color.key());
        }
        return kinds;
    }

    QHash<QRgb, int> m_counts;
};

Counts countsIn(const QImage &picture, const QRect &place)
{
    Counts counts;
    const QRect within = place & picture.rect();
    for (int y = within.top(); y <= within.bottom(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        const auto *end = line + within.left() + within.width();
        // Most of a line is of one colour.
        for (const auto *run = line + within.left(); run != end;) {
            const auto *next = std::find_if(run, end, [&](QRgb color) { return color != *run; });
            counts.count(*run, static_cast<int>(next - run));
            run = next;
        }
    }
    return counts;
}

} // namespace

Drawing Drawing::of(QWidget &window)
{
    Drawing drawing;
    drawing.picture = window.grab().toImage().convertToFormat(QImage::Format_RGB32);
    RecordingDevice device(drawing, window.size());
    window.render(&device);
    return drawing;
}

QColor Drawing::ground(const QRect &place) const
{
    return countsIn(picture, inPixels(place)).mostFrequent();
}

QColor Drawing::groundAround(const QRect &place) const
{
    Counts counts;
    const QRect within = inPixels(place);
    const QRect ring = within.adjusted(-1, -1, 1, 1);
    for (int x = ring.left(); x <= ring.right(); ++x) {
        for (int y = ring.top(); y <= ring.bottom(); ++y) {
            if (!within.contains(x, y) && picture.rect().contains(x, y))
                counts.count(picture.pixel(x, y));
        }
    }
    return counts.mostFrequent();
}

QRect Drawing::inPixels(const QRect &place) const
{
    const double ratio = picture.devicePixelRatio();
    return QRectF(QPointF(place.topLeft()) * ratio, QSizeF(place.size()) * ratio).toAlignedRect();
}

double Drawing::contrastOf(const Text &text) const
{
    const QColor on = ground(text.place);
    return contrast(blended(text.color, on), on);
}

double Drawing::contrastOf(const Icon &icon) const
{
    return countsIn(picture, inPixels(icon.place)).strongest(groundAround(icon.place));
}

} // namespace latchkey::test
