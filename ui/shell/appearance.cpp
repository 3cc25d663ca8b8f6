// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/appearance.h"

#include "widgets/clearstyle.h"
#include "widgets/palettes.h"

#include <QApplication>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

AppearanceFollower::AppearanceFollower(std::unique_ptr<ColorScheme> desktop, QObject *parent)
    : QObject(parent)
    , m_desktop(std::move(desktop))
{
    QApplication::setStyle(new ClearStyle);
    connect(m_desktop.get(), &ColorScheme::changed, this, &AppearanceFollower::apply);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    // The style may have turned round by itself, before or after the desktop has told us.
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
        &AppearanceFollower::apply, Qt::QueuedConnection);
#endif
    apply();
}

void AppearanceFollower::applyAppearance(Appearance::Value wanted)
{
    if (std::exchange(m_wanted, wanted) != wanted)
        apply();
}

//! An empty palette brings that of the style back. The desktop's own style may draw in its own
//! colours only, so Qt's is taken for ours.
void AppearanceFollower::apply()
{
    takeStyle({});
    QApplication::setPalette(QPalette());
    const QPalette ofStyle = QGuiApplication::palette();
    const bool isStyleDark = isDark(ofStyle);
    if (wantsDark(isStyleDark) == isStyleDark)
        return QApplication::setPalette(readable(ofStyle));
    takeStyle(u"fusion"_s);
    QApplication::setPalette(isStyleDark ? lightPalette() : darkPalette());
}

void AppearanceFollower::takeStyle(const QString &name)
{
    if (std::exchange(m_style, name) != name)
        QApplication::setStyle(name.isEmpty() ? new ClearStyle : new ClearStyle(name));
}

bool AppearanceFollower::wantsDark(bool isStyleDark) const
{
    switch (m_wanted) {
    case Appearance::Light:
        return false;
    case Appearance::Dark:
        return true;
    case Appearance::System:
        break;
    }
    switch (m_desktop->wish()) {
    case ColorScheme::Wish::Dark:
        return true;
    case ColorScheme::Wish::Light:
        return false;
    case ColorScheme::Wish::None:
        return isStyleDark;
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::ui
