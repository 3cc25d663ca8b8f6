// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/session.h"

#include "support/fakeclock.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Type = AuthError::Type;

namespace {

AuthError error(Type type, int status = 0)
{
    return {type, status, {}, {}};
}

} // namespace

//! One session; the test controls everything around it.
class TestSession final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void startsSignedOut();
    void signsIn();
    void signsInWithACode();
    void shortLivedIsAskedFor();
    void refusalIsTold();
    void cancelledSignInIsForgotten();
    void secondSignInReplacesTheFirst();
    void trustPinsAndGoesOn();
    void trustTakesTheCertificateInQuestionOnly();
    void declinedTrustEndsTheSignIn();
    void declinedTrustIsNotedThoughTheQuestionStays();
    void certificateMayBeTrustedWhileItIsLookedAtAgain();
    void certificateThatIsNamedBeforehandIsTheOnlyOne();

    void refreshesWhenItIsDue();
    void refreshesOnDemand();
    void refreshesWhenTheMachineWakesUp();
    void staysSignedInForAMonth();
    void asksOnceAtATime();
    void failureIsWaitedOut();
    void failureIsToldUntilItIsOver();
    void retryAfterIsKept();
    void personNeedNotWait();
    void lapseIsTold();
    void provenRefusalSignsOut();
    void newerTokensOfAnotherLatchkeyAreAdopted();
    void lostAnswerIsTheReason_data();
    void lostAnswerIsTheReason();
    void offlineIsAHint();
    void whoAsksCausesAnAttempt();
    void applianceOnThisMachineNeedsNoNetwork();
    void asleepNothingIsSent();
    void slowAnswerCountsFromTheRequest();

    void everyTokenSetIsRecorded();
    void tokenIsOnHoldUntilItIsKept();
    void accountIsKeptToo();
    void policyAndPinAreSealed();
    void nobodyReplacesAFixedPin();
    void nobodyTrustsWhereItIsForbidden();
    void fixedPinHoldsForASignInUnderWay_data();
    void fixedPinHoldsForASignInUnderWay();
    void signInGoesOnUnderTheFixedPinAlone();
    void fixedPinCountsMoreThanTheSealedOne();
    void cancelsASignInAndNothingElse();
    void whatIsSealedCountsMoreThanTheList_data();
    void whatIsSealedCountsMoreThanTheList();
    void listThatAgreesWithTheSealIsNoNews();
    void policyChosenBeforeTheVaultOpensIsSealedThen();
    void changesBeforeTheSealOpensComeOnTopOfIt_data();
    void changesBeforeTheSealOpensComeOnTopOfIt();
    void whatTheListSaidAlreadyHoldsAllTheSame();
    void policyThatCouldNotBeSealedStaysAllTheSame();
    void signInWaitsForTheSeal_data();
    void signInWaitsForTheSeal();
    void signInThatWaitsIsCancelledAlone();
    void signInGoesWhereTheSealSays_data();
    void signInGoesWhereTheSealSays();
    void listIsDisputedUntilTheSealIsOpen_data();
    void listIsDisputedUntilTheSealIsOpen();
    void listStandsWhereTheSealSaysNothing_data();
    void listStandsWhereTheSealSaysNothing();
    void brokenVaultDoesNotSignOut_data();
    void brokenVaultDoesNotSignOut();
    void recordIsTriedAgain();
    void memoryIsNotPersistence();

    void restoresAGoodSession();
    void restoresALapsedSession();
    void restoresNothing();
    void anEndByTheApplianceOutlivesTheProgram();
    void restoresNothingOfAnotherAccount();
    void restoresNothingThatIsNotToBeKept();
    void restoreWaitsForTheVault_data();
    void restoreWaitsForTheVault();
    void goneForGoodIsSignedOut_data();
    void goneForGoodIsSignedOut();
    void keyThatIsFoundAgainBringsTheSessionBack();
    void failedSignInDoesNotLoseWhatTheVaultHolds_data();
    void failedSignInDoesNotLoseWhatTheVaultHolds();
    void endOfARecordThatWasReplacedIsNotItsEnd();
    void restoreOfASlowVaultCanBeCancelled();

    void signsOut();
    void signsOutWhileARequestIsUnderWay();
    void signsOutThoughTheVaultIsBroken();
    void farewellNeedsNoToken();
    void signInAfterSignOutIsRecorded();

    void snapshotHoldsNoSecret();
    void snapshotFollowsTheWallClock();
    void historyTellsEachChangeOfState();
    void historyTellsTheRefusalThatEndedIt();
    void historyOutlivesTheProgram();
    void commandsThatMeanNothingDoNothing();

private:
    void makeSession(Account account = anAccount());
    void pass(Milliseconds span);
    void signInNow(int number = 1);
    [[nodiscard]] SessionSnapshot snapshot() const { return m_session->snapshot(); }
    [[nodiscard]] Phase::Value phase() const { return m_session->phase(); }
    [[nodiscard]] bool answerGranted(int number);
    [[nodiscard]] bool isStored(int number) const;

    QTemporaryDir m_folder;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::shared_ptr<FakeVault> m_vault;
    FakeTokenClient *m_client = nullptr;
    std::unique_ptr<Session> m_session;
};

void TestSession::init()
{
    failOnAnyWarning();
    m_session.reset();
    QFile::remove(m_folder.filePath(u"prod.jsonl"_s));
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_vault = std::make_shared<FakeVault>();
    makeSession();
}

void TestSession::cleanup()
{
    QVERIFY2(m_client->mostInFlight() <= 1, "two requests at once");
}

//! The next run of the program, with the same vault.
void TestSession::makeSession(Account account)
{
    auto client = std::make_unique<FakeTokenClient>();
    m_client = client.get();
    m_session.reset();
    m_session = std::make_unique<Session>(std::move(account), std::move(client), storeOn(m_vault),
        RefreshPolicy([] { return 0.5; }), SessionHistory(m_folder.filePath(u"prod.jsonl"_s)),
        *m_deadlines);
    // A disk that saves everything at once.
    const auto save = [this] {
        m_session->noteSaved(m_session->account());
    };
    connect(m_session.get(), &Session::accountChanged, this, save);
    save();
}

void TestSession::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

bool TestSession::answerGranted(int number)
{
    return m_client->answer(granted(number, m_clock.now()));
}

void TestSession::signInNow(int number)
{
    m_session->signIn(secret("password"), false);
    QVERIFY(answerGranted(number));
    QCOMPARE(phase(), Phase::Active);
}

bool TestSession::isStored(int number) const
{
    const auto set = TokenSet::fromRecord(m_vault->content, anAccount(), m_clock.now());
    return set && set->refreshToken == aReply(number).refreshToken;
}

void TestSession::startsSignedOut()
{
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(!m_session->tokens());
    QVERIFY(m_session->account() == anAccount());
    QVERIFY(m_client->grants().isEmpty());
    QCOMPARE(m_vault->loads + m_vault->saves + m_vault->erasures, 0);
    QVERIFY(!snapshot().identity && !snapshot().accessEnd && !snapshot().reason);
}

