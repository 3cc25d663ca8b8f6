// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/palettes.h"

#include <QColor>
#include <QStyleOptionViewItem>

#include <algorithm>
#include <cmath>

namespace latchkey::ui {

namespace {

struct Colors {
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb button;
    QRgb text;
    QRgb disabled;
    QRgb highlight;
    QRgb link;
    QRgb visited;
    QRgb toolTip;
};

constexpr Colors dark{0xff2d2d30, 0xff1e1e20, 0xff262629, 0xff3a3a3e, 0xfff2f2f2, 0xffa0a0a4,
    0xff2a62c4, 0xff6cb0ff, 0xffc79bff, 0xff3c3c40};
constexpr Colors light{0xffefefef, 0xffffffff, 0xfff5f5f5, 0xfff0f0f0, 0xff000000, 0xff646464,
    0xff2a62c4, 0xff0b57d0, 0xff7b2fbf, 0xffffffff};

//! The constructor works out the colours of borders and shades.
QPalette paletteOf(const Colors &colors)
{
    QPalette palette(colors.button, colors.window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
             QPalette::ToolTipText, QPalette::BrightText}) {
        palette.setColor(role, colors.text);
        palette.setColor(QPalette::Disabled, role, colors.disabled);
    }
    palette.setColor(QPalette::Base, colors.base);
    palette.setColor(QPalette::AlternateBase, colors.alternate);
    palette.setColor(QPalette::ToolTipBase, colors.toolTip);
    palette.setColor(QPalette::Highlight, colors.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.disabled);
    palette.setColor(QPalette::Link, colors.link);
    palette.setColor(QPalette::LinkVisited, colors.visited);
    return readable(palette);
}

//! Relative luminance, as WCAG 2 has it.
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [less, more] = std::minmax({luminance(one), luminance(other)});
    return (more + 0.05) / (less + 0.05);
}

//! \a color as it is, or as much darker or lighter as it has to be to stand out from \a other.
QColor apart(QColor color, const QColor &other)
{
    constexpr double enough = 5.5; // of which signs that are a little paler still have 3
    constexpr int percent = 104;
    const bool isDarker = luminance(color) < luminance(other);
    for (int step = 0; step < 60 && contrast(color, other) < enough; ++step)
        color = isDarker ? color.darker(percent) : color.lighter(percent);
    return color;
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QPalette darkPalette()
{
    return paletteOf(dark);
}

QPalette lightPalette()
{
    return paletteOf(light);
}

QPalette readable(QPalette palette)
{
    // What nobody can change can still be read.
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QColor pale = palette.color(QPalette::Disabled, role);
        for (const auto behind : {QPalette::Window, QPalette::Button})
            pale = apart(pale, palette.color(QPalette::Active, behind));
        palette.setColor(QPalette::Disabled, role, pale);
    }
    palette.setColor(QPalette::Disabled, QPalette::PlaceholderText,
        palette.color(QPalette::Disabled, QPalette::Text));
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        QColor hint = palette.color(group, QPalette::Text);
        hint.setAlphaF(0.7F);
        palette.setColor(group, QPalette::PlaceholderText, hint);
        const auto setApart = [&](QPalette::ColorRole role, QPalette::ColorRole from) {
            palette.setColor(
                group, role, apart(palette.color(group, role), palette.color(group, from)));
        };
        setApart(QPalette::Highlight, QPalette::HighlightedText);
        setApart(QPalette::Link, QPalette::Window);
        setApart(QPalette::LinkVisited, QPalette::Window);
    }
    return palette;
}

QColor textColor(const QStyleOptionViewItem &row)
{
    const bool isSelected = row.state.testFlag(QStyle::State_Selected);
    const auto group =
        row.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return row.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
}

QColor fainter(QColor color)
{
    color.setAlphaF(0.75F);
    return color;
}

} // namespace latchkey::ui
