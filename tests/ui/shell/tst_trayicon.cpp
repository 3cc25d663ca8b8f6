// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/trayicon.h"

#include "support/fakedesktop.h"
#include "ui/contrast.h"
#include "ui/uifixture.h"

#include <QSettings>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestTrayIcon : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void tellsTheWorstOfAllSessions();
    void countsInItsToolTip();
    void aSymbolCanBeSeenOnAnyPanel_data();
    void aSymbolCanBeSeenOnAnyPanel();
    void bringsItsMenuUpToDate();
    void tellsItsMenuOfARename();
    void waitsForATrayThatComesLateAndNoticesWhenItGoes();
    void opensTheSessionThatItHasTold();
    void takesNoClickOnAnothersNotice();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<UiFixture> m_desk;
    std::unique_ptr<TrayIcon> m_tray;
    FakeTrayHost *m_host = nullptr;
};

void TestTrayIcon::init()
{
    failOnUiWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
    m_desk = std::make_unique<UiFixture>();
    auto host = std::make_unique<FakeTrayHost>(true);
    m_host = host.get();
    m_tray = std::make_unique<TrayIcon>(m_desk->sessions(), std::move(host), *m_settings);
}

void TestTrayIcon::cleanup()
{
    m_tray.reset();
    m_desk.reset();
    m_settings.reset();
}

void TestTrayIcon::tellsTheWorstOfAllSessions()
{
    QCOMPARE(m_tray->mood(), Mood::SignedOut);
    m_desk->signedIn(u"prod"_s);
    QTRY_COMPARE(m_tray->mood(), Mood::SignedIn);
    m_desk->signIn(u"lab"_s);
    QTRY_COMPARE(m_tray->mood(), Mood::Busy);
    m_desk->client(u"lab"_s).answer(CodeAsked{secret("ticket")});
    QTRY_COMPARE(m_tray->mood(), Mood::NeedsYou);
    m_desk->sessions().forget(u"lab"_s);
    QTRY_COMPARE(m_tray->mood(), Mood::SignedIn);
}

void TestTrayIcon::countsInItsToolTip()
{
    QCOMPARE(m_tray->toolTip(), u"Latchkey"_s);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        m_desk->signedIn(name);
    m_desk->session(u"a"_s).signOut();
    QTRY_COMPARE(m_tray->toolTip(), u"Latchkey\n3 signed in, 1 signed out"_s);
    for (const QString &name : {u"c"_s, u"d"_s}) {
        m_desk->session(name).refreshNow();
        m_desk->refuse(name, AuthError::Type::Expired);
    }
    QTRY_COMPARE(m_tray->toolTip(), u"Latchkey\n2 sessions need you, 1 signed in, 1 signed out"_s);
    m_desk->sessions().forget(u"c"_s);
    QTRY_COMPARE(m_tray->toolTip(), u"Latchkey\n1 session needs you, 1 signed in, 1 signed out"_s);
}

void TestTrayIcon::aSymbolCanBeSeenOnAnyPanel_data()
{
    QTest::addColumn<QColor>("panel");
    QTest::newRow("light") << QColor(0xef, 0xef, 0xef);
    QTest::newRow("dark") << QColor(0x2d, 0x2d, 0x30);
    QTest::newRow("black") << QColor(Qt::black);
}

//! Whatever the colours of our own windows are.
void TestTrayIcon::aSymbolCanBeSeenOnAnyPanel()
{
    QFETCH(const QColor, panel);
    m_tray->setSymbol(true);
    const QIcon icon = m_tray->findChild<QSystemTrayIcon *>()->icon();
    const QImage picture = icon.pixmap(32, 32).toImage();
    double most = 0;
    for (int x = 0; x < picture.width(); ++x) {
        for (int y = 0; y < picture.height(); ++y) {
            if (picture.pixelColor(x, y).alpha() == 255)
                most = std::max(most, contrast(picture.pixelColor(x, y), panel));
        }
    }
    QVERIFY2(most >= 3, qPrintable(QString::number(most)));
}

void TestTrayIcon::bringsItsMenuUpToDate()
{
    m_desk->signedIn(u"prod"_s);
    Q_EMIT m_tray->menu()->aboutToShow();
    QCOMPARE(m_tray->menu()->actions().first()->text(), u"prod: Signed in, 60 min left"_s);
}

void TestTrayIcon::tellsItsMenuOfARename()
{
    m_desk->signedIn(u"prod"_s);
    m_tray->menu()->noteUse(u"prod"_s);
    QTRY_VERIFY(m_desk->session(u"prod"_s).canBeRenamed());
    QVERIFY(!m_desk->sessions().rename(m_desk->session(u"prod"_s), u"prod-eu"_s));
    QCOMPARE(m_settings->value(u"tray/used"_s).toStringList(), QStringList({u"prod-eu"_s}));
}

void TestTrayIcon::waitsForATrayThatComesLateAndNoticesWhenItGoes()
{
    QVERIFY(m_tray->isShown());
    const QSignalSpy changed(m_tray.get(), &TrayIcon::shownChanged);
    m_host->set(false);
    QVERIFY(!m_tray->isShown());
    m_host->set(true);
    QVERIFY(m_tray->isShown());
    QCOMPARE(changed.count(), 2);
}

void TestTrayIcon::opensTheSessionThatItHasTold()
{
    const QSignalSpy asked(m_tray.get(), &TrayIcon::sessionRequested);
    m_tray->tell(u"prod"_s, {u"Title"_s, u"Text"_s});
    Q_EMIT m_tray->findChild<QSystemTrayIcon *>()->messageClicked();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), u"prod"_s);
}

void TestTrayIcon::takesNoClickOnAnothersNotice()
{
    const QSignalSpy asked(m_tray.get(), &TrayIcon::sessionRequested);
    Q_EMIT m_tray->findChild<QSystemTrayIcon *>()->messageClicked();
    QVERIFY(asked.isEmpty());
}

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"
