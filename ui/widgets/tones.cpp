// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/tones.h"

#include <QPalette>

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
    case Tone::Warning:
        return {0xffa15c00, 0xffffb84d};
    case Tone::Danger:
        return {0xffc62828, 0xffff7b72};
    }
    Q_UNREACHABLE();
}

} // namespace

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

} // namespace latchkey::ui
