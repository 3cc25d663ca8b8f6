// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/settingsrig.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theUsualHoldsUntilSomebodyChooses();
    void theAdministratorComesFirst_data();
    void theAdministratorComesFirst();
    void nobodyChangesWhatIsFixed();
    void whatWasChosenIsBackWhenItIsNoLongerFixed();
    void whatIsOverruledIsNotKept();
    void aFileThatCannotBeReadIsPutAside();
    void tellsProgramsEverything();
};

void TestSettings::theUsualHoldsUntilSomebodyChooses()
{
    SettingsRig rig;
    const QSignalSpy changed(&rig.settings(), &Settings::changed);
    QCOMPARE(rig.settings().value(&SettingValues::clipboardSeconds), 30);
    QVERIFY(rig.settings().value(&SettingValues::lock));
    rig.settings().set(&SettingValues::clipboardSeconds, 60);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(rig.settings().value(&SettingValues::clipboardSeconds), 60);
    QCOMPARE(SettingValues::from(rig.file()).clipboardSeconds, 60);
    rig.settings().set(&SettingValues::clipboardSeconds, 60);
    QCOMPARE(changed.size(), 1);
}

void TestSettings::theAdministratorComesFirst_data()
{
    QTest::addColumn<QByteArray>("decree");
    QTest::newRow("autostart") << QByteArray("true");
    QTest::newRow("language") << QByteArray("\"fr\"");
    QTest::newRow("appearance") << QByteArray("\"dark\"");
    QTest::newRow("trayIcon") << QByteArray("\"symbol\"");
    QTest::newRow("lock") << QByteArray("false");
    QTest::newRow("clipboardSeconds") << QByteArray("7");
    QTest::newRow("newSessions") << QByteArray("\"never\"");
    QTest::newRow("proxy") << QByteArray(R"({"host":"p","port":1,"use":"own"})");
}

void TestSettings::theAdministratorComesFirst()
{
    QFETCH(const QByteArray, decree);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    SettingsRig rig;
    const auto told = [&rig, &name] {
        return rig.settings().toJson(false)[u"settings"_s][name].toObject();
    };
    QCOMPARE(told().value(u"fixed"_s), false);
    const QSignalSpy changed(&rig.settings(), &Settings::changed);
    rig.decree("{\"settings\": {\"" + name.toLatin1() + "\": " + decree + "}}");
    QCOMPARE(changed.size(), 1);
    QCOMPARE(told().value(u"fixed"_s), true);
    const QJsonArray value{told().value(u"value"_s)};
    QCOMPARE(QJsonDocument(value).toJson(QJsonDocument::Compact), '[' + decree + ']');
}

void TestSettings::nobodyChangesWhatIsFixed()
{
    SettingsRig rig(R"({"settings": {"lock": true}})");
    rig.settings().set(&SettingValues::lock, false);
    rig.settings().overrule(&SettingValues::lock, false);
    QVERIFY(rig.settings().isFixed(&SettingValues::lock));
    QVERIFY(rig.settings().value(&SettingValues::lock));
}

void TestSettings::whatWasChosenIsBackWhenItIsNoLongerFixed()
{
    SettingsRig rig;
    rig.settings().set(&SettingValues::appearance, Appearance::Light);
    rig.decree(R"({"settings": {"appearance": "dark"}})");
    QCOMPARE(rig.settings().value(&SettingValues::appearance), Appearance::Dark);
    rig.decree("{}");
    QCOMPARE(rig.settings().value(&SettingValues::appearance), Appearance::Light);
}

void TestSettings::whatIsOverruledIsNotKept()
{
    SettingsRig rig;
    rig.settings().overrule(&SettingValues::lock, false);
    QVERIFY(!rig.settings().value(&SettingValues::lock));
    QVERIFY(!SettingValues::from(rig.file()).lock);
}

void TestSettings::aFileThatCannotBeReadIsPutAside()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"windows.ini"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside as .*ini.damaged"_s));
    const auto file = Settings::fileIn(folder.path());
    file->setValue(u"key"_s, 1);
    file->sync();
    QCOMPARE(file->status(), QSettings::NoError);
    QVERIFY(QDir(folder.filePath(u"windows.ini.damaged"_s)).exists());
}

void TestSettings::tellsProgramsEverything()
{
    SettingsRig rig(R"({"appliances": ["*.example.com"], "kinds": ["azure"], "accounts": [
        {"name": "prod", "server": "a.example.com", "kind": "azure", "user": "operator"}]})");
    const QJsonObject told = rig.settings().toJson(true);
    QCOMPARE(told.value(u"settings"_s).toObject().size(), 8);
    QCOMPARE(told.value(u"policy"_s).toObject(),
        QJsonObject({{u"file"_s, u"/etc/latchkey/policy.json"_s},
            {u"appliances"_s, QJsonArray{u"*.example.com"_s}}, {u"kinds"_s, QJsonArray{u"azure"_s}},
            {u"accounts"_s, QJsonArray{u"prod"_s}}, {u"problem"_s, QJsonValue::Null}}));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
