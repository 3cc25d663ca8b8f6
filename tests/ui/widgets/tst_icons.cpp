// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/icons.h"

#include "ui/uifixture.h"

#include <QImage>
#include <QMetaEnum>

#include <cmath>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

QList<Mood::Value> moods()
{
    const auto names = QMetaEnum::fromType<Mood::Value>();
    QList<Mood::Value> moods;
    for (int index = 0; index < names.keyCount(); ++index)
        moods.append(static_cast<Mood::Value>(names.value(index)));
    return moods;
}

QImage drawn(const QIcon &icon, int side = 16)
{
    return icon.pixmap(side, side).toImage().convertToFormat(QImage::Format_ARGB32);
}

//! Of all pixels that are not see-through.
QSet<QRgb> colors(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) == 255)
                colors.insert(image.pixel(x, y));
        }
    }
    return colors;
}

//! Relative luminance, as WCAG 2.1 has it.
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, bright] = std::minmax({luminance(one), luminance(other)});
    return (bright + 0.05) / (dark + 0.05);
}

} // namespace

class TestIcons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void moodsAreToldApartWithoutColor();
    void moodsStandOutInLightAndDark();
    void tintIsTheOnlyColor();
    void takeTheColorOfTheWordsInAChosenEntry();
    void areSharpOnAnyScreen();
};

void TestIcons::moodsAreToldApartWithoutColor()
{
    QList<QImage> shapes;
    QList<QImage> inTheTray;
    for (const Mood::Value mood : moods()) {
        const QImage shape = drawn(moodIcon(mood, Qt::black));
        QVERIFY(!colors(shape).isEmpty() && !shapes.contains(shape));
        shapes.append(shape);
        const QImage tray = drawn(trayIcon(mood), 22);
        QVERIFY(!inTheTray.contains(tray));
        inTheTray.append(tray);
    }
}

void TestIcons::moodsStandOutInLightAndDark()
{
    for (const Mood::Value mood : moods()) {
        for (const QRgb color : colors(drawn(moodIcon(mood), 64))) {
            QVERIFY2(contrast(color, Qt::white) >= 3, qPrintable(scriptName(mood)));
            QVERIFY2(contrast(color, QColor(0x23, 0x26, 0x29)) >= 3, qPrintable(scriptName(mood)));
        }
    }
}

void TestIcons::tintIsTheOnlyColor()
{
    for (const Mood::Value mood : moods())
        QCOMPARE(colors(drawn(moodIcon(mood, Qt::white))), QSet<QRgb>{qRgb(255, 255, 255)});
}

//! Else a grey or green one could hardly be seen on the colour of the chosen entry.
void TestIcons::takeTheColorOfTheWordsInAChosenEntry()
{
    const QRgb words = QGuiApplication::palette().color(QPalette::HighlightedText).rgb();
    const auto in = [](const QIcon &icon, QIcon::Mode mode) {
        return colors(icon.pixmap(64, 64, mode).toImage().convertToFormat(QImage::Format_ARGB32));
    };
    for (const QIcon &icon : {menuIcon(u"copy"_s), menuIcon(Mood::SignedIn)}) {
        QCOMPARE(in(icon, QIcon::Active), QSet<QRgb>{words});
        QVERIFY(!in(icon, QIcon::Normal).contains(words));
    }
    QVERIFY(!in(actionIcon(u"copy"_s), QIcon::Active).contains(words)); // a button
    QCOMPARE(in(actionIcon(u"copy"_s), QIcon::Selected), QSet<QRgb>{words});
}

void TestIcons::areSharpOnAnyScreen()
{
    const QPixmap pixmap = moodIcon(Mood::Lapsed).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
