// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/drain.h"

#include "support/fakeclock.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/replies.h"
#include "support/saving.h"
#include "support/warnings.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestDrain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isDoneWhenNothingIsUnderWay();
    void waitsForWhatIsUnderWay();
    void waitsNoLongerThanItMay();
    void canBeCalledOff();

private:
    void pass(Milliseconds span);
    void refresh();

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    FakeTokenClient *m_client = nullptr;
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<Drain> m_drain;
};

void TestDrain::init()
{
    failOnAnyWarning();
    m_drain.reset();
    m_model.reset();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_model = std::make_unique<SessionModel>([this](const Account &account) {
        auto client = std::make_unique<FakeTokenClient>();
        m_client = client.get();
        return std::make_unique<Session>(account, std::move(client),
            storeOn(std::make_shared<FakeVault>()), RefreshPolicy([] { return 0.5; }),
            SessionHistory(), *m_deadlines);
    });
    saveAccountsOf(*m_model);
    m_drain = std::make_unique<Drain>(*m_model, *m_deadlines);
    Session *session = m_model->add(anAccount());
    session->signIn(secret("password"), false);
    m_client->answer(granted(1, m_clock.now()));
}

void TestDrain::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestDrain::refresh()
{
    m_model->at(0)->refreshNow();
    QVERIFY(m_client->isAsked());
}

void TestDrain::isDoneWhenNothingIsUnderWay()
{
    const QSignalSpy done(m_drain.get(), &Drain::done);
    m_drain->start(3s);
    QCOMPARE(done.count(), 0);
    pass(0s);
    QCOMPARE(done.count(), 1);
    pass(1min);
    QCOMPARE(done.count(), 1);
}

void TestDrain::waitsForWhatIsUnderWay()
{
    const QSignalSpy done(m_drain.get(), &Drain::done);
    refresh();
    m_drain->start(3s);
    pass(2s);
    QCOMPARE(done.count(), 0);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QCOMPARE(done.count(), 0); // done() comes from the event loop
    pass(0ms);
    QCOMPARE(done.count(), 1);
}

void TestDrain::waitsNoLongerThanItMay()
{
    const QSignalSpy done(m_drain.get(), &Drain::done);
    refresh();
    m_drain->start(3s);
    pass(3s - 1ms);
    QCOMPARE(done.count(), 0);
    pass(1ms);
    QCOMPARE(done.count(), 1);
}

void TestDrain::canBeCalledOff()
{
    const QSignalSpy done(m_drain.get(), &Drain::done);
    refresh();
    m_drain->start(3s);
    m_drain->cancel();
    pass(1min);
    QCOMPARE(done.count(), 0);
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