void TestSession::signsIn()
{
    const QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->signIn(secret("password"), false);
    QCOMPARE(phase(), Phase::SigningIn);
    QCOMPARE(changed.count(), 1);
    const auto *grant = m_client->lastGrantAs<PasswordGrant>();
    QVERIFY(grant);
    QCOMPARE(grant->user, u"operator"_s);
    QVERIFY(grant->password == secret("password"));
    QVERIFY(!grant->shortLived);

    Granted answer = granted(1, m_clock.now());
    answer.reply.issued = FakeClock::start - 90s;
    answer.reply.expires = *answer.reply.issued + 1h;
    QVERIFY(m_client->answer(answer));
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(m_session->tokens()->accessToken == secret("access-1"));
    QCOMPARE(snapshot().identity->role, u"PortalOperator"_s);
    QVERIFY(snapshot().hasGoodAccess());
    QVERIFY(snapshot().hasRefreshToken);
    QVERIFY(snapshot().accessEnd == FakeClock::start + 1h);
    QCOMPARE(snapshot().tokenType, u"bearer"_s);
    QVERIFY(snapshot().issued == FakeClock::start - 90s);
    QVERIFY(snapshot().expires == FakeClock::start - 90s + 1h);
    QVERIFY(snapshot().nextRefreshAt == FakeClock::start + 45min);
    QVERIFY(snapshot().isPersisted);
}

void TestSession::signsInWithACode()
{
    m_session->signIn(secret("password"), false);
    QVERIFY(m_client->answer(CodeAsked{secret("ticket")}));
    QCOMPARE(phase(), Phase::CodeNeeded);
    QVERIFY(!m_client->isAsked());

    m_session->submitCode(secret("000000"));
    QVERIFY(m_client->answer(error(Type::CodeRejected, 401)));
    QCOMPARE(phase(), Phase::CodeNeeded);
    QCOMPARE(snapshot().reason->type, Type::CodeRejected);

    m_session->submitCode(secret("123456"));
    QVERIFY(m_client->lastGrantAs<MfaGrant>());
    QVERIFY(m_client->lastGrantAs<MfaGrant>()->ticket == secret("ticket"));
    QVERIFY(answerGranted(1));
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(snapshot().identity->secondFactor);
    QVERIFY(!snapshot().reason);
}

void TestSession::shortLivedIsAskedFor()
{
    m_session->signIn(secret("password"), true);
    QVERIFY(m_client->lastGrantAs<PasswordGrant>()->shortLived);
    QVERIFY(!m_session->account().shortLived); // changes only on success
    QVERIFY(answerGranted(1));
    QVERIFY(m_session->account().shortLived);
}

void TestSession::refusalIsTold()
{
    m_session->signIn(secret("wrong"), false);
    pass(1s);
    QVERIFY(m_client->answer(error(Type::Rejected, 401)));
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(snapshot().reason == error(Type::Rejected, 401));
    QVERIFY(snapshot().reasonAt == FakeClock::start + 1s);
    QCOMPARE(m_vault->saves, 0);
}

void TestSession::cancelledSignInIsForgotten()
{
    m_session->signIn(secret("password"), false);
    m_session->cancel();
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(m_client->cancelled(), 1);
    QVERIFY(!snapshot().reason);
}

void TestSession::secondSignInReplacesTheFirst()
{
    m_session->signIn(secret("first"), false);
    m_session->signIn(secret("second"), false);
    QCOMPARE(m_client->cancelled(), 1);
    QVERIFY(m_client->lastGrantAs<PasswordGrant>()->password == secret("second"));
    QVERIFY(answerGranted(1));
    QCOMPARE(phase(), Phase::Active);
}

void TestSession::trustPinsAndGoesOn()
{
    const QSignalSpy accountChanged(m_session.get(), &Session::accountChanged);
    m_session->signIn(secret("password"), false);
    QVERIFY(m_client->pins().last().isEmpty());
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    QCOMPARE(phase(), Phase::TrustNeeded);
    QVERIFY(snapshot().certificate == aCertificate());
    QCOMPARE(snapshot().reason->type, Type::TlsUntrusted);

    m_session->trust(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::SigningIn);
    QCOMPARE(accountChanged.count(), 1);
    QVERIFY(m_session->account().pin == aCertificate().fingerprint);
    QVERIFY(m_client->pins().last() == aCertificate().fingerprint);
    QVERIFY(m_client->lastGrantAs<PasswordGrant>()->password == secret("password"));
    QVERIFY(answerGranted(1));
    QVERIFY(!snapshot().certificate);
}

void TestSession::trustTakesTheCertificateInQuestionOnly()
{
    m_session->trust(aCertificate().fingerprint);
    m_session->signIn(secret("password"), false);
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->trust(anotherFingerprint());
    m_session->trust({});
    QCOMPARE(phase(), Phase::TrustNeeded);
    QVERIFY(m_session->account().pin.isEmpty());
    QCOMPARE(m_client->grants().size(), 1);
}

void TestSession::declinedTrustEndsTheSignIn()
{
    m_session->signIn(secret("password"), false);
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->decline();
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(m_session->account().pin.isEmpty());
}

void TestSession::declinedTrustIsNotedThoughTheQuestionStays()
{
    signInNow();
    m_session->refreshNow();
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->decline();
    QCOMPARE(phase(), Phase::TrustNeeded);
    QCOMPARE(snapshot().history.last().cause, Cause::Declined);
    pass(50s);
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(snapshot().certificate == aCertificate());
    QCOMPARE(snapshot().reason->type, Type::TlsUntrusted);
    QVERIFY(snapshot().reasonAt == FakeClock::start);
}

void TestSession::certificateMayBeTrustedWhileItIsLookedAtAgain()
{
    signInNow();
    m_session->refreshNow();
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    pass(50s);
    m_session->trust(aCertificate().fingerprint);
    QVERIFY(m_session->account().pin == aCertificate().fingerprint);
    QCOMPARE(snapshot().history.last().cause, Cause::Trusted);
    QVERIFY(m_client->pins().last().isEmpty());
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    QVERIFY(m_client->pins().last() == aCertificate().fingerprint);
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
}

// The account had none, because the system trusts the appliance's.
void TestSession::certificateThatIsNamedBeforehandIsTheOnlyOne()
{
    signInNow();
    m_session->signIn(secret("password"), false, true, aCertificate().fingerprint);
    QVERIFY(m_client->answer(CodeAsked{secret("ticket")}));
    QVERIFY(m_session->account().pin.isEmpty());
    m_session->submitCode(secret("wrong"));
    QVERIFY(m_client->answer(error(Type::CodeRejected, 400)));
    m_session->submitCode(secret("123456"));
    QCOMPARE(m_client->pins().last(), aCertificate().fingerprint);
    QVERIFY(answerGranted(2));
    QCOMPARE(m_session->account().pin, aCertificate().fingerprint);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()).pin, m_session->account().pin);

    m_session->signIn(secret("wrong"), false, true, anotherFingerprint());
    QVERIFY(m_client->answer(error(Type::Rejected, 401)));
    QCOMPARE(m_session->account().pin, aCertificate().fingerprint);
}

