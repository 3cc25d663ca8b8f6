// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/refreshpolicy.h"

#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;
using Type = AuthError::Type;
using std::chrono::seconds;

Q_DECLARE_METATYPE(std::chrono::seconds)

namespace {

constexpr double lowest = 0;
constexpr double middle = 0.5;
constexpr double highest = 0.999;

RefreshPolicy policy(double random)
{
    return RefreshPolicy([random] { return random; });
}

AuthError busy(std::optional<seconds> retryAfter = {})
{
    return {AuthError::Type::ServerBusy, 503, retryAfter, {}};
}

} // namespace

class TestRefreshPolicy final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void refreshesInTime_data();
    void refreshesInTime();
    void leadStaysWithinItsBounds();
    void refreshesBeforeTheRefreshTokenEnds_data();
    void refreshesBeforeTheRefreshTokenEnds();
    void pausesGrow_data();
    void pausesGrow();
    void pausesAreShortNearTheEnd();
    void whatTheApplianceAskedForWins_data();
    void whatTheApplianceAskedForWins();

private:
    FakeClock m_clock;
};

void TestRefreshPolicy::refreshesInTime_data()
{
    QTest::addColumn<seconds>("life");
    QTest::addColumn<double>("random");
    QTest::addColumn<Milliseconds>("wait");
    const auto row = [](const char *name, seconds life, double random, Milliseconds wait) {
        QTest::newRow(name) << life << random << wait;
    };

    row("0 s", 0s, middle, 2500ms);
    row("1 s", 1s, middle, 2500ms);
    row("4 s", 4s, middle, 2500ms);
    row("5 s", 5s, lowest, 2500ms);
    row("5 s, late", 5s, highest, 2500ms);
    row("6 s", 6s, middle, 3s);
    row("60 s", 60s, middle, 30s);
    row("9 min 59 s", 599s, middle, 299500ms);
    row("10 min", 10min, middle, 450s);
    row("10 min, little lead", 10min, lowest, 480s);
    row("10 min, much lead", 10min, highest, 450s);
    row("15 min", 15min, middle, 675s);
    row("15 min, little lead", 15min, lowest, 720s);
    row("1 h", 1h, middle, 45min);
    row("1 h, little lead", 1h, lowest, 48min);
    row("1 h, much lead", 1h, highest, 45min);
    row("24 h", 24h, middle, 18h);
    row("24 h, little lead", 24h, lowest, 19h + 12min);
    row("24 h, much lead", 24h, highest, 18h);
}

void TestRefreshPolicy::refreshesInTime()
{
    QFETCH(const seconds, life);
    QFETCH(const double, random);
    QFETCH(const Milliseconds, wait);
    const TokenSet tokens = tokenSet(1, m_clock.now(), life);
    const Instant at = policy(random).refreshAt(tokens);
    QCOMPARE(at.wall - m_clock.now().wall, wait);
    QCOMPARE(at.steady - m_clock.now().steady, wait);
}

void TestRefreshPolicy::leadStaysWithinItsBounds()
{
    for (seconds life = 10min; life <= 24h; life += 61s) {
        for (const double random : {lowest, 0.1, 0.25, middle, 0.75, highest}) {
            const TokenSet tokens = tokenSet(1, m_clock.now(), life);
            const Milliseconds lead =
                tokens.accessEnd.steady - policy(random).refreshAt(tokens).steady;
            QVERIFY(lead >= 120s);
            QVERIFY(lead <= Milliseconds(life) / 4);
            QVERIFY(life > 1h || lead <= 15min);
            QVERIFY(lead >= Milliseconds(life) / 5);
        }
    }
}

void TestRefreshPolicy::refreshesBeforeTheRefreshTokenEnds_data()
{
    QTest::addColumn<seconds>("life");
    QTest::addColumn<seconds>("refreshLife");
    QTest::addColumn<Milliseconds>("wait");
    const auto row = [](const char *name, seconds life, seconds refreshLife, Milliseconds wait) {
        QTest::newRow(name) << life << refreshLife << wait;
    };

    row("two weeks", 1h, 14 * 24h, 45min);
    row("as long as the access token", 1h, 1h, 45min);
    row("a little shorter", 1h, 3599s, 1'799'500ms);
    row("15 min", 1h, 15min, 450s);
    row("2 s", 1h, 2s, 1s);
    row("1 s", 1h, 1s, 1s);
    row("over", 1h, -1s, 1s);
    row("two weeks, and 1 s", 1s, 14 * 24h, 2500ms);
    row("5 s, and 1 s", 1s, 5s, 2500ms);
    row("3 s, and 1 s", 1s, 3s, 1500ms);
    row("1 s, and 1 s", 1s, 1s, 1s);
}

