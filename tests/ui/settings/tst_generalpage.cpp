// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/generalpage.h"

#include "support/settingsrig.h"
#include "ui/settings/named.h"
#include "ui/uifixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestGeneralPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void startsWithWhatHolds();
    void aChoiceHoldsAtOnce();
    void namesLanguagesInTheirOwnWords();
    void saysWhenTheLanguageChanges();
    void tellsWhenTheDiskRefuses();
    void tellsWhatTheDesktopWillNotDo_data();
    void tellsWhatTheDesktopWillNotDo();

private:
    static constexpr auto starts = "Start Latchkey when I sign in to this computer";
    void open();
    void toggleStart();
    void choose(const char *name, const QString &words);

    std::unique_ptr<SettingsRig> m_rig;
    std::unique_ptr<GeneralPage> m_page;
    bool m_isEnabled = false;
    bool m_isWritable = true;
    AutostartObstacle m_obstacle = AutostartObstacle::None;
};

void TestGeneralPage::init()
{
    failOnUiWarning();
    m_isEnabled = false;
    m_isWritable = true;
    m_obstacle = AutostartObstacle::None;
    m_page.reset();
    m_rig = std::make_unique<SettingsRig>();
}

void TestGeneralPage::open()
{
    const Autostart autostart{[this] { return m_isEnabled; },
        [this](bool isOn) {
            if (m_isWritable) {
                m_isEnabled = isOn;
                m_obstacle = AutostartObstacle::None;
            }
            return m_isWritable;
        },
        [this] {
            return m_obstacle;
        }};
    m_page = std::make_unique<GeneralPage>(
        m_rig->settings(), autostart, QStringList{u"de"_s, u"pt_BR"_s});
    m_page->show();
}

void TestGeneralPage::toggleStart()
{
    auto *box = find<QCheckBox>(*m_page, starts);
    QVERIFY(box);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

void TestGeneralPage::choose(const char *name, const QString &words)
{
    auto *box = named<QComboBox>(*m_page, name);
    QVERIFY(box && box->findText(words) >= 0);
    box->setCurrentText(words);
    Q_EMIT box->activated(box->currentIndex());
}

void TestGeneralPage::startsWithWhatHolds()
{
    m_isEnabled = true;
    m_rig->settings().set(&SettingValues::trayIcon, TrayLook::Symbol);
    open();
    QVERIFY(find<QCheckBox>(*m_page, starts)->isChecked());
    QCOMPARE(named<QComboBox>(*m_page, "Language")->currentText(), u"As the desktop"_s);
    QCOMPARE(named<QComboBox>(*m_page, "Appearance")->currentText(), u"As the desktop"_s);
    QCOMPARE(named<QComboBox>(*m_page, "Tray icon")->currentText(), u"As a symbol"_s);
}

void TestGeneralPage::aChoiceHoldsAtOnce()
{
    open();
    toggleStart();
    QVERIFY(m_isEnabled);
    choose("Appearance", u"Dark"_s);
    QCOMPARE(m_rig->settings().value(&SettingValues::appearance), Appearance::Dark);
    choose("Tray icon", u"As a symbol"_s);
    QCOMPARE(m_rig->settings().value(&SettingValues::trayIcon), TrayLook::Symbol);
}

void TestGeneralPage::namesLanguagesInTheirOwnWords()
{
    open();
    const auto *box = named<QComboBox>(*m_page, "Language");
    QStringList names;
    for (int index = 0; index < box->count(); ++index)
        names.append(box->itemText(index));
    QCOMPARE(names.first(), u"As the desktop"_s);
    QVERIFY(names.contains(u"Deutsch"_s));
    QVERIFY(names.contains(u"Português (Brasil)"_s));
    QCOMPARE(names.size(), 4);
}

void TestGeneralPage::saysWhenTheLanguageChanges()
{
    open();
    choose("Language", u"Deutsch"_s);
    QCOMPARE(m_rig->settings().value(&SettingValues::language), u"de"_s);
    QVERIFY(words<QLabel>(*m_page).contains(u"when Latchkey starts again"_s));
}

void TestGeneralPage::tellsWhenTheDiskRefuses()
{
    m_isWritable = false;
    open();
    toggleStart();
    QVERIFY(!find<QCheckBox>(*m_page, starts)->isChecked());
    QVERIFY(words<QLabel>(*m_page).contains(u"could not be changed"_s));
}

void TestGeneralPage::tellsWhatTheDesktopWillNotDo_data()
{
    QTest::addColumn<AutostartObstacle>("obstacle");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("canChange");
    QTest::newRow("for others") << AutostartObstacle::OtherDesktops << u"other desktops only"_s
                                << true;
    QTest::newRow("gone") << AutostartObstacle::ProgramMissing << u"program that is not there"_s
                          << true;
    QTest::newRow("folder") << AutostartObstacle::NotWritable << u"not writable"_s << false;
}

void TestGeneralPage::tellsWhatTheDesktopWillNotDo()
{
    QFETCH(const AutostartObstacle, obstacle);
    QFETCH(const QString, words);
    QFETCH(const bool, canChange);
    m_obstacle = obstacle;
    open();
    QVERIFY(latchkey::test::words<QLabel>(*m_page).contains(words));
    QCOMPARE(find<QCheckBox>(*m_page, starts)->isEnabled(), canChange);
    toggleStart();
    QCOMPARE(m_isEnabled, canChange);
    QCOMPARE(latchkey::test::words<QLabel>(*m_page).contains(words), !canChange);
}

QTEST_MAIN(TestGeneralPage)
#include "tst_generalpage.moc"
