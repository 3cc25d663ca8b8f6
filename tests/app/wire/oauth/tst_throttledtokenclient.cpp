// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/throttledtokenclient.h"

#include "support/fakeclock.h"
#include "support/faketokenclient.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestThrottledTokenClient final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void refreshesWaitTheirTurn();
    void whatAPersonWaitsForGoesAtOnce();
    void hurriedRefreshGoesAtOnce();
    void cancelledRefreshIsNotSent();
    void laterGrantTakesThePlaceOfTheEarlier();
    void goneClientIsNotSent();
    void eachIsOneOfThePopulation();
    void answersAndFarewellsPass();
    void tokensOfTheVaultPass();

private:
    struct Throttled {
        FakeTokenClient *fake;
        std::unique_ptr<ThrottledTokenClient> client;
    };
    [[nodiscard]] Throttled throttled() const;
    void takeTheTurn();
    void pass();

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::unique_ptr<RefreshThrottle> m_throttle;
    const RefreshGrant m_refresh{secret("refresh-1")};
};

void TestThrottledTokenClient::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_throttle.reset();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_throttle = std::make_unique<RefreshThrottle>(*m_deadlines);
}

TestThrottledTokenClient::Throttled TestThrottledTokenClient::throttled() const
{
    auto fake = std::make_unique<FakeTokenClient>();
    FakeTokenClient *raw = fake.get();
    return {raw, std::make_unique<ThrottledTokenClient>(std::move(fake), *m_throttle)};
}

void TestThrottledTokenClient::takeTheTurn()
{
    m_throttle->enter([] { });
}

void TestThrottledTokenClient::pass()
{
    m_clock.advance(100ms);
    m_deadlines->look();
}

void TestThrottledTokenClient::refreshesWaitTheirTurn()
{
    const Throttled first = throttled();
    const Throttled second = throttled();
    first.client->send(m_refresh, anotherFingerprint());
    second.client->send(m_refresh, anotherFingerprint());
    QVERIFY(first.fake->isAsked());
    QVERIFY(!second.fake->isAsked());
    pass();
    QVERIFY(second.fake->isAsked());
    QVERIFY(second.fake->lastGrantAs<RefreshGrant>()->refreshToken == secret("refresh-1"));
    QVERIFY(second.fake->pins().last() == anotherFingerprint());
}

void TestThrottledTokenClient::whatAPersonWaitsForGoesAtOnce()
{
    takeTheTurn();
    const Throttled one = throttled();
    one.client->send(PasswordGrant{u"operator"_s, secret("password"), false}, {});
    QVERIFY(one.fake->lastGrantAs<PasswordGrant>());
    one.client->send(MfaGrant{secret("ticket"), secret("123456")}, {});
    QVERIFY(one.fake->lastGrantAs<MfaGrant>());
}

void TestThrottledTokenClient::hurriedRefreshGoesAtOnce()
{
    takeTheTurn();
    const Throttled one = throttled();
    one.client->send(m_refresh, {});
    QVERIFY(!one.fake->isAsked());
    one.client->expedite();
    QVERIFY(one.fake->isAsked());
    one.client->expedite();
    pass();
    QCOMPARE(one.fake->grants().size(), 1);
}

void TestThrottledTokenClient::cancelledRefreshIsNotSent()
{
    takeTheTurn();
    const Throttled one = throttled();
    one.client->send(m_refresh, {});
    one.client->cancel();
    pass();
    QVERIFY(one.fake->grants().isEmpty());
}

void TestThrottledTokenClient::laterGrantTakesThePlaceOfTheEarlier()
{
    takeTheTurn();
    const Throttled one = throttled();
    one.client->send(m_refresh, {});
    one.client->send(PasswordGrant{u"operator"_s, secret("password"), false}, {});
    pass();
    QCOMPARE(one.fake->grants().size(), 1);
    QVERIFY(one.fake->lastGrantAs<PasswordGrant>());
}

void TestThrottledTokenClient::goneClientIsNotSent()
{
    takeTheTurn();
    Throttled one = throttled();
    one.client->send(m_refresh, {});
    one.client.reset();
    pass(); // must not crash
}

//! Many wait for a shorter time each.
void TestThrottledTokenClient::eachIsOneOfThePopulation()
{
    std::vector<Throttled> all(1000);
    std::ranges::generate(all, [this] { return throttled(); });
    takeTheTurn();
    all[0].client->send(m_refresh, {});
    m_clock.advance(25ms);
    m_deadlines->look();
    QVERIFY(all[0].fake->isAsked());

    all.resize(1);
    pass();
    takeTheTurn();
    all[0].client->send(m_refresh, {});
    m_clock.advance(99ms);
    m_deadlines->look();
    QCOMPARE(all[0].fake->grants().size(), 1);
}

void TestThrottledTokenClient::answersAndFarewellsPass()
{
    const Throttled one = throttled();
    const QSignalSpy answered(one.client.get(), &TokenClient::answered);
    const QSignalSpy loggedOut(one.client.get(), &TokenClient::loggedOut);
    one.client->send(m_refresh, {});
    QVERIFY(one.fake->answer(granted(1, m_clock.now())));
    QCOMPARE(answered.count(), 1);
    one.client->logOut({secret("access-1"), {}}, {});
    QVERIFY(one.fake->logOuts().first() == secret("access-1"));
    one.fake->answerLogOut();
    QCOMPARE(loggedOut.count(), 1);
}

void TestThrottledTokenClient::tokensOfTheVaultPass()
{
    const Throttled one = throttled();
    one.client->know(secret("access-1"), secret("refresh-1"), {});
    QVERIFY((one.fake->known() == QList{secret("access-1"), secret("refresh-1")}));
}

QTEST_GUILESS_MAIN(TestThrottledTokenClient)
#include "tst_throttledtokenclient.moc"
