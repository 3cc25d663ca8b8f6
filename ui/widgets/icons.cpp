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

//! Which roles of the palette an icon is drawn in; it keeps its own colours where there is none.
struct Ink {
    QPalette::ColorRole usual = QPalette::NoRole;
    //! On a selection: of a chosen row, or of the entry of a menu that the keyboard or mouse is on.
    QPalette::ColorRole chosen = QPalette::NoRole;
};

//! What an icon is made of, by paths of the resources.
struct Parts {
    QString picture;
    //! In the lower right corner, where there is one.
    QString badge = {};
    //! In place of all colours, where it is valid.
    QColor tint = {};
    Ink ink = {};
    bool isMirrored = false;

    [[nodiscard]] QColor tintIn(QIcon::Mode mode) const
    {
        const bool isChosen = mode == QIcon::Active || mode == QIcon::Selected;
        const QPalette::ColorRole role = isChosen ? ink.chosen : ink.usual;
        if (tint.isValid() || role == QPalette::NoRole)
            return tint;
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, role);
    }
    [[nodiscard]] QString key(const QSize &size, const QColor &color) const
    {
        return u"%1|%2|%3|%4|%5x%6"_s
            .arg(picture, badge, color.isValid() ? color.name(QColor::HexArgb) : QString())
            .arg(isMirrored)
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

//! Drawn once for each size and colour, as lists and trays ask for the same ones again and again.
QPixmap drawn(const Parts &parts, const QSize &size, const QColor &color)
{
    QPixmap pixmap;
    if (QPixmapCache::find(parts.key(size, color), &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(parts.picture).render(&painter, squareIn(size));
    if (!parts.badge.isEmpty())
        paintBadge(painter, parts.badge, squareIn(size));
    if (color.isValid()) {
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect({}, size), color);
    }
    painter.end();
    if (parts.isMirrored)
        pixmap = pixmap.transformed(QTransform::fromScale(-1, 1));
    QPixmapCache::insert(parts.key(size, color), pixmap);
    return pixmap;
}

class SvgIconEngine final : public QIconEngine {
public:
    explicit SvgIconEngine(Parts parts)
        : m_parts(std::move(parts))
    {
    }

    //! The palette has a colour for what is disabled; others are made faint.
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        constexpr double faint = 0.4;
        const double opacity = painter->opacity();
        if (mode == QIcon::Disabled && m_parts.ink.usual == QPalette::NoRole)
            painter->setOpacity(opacity * faint);
        const QSize size = rect.size() * painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, drawn(m_parts, size, m_parts.tintIn(mode)));
        painter->setOpacity(opacity);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (mode != QIcon::Disabled)
            return drawn(m_parts, size, m_parts.tintIn(mode));
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

QIcon actionIcon(const QString &name, Ink ink, Qt::LayoutDirection direction)
{
    // Those that have an arrow, or lines that begin where one reads from.
    static const QStringList directed{u"folded"_s, u"ledger"_s, u"sign-in"_s, u"sign-out"_s};
    if (name.isEmpty())
        return {};
    const bool isMirrored = direction == Qt::RightToLeft && directed.contains(name);
    const QString path = u":/icons/actions/%1.svg"_s.arg(name);
    return QIcon(new SvgIconEngine({path, {}, {}, ink, isMirrored}));
}

constexpr Ink buttonInk{QPalette::ButtonText, QPalette::ButtonText};

} // namespace

QIcon actionIcon(const QString &name)
{
    return actionIcon(
        name, {QPalette::Text, QPalette::HighlightedText}, QGuiApplication::layoutDirection());
}

QIcon buttonIcon(const QString &name)
{
    return actionIcon(name, buttonInk, QGuiApplication::layoutDirection());
}

QIcon foldIcon(bool isOpen, Qt::LayoutDirection direction)
{
    return actionIcon(isOpen ? u"unfolded"_s : u"folded"_s, buttonInk, direction);
}

QIcon moodIcon(Mood::Value mood, const QColor &tint)
{
    const Ink ink{QPalette::NoRole, QPalette::HighlightedText};
    return QIcon(new SvgIconEngine({shapeOf(mood), {}, tint, ink}));
}

QIcon trayIcon(Mood::Value mood, const QColor &tint)
{
    if (mood == Mood::SignedOut)
        return QIcon(new SvgIconEngine({u":/icons/tray/signed-out.svg"_s, {}, tint}));
    return QIcon(new SvgIconEngine({u":/icons/tray/key.svg"_s, shapeOf(mood), tint}));
}

QIcon signIcon(const QString &name, const QColor &tint)
{
    return QIcon(new SvgIconEngine({u":/icons/signs/%1.svg"_s.arg(name), {}, tint}));
}

QIcon applicationIcon()
{
    return QIcon(new SvgIconEngine({u":/icons/%1.svg"_s.arg(QLatin1StringView(LATCHKEY_ID))}));
}

} // namespace latchkey::ui
