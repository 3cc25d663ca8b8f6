// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sessionsimulation.h"

#include "base/overloaded.h"
#include "support/replies.h"

#include <QJsonObject>
#include <QPointer>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::test {

namespace {

AuthError error(AuthError::Type type, int status = 0, bool answerLost = false)
{
    return {type, status, {}, {}, answerLost};
}

constexpr Milliseconds slowestAnswer = 2s;
constexpr Milliseconds patience = 30s; // as in HttpExchange

} // namespace

//! The appliance's end of the wire.
class SessionSimulation::Client final : public TokenClient {
public:
    explicit Client(SessionSimulation &world)
        : m_world(world)
    {
    }
    void send(const Grant &grant, const Fingerprint &) override { m_world.send(grant); }
    void logOut(const Farewell &, const Fingerprint &) override
    {
        m_world.after(100ms, [client = QPointer<TokenClient>(this)] {
            if (client)
                Q_EMIT client->loggedOut(true);
        });
    }
    void cancel() override { m_world.cancel(); }

private:
    SessionSimulation &m_world;
};

SessionSimulation::Stats &SessionSimulation::Stats::operator+=(const Stats &other)
{
    for (qint64 Stats::*count : {&Stats::refreshes, &Stats::sleeps, &Stats::outages,
             &Stats::networkLosses, &Stats::clockJumps, &Stats::certificates, &Stats::vaultTroubles,
             &Stats::restarts, &Stats::lostAnswers, &Stats::revocations, &Stats::signOuts})
        this->*count += other.*count;
    return *this;
}

QString SessionSimulation::Stats::text() const
{
    return u"%1 refreshes, %2 sleeps, %3 outages, %4 networks lost, %5 clock jumps, "
           "%6 certificates, %7 vault troubles, %8 restarts, %9 answers lost, "
           "%10 revocations, %11 proven sign-outs"_s.arg(refreshes)
               .arg(sleeps)
               .arg(outages)
               .arg(networkLosses)
               .arg(clockJumps)
               .arg(certificates)
               .arg(vaultTroubles)
               .arg(restarts)
               .arg(lostAnswers)
               .arg(revocations)
               .arg(signOuts);
}

SessionSimulation::SessionSimulation(quint64 seed, const Lives &lives)
    : m_lives(lives)
    , m_certificate(aCertificate())
    , m_generator(seed)
    , m_deadlines(std::make_unique<DeadlineQueue>(m_clock.clock()))
{
    startProgram();
    planAll();
}

SessionSimulation::~SessionSimulation() = default;

QString SessionSimulation::live(Milliseconds span)
{
    const SteadyTime end = now() + span;
    m_session->signIn(secret("password"), false);
    while (now() < end && m_broken.isEmpty()) {
        const auto deadline = m_isSoundAsleep ? std::nullopt : m_deadlines->untilNext();
        const SteadyTime due = deadline ? now() + *deadline : end;
        if (!m_events.empty() && m_events.begin()->first <= due) {
            advanceTo(m_events.begin()->first);
            const Act act = m_events.extract(m_events.begin()).mapped();
            act();
        } else {
            advanceTo(due);
            if (!m_isSoundAsleep)
                m_deadlines->look();
        }
        check();
    }
    return m_broken;
}

void SessionSimulation::advanceTo(SteadyTime at)
{
    if (at <= now())
        return;
    m_mayLook = m_hasJumped = false;
    m_clock.advance(at - now());
}

// --- Chance

Milliseconds SessionSimulation::between(Milliseconds least, Milliseconds most)
{
    // Short spans are more frequent than long ones.
    const double ratio = double(most.count()) / double(least.count());
    return Milliseconds(std::llround(double(least.count()) * std::pow(ratio, random())));
}

void SessionSimulation::after(Milliseconds span, const Act &act)
{
    m_events.emplace(now() + span, act);
}

void SessionSimulation::everySoOften(Milliseconds mean, const Act &act)
{
    const Milliseconds span(std::llround(-std::log(1 - random()) * double(mean.count())));
    after(span, [this, mean, act] {
        act();
        everySoOften(mean, act);
    });
}

void SessionSimulation::planAll()
{
    everySoOften(12h, [this] { fallAsleep(); });
    everySoOften(8h, [this] { loseNetwork(); });
    everySoOften(30h, [this] { beMistaken(); });
    everySoOften(10h, [this] { beginOutage(); });
    everySoOften(60h, [this] { jumpClock(); });
    everySoOften(96h, [this] { renewCertificate(); });
    everySoOften(20h, [this] { troubleVault(); });
    everySoOften(20h, [this] { restartProgram(); });
    everySoOften(12h, [this] { useIt(); });
    everySoOften(24h * 20, [this] { revoke(); });
}

// --- What happens

