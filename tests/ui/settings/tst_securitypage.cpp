// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/securitypage.h"

#include "support/settingsrig.h"
#include "ui/settings/named.h"
#include "ui/uifixture.h"
#include "widgets/fields/policycombobox.h"

#include <QCheckBox>
#include <QLabel>
#include <QSpinBox>
#include <QWheelEvent>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSecurityPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void locksWithTheScreenUnlessSwitchedOff();
    void scrollingPastANumberSetsNothing();
    void clearsTheClipboardAfterAsLongAsIsSet();
    void newSessionsHaveThePolicyThatIsSet();

private:
    static void toggle(QCheckBox *box);

    std::unique_ptr<SettingsRig> m_rig;
    std::unique_ptr<SecurityPage> m_page;
};

void TestSecurityPage::init()
{
    failOnUiWarning();
    m_page.reset();
    m_rig = std::make_unique<SettingsRig>();
    m_page = std::make_unique<SecurityPage>(m_rig->settings());
    m_page->show();
}

void TestSecurityPage::toggle(QCheckBox *box)
{
    QVERIFY(box);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

void TestSecurityPage::locksWithTheScreenUnlessSwitchedOff()
{
    auto *locks = find<QCheckBox>(*m_page, "Lock when the screen locks or the computer sleeps");
    QVERIFY(locks && locks->isChecked());
    QVERIFY(words<QLabel>(*m_page).contains(u"Programs get no tokens meanwhile."_s));
    toggle(locks);
    QVERIFY(!m_rig->settings().value(&SettingValues::lock));
    toggle(locks);
    QVERIFY(m_rig->settings().value(&SettingValues::lock));
}

void TestSecurityPage::clearsTheClipboardAfterAsLongAsIsSet()
{
    auto *clears =
        find<QCheckBox>(*m_page, "Clear a copied token once it is pasted, at the latest after:");
    auto *seconds = find<QSpinBox>(*m_page, "Seconds until a copied token is cleared");
    QVERIFY(clears && clears->isChecked());
    QCOMPARE(seconds->value(), 30);
    seconds->setValue(45);
    QCOMPARE(m_rig->settings().value(&SettingValues::clipboardSeconds), 45);
    toggle(clears);
    QCOMPARE(m_rig->settings().value(&SettingValues::clipboardSeconds), 0);
    QVERIFY(!seconds->isEnabled());
    toggle(clears);
    QCOMPARE(m_rig->settings().value(&SettingValues::clipboardSeconds), 45);
    QVERIFY(seconds->isEnabled());
}

void TestSecurityPage::scrollingPastANumberSetsNothing()
{
    auto *seconds = find<QSpinBox>(*m_page, "Seconds until a copied token is cleared");
    seconds->setFocus();
    const QPointF place = seconds->rect().center();
    QWheelEvent event(place, seconds->mapToGlobal(place), {}, {0, 120}, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(seconds, &event);
    QCOMPARE(seconds->value(), 30);
}

void TestSecurityPage::newSessionsHaveThePolicyThatIsSet()
{
    auto *box = named<PolicyComboBox>(*m_page, "Programs, in new sessions");
    QVERIFY(box);
    QCOMPARE(box->currentText(), u"Get tokens without asking"_s);
    box->setCurrentIndex(1);
    Q_EMIT box->activated(1);
    QCOMPARE(m_rig->settings().value(&SettingValues::newSessions), HandOutPolicy::Ask);
}

QTEST_MAIN(TestSecurityPage)
#include "tst_securitypage.moc"
