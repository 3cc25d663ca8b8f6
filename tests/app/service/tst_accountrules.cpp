// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/accountrules.h"

#include "support/agentrig.h"
#include "support/settingsrig.h"
#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestAccountRules final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void holdsSignInsAndTokensToThePolicy();
    void tellsProgramsThatAKindIsForbiddenNow();
    void makesTheAdministratorsSessionsOnceAccountsAreLoaded();

private:
    [[nodiscard]] const Administration &administration()
    {
        return m_choices->settings().administration();
    }
    [[nodiscard]] AccessGate &gate() { return m_rig->handOuts.gate; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SettingsRig> m_choices;
    std::unique_ptr<Kinds> m_kinds;
    std::unique_ptr<AgentRig> m_rig;
    std::unique_ptr<AccountRules> m_rules;
};

void TestAccountRules::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_choices = std::make_unique<SettingsRig>();
    m_kinds = std::make_unique<Kinds>(QStringList(m_folder->filePath(u"kinds"_s)));
    m_rig = std::make_unique<AgentRig>(*m_kinds);
    m_rules = std::make_unique<AccountRules>(administration(), *m_kinds, m_rig->model, gate());
}

void TestAccountRules::cleanup()
{
    m_rules.reset();
    m_rig.reset();
}

void TestAccountRules::holdsSignInsAndTokensToThePolicy()
{
    const QSignalSpy changed(&gate(), &AccessGate::changed);
    QVERIFY(!m_rig->model.whyNotSignIn(anAccount()) && !gate().refusal(anAccount()));
    m_choices->decree(R"({"appliances": []})");
    QCOMPARE(
        m_rig->model.whyNotSignIn(anAccount()), std::optional(AccountProblem::ApplianceNotAllowed));
    QCOMPARE(gate().refusal(anAccount())->reason, Refusal::Denied);
    QCOMPARE(changed.count(), 1);
}

//! One of a person's own, in place of one that is allowed. Who holds a token has to drop it.
void TestAccountRules::tellsProgramsThatAKindIsForbiddenNow()
{
    m_choices->decree(R"({"kinds": ["azure"]})");
    const QSignalSpy changed(&gate(), &AccessGate::changed);
    QVERIFY(!gate().refusal(anAccount()));
    QFile shipped(u":/kinds/azure.json"_s);
    QVERIFY(shipped.open(QFile::ReadOnly));
    const QByteArray text = shipped.readAll();
    QVERIFY(QDir().mkpath(m_folder->filePath(u"kinds"_s)));
    QFile own(m_folder->filePath(u"kinds/azure.json"_s));
    QVERIFY(own.open(QFile::WriteOnly));
    own.write("{\"replaces\": \"azure\"," + text.mid(text.indexOf('{') + 1));
    own.close();
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(gate().refusal(anAccount())->reason, Refusal::Denied);
    QCOMPARE(m_rig->model.whyNotSignIn(anAccount()), std::optional(AccountProblem::KindNotAllowed));
}

void TestAccountRules::makesTheAdministratorsSessionsOnceAccountsAreLoaded()
{
    m_choices->decree(R"({"accounts": [
        {"name": "prod", "user": "u", "kind": "vbr", "server": "https://backup.example.com"}]})");
    m_rules->apply();
    QCOMPARE(m_rig->model.rowCount(), 0);
    m_rules->letPresetsIn();
    m_rules->apply();
    QCOMPARE(m_rig->model.rowCount(), 1);
    QCOMPARE(m_rig->model.at(0)->account().server, QUrl(u"https://backup.example.com:9419"_s));
}

QTEST_GUILESS_MAIN(TestAccountRules)
#include "tst_accountrules.moc"
