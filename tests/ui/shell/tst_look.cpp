// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/look.h"
#include "widgets/clearstyle.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace latchkey;
using namespace latchkey::ui;

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isLightOrDarkOrTheDesktops();
    void textsCanBeRead_data();
    void textsCanBeRead();
};

namespace {

//! WCAG 2.1, relative luminance.
double luminanceOf(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrastOf(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminanceOf(a), luminanceOf(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace

void TestLook::isLightOrDarkOrTheDesktops()
{
    const auto window = [] {
        return QApplication::palette().color(QPalette::Window);
    };
    const auto style = [] {
        const auto *clear = qobject_cast<ClearStyle *>(QApplication::style());
        return clear ? clear->baseStyle()->name() : QString();
    };
    QApplication::setStyle(new ClearStyle(QStringLiteral("windows")));
    const QColor before = window();
    Look look;
    look.apply(Appearance::Dark);
    QVERIFY(window().lightness() < 100);
    QCOMPARE(style(), QStringLiteral("fusion"));
    look.apply(Appearance::Light);
    QVERIFY(window().lightness() > 200);
    look.apply(Appearance::System);
    QCOMPARE(window(), before);
    QCOMPARE(style(), QStringLiteral("windows"));
}

void TestLook::textsCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("dark") << Look::dark();
    QTest::newRow("light") << Look::light();
}

void TestLook::textsCanBeRead()
{
    QFETCH(const QPalette, palette);
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window}, {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase}, {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::ToolTipText, QPalette::ToolTipBase}, {QPalette::Link, QPalette::Window}};
    for (const auto &[text, ground] : pairs) {
        const double contrast = contrastOf(palette.color(text), palette.color(ground));
        QVERIFY2(contrast >= 4.5, qPrintable(QString::number(contrast)));
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        const QColor text = palette.color(QPalette::Disabled, role);
        const double contrast =
            contrastOf(text, palette.color(QPalette::Disabled, QPalette::Window));
        QVERIFY2(contrast >= 4.5, qPrintable(QString::number(contrast)));
    }
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
