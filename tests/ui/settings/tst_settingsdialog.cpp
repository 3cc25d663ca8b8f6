// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/settingsdialog.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSettingsDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void startsWithWhatHolds();
    void aChoiceHoldsAtOnce();
    void locksWithTheScreenUnlessSwitchedOff();
    void tellsWhenTheDiskRefuses();
    void tellsWhatTheDesktopWillNotDo_data();
    void tellsWhatTheDesktopWillNotDo();

private:
    static constexpr auto starts = "Start Latchkey when I sign in to this computer";
    static constexpr auto clears = "Clear a copied token once it is pasted, or after 30 seconds";
    static constexpr auto locks = "Lock when the screen locks or the computer sleeps";
    [[nodiscard]] Autostart autostart();
    static void toggle(const SettingsDialog &dialog, const char *name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    bool m_isEnabled = false;
    bool m_isWritable = true;
    AutostartObstacle m_obstacle = AutostartObstacle::None;
    std::optional<bool> m_locks;
};

void TestSettingsDialog::init()
{
    failOnUiWarning();
    m_isEnabled = false;
    m_isWritable = true;
    m_obstacle = AutostartObstacle::None;
    m_locks.reset();
    m_settings.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"w.ini"_s), QSettings::IniFormat);
}

Autostart TestSettingsDialog::autostart()
{
    return {[this] { return m_isEnabled; },
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
}

void TestSettingsDialog::toggle(const SettingsDialog &dialog, const char *name)
{
    auto *box = find<QCheckBox>(dialog, name);
    QVERIFY2(box, name);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

void TestSettingsDialog::startsWithWhatHolds()
{
    SettingsDialog dialog(*m_settings, autostart(), [this](bool isOn) { m_locks = isOn; });
    dialog.show();
    QVERIFY(!find<QCheckBox>(dialog, starts)->isChecked());
    QVERIFY(find<QCheckBox>(dialog, clears)->isChecked());
    QVERIFY(!dialog.isModal());
}

void TestSettingsDialog::aChoiceHoldsAtOnce()
{
    SettingsDialog dialog(*m_settings, autostart(), [this](bool isOn) { m_locks = isOn; });
    dialog.show();
    toggle(dialog, starts);
    QVERIFY(m_isEnabled);
    toggle(dialog, clears);
    QVERIFY(!SettingsDialog::clearsClipboard(*m_settings));
}

void TestSettingsDialog::locksWithTheScreenUnlessSwitchedOff()
{
    QVERIFY(SettingsDialog::locksWithScreen(*m_settings));
    SettingsDialog dialog(*m_settings, autostart(), [this](bool isOn) { m_locks = isOn; });
    dialog.show();
    QVERIFY(find<QCheckBox>(dialog, locks)->isChecked());
    QVERIFY(words<QLabel>(dialog).contains(u"Programs get no tokens meanwhile."_s));
    QVERIFY(!m_locks);
    toggle(dialog, locks);
    QCOMPARE(m_locks, false);
    QVERIFY(!SettingsDialog::locksWithScreen(*m_settings));
    toggle(dialog, locks);
    QCOMPARE(m_locks, true);
}

void TestSettingsDialog::tellsWhenTheDiskRefuses()
{
    m_isWritable = false;
    SettingsDialog dialog(*m_settings, autostart(), [this](bool isOn) { m_locks = isOn; });
    dialog.show();
    toggle(dialog, starts);
    QVERIFY(!find<QCheckBox>(dialog, starts)->isChecked());
    QVERIFY(words<QLabel>(dialog).contains(u"could not be changed"_s));
}

void TestSettingsDialog::tellsWhatTheDesktopWillNotDo_data()
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

void TestSettingsDialog::tellsWhatTheDesktopWillNotDo()
{
    QFETCH(const AutostartObstacle, obstacle);
    QFETCH(const QString, words);
    QFETCH(const bool, canChange);
    m_obstacle = obstacle;
    SettingsDialog dialog(*m_settings, autostart(), [](bool) { });
    dialog.show();
    QVERIFY(latchkey::test::words<QLabel>(dialog).contains(words));
    QCOMPARE(find<QCheckBox>(dialog, starts)->isEnabled(), canChange);
    toggle(dialog, starts);
    QCOMPARE(m_isEnabled, canChange);
    QCOMPARE(latchkey::test::words<QLabel>(dialog).contains(words), !canChange);
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
