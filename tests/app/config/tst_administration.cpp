// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "config/administration.h"

#include "session/words/sentences.h"
#include "support/settingsrig.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestAdministration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void withoutAPolicyAllIsAllowed();
    void whatIsBrokenKeepsItsLastMeaning();
    void whatWasNeverReadableAllowsNothing();
    void aFaultOfTheFileIsTold();
    void whatIsWrittenAnewInTwoStepsDoesNotCountAsGone();
    void whatIsGoneCountsForASecond();
    void tellsOnlyOfChanges();

private:
    void start(const PolicySource::Text &text);
    [[nodiscard]] bool locks() const { return m_administration->policy().settings.lock == true; }
    [[nodiscard]] bool allows(const QString &server) const;

    FakePolicySource *m_source = nullptr;
    std::unique_ptr<Administration> m_administration;
};

namespace {

const PolicySource::Text good{R"({"settings": {"lock": true}, "appliances": ["a"]})", {}};
const PolicySource::Text broken{R"({"appliances": 1})", {}};
const PolicySource::Text none{};

void expectWarning()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The administrator's policy: /etc"_s));
}

} // namespace

void TestAdministration::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
}

void TestAdministration::start(const PolicySource::Text &text)
{
    auto source = std::make_unique<FakePolicySource>(text);
    m_source = source.get();
    m_administration = std::make_unique<Administration>(std::move(source));
}

bool TestAdministration::allows(const QString &server) const
{
    Account account;
    account.server = QUrl(u"https://"_s + server);
    return !m_administration->whyNot(account);
}

void TestAdministration::withoutAPolicyAllIsAllowed()
{
    start(none);
    QVERIFY(allows(u"anywhere"_s));
    QVERIFY(!m_administration->trouble());
}

void TestAdministration::whatIsBrokenKeepsItsLastMeaning()
{
    start(good);
    expectWarning();
    m_source->say(broken);
    QVERIFY(locks());
    QVERIFY(allows(u"a"_s) && !allows(u"b"_s));
    const QString told = m_administration->trouble()->english;
    QVERIFY(told.contains(u"the last good one stays in force"_s));
    QVERIFY(told.contains(u"/etc/latchkey/policy.json: appliances is not a list"_s));
    m_source->say({R"({"appliances": ["b"]})", {}});
    QVERIFY(!locks() && allows(u"b"_s));
    QVERIFY(!m_administration->trouble());
}

void TestAdministration::whatWasNeverReadableAllowsNothing()
{
    expectWarning();
    start(broken);
    Account account;
    QCOMPARE(m_administration->whyNot(account), AccountProblem::PolicyUnknown);
    QVERIFY(m_administration->trouble()->english.contains(u"nobody can sign in"_s));
    m_source->say(good);
    QVERIFY(allows(u"a"_s));
}

void TestAdministration::aFaultOfTheFileIsTold()
{
    start(good);
    expectWarning();
    m_source->say({{}, u"is a link"_s});
    QVERIFY(locks());
    QVERIFY(m_administration->trouble()->english.contains(u"policy.json: is a link"_s));
}

void TestAdministration::whatIsWrittenAnewInTwoStepsDoesNotCountAsGone()
{
    start(good);
    const QSignalSpy changed(m_administration.get(), &Administration::changed);
    m_source->say(none);
    QVERIFY(locks());
    m_source->say(good);
    QTest::qWait(1200); // nothing is to happen
    QVERIFY(locks());
    QCOMPARE(changed.size(), 0);
}

void TestAdministration::whatIsGoneCountsForASecond()
{
    start(good);
    m_source->say(none);
    QVERIFY(locks());
    QTRY_VERIFY(!locks());
    QVERIFY(allows(u"b"_s));
}

void TestAdministration::tellsOnlyOfChanges()
{
    start(good);
    const QSignalSpy changed(m_administration.get(), &Administration::changed);
    m_source->say(good);
    QCOMPARE(changed.size(), 0);
    expectWarning();
    m_source->say(broken);
    QCOMPARE(changed.size(), 1);
    m_source->say(broken);
    QCOMPARE(changed.size(), 1);
}

QTEST_GUILESS_MAIN(TestAdministration)
#include "tst_administration.moc"
