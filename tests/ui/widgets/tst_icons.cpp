// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/icons.h"

#include "ui/contrast.h"
#include "ui/uifixture.h"

#include <QGuiApplication>
#include <QImage>
#include <QMetaEnum>

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

} // namespace

class TestIcons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void moodsAreToldApartWithoutColor();
    void moodsStandOutInLightAndDark();
    void tintIsTheOnlyColor();
    void takeThePalettesColorOfTheMoment_data();
    void takeThePalettesColorOfTheMoment();
    void areSharpOnAnyScreen();
    void arrowsGoTheWayThatOneReads();
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

void TestIcons::takeThePalettesColorOfTheMoment_data()
{
    QTest::addColumn<QIcon>("icon");
    QTest::addColumn<QIcon::Mode>("mode");
    QTest::addColumn<QColor>("color");
    const QIcon entry = actionIcon(u"copy"_s);
    const QIcon button = buttonIcon(u"copy"_s);
    const QIcon mood = moodIcon(Mood::SignedIn);
    QTest::newRow("entry of a menu") << entry << QIcon::Normal << QColor(1, 1, 1);
    QTest::newRow("chosen entry") << entry << QIcon::Active << QColor(2, 2, 2);
    QTest::newRow("chosen row") << entry << QIcon::Selected << QColor(2, 2, 2);
    QTest::newRow("disabled entry") << entry << QIcon::Disabled << QColor(4, 4, 4);
    QTest::newRow("button") << button << QIcon::Normal << QColor(3, 3, 3);
    QTest::newRow("button with the keyboard") << button << QIcon::Active << QColor(3, 3, 3);
    QTest::newRow("mood on a selection") << mood << QIcon::Active << QColor(2, 2, 2);
}

void TestIcons::takeThePalettesColorOfTheMoment()
{
    QFETCH(const QIcon, icon);
    QFETCH(const QIcon::Mode, mode);
    QFETCH(const QColor, color);
    QPalette palette;
    palette.setColor(QPalette::Text, QColor(1, 1, 1));
    palette.setColor(QPalette::HighlightedText, QColor(2, 2, 2));
    palette.setColor(QPalette::ButtonText, QColor(3, 3, 3));
    palette.setColor(QPalette::Disabled, QPalette::Text, QColor(4, 4, 4));
    QGuiApplication::setPalette(palette);
    QCOMPARE(colors(icon.pixmap(QSize(64, 64), mode).toImage()), QSet<QRgb>{color.rgb()});
}

void TestIcons::areSharpOnAnyScreen()
{
    const QPixmap pixmap = moodIcon(Mood::Lapsed).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void TestIcons::arrowsGoTheWayThatOneReads()
{
    const QImage signIn = drawn(actionIcon(u"sign-in"_s));
    const QImage refresh = drawn(actionIcon(u"refresh"_s));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const auto back = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    QVERIFY(drawn(actionIcon(u"sign-in"_s)) != signIn);
    QCOMPARE(drawn(actionIcon(u"sign-in"_s)), signIn.mirrored(true, false));
    QCOMPARE(drawn(actionIcon(u"refresh"_s)), refresh);
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
