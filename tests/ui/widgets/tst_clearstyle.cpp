// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/clearstyle.h"

#include "ui/contrast.h"
#include "ui/uifixture.h"

#include "widgets/icons.h"

#include <QCheckBox>
#include <QPushButton>
#include <QRadioButton>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestClearStyle final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void boxesCanBeSeen_data();
    void boxesCanBeSeen();
    void iconAndTextAreSideBySideFromTheRight();
};

namespace {

//! The strongest against the ground, in the row through the middle of the indicator.
double strongestEdgeOf(QAbstractButton &button)
{
    button.resize(button.sizeHint());
    const QImage picture = button.grab().toImage();
    const QColor ground = button.palette().color(QPalette::Window);
    double strongest = 0;
    for (int x = 0; x < 8; ++x)
        strongest =
            std::max(strongest, contrast(picture.pixelColor(x, picture.height() / 2), ground));
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
        const double strongest = strongestEdgeOf(*button);
        QVERIFY2(strongest >= 3, qPrintable(QString::number(strongest)));
    }
}

//! As far from the one edge of the button as from the other.
void TestClearStyle::iconAndTextAreSideBySideFromTheRight()
{
    QApplication::setStyle(new ClearStyle);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QPushButton button(buttonIcon(u"copy"_s), u"\u05d4\u05e2\u05ea\u05e7\u05d4"_s);
    button.resize(200, 30);
    const QImage picture = button.grab().toImage();
    const QColor ground = picture.pixelColor(20, 15);
    const auto isInk = [&](int x) {
        for (int y = 8; y < 22; ++y) {
            if (contrast(picture.pixelColor(x, y), ground) > 2)
                return true;
        }
        return false;
    };
    int first = 6;
    while (first < 194 && !isInk(first))
        ++first;
    int last = 193;
    while (last > first && !isInk(last))
        --last;
    QVERIFY(first > 40 && last < 160);
    QVERIFY2(std::abs(first - (199 - last)) < 8, qPrintable(u"%1 %2"_s.arg(first).arg(last)));
}

QTEST_MAIN(TestClearStyle)
#include "tst_clearstyle.moc"
