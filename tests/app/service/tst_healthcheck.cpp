// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/healthcheck.h"

#include "platform/diskfiles.h"
#include "support/fakeclock.h"
#include "support/fakekeychain.h"
#include "support/fakenetwork.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Account account(const QString &name, const QString &host = {})
{
    Account account = anAccount();
    account.name = name;
    account.server = QUrl(u"https://%1.test"_s.arg(host.isEmpty() ? name : host));
    return account;
}

} // namespace

class TestHealthCheck final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_examination.reset(); }

    void factsAndPartsAreOneReport();
    void allIsLookedAtAtTheSameTime();
    void withoutAnythingItAnswersFromTheEventLoop();
    void whatHangsIsToldAtTheDeadline();
    void whatIsKnownCanBeToldBefore();
    void oneProbeLooksAtAnApplianceForAllItsSessions();
    void anotherPinIsLookedAtByItself();
    void onlySoManyAreLookedAtAtATime();
    void thoseThatHangLeaveTimeForTheOthers();
    void findingsSayTheSameAsTheReport();

private:
    void examine(const QList<Account> &accounts, bool hasVault = true);
    [[nodiscard]] std::unique_ptr<VaultCheck> makeVaultCheck();

    FakeClock m_clock;
    FileQueue m_files{diskFiles()};
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    QTemporaryDir m_folder;
    KeychainWatch::Finding m_finding;
    FakeKeychainWatch *m_watch = nullptr;
    std::unique_ptr<HealthCheck> m_examination;
    QList<QJsonObject> m_reports;
    int m_steps = 0;
};

void TestHealthCheck::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_finding = {Keychain::SecretService,
        {{Keychain::SecretService, u"/login"_s, true, true, KeychainWatch::Place::Item::None}}, {}};
    m_reports.clear();
    m_steps = 0;
}

std::unique_ptr<VaultCheck> TestHealthCheck::makeVaultCheck()
{
    auto watch = std::make_unique<FakeKeychainWatch>();
    m_watch = watch.get();
    m_watch->finding = m_finding;
    VaultCheck::Subject subject;
    subject.folder = m_folder.path();
    return std::make_unique<VaultCheck>(subject, std::move(watch), m_files, *m_deadlines);
}

void TestHealthCheck::examine(const QList<Account> &accounts, bool hasVault)
{
    QList<SessionSnapshot> sessions;
    for (const Account &account : accounts) {
        SessionSnapshot session;
        session.account = account;
        sessions.append(session);
    }
    const auto makeProbe = [this](const Account &account) {
        return std::make_unique<ApplianceProbe>(
            account.server, account.pin, m_network->factory(), *m_deadlines);
    };
    m_examination =
        std::make_unique<HealthCheck>(HealthCheck::Known{{{u"program"_s, u"latchkeyd"_s}}},
            hasVault ? makeVaultCheck() : nullptr, sessions, makeProbe, *m_deadlines);
    connect(m_examination.get(), &Doctor::examined, this,
        [this](const QJsonObject &report) { m_reports.append(report); });
    connect(m_examination.get(), &Doctor::progressed, this, [this] { ++m_steps; });
    m_examination->examine(m_deadlines->now() + 10s);
}