void SessionSimulation::startProgram()
{
    auto client = std::make_unique<Client>(*this);
    m_client = client.get();
    m_session = std::make_unique<Session>(anAccount(), std::move(client), storeOn(m_vault),
        RefreshPolicy([this] { return random(); }), SessionHistory(), *m_deadlines);
    const auto save = [this] {
        m_session->noteSaved(m_session->account());
    };
    connect(m_session.get(), &Session::accountChanged, this, save);
    save();
    m_session->setNetwork(m_hasNetwork && !m_isHintWrong);
    m_mayLook = true;
}

void SessionSimulation::signInLater()
{
    after(between(1min, 30min), [this] {
        if (m_session->phase() != Phase::SignedOut)
            return;
        m_session->signIn(secret("password"), false);
        signInLater(); // until a sign-in succeeds
    });
}

void SessionSimulation::fallAsleep()
{
    if (std::exchange(m_isAsleep, true))
        return;
    ++m_tally.sleeps;
    m_session->setAsleep(true);
    // As in the service: work under way may take up to 3 s to finish.
    after(3s, [this] { sleepSoundly(); });
}

void SessionSimulation::sleepSoundly()
{
    m_session->dropRequest();
    m_isSoundAsleep = true;
    after(between(1min, 14h), [this] { wakeUp(); });
}

void SessionSimulation::wakeUp()
{
    m_isAsleep = m_isSoundAsleep = false;
    m_mayLook = true;
    m_session->setAsleep(false);
    m_deadlines->look();
    m_session->lookAgain(Cause::WokeUp);
}

void SessionSimulation::loseNetwork()
{
    if (!std::exchange(m_hasNetwork, false))
        return;
    ++m_tally.networkLosses;
    m_awaySince = m_clock.now();
    m_session->setNetwork(false);
    after(between(5s, 6h), [this] {
        m_hasNetwork = true;
        hearOfNetwork();
    });
}

//! The system reports that there is no network although there is one.
void SessionSimulation::beMistaken()
{
    if (!m_hasNetwork || std::exchange(m_isHintWrong, true))
        return;
    ++m_tally.networkLosses;
    m_session->setNetwork(false);
    after(between(5s, 24h), [this] {
        m_isHintWrong = false;
        hearOfNetwork();
    });
}

void SessionSimulation::hearOfNetwork()
{
    if (!m_hasNetwork || m_isHintWrong)
        return;
    m_session->setNetwork(true);
    m_mayLook = true;
    m_reachableSince.reset(); // from here on, a minute is allowed
    if (!m_isAsleep)
        m_session->lookAgain(Cause::NetworkBack);
}

void SessionSimulation::beginOutage()
{
    if (m_weather != Condition::Fine)
        return;
    ++m_tally.outages;
    constexpr Condition types[] = {Condition::Refusing, Condition::Hanging, Condition::Busy,
        Condition::Portal, Condition::Resetting};
    m_weather = types[static_cast<std::size_t>(random() * std::size(types))];
    m_retryAfter.reset();
    if (chance(0.5))
        m_retryAfter = std::chrono::duration_cast<std::chrono::seconds>(between(5s, 3h));
    after(between(5s, 8h), [this] { m_weather = Condition::Fine; });
}

void SessionSimulation::jumpClock()
{
    ++m_tally.clockJumps;
    const Milliseconds span = between(1min, 24h) * (chance(0.5) ? 1 : -1);
    const auto jump = [this](Milliseconds by) {
        m_clock.jumpWall(by);
        m_mayLook = m_hasJumped = true;
        m_reachableSince.reset();
        if (!m_isAsleep)
            m_deadlines->look();
    };
    jump(span);
    after(between(1min, 24h), [jump, span] { jump(-span); });
}

void SessionSimulation::renewCertificate()
{
    if (!std::exchange(m_isCertificateKnown, false))
        return;
    ++m_tally.certificates;
    after(between(1min, 6h), [this] { trustCertificate(); });
}

//! Somebody is at the computer, and the machine has a network.
void SessionSimulation::trustCertificate()
{
    if (m_isAsleep || !m_hasNetwork)
        return after(1min, [this] { trustCertificate(); });
    m_isCertificateKnown = true;
    m_mayLook = true;
    m_session->trust(m_certificate.fingerprint);
}

void SessionSimulation::troubleVault()
{
    if (!std::exchange(m_isVaultWell, false))
        return;
    ++m_tally.vaultTroubles;
    switch (static_cast<int>(random() * 4)) {
    case 0:
        m_vault->failure = StoreError::Denied;
        break;
    case 1:
        m_vault->failure = StoreError::Unavailable;
        break;
    case 2:
        m_vault->failure = StoreError::DiskFull;
        break;
    default:
        m_vault->isSlow = true;
    }
    after(between(10s, 12h), [this] { mendVault(); });
}

