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

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

private:
    void examine(const QStringList &names, bool hasVault = true);
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

void TestHealthCheck::examine(const QStringList &names, bool hasVault)
{
    std::vector<HealthCheck::Subject> subjects;
    for (const QString &name : names) {
        SessionSnapshot session;
        session.account = anAccount();
        session.account.name = name;
        subjects.push_back({session,
            std::make_unique<ApplianceProbe>(
                session.account.server, session.account.pin, m_network->factory(), *m_deadlines)});
    }
    m_examination = std::make_unique<HealthCheck>(QJsonObject{{u"program"_s, u"latchkeyd"_s}},
        hasVault ? makeVaultCheck() : nullptr, std::move(subjects));
    connect(m_examination.get(), &Doctor::examined, this,
        [this](const QJsonObject &report) { m_reports.append(report); });
    m_examination->examine(m_deadlines->now() + 10s);
}

void TestHealthCheck::factsAndPartsAreOneReport()
{
    examine({u"prod"_s});
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
    examine({u"one"_s, u"two"_s});
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
    examine({u"prod"_s});
    m_watch->isSilent = true;
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().value("keychain"_L1)["problem"_L1].isNull());
    QVERIFY(!m_reports.first().value("sessions"_L1)[0]["problem"_L1].isNull());
}

void TestHealthCheck::whatIsKnownCanBeToldBefore()
{
    examine({u"one"_s, u"two"_s});
    m_network->reply(1)->answer(200, "page");
    const QJsonObject early = m_examination->soFar();
    QVERIFY(!early.value("keychain"_L1)["problem"_L1].isNull());
    QVERIFY(!early.value("sessions"_L1)[0]["problem"_L1].isNull());
    QVERIFY(early.value("sessions"_L1)[1]["problem"_L1].isNull());
    m_network->reply(0)->answer(200, "page");
    QTRY_COMPARE_WITH_TIMEOUT(m_reports.size(), 1, 20'000);
    QVERIFY(m_reports.first().value("sessions"_L1)[0]["problem"_L1].isNull());
}

QTEST_GUILESS_MAIN(TestHealthCheck)
#include "tst_healthcheck.moc"
