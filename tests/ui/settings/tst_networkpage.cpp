// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/networkpage.h"

#include "support/settingsrig.h"
#include "ui/settings/named.h"
#include "ui/uifixture.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestNetworkPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void goesAsTheComputerDoesUntilSomebodyChooses();
    void aProxyOfOnesOwnCountsOnceItHasAHost();
    void saysWhatIsNoHost();
    void keepsWhatIsTypedWhileAnotherSettingChanges();
    void keepsNoPassword();
    void advisesNothingThatTheAdministratorHasRuledOut();

private:
    void choose(const QString &words);
    void typeHost(const QString &host);
    [[nodiscard]] QLineEdit *host() const { return find<QLineEdit>(*m_page, "Host"); }
    [[nodiscard]] ProxySetting proxy() { return m_rig->settings().value(&SettingValues::proxy); }

    std::unique_ptr<SettingsRig> m_rig;
    std::unique_ptr<NetworkPage> m_page;
};

void TestNetworkPage::init()
{
    failOnUiWarning();
    m_page.reset();
    m_rig = std::make_unique<SettingsRig>();
    m_page = std::make_unique<NetworkPage>(m_rig->settings());
    m_page->show();
}

void TestNetworkPage::choose(const QString &words)
{
    auto *box = named<QComboBox>(*m_page, "Proxy");
    QVERIFY(box && box->findText(words) >= 0);
    box->setCurrentText(words);
    Q_EMIT box->activated(box->currentIndex());
}

void TestNetworkPage::typeHost(const QString &text)
{
    host()->setFocus();
    host()->selectAll();
    QTest::keyClicks(host(), text);
    QTest::keyClick(host(), Qt::Key_Return);
}

void TestNetworkPage::goesAsTheComputerDoesUntilSomebodyChooses()
{
    QCOMPARE(proxy().use, ProxyUse::System);
    QVERIFY(!host()->isEnabled());
    choose(u"None"_s);
    QCOMPARE(proxy().use, ProxyUse::None);
    choose(u"As on this computer"_s);
    QCOMPARE(proxy().use, ProxyUse::System);
}

void TestNetworkPage::aProxyOfOnesOwnCountsOnceItHasAHost()
{
    choose(u"This one:"_s);
    QVERIFY(host()->isEnabled());
    QCOMPARE(proxy().use, ProxyUse::System);
    typeHost(u"proxy.example.com"_s);
    QCOMPARE(proxy(), (ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 3128, {}}));
    find<QSpinBox>(*m_page, "Port")->setValue(8080);
    auto *user = find<QLineEdit>(*m_page, "User name");
    user->setText(u"latchkey"_s);
    Q_EMIT user->editingFinished();
    QCOMPARE(proxy(), (ProxySetting{ProxyUse::Own, u"proxy.example.com"_s, 8080, u"latchkey"_s}));
}

void TestNetworkPage::saysWhatIsNoHost()
{
    choose(u"This one:"_s);
    typeHost(u"http://proxy.example.com"_s);
    QCOMPARE(proxy().use, ProxyUse::System);
    QVERIFY(words<QLabel>(*m_page).contains(u"without its port"_s));
}

void TestNetworkPage::keepsWhatIsTypedWhileAnotherSettingChanges()
{
    choose(u"This one:"_s);
    host()->setText(u"pro"_s);
    m_rig->settings().set(&SettingValues::lock, false);
    QCOMPARE(host()->text(), u"pro"_s);
    QCOMPARE(named<QComboBox>(*m_page, "Proxy")->currentText(), u"This one:"_s);
}

void TestNetworkPage::keepsNoPassword()
{
    QVERIFY(words<QLabel>(*m_page).contains(u"Latchkey keeps no password for a proxy."_s));
    QVERIFY(!find<QLineEdit>(*m_page, "Password"));
}

void TestNetworkPage::advisesNothingThatTheAdministratorHasRuledOut()
{
    QVERIFY(words<QLabel>(*m_page).contains(u"set https_proxy"_s));
    SettingsRig fixed(R"({"settings": {"proxy": {"use": "own", "host": "a.test", "port": 3128}}})");
    const NetworkPage page(fixed.settings());
    QVERIFY(words<QLabel>(page).contains(u"ask your administrator"_s));
    QVERIFY(!words<QLabel>(page).contains(u"set https_proxy"_s));
}

QTEST_MAIN(TestNetworkPage)
#include "tst_networkpage.moc"