void SessionSimulation::mendVault()
{
    m_isVaultWell = true;
    m_vault->failure.reset();
    m_vault->isSlow = false;
    while (m_vault->answer()) { }
    if (chance(0.5))
        m_vault->recover();
}

//! Kills the program and starts it again, unless that would lose tokens that are only in memory.
void SessionSimulation::restartProgram()
{
    if (m_isAsleep || !m_isSignedIn || !m_session->snapshot().isPersisted)
        return;
    ++m_tally.restarts;
    if (m_isInFlight)
        ++m_tally.lostAnswers;
    m_session.reset();
    cancel();
    startProgram();
    m_failures = 0;
    m_reachableSince.reset();
    m_session->restore();
}

void SessionSimulation::revoke()
{
    ++m_tally.revocations;
    m_accepted = secret("nobody has this one");
}

void SessionSimulation::useIt()
{
    m_mayLook = !m_isAsleep;
    if (m_isAsleep)
        return;
    m_failures = 0;
    m_isWanted = true;
    chance(0.5) && m_hasNetwork ? m_session->refreshNow() : m_session->demand();
}

// --- The appliance

void SessionSimulation::send(const Grant &grant)
{
    if (std::exchange(m_isInFlight, true))
        breakPromise(u"one request at a time"_s);
    if (typeOf(grant) == GrantType::Refresh)
        checkRefresh();
    m_lastSent = m_clock.now();
    m_askedPause.reset();
    answerInThisWeather(grant);
}

void SessionSimulation::cancel()
{
    m_isInFlight = false;
    ++m_request;
}

void SessionSimulation::answerAfter(Milliseconds span, const TokenAnswer &answer)
{
    after(span, [this, answer, request = ++m_request] {
        if (request != m_request || !m_isInFlight)
            return;
        m_isInFlight = false;
        const bool isGranted = std::holds_alternative<Granted>(answer);
        const bool isQuestion = std::holds_alternative<Untrusted>(answer);
        m_failures = isGranted || isQuestion ? 0 : m_failures + 1;
        m_lastFailed = m_clock.now();
        m_isSignedIn = m_isSignedIn || isGranted;
        m_isWanted = m_isWanted && !isGranted;
        Q_EMIT m_client->answered(answer);
    });
}

void SessionSimulation::answerInThisWeather(const Grant &grant)
{
    if (!m_hasNetwork)
        return answerAfter(10ms, error(AuthError::Type::Offline));
    switch (m_weather) {
    case Condition::Refusing:
        return answerAfter(10ms, error(AuthError::Type::Offline));
    case Condition::Hanging:
        return answerAfter(patience, error(AuthError::Type::Timeout, 0, true));
    case Condition::Busy:
        return beBusy();
    case Condition::Portal:
        return answerAfter(50ms, error(AuthError::Type::BadReply, 200, true));
    case Condition::Resetting:
        return answerAfter(50ms, error(AuthError::Type::Offline, 0, true));
    case Condition::Fine:
        break;
    }
    if (!m_isCertificateKnown)
        return answerAfter(100ms, Untrusted{m_certificate});
    carryOut(grant);
}

//! Retry-After is respected for up to an hour, but never during the last minute of a good token.
void SessionSimulation::beBusy()
{
    answerAfter(50ms, AuthError{AuthError::Type::ServerBusy, 503, m_retryAfter, {}});
    if (!m_retryAfter)
        return;
    m_askedPause = std::min<Milliseconds>(*m_retryAfter, 1h);
    m_busyUntil = now() + 50ms + *m_askedPause;
    const TokenSet *tokens = m_session->tokens();
    const Milliseconds left = tokens ? remaining(tokens->accessEnd, m_clock.now()) - 60s : 0ms;
    if (left > 0ms)
        m_askedPause = std::min(*m_askedPause, std::max<Milliseconds>(left - 100ms, 900ms));
}

void SessionSimulation::carryOut(const Grant &grant)
{
    const auto *refresh = std::get_if<RefreshGrant>(&grant);
    const bool isTaken =
        !refresh || (refresh->refreshToken == m_accepted && now() < m_acceptedUntil);
    if (!isTaken) {
        m_isProven = true;
        return answerAfter(50ms, error(AuthError::Type::Expired, chance(0.5) ? 400 : 401));
    }
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(m_lives.access);
    Granted answer = granted(++m_number, m_clock.now(), life);
    if (m_lives.refresh < 24h) { // short enough to matter: the token has an end
        const qint64 issued = now().time_since_epoch() / 1s + 86400; // by a clock that is a day off
        answer.reply.refreshToken = Secret::fromBytes(jwt({{u"jti"_s, m_number}, {u"iat"_s, issued},
            {u"exp"_s, qint64(issued + m_lives.refresh / 1s)}}));
    }
    m_accepted = answer.reply.refreshToken;
    m_acceptedUntil = now() + m_lives.refresh;
    ++m_tally.refreshes;
    if (refresh && chance(0.0005)) {
        ++m_tally.lostAnswers;
        m_busyUntil = now() + patience; // a client that gets no answer has not reached it
        return answerAfter(patience, error(AuthError::Type::Timeout, 0, true));
    }
    answerAfter(between(20ms, slowestAnswer), answer);
}