void TestRefreshPolicy::refreshesBeforeTheRefreshTokenEnds()
{
    QFETCH(const seconds, life);
    QFETCH(const seconds, refreshLife);
    QFETCH(const Milliseconds, wait);
    TokenSet tokens = tokenSet(1, m_clock.now(), life);
    tokens.refreshEnd = m_clock.now() + refreshLife;
    const Instant at = policy(middle).refreshAt(tokens);
    QCOMPARE(at.steady - m_clock.now().steady, wait);
}

void TestRefreshPolicy::pausesGrow_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("random");
    QTest::addColumn<Milliseconds>("pause");
    const Milliseconds pauses[] = {2s, 4s, 8s, 16s, 32s, 60s, 60s};
    for (int attempt = 1; attempt <= 7; ++attempt) {
        const Milliseconds pause = pauses[attempt - 1];
        QTest::addRow("failure %d", attempt) << attempt << middle << pause;
        QTest::addRow("failure %d, short", attempt) << attempt << lowest << pause * 8 / 10;
        QTest::addRow("failure %d, long", attempt)
            << attempt << 1.0 << pause * 12 / 10; // an upper bound, because random stays below 1
    }
    QTest::newRow("failure 1000") << 1000 << middle << Milliseconds(60s);
    QTest::newRow("failure 0") << 0 << middle << Milliseconds(2s);
}

void TestRefreshPolicy::pausesGrow()
{
    QFETCH(const int, attempt);
    QFETCH(const double, random);
    QFETCH(const Milliseconds, pause);
    const TokenSet tokens = tokenSet(1, m_clock.now());
    const Instant at = policy(random).retryAt(tokens, attempt, busy(), m_clock.now());
    QCOMPARE(at.steady - m_clock.now().steady, pause);
    QCOMPARE(at.wall - m_clock.now().wall, pause);
}

void TestRefreshPolicy::pausesAreShortNearTheEnd()
{
    const Instant now = m_clock.now();
    const auto pause = [&](Milliseconds left, Type type) {
        TokenSet tokens = tokenSet(1, now);
        tokens.accessEnd = now + left;
        return policy(highest).retryAt(tokens, 9, {type, 0, {}, {}}, now).steady - now.steady;
    };
    QVERIFY(pause(150s, Type::Offline) > 60s);
    QVERIFY(pause(150s, Type::Timeout) > 60s);
    for (const Milliseconds left : {Milliseconds(149s), Milliseconds(0s), Milliseconds(-1h)}) {
        QCOMPARE(pause(left, Type::Offline), Milliseconds(50s));
        QCOMPARE(pause(left, Type::Timeout), Milliseconds(20s));
    }
}

void TestRefreshPolicy::whatTheApplianceAskedForWins_data()
{
    QTest::addColumn<seconds>("left");
    QTest::addColumn<seconds>("asked");
    QTest::addColumn<seconds>("pause");
    const auto row = [](const char *name, seconds left, seconds asked, seconds pause) {
        QTest::newRow(name) << left << asked << pause;
    };

    row("a while", 1h, 5min, 5min);
    row("longer than by itself", 1h, 90s, 90s);
    row("zero", 1h, 0s, 1s);
    row("longer than an hour", 24h, 2h, 1h);
    row("a day", 48h, 24h, 1h);
    row("into the last minute", 10min, 30min, 9min);
    row("just up to the last minute", 10min, 9min, 9min);
    row("within the last minute", 30s, 5min, 5min);
    row("the token is over", -10s, 5min, 5min);
}

void TestRefreshPolicy::whatTheApplianceAskedForWins()
{
    QFETCH(const seconds, left);
    QFETCH(const seconds, asked);
    QFETCH(const seconds, pause);
    TokenSet tokens = tokenSet(1, m_clock.now());
    tokens.accessEnd = m_clock.now() + left;
    for (const double random : {lowest, middle, highest}) {
        const Instant at = policy(random).retryAt(tokens, 3, busy(asked), m_clock.now());
        QCOMPARE(at.steady - m_clock.now().steady, Milliseconds(pause));
    }
}

QTEST_GUILESS_MAIN(TestRefreshPolicy)
#include "tst_refreshpolicy.moc"
