// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sessionsimulation.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>

#include <random>

using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Fourteen days in the life of a session, LATCHKEY_FORTNIGHTS times, and repeated until
//! LATCHKEY_SOAK_MINUTES have passed. LATCHKEY_SEED repeats a run.
class TestFortnight final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void promisesHold();
    void promisesHoldForAnyLife_data();
    void promisesHoldForAnyLife();

private:
    quint64 m_seed = 0;
};

void TestFortnight::initTestCase()
{
    QLoggingCategory::setFilterRules(u"latchkey.*=false"_s); // months of log lines
    bool isGiven = false;
    m_seed = qEnvironmentVariable("LATCHKEY_SEED").toULongLong(&isGiven);
    if (!isGiven)
        m_seed = std::random_device()();
    qInfo("LATCHKEY_SEED=%llu", m_seed);
}

void TestFortnight::promisesHold()
{
    const qint64 soak = qEnvironmentVariableIntValue("LATCHKEY_SOAK_MINUTES") * qint64(60'000);
    const quint64 leastRuns = std::max(qEnvironmentVariableIntValue("LATCHKEY_FORTNIGHTS"), 1);
    QElapsedTimer watch;
    watch.start();
    SessionSimulation::Stats all;
    quint64 runs = 0;
    for (; runs < leastRuns || watch.elapsed() < soak; ++runs) {
        SessionSimulation world(m_seed + runs, {});
        const QString broken = world.live(24h * 14);
        all += world.tally();
        QVERIFY2(
            broken.isEmpty(), qPrintable(u"LATCHKEY_SEED=%1: %2"_s.arg(m_seed + runs).arg(broken)));
    }
    qInfo("%llu fortnights in %lld s: %s", runs, watch.elapsed() / 1000, qPrintable(all.text()));
}

void TestFortnight::promisesHoldForAnyLife_data()
{
    QTest::addColumn<Lives>("lives");
    QTest::addColumn<latchkey::Milliseconds>("span");

    const auto row = [](const char *name, Lives lives, latchkey::Milliseconds span) {
        QTest::newRow(name) << lives << span;
    };
    row("access 5 s", {5s, 24h * 14}, 3h);
    row("access 1 min", {1min, 24h * 14}, 24h);
    row("access 9 min", {9min, 24h * 14}, 24h * 3);
    row("access 10 min", {10min, 24h * 14}, 24h * 3);
    row("access 24 h", {24h, 24h * 30}, 24h * 60);
    row("refresh 60 s", {1h, 60s}, 24h);
    row("refresh 15 min", {1h, 15min}, 24h * 3);
    row("refresh 60 min", {1h, 1h}, 24h * 3);
    row("refresh 60 s, access 5 s", {5s, 60s}, 3h);
    row("refresh 75 min", {15min, 75min}, 24h * 3);

    // A fortnight with the lives of each kind; where they differ by release, with both.
    row("azure", {1h, 24h * 14}, 24h * 14);
    row("aws", {1h, 2h}, 24h * 14);
    row("aws, older", {1h, 1h}, 24h * 14);
    row("gcp and vbr", {15min, 24h * 14}, 24h * 14);
    row("gcp, short-lived", {15min, 1h}, 24h * 14);
    row("vbr, short-lived", {15min, 30min}, 24h * 14);
    row("m365", {1h, 24h * 14}, 24h * 14);
    row("one", {899s, 24h * 14}, 24h * 14);
    row("vspc", {1h, 48h}, 24h * 14);
    row("vro", {15min, 2h}, 24h * 14);
    row("oauth2", {10min, 24h}, 24h * 14);
}

void TestFortnight::promisesHoldForAnyLife()
{
    QFETCH(const Lives, lives);
    QFETCH(const latchkey::Milliseconds, span);
    for (quint64 run = 0; run < 4; ++run) {
        SessionSimulation world(m_seed + run, lives);
        const QString broken = world.live(span);
        QVERIFY2(broken.isEmpty(), qPrintable(u"LATCHKEY_SEED=%1: %2"_s.arg(m_seed).arg(broken)));
    }
}

QTEST_GUILESS_MAIN(TestFortnight)
#include "tst_fortnight.moc"
