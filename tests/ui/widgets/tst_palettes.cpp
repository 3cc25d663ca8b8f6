// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/palettes.h"

#include "support/warnings.h"
#include "ui/contrast.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace latchkey::test;
using namespace latchkey::ui;

namespace {

//! As it comes out on that ground.
QColor blended(const QColor &color, const QColor &ground)
{
    const auto mixed = [&](float of, float on) {
        return on + (of - on) * color.alphaF();
    };
    return QColor::fromRgbF(mixed(color.redF(), ground.redF()),
        mixed(color.greenF(), ground.greenF()), mixed(color.blueF(), ground.blueF()));
}

} // namespace

class TestPalettes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void canBeRead_data();
    void canBeRead();
    void whatIsSwitchedOffCanBeRead();
    void areLightAndDark();
};

void TestPalettes::canBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("dark") << darkPalette();
    QTest::newRow("light") << lightPalette();
    QTest::newRow("of the style") << readable(QApplication::style()->standardPalette());
}

void TestPalettes::canBeRead()
{
    QFETCH(const QPalette, palette);
    const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> onGround{
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Link, QPalette::Window},
        {QPalette::LinkVisited, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
    };
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        for (const auto &[text, ground] : onGround) {
            const QColor on = palette.color(group, ground);
            const double ratio = contrast(blended(palette.color(group, text), on), on);
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(text).arg(ratio)));
        }
    }
}

//! What is switched off, such as what the administrator has set, is still there to be read.
void TestPalettes::whatIsSwitchedOffCanBeRead()
{
    for (const QPalette &palette :
        {darkPalette(), lightPalette(), readable(QApplication::style()->standardPalette())}) {
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                 QPalette::PlaceholderText}) {
            for (const auto ground : {QPalette::Window, QPalette::Button}) {
                QVERIFY(contrast(palette.color(QPalette::Disabled, role),
                            palette.color(QPalette::Disabled, ground))
                    >= 4.5);
            }
        }
    }
}

void TestPalettes::areLightAndDark()
{
    QVERIFY(isDark(darkPalette()));
    QVERIFY(!isDark(lightPalette()));
}

QTEST_MAIN(TestPalettes)
#include "tst_palettes.moc"