void TestSession::refreshesWhenItIsDue()
{
    signInNow();
    pass(45min - 1ms);
    QCOMPARE(phase(), Phase::Active);
    pass(1ms);
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(m_client->lastGrantAs<RefreshGrant>()->refreshToken == secret("refresh-1"));
    QVERIFY(m_session->tokens()->accessToken == secret("access-1"));
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(m_session->tokens()->accessToken == secret("access-2"));
    QVERIFY(isStored(2));
}

void TestSession::refreshesOnDemand()
{
    signInNow();
    m_session->demand();
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(answerGranted(2));
    m_session->refreshNow();
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(answerGranted(3));
    QCOMPARE(m_client->grants().size(), 3);
}

void TestSession::refreshesWhenTheMachineWakesUp()
{
    signInNow();
    m_clock.advance(8h); // nothing looked at the clock
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(!snapshot().hasGoodAccess());
    m_deadlines->look();
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::staysSignedInForAMonth()
{
    signInNow();
    int number = 1;
    for (auto passed = 0min; passed < 30 * 24h; passed += 1min) {
        pass(1min);
        if (m_client->isAsked())
            QVERIFY(answerGranted(++number));
        QCOMPARE(phase(), Phase::Active);
        QVERIFY(snapshot().hasGoodAccess());
    }
    QCOMPARE(number, 1 + 30 * 24 * 60 / 45);
    QVERIFY(isStored(number));
}

void TestSession::asksOnceAtATime()
{
    signInNow();
    m_session->demand();
    m_session->demand();
    m_session->refreshNow();
    pass(2h);
    m_session->demand();
    QCOMPARE(m_client->grants().size(), 2);
    QVERIFY(answerGranted(2));
    QVERIFY(!m_client->isAsked());
}

void TestSession::failureIsWaitedOut()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->answer(error(Type::Offline)));
    QCOMPARE(phase(), Phase::Waiting);
    QCOMPARE(snapshot().reason->type, Type::Offline);
    QVERIFY(snapshot().nextRefreshAt == FakeClock::start + 45min + 2s);
    QVERIFY(snapshot().hasGoodAccess());
    m_session->demand(); // waits for its turn
    QCOMPARE(phase(), Phase::Waiting);

    for (const Milliseconds pause : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        pass(pause - 1ms);
        QCOMPARE(phase(), Phase::Waiting);
        pass(1ms);
        QCOMPARE(phase(), Phase::Refreshing);
        QVERIFY(m_client->answer(error(Type::Offline)));
    }
    pass(60s);
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(!snapshot().reason && !snapshot().reasonAt);
}

void TestSession::failureIsToldUntilItIsOver()
{
    signInNow();
    pass(45min);
    QVERIFY(!snapshot().reason); // a first renewal is silent
    QVERIFY(m_client->answer(error(Type::Offline)));
    const WallTime since = FakeClock::start + 45min;
    for (const Milliseconds pause : {2s, 4s}) {
        QCOMPARE(snapshot().reason->type, Type::Offline);
        QVERIFY(snapshot().reasonAt == since);
        pass(pause);
        QCOMPARE(phase(), Phase::Refreshing);
        QCOMPARE(snapshot().reason->type, Type::Offline);
        QVERIFY(snapshot().reasonAt == since);
        QVERIFY(m_client->answer(error(Type::Offline)));
    }
    pass(8s);
    QVERIFY(m_client->answer(error(Type::ServerBusy, 503)));
    QVERIFY(snapshot().reasonAt == since + 14s);
    pass(16s);
    QVERIFY(answerGranted(2));
    QVERIFY(!snapshot().reason && !snapshot().reasonAt);
}

void TestSession::retryAfterIsKept()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->answer(AuthError{Type::ServerBusy, 429, 5min, {}}));
    pass(5min - 1ms);
    QCOMPARE(phase(), Phase::Waiting);
    pass(1ms);
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::personNeedNotWait()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->answer(error(Type::Offline)));
    m_session->refreshNow();
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::lapseIsTold()
{
    signInNow();
    pass(45min);
    const QSignalSpy changed(m_session.get(), &Session::changed);
    pass(15min - 1ms);
    QCOMPARE(changed.count(), 0);
    QVERIFY(snapshot().hasGoodAccess());
    pass(1ms);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(!snapshot().hasGoodAccess());
    QCOMPARE(m_client->grants().size(), 2);
    QVERIFY(answerGranted(2));
    QVERIFY(snapshot().hasGoodAccess());
}

void TestSession::provenRefusalSignsOut()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->answer(error(Type::Expired, 401)));
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(snapshot().reason->type, Type::Expired);
    QVERIFY(m_vault->content.isEmpty());
    QVERIFY(m_client->logOuts().isEmpty());
    QVERIFY(!snapshot().isPersisted);
}

void TestSession::newerTokensOfAnotherLatchkeyAreAdopted()
{
    signInNow();
    Account stricter = anAccount();
    stricter.policy = HandOutPolicy::Never;
    m_vault->content = tokenSet(7, m_clock.now() + 40min).toRecord(stricter, m_clock.now());
    pass(45min);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    QVERIFY(m_client->answer(error(Type::Expired, 401)));
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(m_session->account().policy, HandOutPolicy::Never);
    QVERIFY(m_session->tokens()->refreshToken == secret("refresh-7"));
    QVERIFY((m_client->known() == QList{secret("access-7"), secret("refresh-7")}));
    QVERIFY(snapshot().isPersisted);
    QVERIFY(snapshot().history.last().cause == Cause::Restored);
    pass(45min);
    QVERIFY(m_client->lastGrantAs<RefreshGrant>()->refreshToken == secret("refresh-7"));
    QVERIFY(answerGranted(8));
    QVERIFY(isStored(8));
}

void TestSession::lostAnswerIsTheReason_data()
{
    QTest::addColumn<bool>("isKilled");

    QTest::newRow("the connection broke") << false;
    QTest::newRow("the program was killed") << true;
}

void TestSession::lostAnswerIsTheReason()
{
    QFETCH(const bool, isKilled);
    signInNow();
    pass(45min);
    QCOMPARE(phase(), Phase::Refreshing);
    AuthError lost = error(Type::Timeout);
    lost.answerLost = true;
    if (isKilled) {
        makeSession();
        m_session->restore();
        pass(45min);
    } else {
        QVERIFY(m_client->answer(lost));
        pass(2s);
    }
    QVERIFY(m_client->lastGrantAs<RefreshGrant>()->refreshToken == secret("refresh-1"));
    QVERIFY(m_client->answer(error(Type::Expired, 401)));
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(snapshot().reason->answerLost);
    QVERIFY(snapshot().history.last().answerLost);
}