void TestHealthCheck::factsAndPartsAreOneReport()
{
    examine({account(u"prod"_s)});
    m_network->reply()->answer(200, "page");
    QVERIFY(m_reports.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(m_reports.size(), 1, 20'000);
    const QJsonObject report = m_reports.first();
    QCOMPARE(report.keys(), QStringList({u"keychain"_s, u"program"_s, u"sessions"_s}));
    QCOMPARE(report.value("program"_L1).toString(), u"latchkeyd"_s);
    QCOMPARE(report.value("keychain"_L1)["roundTrip"_L1]["ok"_L1], QJsonValue(true));
    QCOMPARE(report.value("sessions"_L1)[0]["reachable"_L1], QJsonValue(true));
}

void TestHealthCheck::allIsLookedAtAtTheSameTime()
{
    examine({account(u"one"_s), account(u"two"_s)});
    QCOMPARE(m_network->count(), 2);
    QCOMPARE(m_watch->looks.size(), 1);
    m_network->reply(1)->answer(200, "page");
    m_network->reply(0)->end(QNetworkReply::ConnectionRefusedError);
    QTRY_COMPARE_WITH_TIMEOUT(m_reports.size(), 1, 20'000);
    const QJsonArray sessions = m_reports.first().value("sessions"_L1).toArray();
    QCOMPARE(sessions[0]["name"_L1].toString(), u"one"_s);
    QCOMPARE(sessions[0]["reachable"_L1], QJsonValue(false));
    QCOMPARE(sessions[1]["name"_L1].toString(), u"two"_s);
    QCOMPARE(sessions[1]["reachable"_L1], QJsonValue(true));
}

void TestHealthCheck::withoutAnythingItAnswersFromTheEventLoop()
{
    examine({}, false);
    QVERIFY(m_reports.isEmpty());
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().value("keychain"_L1)["backend"_L1].toString(), u"memory"_s);
    QVERIFY(m_reports.first().value("sessions"_L1).toArray().isEmpty());
}

void TestHealthCheck::whatHangsIsToldAtTheDeadline()
{
    examine({account(u"prod"_s)});
    m_watch->isSilent = true;
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().value("keychain"_L1)["problem"_L1].isNull());
    QVERIFY(!m_reports.first().value("sessions"_L1)[0]["problem"_L1].isNull());
}

void TestHealthCheck::whatIsKnownCanBeToldBefore()
{
    examine({account(u"one"_s), account(u"two"_s)});
    m_network->reply(1)->answer(200, "page");
    const QJsonObject early = m_examination->soFar();
    QVERIFY(!early.value("keychain"_L1)["problem"_L1].isNull());
    QVERIFY(!early.value("sessions"_L1)[0]["problem"_L1].isNull());
    QVERIFY(early.value("sessions"_L1)[1]["problem"_L1].isNull());
    m_network->reply(0)->answer(200, "page");
    QTRY_COMPARE_WITH_TIMEOUT(m_reports.size(), 1, 20'000);
    QVERIFY(m_reports.first().value("sessions"_L1)[0]["problem"_L1].isNull());
}

void TestHealthCheck::oneProbeLooksAtAnApplianceForAllItsSessions()
{
    examine({account(u"one"_s, u"shared"_s), account(u"other"_s), account(u"two"_s, u"shared"_s)},
        false);
    QCOMPARE(m_network->count(), 2);
    m_network->reply(0)->answer(200, "page");
    m_network->reply(1)->end(QNetworkReply::ConnectionRefusedError);
    QTRY_COMPARE(m_reports.size(), 1);
    const QJsonArray sessions = m_reports.first().value("sessions"_L1).toArray();
    QCOMPARE(sessions.size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(sessions[i]["reachable"_L1].toBool(), i != 1);
    QCOMPARE(sessions[2]["name"_L1].toString(), u"two"_s);
}

void TestHealthCheck::anotherPinIsLookedAtByItself()
{
    Account pinned = account(u"two"_s, u"shared"_s);
    pinned.pin = anotherFingerprint();
    examine({account(u"one"_s, u"shared"_s), pinned}, false);
    QCOMPARE(m_network->count(), 2);
}

void TestHealthCheck::onlySoManyAreLookedAtAtATime()
{
    constexpr int most = HealthCheck::mostAtOnce;
    QList<Account> accounts;
    for (int i = 0; i < most + 2; ++i)
        accounts.append(account(u"a%1"_s.arg(i)));
    examine(accounts, false);
    QCOMPARE(m_network->count(), most);
    m_network->reply(7)->answer(200, "page");
    QTRY_COMPARE(m_network->count(), most + 1);
    for (int i = 0; i < most + 2; ++i) {
        QTRY_VERIFY(m_network->count() > i);
        if (i != 7)
            m_network->reply(i)->answer(200, "page");
    }
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_steps, most + 2);
    const QJsonArray sessions = m_reports.first().value("sessions"_L1).toArray();
    QVERIFY(std::ranges::all_of(
        sessions, [](const QJsonValue &s) { return s["reachable"_L1].toBool(); }));
}

void TestHealthCheck::thoseThatHangLeaveTimeForTheOthers()
{
    constexpr int most = HealthCheck::mostAtOnce;
    QList<Account> accounts;
    for (int i = 0; i < 2 * most; ++i)
        accounts.append(account(u"a%1"_s.arg(i)));
    examine(accounts, false);
    m_clock.advance(5s);
    m_deadlines->look();
    QTRY_COMPARE(m_network->count(), 2 * most);
    for (int i = most; i < 2 * most; ++i)
        m_network->reply(i)->answer(200, "page");
    QTRY_COMPARE(m_reports.size(), 1);
    const QJsonArray sessions = m_reports.first().value("sessions"_L1).toArray();
    QCOMPARE(sessions[0]["reachable"_L1], QJsonValue(false));
    QCOMPARE(sessions[2 * most - 1]["reachable"_L1], QJsonValue(true));
}

void TestHealthCheck::findingsSayTheSameAsTheReport()
{
    m_finding = {};
    examine({account(u"down"_s), account(u"up"_s)});
    QCOMPARE(m_examination->findings().size(), 3);
    for (const Finding &finding : m_examination->findings())
        QVERIFY(finding.state == Finding::State::Looking);
    m_network->reply(0)->end(QNetworkReply::ConnectionRefusedError);
    m_network->reply(1)->answer(200, "page");
    QTRY_COMPARE_WITH_TIMEOUT(m_reports.size(), 1, 20'000);
    const QList<Finding> findings = m_examination->findings();
    const QJsonObject report = m_reports.first();
    QCOMPARE(findings[0].subject.english, u"Keychain"_s);
    QVERIFY(findings[0].session.isEmpty());
    QVERIFY(findings[0].state == Finding::State::Wrong);
    QCOMPARE(findings[0].problem.english, report["keychain"_L1]["problem"_L1].toString());
    QCOMPARE(findings[1].session, u"down"_s);
    QVERIFY(findings[1].state == Finding::State::Wrong);
    QCOMPARE(findings[1].problem.english, report["sessions"_L1][0]["problem"_L1].toString());
    QVERIFY(findings[2].state == Finding::State::Well);
    QCOMPARE(findings[0].mood, Mood::NeedsYou);
    QCOMPARE(findings[1].mood, Mood::CannotRenew);
    QCOMPARE(findings[2].mood, Mood::SignedOut);
    QVERIFY(report["sessions"_L1][1]["problem"_L1].isNull());
}

QTEST_GUILESS_MAIN(TestHealthCheck)
#include "tst_healthcheck.moc"
