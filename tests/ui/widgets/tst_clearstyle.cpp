// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/clearstyle.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QRadioButton>

#include <cmath>

using namespace latchkey::test;
using namespace latchkey::ui;

class TestClearStyle final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void boxesCanBeSeen_data();
    void boxesCanBeSeen();
};

namespace {

double luminanceOf(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

//! By WCAG 2.
double contrastOf(const QColor &one, const QColor &other)
{
    const double first = luminanceOf(one);
    const double second = luminanceOf(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

//! The strongest against the ground, in the row through the middle of the indicator.
double strongestEdgeOf(QAbstractButton &button)
{
    button.resize(button.sizeHint());
    const QImage picture = button.grab().toImage();
    const QColor ground = button.palette().color(QPalette::Window);
    double strongest = 0;
    for (int x = 0; x < 8; ++x)
        strongest =
            std::max(strongest, contrastOf(picture.pixelColor(x, picture.height() / 2), ground));
    return strongest;
}

} // namespace

void TestClearStyle::boxesCanBeSeen_data()
{
    QTest::addColumn<QColor>("ground");
    QTest::newRow("light") << QColor(239, 239, 239);
    QTest::newRow("dark") << QColor(45, 45, 48);
    QTest::newRow("black") << QColor(10, 10, 10);
}

void TestClearStyle::boxesCanBeSeen()
{
    QFETCH(const QColor, ground);
    QApplication::setStyle(new ClearStyle);
    QApplication::setPalette(QPalette(ground));
    QCheckBox box;
    QRadioButton choice;
    for (QAbstractButton *button :
        {static_cast<QAbstractButton *>(&box), static_cast<QAbstractButton *>(&choice)}) {
        const double contrast = strongestEdgeOf(*button);
        QVERIFY2(contrast >= 3, qPrintable(QString::number(contrast)));
    }
}

QTEST_MAIN(TestClearStyle)
#include "tst_clearstyle.moc"