// The system may be wrong: refreshes that are due are tried, but less often if they fail.
void TestSession::offlineIsAHint()
{
    signInNow();
    m_session->setNetwork(false);
    pass(45min);
    QCOMPARE(m_client->grants().size(), 2);
    for (int attempt = 0; attempt < 5; ++attempt) {
        QVERIFY(m_client->answer(error(Type::Offline)));
        pass(1min - 1ms);
        QVERIFY(!m_client->isAsked());
        pass(1ms);
        QVERIFY(m_client->isAsked());
    }
    QVERIFY(m_client->answer(error(Type::Offline)));
    pass(5min - 1ms);
    QVERIFY(!m_client->isAsked());
    pass(1ms);
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);

    pass(45min);
    QVERIFY(m_client->answer(error(Type::Offline)));
    m_session->setNetwork(true);
    m_session->lookAgain(Cause::NetworkBack);
    QVERIFY(answerGranted(3));
}

void TestSession::whoAsksCausesAnAttempt()
{
    signInNow();
    m_session->setNetwork(false);
    m_session->demand();
    QVERIFY(m_client->answer(error(Type::Offline)));
    QCOMPARE(phase(), Phase::Waiting);
    m_session->demand();
    QVERIFY(m_client->answer(error(Type::Offline)));
    m_session->setNetwork(true); // with a network, the next attempt is seconds away
    m_session->demand();
    QVERIFY(!m_client->isAsked());
}

void TestSession::applianceOnThisMachineNeedsNoNetwork()
{
    Account account = anAccount();
    account.server = QUrl(u"https://localhost:8443"_s);
    makeSession(account);
    m_session->setNetwork(false);
    signInNow();
    pass(45min);
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::asleepNothingIsSent()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->isAsked());
    m_session->setAsleep(true);
    m_session->dropRequest();
    QVERIFY(!m_client->isAsked());
    QCOMPARE(phase(), Phase::Waiting);
    pass(20min);
    QVERIFY(!m_client->isAsked());
    m_clock.advance(8h);
    m_session->setAsleep(false);
    m_deadlines->look();
    m_session->lookAgain(Cause::WokeUp);
    QCOMPARE(m_client->grants().size(), 3);
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
}

void TestSession::historyTellsTheRefusalThatEndedIt()
{
    signInNow();
    pass(45min);
    AuthError refusal = error(Type::Expired, 401);
    refusal.trace.requestId = QUuid::createUuid();
    refusal.trace.words = u"Unauthorized"_s;
    QVERIFY(m_client->answer(refusal));
    const SessionHistory::Entry last = snapshot().history.last();
    QCOMPARE(last.phase, Phase::SignedOut);
    QCOMPARE(last.cause, Cause::Failed); // not NothingStored, which only confirmed it
    QCOMPARE(last.httpStatus, 401);
    QCOMPARE(last.trace, refusal.trace);
}

void TestSession::historyOutlivesTheProgram()
{
    signInNow();
    const QList<SessionHistory::Entry> before = snapshot().history;
    QCOMPARE(before.size(), 2);
    makeSession();
    QCOMPARE(snapshot().history, before);
    m_session->restore();
    QCOMPARE(snapshot().history.size(), 4);
    m_session->signOut();
    m_session->discardHistory();
    makeSession();
    QVERIFY(snapshot().history.isEmpty());
}

void TestSession::slowAnswerCountsFromTheRequest()
{
    m_session->signIn(secret("password"), false);
    const Instant sentAt = m_clock.now();
    pass(20s);
    QVERIFY(m_client->answer(granted(1, sentAt)));
    QVERIFY(snapshot().accessEnd == FakeClock::start + 1h);
    QVERIFY(snapshot().grantedAt == FakeClock::start);
}

void TestSession::everyTokenSetIsRecorded()
{
    signInNow();
    QVERIFY(isStored(1));
    QVERIFY(snapshot().isPersisted);
    m_session->demand();
    m_vault->isSlow = true;
    QVERIFY(answerGranted(2));
    QVERIFY(!snapshot().isPersisted);
    QVERIFY(isStored(1)); // the old one, until the new one is written
    QVERIFY(snapshot().isBeingKept);
    QVERIFY(m_vault->answer());
    QVERIFY(snapshot().isPersisted);
    QVERIFY(!snapshot().isBeingKept);
    QVERIFY(isStored(2));
}

// For at most a quarter of a second, so that nobody has to wait for a slow disk.
void TestSession::tokenIsOnHoldUntilItIsKept()
{
    signInNow();
    QVERIFY(!m_session->isTokenOnHold());
    m_session->refreshNow();
    m_vault->isSlow = true;
    QVERIFY(answerGranted(2));
    QVERIFY(m_session->isTokenOnHold());
    const QSignalSpy changed(m_session.get(), &Session::changed);
    pass(249ms);
    QVERIFY(m_session->isTokenOnHold());
    pass(1ms);
    QVERIFY(!m_session->isTokenOnHold());
    QCOMPARE(changed.count(), 1);
    m_session->refreshNow();
    QVERIFY(answerGranted(3));
    QVERIFY(m_session->isTokenOnHold());
    QVERIFY(m_vault->answer()); // the second is kept, and the third has begun
    QVERIFY(m_session->isTokenOnHold());
    QVERIFY(m_vault->answer());
    QVERIFY(!m_session->isTokenOnHold());
    QVERIFY(isStored(3));
    QCOMPARE(m_vault->mostAtWork, 1);
}

void TestSession::accountIsKeptToo()
{
    signInNow();
    disconnect(m_session.get(), &Session::accountChanged, this, nullptr);
    m_session->setPolicy(HandOutPolicy::Ask);
    QVERIFY(m_session->isBeingKept() && !snapshot().isPersisted);
    Account older = m_session->account();
    older.policy = HandOutPolicy::Allow;
    m_session->noteSaved(older);
    QVERIFY(m_session->isBeingKept());
    m_session->noteNotSaved(StoreError::DiskFull);
    QVERIFY(!m_session->isBeingKept() && !snapshot().isPersisted);
    QCOMPARE(*snapshot().storeError, StoreError::DiskFull);
    m_session->noteSaved(m_session->account());
    QVERIFY(snapshot().isPersisted && !snapshot().storeError);
}

void TestSession::policyAndPinAreSealed()
{
    signInNow();
    m_session->setPolicy(HandOutPolicy::Never);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()), m_session->account());
    m_session->refreshNow();
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->trust(aCertificate().fingerprint);
    QCOMPARE(m_session->account().pin, aCertificate().fingerprint);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()), m_session->account());
    QVERIFY(isStored(1));
}

void TestSession::nobodyReplacesAFixedPin()
{
    signInNow();
    m_session->setFixedPin(anotherFingerprint());
    QCOMPARE(m_session->account().pin, anotherFingerprint());
    QVERIFY(snapshot().isPinFixed);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()).pin, anotherFingerprint());
    m_session->refreshNow();
    QCOMPARE(m_client->pins().last(), anotherFingerprint());
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->trust(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::TrustNeeded);
    m_session->signIn(secret("password"), false, true, aCertificate().fingerprint);
    QCOMPARE(m_client->pins().last(), anotherFingerprint());

    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->setFixedPin(aCertificate().fingerprint); // as somebody has told the administrator
    QCOMPARE(phase(), Phase::SigningIn);
    QCOMPARE(m_client->pins().last(), aCertificate().fingerprint);
    m_session->setFixedPin({});
    QCOMPARE(m_session->account().pin, aCertificate().fingerprint);
    QVERIFY(m_session->mayTrust(anotherFingerprint()));
}

