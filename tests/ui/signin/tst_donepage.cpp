// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "signin/donepage.h"

#include "session/sessionsnapshot.h"

#include "ui/uifixture.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestDonePage final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void copiesACommandThatAShellTakes_data();
    void copiesACommandThatAShellTakes();
    void startsWithTheDesktop();
    void showsThatNothingCouldBeChanged();
    void warnsOfWhatIsMissing_data();
    void warnsOfWhatIsMissing();

private:
    [[nodiscard]] FirstSteps steps()
    {
        return {{[this] { return m_isOn; },
                    [this](bool isOn) {
                        m_isOn = isOn && m_canChange;
                        return m_canChange;
                    }},
            true};
    }

    SessionSnapshot m_session;
    bool m_isOn = false;
    bool m_canChange = true;
};

void TestDonePage::init()
{
    failOnUiWarning();
    m_session = {};
    m_session.account = anAccount();
    m_session.isPersisted = true;
    m_isOn = false;
    m_canChange = true;
}

void TestDonePage::copiesACommandThatAShellTakes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("command");
    QTest::newRow("plain") << u"prod-eu.2"_s << u"latchkeyctl token prod-eu.2"_s;
    QTest::newRow("sign") << u"r&d"_s << u"latchkeyctl token 'r&d'"_s;
    QTest::newRow("quote") << u"l'est"_s << u"latchkeyctl token 'l'\\''est'"_s;
    QTest::newRow("command") << u"a$(b)"_s << u"latchkeyctl token 'a$(b)'"_s;
}

void TestDonePage::copiesACommandThatAShellTakes()
{
    QFETCH(const QString, name);
    m_session.account.name = name;
    const DonePage page(steps(), m_session);
    find<QPushButton>(page, "Copy")->click();
    QTEST(QGuiApplication::clipboard()->text(), "command");
}

void TestDonePage::startsWithTheDesktop()
{
    const DonePage page(steps(), m_session);
    auto *starts = find<QCheckBox>(page, "Start Latchkey when I sign in to this computer");
    QVERIFY(!starts->isChecked());
    starts->click();
    QVERIFY(m_isOn);
    starts->click();
    QVERIFY(!m_isOn);
}

void TestDonePage::showsThatNothingCouldBeChanged()
{
    m_canChange = false;
    const DonePage page(steps(), m_session);
    auto *starts = find<QCheckBox>(page, "Start Latchkey when I sign in to this computer");
    starts->click();
    QVERIFY(!starts->isChecked());
}

void TestDonePage::warnsOfWhatIsMissing_data()
{
    QTest::addColumn<bool>("hasTray");
    QTest::addColumn<bool>("isPersisted");
    for (const bool hasTray : {false, true}) {
        for (const bool isPersisted : {false, true})
            QTest::addRow("%d %d", hasTray, isPersisted) << hasTray << isPersisted;
    }
}

void TestDonePage::warnsOfWhatIsMissing()
{
    QFETCH(const bool, hasTray);
    QFETCH(const bool, isPersisted);
    m_session.isPersisted = isPersisted;
    FirstSteps first = steps();
    first.hasTray = hasTray;
    const DonePage page(first, m_session);
    QCOMPARE(words<QLabel>(page).contains(u"no tray"_s), !hasTray);
    QCOMPARE(words<QLabel>(page).contains(u"no keychain"_s), !isPersisted);
}

QTEST_MAIN(TestDonePage)
#include "tst_donepage.moc"
