// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/keptplace.h"

#include "ui/uifixture.h"

#include <QApplication>
#include <QScreen>
#include <QSettings>

using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestKeptPlace final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void isKeptHoweverTheWindowGoes_data();
    void isKeptHoweverTheWindowGoes();
    void fitsTheScreen();

private:
    [[nodiscard]] QSize sizeOfANewOne();

    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"windows.ini"_s), QSettings::IniFormat};
};

QSize TestKeptPlace::sizeOfANewOne()
{
    QWidget window;
    new KeptPlace(&window, m_settings, u"test/geometry"_s, QSize(300, 200));
    return window.size();
}

void TestKeptPlace::isKeptHoweverTheWindowGoes_data()
{
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("closed") << true;
    QTest::newRow("ended with Latchkey") << false;
}

void TestKeptPlace::isKeptHoweverTheWindowGoes()
{
    QFETCH(const bool, isClosed);
    m_settings.clear();
    QWidget window;
    new KeptPlace(&window, m_settings, u"test/geometry"_s, QSize(300, 200));
    window.show();
    window.resize(444, 333);
    if (isClosed)
        window.close();
    else
        QVERIFY(QMetaObject::invokeMethod(qApp, "aboutToQuit"));
    QCOMPARE(sizeOfANewOne(), QSize(444, 333));
}

void TestKeptPlace::fitsTheScreen()
{
    QWidget window;
    m_settings.clear();
    new KeptPlace(&window, m_settings, u"test/geometry"_s, QSize(9000, 9000));
    QVERIFY(window.width() <= window.screen()->availableSize().width());
    QVERIFY(window.height() < window.screen()->availableSize().height());
}

QTEST_MAIN(TestKeptPlace)
#include "tst_keptplace.moc"