void TestSession::nobodyTrustsWhereItIsForbidden()
{
    signInNow();
    const Fingerprint before = m_session->account().pin;
    m_session->refreshNow();
    QVERIFY(m_client->answer(Untrusted{aCertificate()}));
    m_session->setForbidden(true);
    m_session->trust(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::TrustNeeded);
    QCOMPARE(m_session->account().pin, before);
    m_session->setForbidden(false);
    m_session->trust(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::fixedPinHoldsForASignInUnderWay_data()
{
    QTest::addColumn<Phase::Value>("when");
    QTest::addColumn<Certificate>("shown");
    const Certificate old = aCertificate();
    Certificate fixed = aCertificate();
    fixed.fingerprint = anotherFingerprint();
    QTest::newRow("sent, old shown") << Phase::SigningIn << old;
    QTest::newRow("sent, fixed shown") << Phase::SigningIn << fixed;
    QTest::newRow("code, old shown") << Phase::CodeNeeded << old;
    QTest::newRow("code, fixed shown") << Phase::CodeNeeded << fixed;
    QTest::newRow("waiting, old shown") << Phase::Refreshing << old;
    QTest::newRow("waiting, fixed shown") << Phase::Refreshing << fixed;
}

//! Somebody has named the old certificate for it.
void TestSession::fixedPinHoldsForASignInUnderWay()
{
    QFETCH(const Phase::Value, when);
    QFETCH(const Certificate, shown);
    signInNow();
    if (when == Phase::Refreshing)
        m_session->refreshNow();
    m_session->signIn(secret("password"), false, true, aCertificate().fingerprint);
    if (when == Phase::CodeNeeded)
        QVERIFY(m_client->answer(CodeAsked{secret("ticket")}));
    QCOMPARE(phase(), when);
    m_session->setFixedPin(anotherFingerprint());
    if (when == Phase::CodeNeeded)
        m_session->submitCode(secret("123456"));
    if (when == Phase::Refreshing)
        QVERIFY(answerGranted(2));
    QCOMPARE(m_client->isAsked(), when != Phase::SigningIn);
    const bool isFixedShown = shown.fingerprint == anotherFingerprint();
    const bool isUnderIt = m_client->pins().last() == shown.fingerprint;
    if (m_client->isAsked())
        QVERIFY(isUnderIt ? answerGranted(3) : m_client->answer(Untrusted{shown}));
    m_session->trust(shown.fingerprint);
    const bool isHeldUp = when != Phase::SigningIn && !isFixedShown;
    QCOMPARE(phase(), isHeldUp ? Phase::TrustNeeded : Phase::Active);
    QCOMPARE(m_session->account().pin, anotherFingerprint());
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()).pin, anotherFingerprint());
}

void TestSession::signInGoesOnUnderTheFixedPinAlone()
{
    m_session->signIn(secret("password"), false, true, anotherFingerprint());
    m_session->setFixedPin(anotherFingerprint());
    QCOMPARE(phase(), Phase::SigningIn);
    m_session->setFixedPin(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(!m_client->isAsked());

    m_session->setFixedPin({});
    m_session->signIn(secret("password"), false); // under the account's own
    m_session->setFixedPin(aCertificate().fingerprint);
    QCOMPARE(phase(), Phase::SigningIn);
    m_session->setFixedPin(anotherFingerprint());
    QCOMPARE(phase(), Phase::SignedOut);
}

void TestSession::fixedPinCountsMoreThanTheSealedOne()
{
    signInNow();
    makeSession(m_session->account());
    m_session->setFixedPin(anotherFingerprint());
    m_session->restore();
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(m_session->account().pin, anotherFingerprint());
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()).pin, anotherFingerprint());
}

void TestSession::cancelsASignInAndNothingElse()
{
    signInNow();
    m_session->refreshNow();
    m_session->cancelSignIn();
    QCOMPARE(phase(), Phase::Refreshing);
    m_session->signIn(secret("password"), false); // waits for the answer
    m_session->cancelSignIn();
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QCOMPARE(phase(), Phase::Active);
    for (const TokenAnswer &asked :
        {TokenAnswer(CodeAsked{secret("ticket")}), TokenAnswer(Untrusted{aCertificate()})}) {
        m_session->signIn(secret("password"), false);
        QVERIFY(m_client->answer(asked));
        QVERIFY(phase() == Phase::CodeNeeded || phase() == Phase::TrustNeeded);
        m_session->cancelSignIn();
        QVERIFY(
            m_session->tokens() && phase() != Phase::CodeNeeded && phase() != Phase::TrustNeeded);
    }
}

void TestSession::whatIsSealedCountsMoreThanTheList_data()
{
    QTest::addColumn<HandOutPolicy::Value>("policy");
    QTest::addColumn<Fingerprint>("pin");

    QTest::newRow("a looser policy") << HandOutPolicy::Allow << Fingerprint();
    QTest::newRow("another pin") << HandOutPolicy::Ask << anotherFingerprint();
    QTest::newRow("both") << HandOutPolicy::Never << anotherFingerprint();
}

// Another program has edited the list of accounts.
void TestSession::whatIsSealedCountsMoreThanTheList()
{
    QFETCH(const HandOutPolicy::Value, policy);
    QFETCH(const Fingerprint, pin);
    signInNow();
    m_session->setPolicy(HandOutPolicy::Ask);
    const Account sealed = m_session->account();
    Account edited = sealed;
    edited.policy = policy;
    edited.pin = pin;
    makeSession(edited);
    const QSignalSpy accountChanged(m_session.get(), &Session::accountChanged);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_session->restore();
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(m_session->account(), sealed);
    QCOMPARE(accountChanged.count(), 1);
    const auto history = snapshot().history;
    QCOMPARE(std::ranges::count(history, Cause::AccountEdited, &SessionHistory::Entry::cause), 1);
}

void TestSession::listThatAgreesWithTheSealIsNoNews()
{
    signInNow();
    m_session->setPolicy(HandOutPolicy::Ask);
    makeSession(m_session->account());
    const QSignalSpy accountChanged(m_session.get(), &Session::accountChanged);
    m_session->restore();
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(accountChanged.count(), 0);
    const auto history = snapshot().history;
    QCOMPARE(std::ranges::count(history, Cause::AccountEdited, &SessionHistory::Entry::cause), 0);
}

// Otherwise the seal would undo what a person chose while the keychain was locked.
void TestSession::policyChosenBeforeTheVaultOpensIsSealedThen()
{
    signInNow();
    makeSession();
    m_vault->failure = StoreError::Locked;
    m_session->restore();
    m_session->setPolicy(HandOutPolicy::Never);
    QVERIFY(m_session->isSealBehind());
    m_vault->recover();
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(m_session->account().policy, HandOutPolicy::Never);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()), m_session->account());
    QVERIFY(!m_session->isSealBehind());
}

