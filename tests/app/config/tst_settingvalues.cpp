// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/settingvalues.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestSettingValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesTheFile();
    void nonsenseInTheFileCountsAsNothing();
    void knowsTheKeyOfEarlierVersions();
    void goesThroughTheProxyOfItsOwn_data();
    void goesThroughTheProxyOfItsOwn();
    void knowsHosts_data();
    void knowsHosts();
    void tellsWhatIsSetOnly();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"windows.ini"_s); }

    QTemporaryDir m_folder;
};

void TestSettingValues::survivesTheFile()
{
    const SettingValues values{{}, u"de"_s, Appearance::Light, TrayLook::Symbol, false, 0,
        HandOutPolicy::Never, ProxySetting{ProxyUse::Own, u"proxy"_s, 8080, u"me"_s}};
    {
        QSettings file(path(), QSettings::IniFormat);
        values.writeTo(file);
    }
    QCOMPARE(SettingValues::from(QSettings(path(), QSettings::IniFormat)), values);
}

void TestSettingValues::nonsenseInTheFileCountsAsNothing()
{
    QSettings file(path(), QSettings::IniFormat);
    file.clear();
    for (const QString &key : {u"language"_s, u"appearance"_s, u"trayIcon"_s,
             u"clipboard/seconds"_s, u"newSessions"_s, u"proxy/use"_s})
        file.setValue(key, u"no such thing"_s);
    QCOMPARE(SettingValues::from(file), SettingValues());
    file.setValue(u"proxy/use"_s, u"own"_s);
    file.setValue(u"clipboard/seconds"_s, 601);
    QCOMPARE(SettingValues::from(file), SettingValues());
}

void TestSettingValues::knowsTheKeyOfEarlierVersions()
{
    QSettings file(path(), QSettings::IniFormat);
    file.clear();
    file.setValue(u"clipboard/clears"_s, false);
    QCOMPARE(SettingValues::from(file).clipboardSeconds, 0);
    file.setValue(u"clipboard/clears"_s, true);
    QVERIFY(!SettingValues::from(file).clipboardSeconds);
}

void TestSettingValues::goesThroughTheProxyOfItsOwn_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("proxy");
    QTest::newRow("elsewhere") << u"https://backup.example.com"_s << u"http://me@proxy:8080"_s;
    QTest::newRow("here") << u"https://localhost:8443"_s << QString();
    QTest::newRow("plain") << u"http://127.0.0.1"_s << QString();
}

void TestSettingValues::goesThroughTheProxyOfItsOwn()
{
    QFETCH(const QString, server);
    QFETCH(const QString, proxy);
    const ProxySetting own{ProxyUse::Own, u"proxy"_s, 8080, u"me"_s};
    QCOMPARE(own.choiceFor(QUrl(server)).url(), proxy);
    qputenv("https_proxy", "http://other:1");
    QCOMPARE(own.choiceFor(QUrl(server)).url(), proxy);
    QVERIFY(ProxySetting{ProxyUse::None}.choiceFor(QUrl(server)).isNone());
    const bool isPlain = server.startsWith("http:"_L1);
    QCOMPARE(ProxySetting().choiceFor(QUrl(server)).isNone(), isPlain);
    qunsetenv("https_proxy");
}

void TestSettingValues::knowsHosts_data()
{
    QTest::addColumn<bool>("isHost");
    QTest::newRow("proxy.example.com") << true;
    QTest::newRow("192.0.2.1") << true;
    QTest::newRow("2001:db8::1") << true;
    QTest::newRow("") << false;
    QTest::newRow("http://proxy") << false;
    QTest::newRow("proxy:3128") << false;
    QTest::newRow("a b") << false;
}

void TestSettingValues::knowsHosts()
{
    QFETCH(const bool, isHost);
    QCOMPARE(ProxySetting::isHost(QString::fromLatin1(QTest::currentDataTag())), isHost);
}

void TestSettingValues::tellsWhatIsSetOnly()
{
    SettingValues values;
    QCOMPARE(values.toJson(), QJsonObject());
    values.lock = false;
    values.proxy = ProxySetting{ProxyUse::None};
    QCOMPARE(values.toJson(),
        QJsonObject({{u"lock"_s, false}, {u"proxy"_s, QJsonObject{{u"use"_s, u"none"_s}}}}));
}

QTEST_GUILESS_MAIN(TestSettingValues)
#include "tst_settingvalues.moc"
