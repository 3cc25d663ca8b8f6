// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! What an icon is made of, by paths of the resources.
struct Parts {
    QString picture;
    //! In the lower right corner, where there is one.
    QString badge = {};
    //! In place of all colours, where it is valid.
    QColor tint = {};
    //! Menus ask for their chosen entry's icon as for that of an active button.
    bool isForMenu = false;

    [[nodiscard]] Parts in(QIcon::Mode mode) const
    {
        Parts parts = *this;
        if (mode == QIcon::Selected || (isForMenu && mode == QIcon::Active))
            parts.tint = QGuiApplication::palette().color(QPalette::HighlightedText);
        return parts;
    }
    [[nodiscard]] QString key(const QSize &size) const
    {
        return u"%1|%2|%3|%4x%5"_s.arg(picture, badge, tint.isValid() ? tint.name() : QString())
            .arg(size.width())
            .arg(size.height());
    }
};

QRectF squareIn(const QSize &size)
{
    QRectF square(0, 0, 0, 0);
    square.setSize(QSizeF(1, 1) * std::min(size.width(), size.height()));
    square.moveCenter(QRectF({}, size).center());
    return square;
}

void paintBadge(QPainter &painter, const QString &path, const QRectF &square)
{
    constexpr double share = 0.64;
    constexpr double gap = 0.06;
    QRectF badge(square.topLeft(), square.size() * share);
    badge.moveBottomRight(square.bottomRight());
    const double rim = square.width() * gap;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationOut);
    painter.drawEllipse(badge.adjusted(-rim, -rim, rim, rim));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    QSvgRenderer(path).render(&painter, badge);
}

//! Drawn once for each size, as lists and trays ask for the same ones again and again.
QPixmap drawn(const Parts &parts, const QSize &size)
{
    QPixmap pixmap;
    if (QPixmapCache::find(parts.key(size), &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(parts.picture).render(&painter, squareIn(size));
    if (!parts.badge.isEmpty())
        paintBadge(painter, parts.badge, squareIn(size));
    if (parts.tint.isValid()) {
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect({}, size), parts.tint);
    }
    painter.end();
    QPixmapCache::insert(parts.key(size), pixmap);
    return pixmap;
}

class SvgIconEngine final : public QIconEngine {
public:
    explicit SvgIconEngine(Parts parts)
        : m_parts(std::move(parts))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        constexpr double faint = 0.4;
        const double opacity = painter->opacity();
        if (mode == QIcon::Disabled)
            painter->setOpacity(opacity * faint);
        painter->drawPixmap(
            rect, drawn(m_parts.in(mode), rect.size() * painter->device()->devicePixelRatio()));
        painter->setOpacity(opacity);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (mode != QIcon::Disabled)
            return drawn(m_parts.in(mode), size);
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgIconEngine(m_parts); }
    QString key() const override { return u"latchkey-svg"_s; }

private:
    Parts m_parts;
};

QString shapeOf(Mood::Value mood)
{
    return u":/icons/moods/%1.svg"_s.arg(scriptName(mood));
}

QString pathOf(const QString &action)
{
    return u":/icons/actions/%1.svg"_s.arg(action);
}

} // namespace

QIcon svgIcon(const QString &path)
{
    return QIcon(new SvgIconEngine({path}));
}

QIcon actionIcon(const QString &name)
{
    return name.isEmpty() ? QIcon() : svgIcon(pathOf(name));
}

QIcon moodIcon(Mood::Value mood, const QColor &tint)
{
    return QIcon(new SvgIconEngine({shapeOf(mood), {}, tint}));
}

QIcon menuIcon(const QString &name)
{
    return name.isEmpty() ? QIcon()
                          : QIcon(new SvgIconEngine({.picture = pathOf(name), .isForMenu = true}));
}

QIcon menuIcon(Mood::Value mood)
{
    return QIcon(new SvgIconEngine({.picture = shapeOf(mood), .isForMenu = true}));
}

QIcon trayIcon(Mood::Value mood, const QColor &tint)
{
    if (mood == Mood::SignedOut)
        return QIcon(new SvgIconEngine({u":/icons/tray/signed-out.svg"_s, {}, tint}));
    return QIcon(new SvgIconEngine({u":/icons/tray/key.svg"_s, shapeOf(mood), tint}));
}

QIcon applicationIcon()
{
    return svgIcon(u":/icons/%1.svg"_s.arg(QLatin1StringView(LATCHKEY_ID)));
}

} // namespace latchkey::ui