void TestSession::changesBeforeTheSealOpensComeOnTopOfIt_data()
{
    QTest::addColumn<bool>("isByProgram");
    QTest::addColumn<HandOutPolicy::Value>("policy");
    QTest::newRow("a person has the last word") << false << HandOutPolicy::Ask;
    QTest::newRow("a program loosens nothing") << true << HandOutPolicy::Never;
}

// The list was edited. A change made on top of it must not make the rest of the list trusted.
void TestSession::changesBeforeTheSealOpensComeOnTopOfIt()
{
    QFETCH(const bool, isByProgram);
    QFETCH(const HandOutPolicy::Value, policy);
    signInNow();
    m_session->setPolicy(HandOutPolicy::Never);
    const Account sealed = m_session->account();
    Account edited = sealed;
    edited.policy = HandOutPolicy::Allow;
    edited.pin = anotherFingerprint();
    makeSession(edited);
    m_vault->failure = StoreError::Locked;
    m_session->restore();
    if (isByProgram)
        m_session->tightenPolicy(HandOutPolicy::Ask);
    else
        m_session->setPolicy(HandOutPolicy::Ask);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_vault->recover();
    QCOMPARE(m_session->account().policy, policy);
    QCOMPARE(m_session->account().pin, sealed.pin);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()), m_session->account());
    const auto history = snapshot().history;
    QCOMPARE(std::ranges::count(history, Cause::AccountEdited, &SessionHistory::Entry::cause), 1);
}

// The caller was told that the change is made, so it holds although the list said the same.
void TestSession::whatTheListSaidAlreadyHoldsAllTheSame()
{
    signInNow();
    Account edited = m_session->account();
    edited.policy = HandOutPolicy::Never;
    makeSession(edited);
    m_vault->failure = StoreError::Locked;
    m_session->restore();
    m_session->tightenPolicy(HandOutPolicy::Ask);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_vault->recover();
    QCOMPARE(m_session->account().policy, HandOutPolicy::Ask);
}

// The older record comes back when the vault is asked for newer tokens.
void TestSession::policyThatCouldNotBeSealedStaysAllTheSame()
{
    signInNow();
    m_vault->failure = StoreError::DiskFull;
    m_session->setPolicy(HandOutPolicy::Never);
    m_vault->failure.reset();
    m_session->refreshNow();
    QVERIFY(m_client->answer(error(Type::Expired, 400)));
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(m_session->account().policy, HandOutPolicy::Never);
    signInNow(2);
    QCOMPARE(m_session->account().policy, HandOutPolicy::Never);
    QCOMPARE(TokenSet::sealedAccount(m_vault->content, anAccount()), m_session->account());
}

void TestSession::signInWaitsForTheSeal_data()
{
    QTest::addColumn<bool>("isKept");
    QTest::addColumn<bool>("hasTrouble");
    QTest::newRow("sealed") << true << false;
    QTest::newRow("nothing there") << false << false;
    QTest::newRow("locked") << true << true;
}

// The list of accounts may pin somebody else's certificate, and that server would get the password.
void TestSession::signInWaitsForTheSeal()
{
    QFETCH(const bool, isKept);
    QFETCH(const bool, hasTrouble);
    if (isKept)
        signInNow();
    Account edited = anAccount();
    edited.pin = anotherFingerprint();
    makeSession(edited);
    m_vault->isSlow = true;
    m_session->restore();
    m_session->signIn(secret("password"), false);
    QCOMPARE(phase(), Phase::Restoring);
    QVERIFY(!m_client->isAsked());

    const bool isNoted = isKept && !hasTrouble;
    if (isNoted)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    if (hasTrouble)
        m_vault->failure = StoreError::Locked;
    QVERIFY(m_vault->answer());
    QCOMPARE(phase(), Phase::SigningIn);
    QVERIFY(m_client->lastGrantAs<PasswordGrant>());
    QCOMPARE(m_client->pins(), {isNoted ? Fingerprint() : edited.pin});
}

void TestSession::signInThatWaitsIsCancelledAlone()
{
    signInNow();
    makeSession();
    m_vault->isSlow = true;
    m_session->restore();
    m_session->signIn(secret("password"), false);
    m_session->cancel();
    QVERIFY(m_vault->answer());
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(!m_client->isAsked());
}

void TestSession::signInGoesWhereTheSealSays_data()
{
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("under way") << false;
    QTest::newRow("a certificate is in question") << true;
}

// The sign-in began with a locked keychain, using what the list said.
void TestSession::signInGoesWhereTheSealSays()
{
    QFETCH(const bool, isAsked);
    m_session->signIn(secret("password"), false);
    m_client->answer(Untrusted{aCertificate()});
    m_session->trust(aCertificate().fingerprint);
    QVERIFY(answerGranted(1));
    Account edited = m_session->account();
    edited.pin = anotherFingerprint();
    makeSession(edited);
    m_vault->failure = StoreError::Locked;
    m_session->restore();
    m_session->signIn(secret("password"), false);
    if (isAsked)
        m_client->answer(Untrusted{aCertificate()});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_vault->recover();
    QCOMPARE(phase(), Phase::SigningIn);
    QCOMPARE(m_client->grants().size(), 2);
    QVERIFY(m_client->lastGrantAs<PasswordGrant>());
    QCOMPARE(m_client->pins().last(), aCertificate().fingerprint);
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
    QCOMPARE(m_session->account().pin, aCertificate().fingerprint);
}

void TestSession::listIsDisputedUntilTheSealIsOpen_data()
{
    QTest::addColumn<Account>("edited");

    Account server = anAccount();
    server.server = QUrl(u"https://elsewhere.test"_s);
    QTest::newRow("server") << server;
    Account user = anAccount();
    user.user = u"somebody"_s;
    QTest::newRow("user") << user;
    Account unkept = server;
    unkept.keepSignedIn = false;
    QTest::newRow("not to be kept") << unkept;
    Account signedOut = server;
    signedOut.isSignedOut = true;
    QTest::newRow("signed out") << signedOut;
}

// The record is not erased before it has been read and shows whose it is.
void TestSession::listIsDisputedUntilTheSealIsOpen()
{
    QFETCH(const Account, edited);
    signInNow();
    m_session->setPolicy(HandOutPolicy::Ask);
    Account sealed = m_session->account();
    sealed.isSignedOut = edited.isSignedOut;
    sealed.keepSignedIn = edited.keepSignedIn;
    makeSession(edited);
    const QSignalSpy keptForAnother(m_session.get(), &Session::keptForAnother);
    m_vault->failure = StoreError::Locked;
    m_session->restoreDisputed();
    QVERIFY(m_session->isDisputed());
    pass(1min);
    QVERIFY(m_session->isDisputed());
    QCOMPARE(keptForAnother.count(), 0);

    m_vault->recover();
    QVERIFY(!m_session->isDisputed());
    QCOMPARE(keptForAnother.count(), 1);
    QCOMPARE(keptForAnother.first().first().value<Account>(), sealed);
    QVERIFY(!m_session->tokens());
    QVERIFY(isStored(1));
}