// --- What is promised

void SessionSimulation::breakPromise(const QString &which)
{
    if (!m_broken.isEmpty())
        return;
    const auto passed =
        std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch() - 5h);
    const TokenSet *tokens = m_session->tokens();
    const auto left = tokens ? remaining(tokens->accessEnd, m_clock.now()) : 0ms;
    m_broken =
        u"%1, after %2 s, while %3, %4 failures, the last %5 ms ago, access for %6 ms"_s.arg(which)
            .arg(passed.count())
            .arg(scriptName(m_session->phase()))
            .arg(m_failures)
            .arg((now() - m_lastFailed.steady).count())
            .arg(left.count());
    const auto history = m_session->snapshot().history.last(
        std::min<qsizetype>(6, m_session->snapshot().history.size()));
    for (const SessionHistory::Entry &entry : history) {
        m_broken += u"\n%1 s: %2, %3"_s.arg((entry.at - FakeClock::start) / 1s)
                        .arg(scriptName(entry.phase), scriptName(entry.cause));
        if (const auto reason = entry.reason())
            m_broken += u", "_s + reason->name();
    }
}

void SessionSimulation::checkRefresh()
{
    if (m_isAsleep)
        breakPromise(u"nothing is sent while the machine sleeps"_s);
    const Instant instant = m_clock.now();
    const bool isSoon = m_failures > 0 && remaining(m_lastFailed + 45s, instant) > 0ms;
    // An attempt that was planned before the network went is still made.
    const bool wasPlanned = remaining(m_awaySince + 2min, instant) > 0ms;
    if (!m_hasNetwork && isSoon && !m_mayLook && !m_isWanted && !m_hasJumped && !wasPlanned)
        breakPromise(u"attempts are rare while offline"_s);
    if (!m_mayLook && !m_isWanted && isEarly())
        breakPromise(u"nothing is sent earlier than the policy says"_s);
}

//! Calculated independently of the policy.
bool SessionSimulation::isEarly() const
{
    const TokenSet *tokens = m_session->tokens();
    const Instant instant = m_clock.now();
    if (!tokens)
        return false;
    if (m_failures > 0) {
        const bool lapsesNow = std::chrono::abs(remaining(tokens->accessEnd, instant)) <= 1s;
        const Milliseconds own =
            std::min<Milliseconds>(800ms * (1 << std::min(m_failures, 6)), 20s);
        return !lapsesNow && remaining(m_lastFailed + m_askedPause.value_or(own), instant) > 0ms;
    }
    if (!tokens->hasGoodAccess(instant))
        return false;
    const Milliseconds life = m_lives.access;
    Milliseconds wait = life < 10min ? life / 2 : life * 69 / 100;
    if (m_lives.refresh < life)
        wait = std::min(wait, m_lives.refresh / 2);
    if (remaining(tokens->grantedAt + (wait - 1s), instant) <= 0ms)
        return false;
    // It was due when it began to wait or to ask; a change of the clock since then does not matter.
    const auto history = m_session->snapshot().history;
    return history.size() < 2 || history[history.size() - 2].phase == Phase::Active;
}

bool SessionSimulation::isReachable() const
{
    const bool waitsForVault = m_session->phase() == Phase::Restoring && !m_isVaultWell;
    return m_weather == Condition::Fine && m_hasNetwork && !m_isAsleep && m_isCertificateKnown
        && m_isSignedIn && !m_isProven && now() >= m_busyUntil && !waitsForVault;
}

void SessionSimulation::check()
{
    if (m_isSignedIn && m_session->phase() == Phase::SignedOut) {
        if (!std::exchange(m_isProven, false))
            breakPromise(u"only proof signs out"_s);
        ++m_tally.signOuts;
        m_isSignedIn = false;
        signInLater();
    }
    if (!isReachable()) {
        m_reachableSince.reset();
        return;
    }
    if (!m_reachableSince)
        m_reachableSince = now();
    const TokenSet *tokens = m_session->tokens();
    const bool isServed = tokens && tokens->hasGoodAccess(m_clock.now());
    // Every five minutes, give or take a fifth, if the system sees no network.
    const Milliseconds patienceWithIt = m_isHintWrong ? 7min : 60s;
    if (!isServed && now() - *m_reachableSince >= patienceWithIt)
        breakPromise(u"an access token a minute after the appliance is reachable"_s);
}

} // namespace latchkey::test
