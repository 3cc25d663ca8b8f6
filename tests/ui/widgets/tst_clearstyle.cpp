// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/clearstyle.h"

#include "ui/contrast.h"
#include "ui/uifixture.h"

#include <QCheckBox>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestClearStyle final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void boxesCanBeSeen_data();
    void boxesCanBeSeen();
    void aMenuBarLooksUpNoIconUntilItIsDrawn();
    void aButtonsPictureStaysWithItsText();
};

namespace {

class CountingStyle final : public QProxyStyle {
public:
    QIcon standardIcon(
        StandardPixmap picture, const QStyleOption *option, const QWidget *widget) const override
    {
        ++m_count;
        return QProxyStyle::standardIcon(picture, option, widget);
    }
    [[nodiscard]] int count() const { return m_count; }

private:
    mutable int m_count = 0;
};

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

void TestClearStyle::aMenuBarLooksUpNoIconUntilItIsDrawn()
{
    auto *desktop = new CountingStyle;
    QApplication::setStyle(new ClearStyle(desktop));
    const QMenuBar bar;
    const auto *button = bar.findChild<QToolButton *>(u"qt_menubar_ext_button"_s);
    QVERIFY(button);
    QCOMPARE(desktop->count(), 0);
    const QImage picture = button->icon().pixmap(16, 16).toImage();
    QCOMPARE(desktop->count(), 1);
    const auto standard =
        desktop->standardIcon(QStyle::SP_ToolBarHorizontalExtensionButton, nullptr, nullptr);
    QCOMPARE(picture, standard.pixmap(16, 16).toImage());
}

//! Also where one reads from the right, in a wide button.
void TestClearStyle::aButtonsPictureStaysWithItsText()
{
    QApplication::setStyle(new ClearStyle);
    QApplication::setPalette(QPalette(QColor(239, 239, 239)));
    QPixmap square(16, 16);
    square.fill(Qt::red);
    QPushButton button(QIcon(square), QStringLiteral("הוספה"));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    button.resize(300, button.sizeHint().height());
    const QImage picture = button.grab().toImage();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    const auto isRed = [&](int x) {
        return picture.pixelColor(x, picture.height() / 2) == QColor(Qt::red);
    };
    const auto isText = [&](int x) {
        return picture.pixelColor(x, picture.height() / 2).lightness() < 100 && !isRed(x);
    };
    int end = 290; // of the picture, seen from the right
    while (!isRed(end) && end > 10)
        --end;
    int text = end - 16;
    while (!isText(text) && text > 10)
        --text;
    QVERIFY(end > 150 && end < 200);
    QVERIFY(end - 16 - text < 12);
}

QTEST_MAIN(TestClearStyle)
#include "tst_clearstyle.moc"
