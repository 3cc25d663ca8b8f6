// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/appearance.h"

#include "widgets/palettes.h"

#include "ui/uifixture.h"

#include <QApplication>
#include <QProxyStyle>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

namespace {

using Wish = ColorScheme::Wish;

class FakeColorScheme final : public ColorScheme {
public:
    using ColorScheme::set;
};

} // namespace

//! The style of the tests is light by itself. That open windows turn round is tested by
//! tests/e2e/test_access.py.
class TestAppearance final : public QObject {
    Q_OBJECT
public:
    //! A style that is not Qt's own, as desktops have.
    static void initMain() { qputenv("QT_STYLE_OVERRIDE", "windows"); }

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void isWhatAPersonOrElseTheDesktopWants_data();
    void isWhatAPersonOrElseTheDesktopWants();
    void followsTheDesktop();
    void drawsItsOwnColorsInQtsStyle();
    void hintsCanBeRead();
};

void TestAppearance::isWhatAPersonOrElseTheDesktopWants_data()
{
    QTest::addColumn<Appearance::Value>("wanted");
    QTest::addColumn<Wish>("desktop");
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark desktop") << Appearance::System << Wish::Dark << true;
    QTest::newRow("light desktop") << Appearance::System << Wish::Light << false;
    QTest::newRow("desktop without a wish") << Appearance::System << Wish::None << false;
    QTest::newRow("dark by hand") << Appearance::Dark << Wish::Light << true;
    QTest::newRow("light by hand") << Appearance::Light << Wish::Dark << false;
}

void TestAppearance::isWhatAPersonOrElseTheDesktopWants()
{
    QFETCH(const Appearance::Value, wanted);
    QFETCH(const Wish, desktop);
    auto scheme = std::make_unique<FakeColorScheme>();
    scheme->set(desktop);
    AppearanceFollower follower(std::move(scheme));
    follower.applyAppearance(wanted);
    QTEST(isDark(QGuiApplication::palette()), "dark");
}

void TestAppearance::followsTheDesktop()
{
    auto owned = std::make_unique<FakeColorScheme>();
    FakeColorScheme &desktop = *owned;
    AppearanceFollower follower(std::move(owned));
    QVERIFY(!isDark(QGuiApplication::palette()));
    desktop.set(Wish::Dark);
    QVERIFY(isDark(QGuiApplication::palette()));
    follower.applyAppearance(Appearance::Light);
    QVERIFY(!isDark(QGuiApplication::palette()));
    follower.applyAppearance(Appearance::System);
    QVERIFY(isDark(QGuiApplication::palette()));
    desktop.set(Wish::None);
    QVERIFY(!isDark(QGuiApplication::palette()));
}

void TestAppearance::drawsItsOwnColorsInQtsStyle()
{
    const auto style = [] {
        return qobject_cast<QProxyStyle *>(QApplication::style())->baseStyle()->name();
    };
    const auto window = [] {
        return QGuiApplication::palette().color(QPalette::Window);
    };
    AppearanceFollower follower(std::make_unique<FakeColorScheme>());
    const QColor before = window();
    QCOMPARE(style(), u"windows"_s);
    follower.applyAppearance(Appearance::Dark);
    QCOMPARE(style(), u"fusion"_s);
    follower.applyAppearance(Appearance::System);
    QCOMPARE(style(), u"windows"_s);
    QCOMPARE(window(), before);
}

void TestAppearance::hintsCanBeRead()
{
    const AppearanceFollower follower(std::make_unique<FakeColorScheme>());
    QVERIFY(QGuiApplication::palette().color(QPalette::PlaceholderText).alphaF() > 0.6F);
}

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
