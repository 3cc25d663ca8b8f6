// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "examination.h"

#include "support/fakeclock.h"
#include "support/fakekeychainprobe.h"
#include "support/fakenetwork.h"
#include "support/fakesecretstore.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestExamination final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_examination.reset(); }

    void factsAndPartsAreOneReport();
    void allIsLookedAtAtTheSameTime();
    void withoutAnythingItAnswersFromTheEventLoop();
    void whatHangsIsToldAtTheDeadline();

private:
    void examine(const QStringList &names, bool hasVault = true);
    [[nodiscard]] std::unique_ptr<VaultCheck> makeVaultCheck();

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<FakeNetwork> m_network;
    std::shared_ptr<FakeVault> m_vault;
    FakeKeychainProbe *m_probe = nullptr;
    std::unique_ptr<Examination> m_examination;
    QList<QJsonObject> m_reports;
};

void TestExamination::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_network = std::make_unique<FakeNetwork>();
    m_vault = std::make_shared<FakeVault>();
    m_reports.clear();
}

std::unique_ptr<VaultCheck> TestExamination::makeVaultCheck()
{
    auto probe = std::make_unique<FakeKeychainProbe>();
    m_probe = probe.get();
    return std::make_unique<VaultCheck>(
        VaultCheck::Item{u"service"_s, u"/check"_s, secret("random text")},
        std::make_unique<FakeSecretStore>(m_vault), std::move(probe),
        std::make_shared<KeychainChoice>(Keychain::SecretService), *m_deadlines);
}

void TestExamination::examine(const QStringList &names, bool hasVault)
{
    std::vector<Examination::Subject> subjects;
    for (const QString &name : names) {
        SessionSnapshot session;
        session.account = anAccount();
        session.account.name = name;
        subjects.push_back({session,
            std::make_unique<ApplianceProbe>(
                session.account.server, session.account.pin, m_network->factory(), *m_deadlines)});
    }
    m_examination = std::make_unique<Examination>(QJsonObject{{u"program"_s, u"latchkeyd"_s}},
        hasVault ? makeVaultCheck() : nullptr, std::move(subjects));
    connect(m_examination.get(), &Doctor::examined, this,
        [this](const QJsonObject &report) { m_reports.append(report); });
    m_examination->examine(m_deadlines->now() + 10s);
}

void TestExamination::factsAndPartsAreOneReport()
{
    examine({u"prod"_s});
    m_probe->answer(KeychainProbe::Item::Readable);
    QVERIFY(m_reports.isEmpty());
    m_network->reply()->answer(200, "page");
    QCOMPARE(m_reports.size(), 1);
    const QJsonObject report = m_reports.first();
    QCOMPARE(report.keys(), QStringList({u"keychain"_s, u"program"_s, u"sessions"_s}));
    QCOMPARE(report.value("program"_L1).toString(), u"latchkeyd"_s);
    QCOMPARE(report.value("keychain"_L1)["roundTrip"_L1]["ok"_L1], QJsonValue(true));
    QCOMPARE(report.value("sessions"_L1)[0]["reachable"_L1], QJsonValue(true));
}

void TestExamination::allIsLookedAtAtTheSameTime()
{
    examine({u"one"_s, u"two"_s});
    QCOMPARE(m_network->count(), 2);
    QCOMPARE(m_probe->asked.size(), 1);
    m_network->reply(1)->answer(200, "page");
    m_network->reply(0)->end(QNetworkReply::ConnectionRefusedError);
    m_probe->answer(KeychainProbe::Item::Locked);
    QCOMPARE(m_reports.size(), 1);
    const QJsonArray sessions = m_reports.first().value("sessions"_L1).toArray();
    QCOMPARE(sessions[0]["name"_L1].toString(), u"one"_s);
    QCOMPARE(sessions[0]["reachable"_L1], QJsonValue(false));
    QCOMPARE(sessions[1]["name"_L1].toString(), u"two"_s);
    QCOMPARE(sessions[1]["reachable"_L1], QJsonValue(true));
}

void TestExamination::withoutAnythingItAnswersFromTheEventLoop()
{
    examine({}, false);
    QVERIFY(m_reports.isEmpty());
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().value("keychain"_L1)["backend"_L1].toString(), u"memory"_s);
    QVERIFY(m_reports.first().value("sessions"_L1).toArray().isEmpty());
}

void TestExamination::whatHangsIsToldAtTheDeadline()
{
    examine({u"prod"_s});
    m_clock.advance(10s);
    m_deadlines->look();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().value("keychain"_L1)["problem"_L1].isNull());
    QVERIFY(!m_reports.first().value("sessions"_L1)[0]["problem"_L1].isNull());
}

QTEST_GUILESS_MAIN(TestExamination)
#include "tst_examination.moc"
