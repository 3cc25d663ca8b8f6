// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/tones.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QWidget>

namespace latchkey::ui {

namespace {

struct Pair {
    QRgb onLight;
    QRgb onDark;
};

Pair colorsOf(Tone tone)
{
    switch (tone) {
    case Tone::Hint:
        return {0xff1f6feb, 0xff6cb0ff};
    case Tone::Need:
        return {0xff7d3cc9, 0xffc397ff};
    case Tone::Warning:
        return {0xffa15c00, 0xffffb84d};
    case Tone::Danger:
        return {0xffc62828, 0xffff7b72};
    }
    Q_UNREACHABLE();
}

} // namespace

Tone toneOf(Mood::Value mood)
{
    switch (mood) {
    case Mood::SignedOut:
    case Mood::SignedIn:
    case Mood::Busy:
        return Tone::Hint;
    case Mood::CannotRenew:
        return Tone::Warning;
    case Mood::Lapsed:
    case Mood::Ended:
        return Tone::Danger;
    case Mood::NeedsYou:
        return Tone::Need;
    }
    Q_UNREACHABLE();
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    const Pair colors = colorsOf(tone);
    const bool isDark = palette.color(QPalette::Window).lightness() < 128;
    return isDark ? colors.onDark : colors.onLight;
}

QColor toneGround(Tone tone, const QPalette &palette)
{
    constexpr float share = 0.14F;
    const QColor ground = palette.color(QPalette::Window);
    const QColor color = toneColor(tone, palette);
    const auto mixed = [](float from, float to) {
        return from + (to - from) * share;
    };
    return QColor::fromRgbF(mixed(ground.redF(), color.redF()),
        mixed(ground.greenF(), color.greenF()), mixed(ground.blueF(), color.blueF()));
}

void paintBanner(QWidget &banner, Tone tone)
{
    QPainter painter(&banner);
    painter.setRenderHint(QPainter::Antialiasing);
    const int line = banner.fontMetrics().height();
    QPainterPath outline;
    outline.addRoundedRect(QRectF(banner.rect()), line / 4.0, line / 4.0);
    painter.setClipPath(outline);
    painter.fillRect(banner.rect(), toneGround(tone, banner.palette()));
    const int stripe = line / 4;
    const int left = banner.isRightToLeft() ? banner.width() - stripe : 0;
    painter.fillRect(QRect(left, 0, stripe, banner.height()), toneColor(tone, banner.palette()));
}

} // namespace latchkey::ui