void TestSession::listStandsWhereTheSealSaysNothing_data()
{
    QTest::addColumn<std::optional<StoreError>>("failure");

    QTest::newRow("damaged") << std::optional(StoreError::Damaged);
    QTest::newRow("its key is gone") << std::optional(StoreError::KeyMissing);
    QTest::newRow("gone") << std::optional<StoreError>();
}

void TestSession::listStandsWhereTheSealSaysNothing()
{
    QFETCH(const std::optional<StoreError>, failure);
    const QSignalSpy keptForAnother(m_session.get(), &Session::keptForAnother);
    m_vault->failure = failure;
    m_session->restoreDisputed();
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(!m_session->isDisputed());
    QCOMPARE(m_session->account(), anAccount());
    QCOMPARE(keptForAnother.count(), 0);
}

void TestSession::brokenVaultDoesNotSignOut_data()
{
    QTest::addColumn<QString>("trouble");

    QTest::newRow("denied") << u"denied"_s;
    QTest::newRow("unavailable") << u"unavailable"_s;
    QTest::newRow("silent") << u"silent"_s;
}

void TestSession::brokenVaultDoesNotSignOut()
{
    QFETCH(const QString, trouble);
    if (trouble == "denied"_L1)
        m_vault->failure = StoreError::Denied;
    if (trouble == "unavailable"_L1)
        m_vault->failure = StoreError::Unavailable;
    m_vault->isSlow = trouble == "silent"_L1;

    signInNow();
    QVERIFY(snapshot().hasGoodAccess());
    QVERIFY(!snapshot().isPersisted);
    QCOMPARE(snapshot().storeError.has_value(), trouble != "silent"_L1);
    if (snapshot().storeError) {
        QCOMPARE(*snapshot().storeError,
            trouble == "denied"_L1 ? StoreError::Denied : StoreError::Unavailable);
    }
    m_session->demand();
    QVERIFY(answerGranted(2));
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(m_session->tokens()->accessToken == secret("access-2"));
}

void TestSession::recordIsTriedAgain()
{
    m_vault->failure = StoreError::Denied;
    signInNow();
    QCOMPARE(m_vault->saves, 1);
    m_vault->failure.reset();
    pass(5s - 1ms);
    QCOMPARE(m_vault->saves, 1);
    pass(1ms);
    QCOMPARE(m_vault->saves, 2);
    QVERIFY(isStored(1));
    QVERIFY(snapshot().isPersisted);
    QVERIFY(!snapshot().storeError);
    pass(1min);
    QCOMPARE(m_vault->saves, 2);
}

void TestSession::memoryIsNotPersistence()
{
    m_vault->isDurable = false;
    signInNow();
    QVERIFY(!snapshot().isPersisted);
    QVERIFY(!snapshot().storeError);
}

void TestSession::restoresAGoodSession()
{
    signInNow();
    pass(10min);
    makeSession();
    m_vault->isSlow = true;
    m_session->restore();
    QCOMPARE(phase(), Phase::Restoring);
    QVERIFY(m_vault->answer());
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(m_session->tokens()->accessToken == secret("access-1"));
    QVERIFY((m_client->known() == QList{secret("access-1"), secret("refresh-1")}));
    QVERIFY(snapshot().accessEnd == FakeClock::start + 1h);
    QVERIFY(snapshot().nextRefreshAt == FakeClock::start + 45min);
    QVERIFY(snapshot().isPersisted);
    QVERIFY(m_client->grants().isEmpty()); // served without any request
    QCOMPARE(m_vault->saves, 1);
}

void TestSession::restoresALapsedSession()
{
    signInNow();
    makeSession();
    pass(2h);
    m_session->restore();
    QCOMPARE(phase(), Phase::Refreshing);
    QVERIFY(m_client->lastGrantAs<RefreshGrant>()->refreshToken == secret("refresh-1"));
    QVERIFY(answerGranted(2));
    QVERIFY(isStored(2));
}

void TestSession::restoresNothing()
{
    m_session->restore();
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(!snapshot().reason);
    QVERIFY(!snapshot().isPersisted);
}

//! However often it starts, and until somebody signs out.
void TestSession::anEndByTheApplianceOutlivesTheProgram()
{
    signInNow();
    pass(45min);
    AuthError refusal = error(Type::Expired, 401);
    refusal.trace.words = u"Unauthorized"_s;
    QVERIFY(m_client->answer(refusal));
    const auto told = snapshot();
    QVERIFY(told.reason && told.reasonAt);
    for (int i = 0; i < 2; ++i) {
        pass(1h);
        makeSession();
        m_session->restore();
        QCOMPARE(phase(), Phase::SignedOut);
        QCOMPARE(snapshot().reason, told.reason);
        QCOMPARE(snapshot().reasonAt, told.reasonAt);
        QCOMPARE(snapshot().history.last().cause, Cause::NothingStored);
        QCOMPARE(snapshot().history.last().httpStatus, 0);
    }
    m_session->signOut();
    makeSession(m_session->account());
    m_session->restore();
    QVERIFY(!snapshot().reason && !snapshot().reasonAt);
}

void TestSession::restoresNothingOfAnotherAccount()
{
    Account other = anAccount();
    other.user = u"somebody"_s;
    m_vault->content = tokenSet(1, m_clock.now()).toRecord(other, m_clock.now());
    m_session->restore();
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(!m_session->tokens());
}

// A crash happened between saving the list of accounts and erasing the vault's record.
void TestSession::restoresNothingThatIsNotToBeKept()
{
    signInNow();
    Account unkept = anAccount();
    unkept.keepSignedIn = false;
    makeSession(unkept);
    m_session->restore();
    QCOMPARE(phase(), Phase::SignedOut);
    QVERIFY(m_vault->content.isEmpty());
}

void TestSession::restoreWaitsForTheVault_data()
{
    QTest::addColumn<bool>("recovers");

    QTest::newRow("until it is tried again") << false;
    QTest::newRow("until it says so") << true;
}

void TestSession::restoreWaitsForTheVault()
{
    QFETCH(const bool, recovers);
    signInNow();
    makeSession();
    m_vault->failure = StoreError::Denied;
    m_session->restore();
    QCOMPARE(phase(), Phase::Restoring);
    QCOMPARE(snapshot().reason->type, Type::StoreDenied);
    pass(5s);
    QCOMPARE(m_vault->loads, 2);
    QCOMPARE(phase(), Phase::Restoring);
    recovers ? m_vault->recover() : m_vault->failure.reset();
    if (!recovers)
        pass(10s);
    QCOMPARE(phase(), Phase::Active);
    QVERIFY(!snapshot().reason);
}

void TestSession::goneForGoodIsSignedOut_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("type");

    QTest::newRow("the key") << int(StoreError::KeyMissing) << int(Type::StoreKeyMissing);
    QTest::newRow("the file") << int(StoreError::Damaged) << int(Type::StoreDamaged);
}

void TestSession::goneForGoodIsSignedOut()
{
    QFETCH(const int, error);
    QFETCH(const int, type);
    signInNow();
    makeSession();
    m_vault->failure = StoreError(error);
    m_session->restore();
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(int(snapshot().reason->type), type);
    QVERIFY(!snapshot().isPersisted);
}

