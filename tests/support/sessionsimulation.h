// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/session.h"
#include "support/fakeclock.h"
#include "support/fakesecretstore.h"

#include <functional>
#include <map>
#include <memory>
#include <random>

namespace latchkey::test {

//! The lifetimes of tokens in a SessionSimulation.
struct Lives {
    Milliseconds access = std::chrono::hours(1);
    Milliseconds refresh = std::chrono::days(14);
};

//! Simulates days in the life of one session in a fraction of a second: the real engine with a fake
//! clock, an appliance that rotates strictly, and everything that can go wrong, drawn from one
//! seed. It checks the promises of docs/architecture.md §6 all the time, and ends when the first
//! one is broken.
class SessionSimulation : public QObject {
    Q_OBJECT
public:
    struct Stats {
        qint64 refreshes = 0;
        qint64 sleeps = 0;
        qint64 outages = 0;
        qint64 networkLosses = 0;
        qint64 clockJumps = 0;
        qint64 certificates = 0;
        qint64 vaultTroubles = 0;
        qint64 restarts = 0;
        qint64 lostAnswers = 0;
        qint64 revocations = 0;
        qint64 signOuts = 0;

        Stats &operator+=(const Stats &other);
        [[nodiscard]] QString text() const;
    };

    SessionSimulation(quint64 seed, const Lives &lives);
    ~SessionSimulation() override;

    //! Runs for that long. Returns what promise was broken, and when; empty if none was.
    [[nodiscard]] QString live(Milliseconds span);
    [[nodiscard]] const Stats &tally() const { return m_tally; }

private:
    class Client;
    using Act = std::function<void()>;
    enum class Condition { Fine, Refusing, Hanging, Busy, Portal, Resetting };

    [[nodiscard]] double random() { return m_uniform(m_generator); }
    [[nodiscard]] bool chance(double share) { return random() < share; }
    [[nodiscard]] Milliseconds between(Milliseconds least, Milliseconds most);
    void after(Milliseconds span, const Act &act);
    //! Repeats \a act; \a mean is the average time in between.
    void everySoOften(Milliseconds mean, const Act &act);
    void planAll();

    void startProgram();
    void signInLater();
    void fallAsleep();
    void sleepSoundly();
    void wakeUp();
    void loseNetwork();
    void beMistaken();
    void hearOfNetwork();
    void beginOutage();
    void jumpClock();
    void renewCertificate();
    void trustCertificate();
    void troubleVault();
    void mendVault();
    void restartProgram();
    void revoke();
    void useIt();

    void send(const Grant &grant);
    void cancel();
    void answerAfter(Milliseconds span, const TokenAnswer &answer);
    void answerInThisWeather(const Grant &grant);
    void beBusy();
    void carryOut(const Grant &grant);

    [[nodiscard]] SteadyTime now() const { return m_clock.now().steady; }
    void advanceTo(SteadyTime at);
    void check();
    void checkRefresh();
    [[nodiscard]] bool isReachable() const;
    [[nodiscard]] bool isEarly() const;
    void breakPromise(const QString &which);

    Lives m_lives;
    Certificate m_certificate;
    std::mt19937_64 m_generator;
    std::uniform_real_distribution<double> m_uniform{0, 1};
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::shared_ptr<FakeVault> m_vault = std::make_shared<FakeVault>();
    std::unique_ptr<Session> m_session;
    Client *m_client = nullptr;
    std::multimap<SteadyTime, Act> m_events;
    Stats m_tally;
    QString m_broken;

    // The state of the world.
    Condition m_weather = Condition::Fine;
    std::optional<std::chrono::seconds> m_retryAfter;
    bool m_hasNetwork = true;
    //! The system reports that there is no network although there is one.
    bool m_isHintWrong = false;
    bool m_isAsleep = false;
    bool m_isSoundAsleep = false;
    bool m_isCertificateKnown = true;
    bool m_isVaultWell = true;
    //! The refresh token that the appliance accepts, and when it ends.
    Secret m_accepted;
    SteadyTime m_acceptedUntil;
    int m_number = 0;

    // What the promises are checked against.
    bool m_isSignedIn = false;
    bool m_isProven = false;
    bool m_isInFlight = false;
    quint64 m_request = 0;
    std::optional<SteadyTime> m_reachableSince;
    Instant m_awaySince;
    SteadyTime m_busyUntil;
    Instant m_lastSent;
    Instant m_lastFailed;
    int m_failures = 0;
    std::optional<Milliseconds> m_askedPause;
    //! Something has just happened after which the session may look at once.
    bool m_mayLook = false;
    bool m_hasJumped = false;
    //! Somebody asked for a token that lives longer, and has not got it yet.
    bool m_isWanted = false;
};

} // namespace latchkey::test
