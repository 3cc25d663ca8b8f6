// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/look.h"

#include "widgets/clearstyle.h"

#include <QApplication>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! What is switched off, such as what the administrator has set, is still there to be read.
void setTextOfDisabled(QPalette &palette, const QColor &color)
{
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color);
    palette.setColor(QPalette::PlaceholderText, color);
}

//! ClearStyle has no name of its own.
QString nameOfStyle()
{
    const auto *proxy = qobject_cast<QProxyStyle *>(QApplication::style());
    return (proxy ? proxy->baseStyle() : QApplication::style())->name();
}

} // namespace

Look::Look()
    : m_system(nameOfStyle())
{
}

//! The desktop's own style may draw in its own colours only, so another one is taken for ours.
void Look::apply(Appearance::Value appearance)
{
    if (appearance == m_now)
        return;
    m_now = appearance;
    QApplication::setStyle(
        new ClearStyle(appearance == Appearance::System ? m_system : u"fusion"_s));
    switch (appearance) {
    case Appearance::System:
        return QApplication::setPalette(QPalette());
    case Appearance::Light:
        return QApplication::setPalette(light());
    case Appearance::Dark:
        return QApplication::setPalette(dark());
    }
    Q_UNREACHABLE();
}

QPalette Look::dark()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(38, 38, 41));
    palette.setColor(QPalette::ToolTipBase, QColor(60, 60, 64));
    palette.setColor(QPalette::ToolTipText, Qt::white);
    palette.setColor(QPalette::Link, QColor(120, 180, 255));
    setTextOfDisabled(palette, QColor(160, 160, 164));
    return palette;
}

QPalette Look::light()
{
    QPalette palette(QColor(239, 239, 239));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::AlternateBase, QColor(247, 247, 247));
    palette.setColor(QPalette::ToolTipBase, QColor(255, 255, 220));
    palette.setColor(QPalette::ToolTipText, Qt::black);
    setTextOfDisabled(palette, QColor(100, 100, 100));
    return palette;
}

} // namespace latchkey::ui