// Somebody put the key back into the keychain.
void TestSession::keyThatIsFoundAgainBringsTheSessionBack()
{
    signInNow();
    makeSession();
    m_vault->failure = StoreError::KeyMissing;
    m_session->restore();
    QCOMPARE(phase(), Phase::SignedOut);
    m_vault->recover();
    QCOMPARE(phase(), Phase::Active);
}

void TestSession::failedSignInDoesNotLoseWhatTheVaultHolds_data()
{
    QTest::addColumn<bool>("isSlow");

    QTest::newRow("a locked vault") << false;
    QTest::newRow("a slow vault") << true;
}

void TestSession::failedSignInDoesNotLoseWhatTheVaultHolds()
{
    QFETCH(const bool, isSlow);
    signInNow();
    makeSession();
    m_vault->isSlow = isSlow;
    if (!isSlow)
        m_vault->failure = StoreError::Denied;
    m_session->restore();
    m_session->signIn(secret("wrong"), false);
    while (m_vault->answer()) { }
    QVERIFY(m_client->answer(error(Type::Rejected, 401)));
    QCOMPARE(phase(), isSlow ? Phase::Waiting : Phase::SignedOut);
    QCOMPARE(snapshot().reason->type, Type::Rejected);
    pass(5s);
    m_vault->recover();
    QVERIFY(m_session->tokens()->accessToken == secret("access-1"));
}

void TestSession::endOfARecordThatWasReplacedIsNotItsEnd()
{
    signInNow();
    pass(45min);
    m_vault->isSlow = true;
    QVERIFY(answerGranted(2));
    pass(45min);
    QVERIFY(answerGranted(3));
    QVERIFY(m_vault->answer()); // the second is written
    QVERIFY(!snapshot().isPersisted);
    QVERIFY(m_session->isUnfinished());
    m_vault->isSlow = false;
    while (m_vault->answer()) { }
    QVERIFY(snapshot().isPersisted);
    QVERIFY(!m_session->isUnfinished());
    QVERIFY(isStored(3));
}

void TestSession::restoreOfASlowVaultCanBeCancelled()
{
    signInNow();
    makeSession();
    m_vault->isSlow = true;
    m_session->restore();
    m_session->cancel();
    QCOMPARE(phase(), Phase::SignedOut);
    m_vault->answer();
    QCOMPARE(phase(), Phase::SignedOut);
    m_session->signIn(secret("password"), false);
    QCOMPARE(phase(), Phase::SigningIn);
}

void TestSession::signsOut()
{
    signInNow();
    const QSignalSpy signedOut(m_session.get(), &Session::signedOut);
    m_session->signOut();
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(m_client->logOuts().size(), 1);
    QVERIFY(m_client->logOuts().first() == secret("access-1"));
    QVERIFY(m_vault->content.isEmpty());
    QVERIFY(!snapshot().isPersisted && !snapshot().reason);
    QCOMPARE(signedOut.count(), 0);
    m_client->answerLogOut();
    QCOMPARE(signedOut.count(), 1);
    pass(24h);
    QCOMPARE(m_client->grants().size(), 1);
}

void TestSession::signsOutWhileARequestIsUnderWay()
{
    signInNow();
    m_session->demand();
    m_session->signOut();
    QCOMPARE(m_client->cancelled(), 1);
    QVERIFY(!m_client->isAsked());
    QCOMPARE(m_client->logOuts().size(), 1);
}

void TestSession::signsOutThoughTheVaultIsBroken()
{
    signInNow();
    const QSignalSpy signedOut(m_session.get(), &Session::signedOut);
    m_vault->failure = StoreError::Denied;
    m_session->signOut();
    m_client->answerLogOut();
    QCOMPARE(phase(), Phase::SignedOut);
    QCOMPARE(*snapshot().storeError, StoreError::Denied);
    QCOMPARE(signedOut.count(), 0); // the vault still holds the token
    pass(30s);
    QCOMPARE(signedOut.count(), 0);
    m_vault->failure.reset();
    pass(30s);
    QVERIFY(m_vault->content.isEmpty());
    QVERIFY(!snapshot().storeError);
    QCOMPARE(signedOut.count(), 1);
}

void TestSession::farewellNeedsNoToken()
{
    const QSignalSpy signedOut(m_session.get(), &Session::signedOut);
    m_session->signOut();
    QCOMPARE(signedOut.count(), 1);
    QVERIFY(m_client->logOuts().isEmpty());
    signInNow();
    m_clock.advance(2h);
    m_session->signOut();
    QVERIFY(m_client->logOuts().isEmpty());
    QCOMPARE(signedOut.count(), 2);
}

void TestSession::signInAfterSignOutIsRecorded()
{
    signInNow();
    m_vault->failure = StoreError::Denied;
    m_session->signOut();
    m_vault->failure.reset();
    signInNow(2);
    QVERIFY(isStored(2));
    pass(10min);
    QVERIFY(isStored(2)); // the new record replaced the one that was to be erased
}

void TestSession::snapshotHoldsNoSecret()
{
    signInNow();
    const SessionSnapshot taken = snapshot();
    QVERIFY(taken.account == anAccount());
    QCOMPARE(taken.phase, Phase::Active);
    QVERIFY(taken.takenAt == FakeClock::start);
    QVERIFY(taken == snapshot());
}

void TestSession::snapshotFollowsTheWallClock()
{
    signInNow();
    m_clock.jumpWall(-24h);
    QVERIFY(snapshot().accessEnd == FakeClock::start - 23h);
    QVERIFY(snapshot().nextRefreshAt == FakeClock::start - 24h + 45min);
    QVERIFY(snapshot().hasGoodAccess());
    m_clock.jumpWall(24h + 50min);
    QVERIFY(snapshot().accessEnd == FakeClock::start + 1h);
    m_deadlines->look();
    QCOMPARE(phase(), Phase::Refreshing);
}

void TestSession::historyTellsEachChangeOfState()
{
    signInNow();
    pass(45min);
    QVERIFY(m_client->answer(error(Type::Offline)));
    pass(2s);
    QVERIFY(m_client->answer(error(Type::ServerBusy, 503)));
    QList<Phase::Value> phases;
    for (const SessionHistory::Entry &entry : snapshot().history)
        phases.append(entry.phase);
    QCOMPARE(phases,
        QList<Phase::Value>({Phase::SigningIn, Phase::Active, Phase::Refreshing, Phase::Waiting,
            Phase::Refreshing, Phase::Waiting}));
    QVERIFY(snapshot().history.last().reason() == error(Type::ServerBusy, 503));
    QVERIFY(snapshot().history.last().at == FakeClock::start + 45min + 2s);
}

void TestSession::commandsThatMeanNothingDoNothing()
{
    const QSignalSpy changed(m_session.get(), &Session::changed);
    m_session->submitCode(secret("123456"));
    m_session->trust(aCertificate().fingerprint);
    m_session->decline();
    m_session->demand();
    m_session->refreshNow();
    m_session->cancel();
    QCOMPARE(changed.count(), 0);
    QVERIFY(m_client->grants().isEmpty());
    QVERIFY(snapshot().history.isEmpty());
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
