// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/methods.h"

#include "base/messagelog.h"
#include "session/words/sentences.h"
#include "support/fakeclock.h"
#include "support/fakedoctor.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/foreigntongue.h"
#include "support/handouts.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Methods, verdicts, the token judge and waiting calls, used as a program would use them: a
//! request goes in and an answer comes out, and in between the fake appliance answers and the clock
//! moves.
class TestMethods final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void infoTellsWhoAnswers();
    void theDoctorIsAskedForItsReport();
    void theDoctorTellsOfOneSession();
    void theDoctorLeavesWithItsCaller();
    void aReportHoldsWhatTheDoctorFound();
    void aReportIsMadeOnceForAllWhoAsk();
    void aReportWithASecretIsNone();
    void theLogIsToldAndTurnedOn();
    void anUnknownMethodIsNotCalled();
    void listAndGet();
    void aMissingNameAndAnUnknownOne();

    void successIsToldOnceItIsKept_data();
    void successIsToldOnceItIsKept();
    void successThatCannotBeKeptSaysWhy();
    void diskThatHangsIsNotWaitedForForEver();
    void tokenThatJustCameIsOnHoldForAMoment();
    void whoSignsInMayBeAskedByTheKeychain();
    void signInEndsWithTheSession();
    void signInStopsAtTheCode();
    void signInGivesTheCodeItHas();
    void signInStopsAtTheCertificate();
    void signInTrustsTheCertificateItKnows();
    void signInTrustsNoOtherThanTheCertificateItKnows();
    void signInIsRefused_data();
    void signInIsRefused();
    void signInWithBadParameters_data();
    void signInWithBadParameters();
    void signInIsNotWaitedForLongerThanAsked();
    void whoseSignInIsReplacedIsToldAtOnce();
    void aSignInThatIsGivenUpIsNoSuccess_data();
    void aSignInThatIsGivenUpIsNoSuccess();
    void aSignInThatWaitsForItsTurnIsNoSuccessYet();
    void aSignInThatIsRefusedReplacesNone();
    void aTakenNameIsAUsageError();
    void whatIsTooLongIsAUsageError();

    void aCodeIsAcceptedOrRefused();
    void aCodeThatNobodyAskedFor();
    void aCertificateIsTrusted();
    void anotherCertificateThanTheOneSeen();
    void aCertificateThatNobodyAskedAbout();

    void aGoodTokenIsServedAtOnce();
    void theProxyIsToldToWhoAsksForIt();
    void theProxysPasswordIsToldToNobodyUncertain();
    void aGoodTokenIsServedWhileARefreshHangs();
    void callersShareOneRefresh();
    void aTokenThatEndsTooSoonIsRenewed();
    void aTokenOfAShortLifeIsGoodForHalfOfIt();
    void moreThanTheApplianceGivesIsRefused();
    void anOutageIsToldAtTheDeadline();
    void anOutageIsToldAtOnceWhenNoRetryFallsBefore();
    void theBestTokenComesWithTheReason();
    void whatStandsInTheWayIsTold_data();
    void whatStandsInTheWayIsTold();
    void aLockedKeychainIsDenied();
    void aForgottenSessionAnswersItsCallers();

    void whatCameOfItIsInTheLedger();
    void aTokenMayBeHeldUntilItEnds();
    void aTokenThatWasAllowedOnceIsNotHeld();
    void aTokenIsHeldNoLongerThanItIsAllowed();
    void useOfAHeldTokenIsInTheLedger();
    void useOfAHeldTokenFollowsARename();
    void aPolicyKeepsProgramsOut();
    void theAdministratorKeepsProgramsOut();
    void aBlockedProgramGetsNothingWhateverThePolicy();
    void whoIsBlockedWhileItWaitsGetsNothing();
    void whatWasAllowedIsListedAndRevoked();
    void aPolicyIsToldOnceItIsSealed();
    void aPolicyThatCannotBeSealedSaysWhy();
    void aPersonIsAsked();
    void whoCannotBeNamedIsAskedAboutWhateverThePolicy_data();
    void whoCannotBeNamedIsAskedAboutWhateverThePolicy();
    void withoutWindowsNobodyIsAsked();
    void aPolicyThatGotStricterMeanwhileCounts_data();
    void aPolicyThatGotStricterMeanwhileCounts();
    void anAllowanceThatEndedMeanwhileIsAskedForAgain();
    void anErrorIsToldThoughTheAllowanceHasEnded();
    void whatIsLockedMeanwhileIsNotHandedOut();
    void aPolicyIsLoosenedOnlyWithoutWindows_data();
    void aPolicyIsLoosenedOnlyWithoutWindows();

    void withWindowsAPersonConfirms_data();
    void withWindowsAPersonConfirms();
    void withoutWindowsNothingIsConfirmed_data();
    void withoutWindowsNothingIsConfirmed();
    void withoutWindowsWhoCannotBeNamedDoesNothingOfThis_data();
    void withoutWindowsWhoCannotBeNamedDoesNothingOfThis();
    void nobodyConfirmsBehindALockedScreen();
    void whatAPersonConfirmedMayBeGoneByThen();
    void aSignInUnderWayIsMovedByAPersonOnly();
    void whoIsUncertainAddsSessionsOnlyWithAYes();
    void withoutWindowsASandboxAddsNoSession();
    void whatBeganMeanwhileIsAskedAboutAnew();
    void whatWasJudgedBesideAnotherPinIsNotTrusted();
    void anAnswerBesideAnotherPinIsAskedAgain();
    void anOpenTrustQuestionIsAPersons();
    void aKnownNameAtAnotherApplianceIsConfirmed_data();
    void aKnownNameAtAnotherApplianceIsConfirmed();
    void aQuestionAboutANameTellsBothAccounts();
    void anotherPinIsConfirmed();

    void withWindowsProgramsRenewOnlySoOften();
    void aSandboxKeepsNobodyElseFromRenewing();
    void wrongSignInsAreCountedAsRenewals();
    void signInsThatAreRefusedAreNotCounted();
    void signInsAreCountedDuringARenewal();
    void aRenewalThatIsDueIsFree();
    void withoutWindowsWhoCannotBeNamedRenewsOnlySoOften_data();
    void withoutWindowsWhoCannotBeNamedRenewsOnlySoOften();
    void refreshBringsNewTokens();
    void refreshComesAfterTheVault();
    void refreshAfterTheVaultMayBeRefused();
    void aRenewalThatIsDueAfterTheVaultIsEnough();
    void refreshWithoutARefreshToken();
    void signOutIsDoneWhenTheApplianceHasAnswered();
    void signOutThatIsNotHeardIsSaid();
    void signOutThatTheApplianceIsNotToldOfIsSaid();
    void forgetIsDoneWhenTheApplianceHasAnswered();
    void renameIsDoneWhenItIsSealed();
    void renameIsRefusedWithAReason();

private:
    [[nodiscard]] std::unique_ptr<Methods> methods(bool hasWindows);
    int call(const QString &method, const QJsonObject &params);
    int askForToken() { return call(u"session.token"_s, {{u"name"_s, u"prod"_s}}); }
    void saveAccounts();
    [[nodiscard]] QJsonValue result(int number) const;
    [[nodiscard]] RpcError error(int number) const;
    [[nodiscard]] bool isAnswered(int number) const { return m_answers.contains(number); }
    [[nodiscard]] QJsonObject prod() const { return {{u"name"_s, u"prod"_s}}; }
    void confirmationRows();
    int askToConfirm(const QString &method);
    void allowedForAMinuteMore();
    void askForPermission();
    //! As the next run of the program begins, with a vault that is slow.
    void startAgain();
    void readVault();
    int signIn(QJsonObject more = {});
    void signedIn(std::chrono::seconds life = 1h);
    void pass(Milliseconds span);
    [[nodiscard]] Session &session() { return *m_model->find(u"prod"_s); }

    const ForeignTongue m_language;
    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    std::shared_ptr<FakeVault> m_vault;
    FakeTokenClient *m_client = nullptr;
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<HandOuts> m_handOuts;
    FakeConsentPrompt m_prompt;
    Program m_program;
    //! The result of saving the list of accounts; nothing means success.
    std::optional<StoreError> m_diskError;
    bool m_isDiskSlow = false;
    int m_prompts = 0;
    QTemporaryDir m_folder;
    int m_reports = 0;
    std::unique_ptr<MessageLog> m_log;
    std::unique_ptr<Methods> m_methods;
    std::unique_ptr<QObject> m_caller;
    QPointer<FakeDoctor> m_doctor;
    HeldSessions m_held;
    QHash<int, RpcAnswer> m_answers;
    int m_calls = 0;
};

void TestMethods::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_answers.clear();
    m_held.clear();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_vault = std::make_shared<FakeVault>();
    m_diskError.reset();
    m_isDiskSlow = false;
    m_prompts = 0;
    m_model = std::make_unique<SessionModel>([this](const Account &account) {
        auto client = std::make_unique<FakeTokenClient>();
        m_client = client.get();
        auto store = storeOn(m_vault);
        return std::make_unique<Session>(account, std::move(client), std::move(store),
            RefreshPolicy([] { return 0.5; }), SessionHistory(), *m_deadlines);
    });
    connect(m_model.get(), &SessionModel::accountsChanged, m_model.get(), [this] {
        if (!m_isDiskSlow)
            saveAccounts();
    });
    m_handOuts = std::make_unique<HandOuts>(*m_deadlines);
    m_reports = 0;
    m_log = std::make_unique<MessageLog>(
        MessageLog::Place{m_folder.filePath(u"log.txt"_s), m_folder.filePath(u"log.json"_s)});
    m_methods = methods(false);
    m_caller = std::make_unique<QObject>();
    m_program = aProgram();
}

void TestMethods::cleanup()
{
    m_caller.reset();
    m_methods.reset();
    m_handOuts.reset();
    m_model.reset();
    m_deadlines.reset();
}

std::unique_ptr<Methods> TestMethods::methods(bool hasWindows)
{
    const auto makeDoctor = [this](const QString &) {
        auto doctor = std::make_unique<FakeDoctor>();
        m_doctor = doctor.get();
        return doctor;
    };
    AgentInfo info{u"latchkeyd"_s, hasWindows, makeDoctor};
    info.allowPrompt = [this] {
        ++m_prompts;
    };
    info.proxyFor = [](const QUrl &server) {
        return u"http://user:pass@proxy-of-%1:3128"_s.arg(server.host());
    };
    info.log = m_log.get();
    info.makeReport = [this](const QJsonObject &examination) {
        ++m_reports;
        return examination.contains("secret"_L1) ? Report(Leak{1, u"prod"_s})
                                                 : Report(QJsonObject{{u"doctor"_s, examination}});
    };
    return std::make_unique<Methods>(
        *m_model, m_handOuts->gate, *m_deadlines, shippedKinds(), info);
}

int TestMethods::call(const QString &method, const QJsonObject &params)
{
    const int number = ++m_calls;
    const bool isKnown = m_methods->call({number, method, params},
        {m_caller.get(), [this] { return m_program; }, &m_held},
        [this, number](const RpcAnswer &answer) {
            QVERIFY2(!m_answers.contains(number), "answered twice");
            const QByteArray line = answerLine(number, answer);
            QVERIFY2(!line.contains('~'), line.constData()); // programs are told in English
            m_answers.insert(number, answer);
        });
    return isKnown ? number : 0;
}

QJsonValue TestMethods::result(int number) const
{
    const auto answer = m_answers.constFind(number);
    return answer != m_answers.constEnd() && *answer ? answer->value() : QJsonValue::Undefined;
}

RpcError TestMethods::error(int number) const
{
    const auto answer = m_answers.constFind(number);
    return answer != m_answers.constEnd() && !*answer ? answer->error() : RpcError();
}

int TestMethods::signIn(QJsonObject more)
{
    QJsonObject params{{u"name"_s, u"prod"_s}, {u"server"_s, u"https://appliance.test"_s},
        {u"user"_s, u"operator"_s}, {u"kind"_s, u"azure"_s}, {u"password"_s, u"secret-password"_s}};
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        params.insert(it.key(), it.value());
    return call(u"session.signIn"_s, params);
}

void TestMethods::signedIn(std::chrono::seconds life)
{
    const int number = signIn();
    QVERIFY(m_client->answer(granted(1, m_clock.now(), life)));
    QVERIFY(isAnswered(number));
}

void TestMethods::saveAccounts()
{
    if (m_diskError)
        m_model->noteNotSaved(*m_diskError);
    else
        m_model->noteSaved(m_model->accounts());
}

void TestMethods::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestMethods::infoTellsWhoAnswers()
{
    const QJsonValue info = result(call(u"agent.info"_s, {}));
    QCOMPARE(info["program"_L1].toString(), u"latchkeyd"_s);
    QCOMPARE(info["version"_L1].toString(), QStringLiteral(LATCHKEY_VERSION));
    QCOMPARE(info["pid"_L1].toInteger(), QCoreApplication::applicationPid());
    QCOMPARE(info["windows"_L1], QJsonValue(false));
}

void TestMethods::theDoctorIsAskedForItsReport()
{
    const int usual = call(u"agent.doctor"_s, {});
    QCOMPARE(m_doctor->deadline, m_clock.now() + 10s);
    QVERIFY(!isAnswered(usual));
    Q_EMIT m_doctor->examined({{u"program"_s, u"latchkeyd"_s}});
    QCOMPARE(result(usual)["program"_L1].toString(), u"latchkeyd"_s);
    QTRY_VERIFY(!m_doctor);

    pass(1s);
    const int hasty = call(u"agent.doctor"_s, {{u"deadline"_s, 3}});
    pass(3s - 1ms);
    QVERIFY(!isAnswered(hasty));
    pass(1ms);
    QCOMPARE(result(hasty)["program"_L1].toString(), u"so far"_s);
    QCOMPARE(error(call(u"agent.doctor"_s, {{u"deadline"_s, u"soon"_s}})).reason, Refusal::Usage);
}

void TestMethods::theDoctorTellsOfOneSession()
{
    signedIn();
    const int number = call(u"agent.doctor"_s, {{u"name"_s, u"prod"_s}});
    const QJsonObject prod{{u"name"_s, u"prod"_s}};
    const QJsonObject other{{u"name"_s, u"other"_s}};
    Q_EMIT m_doctor->examined(
        {{u"program"_s, u"latchkeyd"_s}, {u"sessions"_s, QJsonArray{other, prod}}});
    QCOMPARE(result(number)["program"_L1].toString(), u"latchkeyd"_s);
    QCOMPARE(result(number)["sessions"_L1].toArray(), QJsonArray{prod});
    const RpcError unknown = error(call(u"agent.doctor"_s, {{u"name"_s, u"other"_s}}));
    QCOMPARE(unknown.reason, Refusal::NoSession);
}

void TestMethods::theDoctorLeavesWithItsCaller()
{
    call(u"agent.doctor"_s, {});
    m_caller.reset();
    QVERIFY(!m_doctor);
}

void TestMethods::aReportHoldsWhatTheDoctorFound()
{
    const int number = call(u"agent.report"_s, {});
    QVERIFY(!isAnswered(number));
    Q_EMIT m_doctor->examined({{u"program"_s, u"latchkeyd"_s}});
    QCOMPARE(result(number)["doctor"_L1]["program"_L1].toString(), u"latchkeyd"_s);
}

void TestMethods::aReportIsMadeOnceForAllWhoAsk()
{
    const QJsonObject found{{u"program"_s, u"latchkeyd"_s}};
    const QList<int> calls{call(u"agent.report"_s, {}), call(u"agent.report"_s, {})};
    Q_EMIT m_doctor->examined(found);
    for (const int number : calls)
        QTRY_COMPARE(result(number)["doctor"_L1], QJsonValue(found));
    QCOMPARE(m_reports, 1);
    pass(1s);
    const int next = call(u"agent.report"_s, {});
    Q_EMIT m_doctor->examined(found);
    QTRY_VERIFY(isAnswered(next));
    QCOMPARE(m_reports, 2); // much may have happened since
}

void TestMethods::aReportWithASecretIsNone()
{
    const int number = call(u"agent.report"_s, {});
    Q_EMIT m_doctor->examined({{u"secret"_s, true}});
    QCOMPARE(error(number).reason, Refusal::Failed);
    QVERIFY(error(number).sentence.contains("There is no report"_L1));
    QVERIFY(error(number).sentence.contains("told of the session prod."_L1));

    m_program.hasOwnNumbers = true; // it could guess at what is secret
    QCOMPARE(error(call(u"agent.report"_s, {})).reason, Refusal::Denied);
}

void TestMethods::theLogIsToldAndTurnedOn()
{
    QCOMPARE(result(call(u"agent.log"_s, {}))["level"_L1].toString(), u"off"_s);
    const QJsonValue told = result(call(u"agent.log"_s, {{u"level"_s, u"debug"_s}}));
    QCOMPARE(told["level"_L1].toString(), u"debug"_s);
    QCOMPARE(told["file"_L1].toString(), m_log->path());
    QCOMPARE(m_log->level(), LogLevel::Debug);
    QCOMPARE(error(call(u"agent.log"_s, {{u"level"_s, u"loud"_s}})).reason, Refusal::Usage);
    QCOMPARE(error(call(u"agent.log"_s, {{u"level"_s, 1}})).reason, Refusal::Usage);
    QCOMPARE(m_log->level(), LogLevel::Debug);
    m_log->setLevel(LogLevel::Off);
}

void TestMethods::anUnknownMethodIsNotCalled()
{
    QCOMPARE(call(u"session.refreshToken"_s, {}), 0);
}

void TestMethods::listAndGet()
{
    QCOMPARE(result(call(u"session.list"_s, {})).toArray().size(), 0);
    signedIn();
    const QJsonArray list = result(call(u"session.list"_s, {})).toArray();
    QCOMPARE(list.size(), 1);
    QJsonObject one = result(call(u"session.get"_s, {{u"name"_s, u"prod"_s}})).toObject();
    QCOMPARE(one.take("history"_L1).toArray().size(), 2);
    QCOMPARE(list.first().toObject(), one);
}

void TestMethods::aMissingNameAndAnUnknownOne()
{
    for (const QString &method : {u"session.get"_s, u"session.token"_s, u"session.refresh"_s,
             u"session.signOut"_s, u"session.forget"_s, u"session.rename"_s}) {
        QCOMPARE(error(call(method, {})).reason, Refusal::Usage);
        const RpcError unknown =
            error(call(method, {{u"name"_s, u"nobody"_s}, {u"newName"_s, u"x"_s}}));
        QCOMPARE(unknown.reason, Refusal::NoSession);
        QVERIFY(unknown.sentence.contains("nobody"_L1));
    }
}

void TestMethods::successIsToldOnceItIsKept_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("isVaultLast");

    for (const char *method : {"session.signIn", "session.refresh", "session.submitCode"}) {
        QTest::addRow("%s, the vault last", method) << QString::fromLatin1(method) << true;
        QTest::addRow("%s, the account last", method) << QString::fromLatin1(method) << false;
    }
}

void TestMethods::successIsToldOnceItIsKept()
{
    QFETCH(const QString, method);
    QFETCH(const bool, isVaultLast);
    int number = 0;
    if (method == "session.refresh"_L1) {
        signedIn();
        m_clock.advance(2s);
        m_isDiskSlow = !isVaultLast;
        session().setPolicy(HandOutPolicy::Ask);
        number = call(method, {{u"name"_s, u"prod"_s}});
    } else {
        m_isDiskSlow = true;
        number = signIn();
    }
    if (method == "session.submitCode"_L1) {
        QVERIFY(m_client->answer(CodeAsked{secret("ticket")}));
        number = call(method, {{u"name"_s, u"prod"_s}, {u"code"_s, u"123456"_s}});
    }
    m_vault->isSlow = isVaultLast;
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QCOMPARE(session().phase(), Phase::Active);
    QVERIFY(!isAnswered(number));
    if (isVaultLast) {
        saveAccounts();
        QVERIFY(!isAnswered(number));
        QVERIFY(m_vault->answer());
    } else {
        saveAccounts();
    }
    QVERIFY(isAnswered(number));
    QCOMPARE(result(number)["persisted"_L1], QJsonValue(true));
    QVERIFY(!result(number).toObject().contains("notice"_L1));
}

void TestMethods::successThatCannotBeKeptSaysWhy()
{
    m_vault->failure = StoreError::Unavailable;
    int number = signIn();
    QVERIFY(m_client->answer(granted(1, m_clock.now())));
    QCOMPARE(result(number)["persisted"_L1], QJsonValue(false));
    QCOMPARE(
        result(number)["notice"_L1].toString(), sentenceForUnkept(StoreError::Unavailable).english);
    m_vault->failure.reset();
    m_diskError = StoreError::NotWritable;
    number = signIn({{u"name"_s, u"test"_s}});
    QVERIFY(m_client->answer(granted(1, m_clock.now())));
    QCOMPARE(
        result(number)["notice"_L1].toString(), sentenceForUnkept(StoreError::NotWritable).english);
}

void TestMethods::diskThatHangsIsNotWaitedForForEver()
{
    m_vault->isSlow = true;
    const int number = signIn({{u"deadline"_s, 7}});
    QVERIFY(m_client->answer(granted(1, m_clock.now())));
    pass(7s - 1ms);
    QVERIFY(!isAnswered(number));
    pass(1ms);
    QCOMPARE(result(number)["state"_L1].toString(), u"active"_s);
    QCOMPARE(result(number)["notice"_L1].toString(), sentenceForSlowDisk().english);
}

void TestMethods::tokenThatJustCameIsOnHoldForAMoment()
{
    signedIn();
    m_clock.advance(50min);
    const QJsonObject wish{{u"name"_s, u"prod"_s}, {u"minValid"_s, 1800}};
    const int kept = call(u"session.token"_s, wish);
    m_vault->isSlow = true;
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QVERIFY(!isAnswered(kept));
    QVERIFY(m_vault->answer());
    QCOMPARE(result(kept)["accessToken"_L1].toString(), u"access-2"_s);

    m_clock.advance(50min);
    const int slow = call(u"session.token"_s, wish);
    QJsonObject hurried = wish;
    hurried.insert(u"deadline"_s, 0.1);
    const int inHurry = call(u"session.token"_s, hurried);
    QVERIFY(m_client->answer(granted(3, m_clock.now())));
    pass(100ms);
    QCOMPARE(result(inHurry)["accessToken"_L1].toString(), u"access-3"_s);
    QVERIFY(!isAnswered(slow));
    pass(150ms);
    QCOMPARE(result(slow)["accessToken"_L1].toString(), u"access-3"_s);
}

void TestMethods::whoSignsInMayBeAskedByTheKeychain()
{
    signIn();
    QCOMPARE(m_prompts, 1);
    (void)askForToken();
    QCOMPARE(m_prompts, 1);
}

void TestMethods::signInEndsWithTheSession()
{
    const int number = signIn();
    QVERIFY(!isAnswered(number));
    QCOMPARE(m_client->lastGrantAs<PasswordGrant>()->password.toString(), u"secret-password"_s);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(result(number)["state"_L1].toString(), u"active"_s);
}

void TestMethods::signInStopsAtTheCode()
{
    const int number = signIn();
    m_client->answer(CodeAsked{secret("ticket")});
    QCOMPARE(error(number).reason, Refusal::CodeNeeded);
}

void TestMethods::signInGivesTheCodeItHas()
{
    const int number = signIn({{u"code"_s, u"123 456"_s}});
    m_client->answer(CodeAsked{secret("ticket")});
    QCOMPARE(m_client->lastGrantAs<MfaGrant>()->code.toString(), u"123456"_s);
    QVERIFY(!isAnswered(number));
    m_client->answer(AuthError{AuthError::Type::CodeRejected, 401, {}, {}});
    QCOMPARE(error(number).reason, Refusal::CodeNeeded);
    QVERIFY(!m_client->isAsked());
}

void TestMethods::signInStopsAtTheCertificate()
{
    const int number = signIn();
    m_client->answer(Untrusted{aCertificate()});
    QCOMPARE(error(number).reason, Refusal::TrustNeeded);
    QCOMPARE(error(number).more.value("sha256"_L1).toString(), aCertificate().fingerprint.toText());
    QVERIFY(error(number).more.value("pinned"_L1).isNull());
}

void TestMethods::signInTrustsTheCertificateItKnows()
{
    const int number = signIn({{u"trust"_s, aCertificate().fingerprint.toText().toLower()}});
    QCOMPARE(m_client->pins().last(), aCertificate().fingerprint);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(result(number)["state"_L1].toString(), u"active"_s);

    const int other = signIn({{u"trust"_s, anotherFingerprint().toText()}});
    QCOMPARE(m_client->pins().last(), anotherFingerprint());
    m_client->answer(Untrusted{aCertificate()});
    QCOMPARE(error(other).reason, Refusal::TrustNeeded);
    QCOMPARE(session().account().pin, aCertificate().fingerprint);

    const int renewed = signIn({{u"trust"_s, anotherFingerprint().toText()}});
    m_client->answer(granted(2, m_clock.now()));
    QVERIFY(result(renewed).isObject());
    QCOMPARE(session().account().pin, anotherFingerprint());
}

void TestMethods::signInTrustsNoOtherThanTheCertificateItKnows()
{
    const int number = signIn({{u"trust"_s, anotherFingerprint().toText()}});
    QCOMPARE(m_client->pins().last(), anotherFingerprint());
    m_client->answer(Untrusted{aCertificate()});
    QCOMPARE(error(number).reason, Refusal::TrustNeeded);
    QCOMPARE(error(number).more.value("sha256"_L1).toString(), aCertificate().fingerprint.toText());
    QVERIFY(error(number).more.value("pinned"_L1).isNull()); // nobody has trusted it yet
    QVERIFY(error(number).sentence.contains(u"not the one that was named"_s));
}

void TestMethods::signInIsRefused_data()
{
    QTest::addColumn<AuthError::Type>("type");
    QTest::addColumn<Refusal>("reason");

    QTest::newRow("password") << AuthError::Type::Rejected << Refusal::SignInNeeded;
    QTest::newRow("client") << AuthError::Type::ClientRejected << Refusal::SignInNeeded;
    QTest::newRow("offline") << AuthError::Type::Offline << Refusal::Unreachable;
    QTest::newRow("timeout") << AuthError::Type::Timeout << Refusal::Unreachable;
    QTest::newRow("busy") << AuthError::Type::ServerBusy << Refusal::Unreachable;
    QTest::newRow("no appliance") << AuthError::Type::BadReply << Refusal::Unreachable;
    QTest::newRow("no TLS") << AuthError::Type::TlsUntrusted << Refusal::Unreachable;
}

void TestMethods::signInIsRefused()
{
    QFETCH(const AuthError::Type, type);
    QFETCH(const Refusal, reason);
    const int number = signIn();
    m_client->answer(AuthError{type, 0, {}, {}});
    QCOMPARE(error(number).reason, reason);
    QVERIFY(!error(number).sentence.isEmpty());
}

void TestMethods::signInWithBadParameters_data()
{
    QTest::addColumn<QJsonObject>("params");

    QTest::newRow("no server") << QJsonObject{{u"server"_s, QJsonValue::Null}};
    QTest::newRow("no host") << QJsonObject{{u"server"_s, u"https://"_s}};
    QTest::newRow("http") << QJsonObject{{u"server"_s, u"http://192.0.2.1"_s}};
    QTest::newRow("no user") << QJsonObject{{u"user"_s, u""_s}};
    QTest::newRow("a user of spaces") << QJsonObject{{u"user"_s, u"  "_s}};
    QTest::newRow("no password") << QJsonObject{{u"password"_s, u""_s}};
    QTest::newRow("a name with spaces") << QJsonObject{{u"name"_s, u"a b"_s}};
    QTest::newRow("an unknown kind") << QJsonObject{{u"kind"_s, u"toaster"_s}};
    QTest::newRow("a code of 5 digits") << QJsonObject{{u"code"_s, u"12345"_s}};
    QTest::newRow("a code of letters") << QJsonObject{{u"code"_s, u"abcdef"_s}};
    QTest::newRow("half a fingerprint") << QJsonObject{{u"trust"_s, u"AA:BB"_s}};
    QTest::newRow("a negative deadline") << QJsonObject{{u"deadline"_s, -1}};
}

void TestMethods::signInWithBadParameters()
{
    QFETCH(const QJsonObject, params);
    const int number = signIn(params);
    QCOMPARE(error(number).reason, Refusal::Usage);
    QVERIFY(!error(number).sentence.isEmpty());
    QCOMPARE(m_model->rowCount(), 0);
}

void TestMethods::signInIsNotWaitedForLongerThanAsked()
{
    const int number = signIn({{u"deadline"_s, 5}});
    pass(4s);
    QVERIFY(!isAnswered(number));
    pass(1s);
    QCOMPARE(error(number).reason, Refusal::Unreachable);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::whatIsTooLongIsAUsageError()
{
    const RpcError user = error(signIn({{u"user"_s, QString(257, u'u')}}));
    QCOMPARE(user.reason, Refusal::Usage);
    QVERIFY(user.sentence.contains("256 characters"_L1));
    const QString address = u"a.test/"_s + QString(2048, u'a');
    const RpcError server = error(signIn({{u"server"_s, address}}));
    QCOMPARE(server.reason, Refusal::Usage);
    QVERIFY(server.sentence.contains("2048 characters"_L1));
}

void TestMethods::whoseSignInIsReplacedIsToldAtOnce()
{
    const int first = signIn();
    const int second = signIn({{u"code"_s, u"123456"_s}});
    QCOMPARE(error(first).reason, Refusal::Failed);
    QVERIFY(error(first).sentence.contains("taken the place"_L1));
    m_client->answer(CodeAsked{secret("ticket")});
    QCOMPARE(session().phase(), Phase::SigningIn);
    const int third = signIn({{u"user"_s, u"alenka"_s}});
    QVERIFY(error(second).sentence.contains("taken the place"_L1));
    m_client->answer(CodeAsked{secret("ticket")});
    QCOMPARE(error(third).reason, Refusal::CodeNeeded);
    const int code =
        call(u"session.submitCode"_s, {{u"name"_s, u"prod"_s}, {u"code"_s, u"123456"_s}});
    QVERIFY(!isAnswered(code));
    signIn({{u"user"_s, u"alenka"_s}});
    QVERIFY(error(code).sentence.contains("taken the place"_L1));
}

void TestMethods::aSignInThatIsGivenUpIsNoSuccess_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("a password") << 0;
    QTest::newRow("a code that was known") << 1;
    QTest::newRow("a code that was asked for") << 2;
    QTest::newRow("a certificate") << 3;
}

// While the session goes on with the tokens from before.
void TestMethods::aSignInThatIsGivenUpIsNoSuccess()
{
    QFETCH(const int, stage);
    signedIn();
    pass(1s);
    int waiting = signIn(stage == 1 ? QJsonObject{{u"code"_s, u"123456"_s}} : QJsonObject());
    if (stage == 1 || stage == 2)
        m_client->answer(CodeAsked{secret("ticket")});
    if (stage == 2)
        waiting = call(u"session.submitCode"_s, {{u"name"_s, u"prod"_s}, {u"code"_s, u"123456"_s}});
    if (stage == 3) {
        m_client->answer(Untrusted{aCertificate()});
        waiting = call(u"session.trust"_s,
            {{u"name"_s, u"prod"_s}, {u"sha256"_s, aCertificate().fingerprint.toText()}});
    }
    QCOMPARE(session().phase(), Phase::SigningIn);
    QVERIFY(!isAnswered(waiting));
    session().cancel();
    QCOMPARE(session().phase(), Phase::Active);
    QCOMPARE(error(waiting).reason, Refusal::Failed);
    QVERIFY(error(waiting).sentence.contains("given up"_L1));
}

void TestMethods::aSignInThatWaitsForItsTurnIsNoSuccessYet()
{
    signedIn();
    pass(1s);
    session().refreshNow();
    const int done = signIn();
    m_client->answer(granted(2, m_clock.now()));
    QCOMPARE(session().phase(), Phase::SigningIn);
    QVERIFY(!isAnswered(done));
    pass(1s);
    m_client->answer(granted(3, m_clock.now()));
    QVERIFY(result(done).isObject());

    session().refreshNow();
    const int givenUp = signIn();
    session().cancel();
    pass(1s);
    m_client->answer(granted(4, m_clock.now()));
    QCOMPARE(session().phase(), Phase::Active);
    QVERIFY(error(givenUp).sentence.contains("given up"_L1));
}

void TestMethods::aSignInThatIsRefusedReplacesNone()
{
    signedIn();
    pass(1s);
    const int waiting = signIn();
    QCOMPARE(error(signIn({{u"user"_s, u"somebody"_s}})).reason, Refusal::Usage);
    m_client->answer(granted(2, m_clock.now()));
    QVERIFY(result(waiting).isObject());
}

void TestMethods::aTakenNameIsAUsageError()
{
    signedIn();
    QCOMPARE(error(signIn({{u"user"_s, u"somebody-else"_s}})).reason, Refusal::Usage);
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::aCodeIsAcceptedOrRefused()
{
    signIn();
    m_client->answer(CodeAsked{secret("ticket")});
    const auto submit = [this](const QString &code) {
        return call(u"session.submitCode"_s, {{u"name"_s, u"prod"_s}, {u"code"_s, code}});
    };
    QCOMPARE(error(submit(u"12"_s)).reason, Refusal::Usage);
    const int wrong = submit(u"111111"_s);
    m_client->answer(AuthError{AuthError::Type::CodeRejected, 401, {}, {}});
    QCOMPARE(error(wrong).reason, Refusal::CodeNeeded);
    const int cut = submit(u"222222"_s);
    m_client->answer(AuthError{AuthError::Type::Offline, 0, {}, {}});
    QCOMPARE(error(cut).reason, Refusal::Unreachable);
    const int right = submit(u"3333 3333"_s);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(result(right)["mfa"_L1], QJsonValue(true));
}

void TestMethods::aCodeThatNobodyAskedFor()
{
    signedIn();
    const int number =
        call(u"session.submitCode"_s, {{u"name"_s, u"prod"_s}, {u"code"_s, u"111111"_s}});
    QCOMPARE(error(number).reason, Refusal::Failed);
}

void TestMethods::aCertificateIsTrusted()
{
    signIn();
    m_client->answer(Untrusted{aCertificate()});
    const int number = call(u"session.trust"_s,
        {{u"name"_s, u"prod"_s}, {u"sha256"_s, aCertificate().fingerprint.toText()}});
    QCOMPARE(session().account().pin, aCertificate().fingerprint);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(result(number)["state"_L1].toString(), u"active"_s);
}

void TestMethods::anotherCertificateThanTheOneSeen()
{
    signIn();
    m_client->answer(Untrusted{aCertificate()});
    const auto trust = [this](const QString &sha256) {
        return call(u"session.trust"_s, {{u"name"_s, u"prod"_s}, {u"sha256"_s, sha256}});
    };
    QCOMPARE(error(trust(anotherFingerprint().toText())).reason, Refusal::TrustNeeded);
    QCOMPARE(error(trust(u"nonsense"_s)).reason, Refusal::Usage);
    QCOMPARE(session().phase(), Phase::TrustNeeded);
}

void TestMethods::aCertificateThatNobodyAskedAbout()
{
    signedIn();
    const int number = call(u"session.trust"_s,
        {{u"name"_s, u"prod"_s}, {u"sha256"_s, aCertificate().fingerprint.toText()}});
    QCOMPARE(error(number).reason, Refusal::Failed);
}

void TestMethods::aGoodTokenIsServedAtOnce()
{
    signedIn();
    const QJsonValue token = result(call(u"session.token"_s, {{u"name"_s, u"prod"_s}}));
    QCOMPARE(token["accessToken"_L1].toString(), u"access-1"_s);
    QCOMPARE(token["expiresIn"_L1].toInt(), 3600);
    QCOMPARE(token["server"_L1].toString(), u"https://appliance.test"_s);
    QVERIFY(token["pin"_L1].isNull());
}

void TestMethods::theProxyIsToldToWhoAsksForIt()
{
    signedIn();
    QVERIFY(!result(askForToken()).toObject().contains("proxy"_L1));
    const QJsonValue token =
        result(call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"withProxy"_s, true}}));
    QCOMPARE(token["proxy"_L1].toString(), u"http://user:pass@proxy-of-appliance.test:3128"_s);
}

void TestMethods::theProxysPasswordIsToldToNobodyUncertain()
{
    signedIn();
    m_program.file.reset();
    const QJsonValue token =
        result(call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"withProxy"_s, true}}));
    QCOMPARE(token["proxy"_L1].toString(), u"http://proxy-of-appliance.test:3128"_s);
}

void TestMethods::aGoodTokenIsServedWhileARefreshHangs()
{
    signedIn();
    pass(50min);
    QCOMPARE(session().phase(), Phase::Refreshing);
    QVERIFY(result(call(u"session.token"_s, {{u"name"_s, u"prod"_s}})).isObject());
}

void TestMethods::callersShareOneRefresh()
{
    signedIn();
    session().refreshNow();
    pass(61min);
    QList<int> calls;
    for (int i = 0; i < 64; ++i)
        calls.append(call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"deadline"_s, 60}}));
    QCOMPARE(m_client->grants().size(), 2);
    m_client->answer(granted(2, m_clock.now()));
    for (const int number : std::as_const(calls))
        QCOMPARE(result(number)["accessToken"_L1].toString(), u"access-2"_s);
    QCOMPARE(m_client->mostInFlight(), 1);
}

void TestMethods::aTokenThatEndsTooSoonIsRenewed()
{
    signedIn();
    pass(20min);
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"minValid"_s, 3000}});
    QVERIFY(!isAnswered(number));
    QCOMPARE(session().phase(), Phase::Refreshing);
    m_client->answer(granted(2, m_clock.now()));
    QCOMPARE(result(number)["accessToken"_L1].toString(), u"access-2"_s);
}

void TestMethods::aTokenOfAShortLifeIsGoodForHalfOfIt()
{
    signedIn(20s);
    QVERIFY(result(call(u"session.token"_s, {{u"name"_s, u"prod"_s}})).isObject());
    m_clock.advance(11s);
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}});
    QVERIFY(!isAnswered(number));
    m_client->answer(granted(2, m_clock.now(), 20s));
    QCOMPARE(result(number)["accessToken"_L1].toString(), u"access-2"_s);
}

void TestMethods::moreThanTheApplianceGivesIsRefused()
{
    signedIn();
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"minValid"_s, 7200}});
    QCOMPARE(error(number).reason, Refusal::Usage);
    QVERIFY(error(number).sentence.contains("3600"_L1));
    QVERIFY(!m_client->isAsked());
    const QJsonValue entry = result(call(u"ledger.list"_s, {})).toArray().last();
    QCOMPARE(entry["answer"_L1].toString(), u"usage"_s);
}

void TestMethods::anOutageIsToldAtTheDeadline()
{
    signedIn();
    pass(61min);
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"deadline"_s, 5}});
    m_client->answer(AuthError{AuthError::Type::Offline, 0, {}, {}});
    QVERIFY(!isAnswered(number));
    pass(5s);
    QCOMPARE(error(number).reason, Refusal::Unreachable);
}

void TestMethods::anOutageIsToldAtOnceWhenNoRetryFallsBefore()
{
    signedIn();
    pass(61min);
    m_client->answer(AuthError{AuthError::Type::ServerBusy, 503, 600s, {}});
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"deadline"_s, 5}});
    QCOMPARE(error(number).reason, Refusal::Unreachable);
}

void TestMethods::theBestTokenComesWithTheReason()
{
    signedIn();
    pass(58min);
    m_client->answer(AuthError{AuthError::Type::ServerBusy, 503, {}, {}});
    const QJsonObject wish{
        {u"name"_s, u"prod"_s}, {u"minValid"_s, 300}, {u"deadline"_s, 1}, {u"orBest"_s, true}};
    const int number = call(u"session.token"_s, wish);
    QCOMPARE(error(number).reason, Refusal::Unreachable);
    const QJsonValue best = error(number).more.value("best"_L1);
    QCOMPARE(best["accessToken"_L1].toString(), u"access-1"_s);
    QCOMPARE(best["expiresIn"_L1].toInt(), 120);
    QVERIFY(!best.toObject().contains("proxy"_L1));

    QJsonObject strict = wish;
    strict.remove(u"orBest"_s);
    QVERIFY(!error(call(u"session.token"_s, strict)).more.contains("best"_L1));
}

void TestMethods::whatStandsInTheWayIsTold_data()
{
    QTest::addColumn<int>("stop");
    QTest::addColumn<Refusal>("reason");

    QTest::newRow("signed out") << 0 << Refusal::SignInNeeded;
    QTest::newRow("a code") << 1 << Refusal::CodeNeeded;
    QTest::newRow("a certificate") << 2 << Refusal::TrustNeeded;
}

void TestMethods::whatStandsInTheWayIsTold()
{
    QFETCH(const int, stop);
    QFETCH(const Refusal, reason);
    const TokenAnswer stops[] = {AuthError{AuthError::Type::Rejected, 401, {}, {}},
        CodeAsked{secret("ticket")}, Untrusted{aCertificate()}};
    signIn();
    m_client->answer(stops[stop]);
    for (const QString &method : {u"session.token"_s, u"session.refresh"_s})
        QCOMPARE(error(call(method, {{u"name"_s, u"prod"_s}})).reason, reason);
}

void TestMethods::aLockedKeychainIsDenied()
{
    m_vault->failure = StoreError::Denied;
    m_model->add(anAccount())->restore();
    const int number = call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"deadline"_s, 2}});
    QVERIFY(!isAnswered(number));
    pass(2s);
    QCOMPARE(error(number).reason, Refusal::Denied);
}

void TestMethods::aForgottenSessionAnswersItsCallers()
{
    const int number = signIn();
    m_model->forget(u"prod"_s);
    QTRY_VERIFY(isAnswered(number));
    QVERIFY(error(number).reason == Refusal::SignInNeeded
        || error(number).reason == Refusal::NoSession);
}

void TestMethods::whatCameOfItIsInTheLedger()
{
    signedIn();
    (void)askForToken();
    session().signOut();
    (void)askForToken();
    const QJsonArray entries = result(call(u"ledger.list"_s, {})).toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0]["session"_L1].toString(), u"prod"_s);
    QCOMPARE(entries[0]["program"_L1].toString(), u"/usr/bin/curl"_s);
    QCOMPARE(entries[0]["parents"_L1][0].toString(), u"/usr/bin/bash"_s);
    QCOMPARE(entries[0]["terminal"_L1].toString(), u"/dev/pts/3"_s);
    QCOMPARE(entries[0]["pid"_L1].toInt(), 4711);
    QCOMPARE(entries[0]["answer"_L1].toString(), u"given"_s);
    QCOMPARE(entries[1]["answer"_L1].toString(), u"sign-in-needed"_s);
    QVERIFY(!QJsonDocument(entries).toJson().contains("access-1"));
}

void TestMethods::aTokenMayBeHeldUntilItEnds()
{
    signedIn();
    QCOMPARE(result(askForToken())["holdFor"_L1].toInt(), 3540); // a minute less than it lives
    QVERIFY(m_held.contains(u"prod"_s));
    pass(10min);
    QCOMPARE(result(askForToken())["holdFor"_L1].toInt(), 2940);
}

void TestMethods::aTokenThatWasAllowedOnceIsNotHeld()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    signedIn();
    session().setPolicy(HandOutPolicy::Ask);
    const int asked = askForToken();
    Q_EMIT prompt.decided(Decision::Once);
    QCOMPARE(result(asked)["holdFor"_L1], QJsonValue(0));
    QVERIFY(m_held.isEmpty());
}

void TestMethods::aTokenIsHeldNoLongerThanItIsAllowed()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    signedIn(24h);
    session().setPolicy(HandOutPolicy::Ask);
    const int asked = askForToken();
    Q_EMIT prompt.decided(Decision::OneHour);
    QCOMPARE(result(asked)["holdFor"_L1].toInt(), 3600);
    pass(59min);
    QCOMPARE(result(askForToken())["holdFor"_L1].toInt(), 60);
}

void TestMethods::useOfAHeldTokenIsInTheLedger()
{
    signedIn();
    const QJsonObject use{{u"name"_s, u"prod"_s}, {u"requests"_s, 41}};
    QCOMPARE(error(call(u"session.tokenUsed"_s, use)).reason, Refusal::Usage); // it holds none
    (void)askForToken();
    QCOMPARE(result(call(u"session.tokenUsed"_s, use)), QJsonValue(true));
    QCOMPARE(m_handOuts->ledger.entries().size(), 1);
    QCOMPARE(m_handOuts->ledger.entries().last().requests, 42);
    for (const QJsonValue &requests :
        {QJsonValue(0), QJsonValue(-1), QJsonValue(u"x"_s), QJsonValue(1000001), QJsonValue()}) {
        const int refused =
            call(u"session.tokenUsed"_s, {{u"name"_s, u"prod"_s}, {u"requests"_s, requests}});
        QCOMPARE(error(refused).reason, Refusal::Usage);
    }
}

//! The program may tell of it before it has heard of the new name.
void TestMethods::useOfAHeldTokenFollowsARename()
{
    signedIn();
    (void)askForToken();
    QVERIFY(!m_model->rename(session(), u"prod-eu"_s));
    signIn({{u"server"_s, u"elsewhere.test"_s}});
    QVERIFY(m_model->find(u"prod"_s));
    const QJsonObject use{{u"name"_s, u"prod"_s}, {u"requests"_s, 41}};
    QCOMPARE(result(call(u"session.tokenUsed"_s, use)), QJsonValue(true));
    QCOMPARE(m_handOuts->ledger.entries().last().session, u"prod-eu"_s);
}

void TestMethods::aPolicyKeepsProgramsOut()
{
    signedIn();
    const int set =
        call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, u"never"_s}});
    QCOMPARE(result(set)["policy"_L1].toString(), u"never"_s);
    const int refused = askForToken();
    QCOMPARE(error(refused).reason, Refusal::Denied);
    QVERIFY(error(refused).more.isEmpty());
    QCOMPARE(m_handOuts->ledger.entries().last().answer, HandOut::Denied);

    m_diskError = StoreError::DiskFull;
    const int unsaved =
        call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, u"ask"_s}});
    QCOMPARE(error(unsaved).reason, Refusal::Failed);
    m_diskError.reset();
    session().setPolicy(HandOutPolicy::Never);

    const int nonsense =
        call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, u"sometimes"_s}});
    QCOMPARE(error(nonsense).reason, Refusal::Usage);
    QCOMPARE(session().account().policy, HandOutPolicy::Never);
}

void TestMethods::theAdministratorKeepsProgramsOut()
{
    signedIn();
    m_handOuts->gate.setRule([](const Account &) { return AccountProblem::KindNotAllowed; });
    const int refused = askForToken();
    QCOMPARE(error(refused).reason, Refusal::Denied);
    QCOMPARE(error(refused).sentence, sentenceFor(AccountProblem::KindNotAllowed).english);
    QCOMPARE(m_handOuts->ledger.entries().last().answer, HandOut::Denied);
}

void TestMethods::aBlockedProgramGetsNothingWhateverThePolicy()
{
    signedIn();
    QCOMPARE(result(askForToken())["accessToken"_L1].toString(), u"access-1"_s);
    const QJsonObject curl{{u"program"_s, u"/usr/bin/curl"_s}};
    QCOMPARE(error(call(u"grants.block"_s, {{u"program"_s, u"curl"_s}})).reason, Refusal::Usage);
    QCOMPARE(result(call(u"grants.block"_s, curl)), QJsonValue(true));
    QCOMPARE(result(call(u"grants.list"_s, {}))["blocked"_L1][0].toString(), u"/usr/bin/curl"_s);
    for (int time = 0; time < 3; ++time) {
        const RpcError refused = error(askForToken());
        QCOMPARE(refused.reason, Refusal::Denied);
        QVERIFY(refused.more["blocked"_L1].toBool());
        pass(2min);
    }
    QCOMPARE(m_handOuts->ledger.entries().last().answer, HandOut::Blocked);
    QCOMPARE(m_handOuts->ledger.entries().last().requests, 3);
    QCOMPARE(error(call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}})).reason, Refusal::Denied);

    QCOMPARE(result(call(u"grants.unblock"_s, curl)), QJsonValue(true));
    QCOMPARE(result(call(u"grants.unblock"_s, curl)), QJsonValue(false));
    QCOMPARE(result(askForToken())["accessToken"_L1].toString(), u"access-1"_s);

    m_methods = methods(true); // where a person can be asked, only they may loosen it
    QCOMPARE(result(call(u"grants.block"_s, curl)), QJsonValue(true));
    QCOMPARE(error(call(u"grants.unblock"_s, curl)).reason, Refusal::Denied);
}

void TestMethods::whoIsBlockedWhileItWaitsGetsNothing()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    signedIn();
    for (const HandOutPolicy::Value policy : {HandOutPolicy::Allow, HandOutPolicy::Ask}) {
        session().setPolicy(policy);
        pass(59min + 30s); // the token is about to end
        const int waiting = askForToken();
        if (policy == HandOutPolicy::Ask)
            Q_EMIT prompt.decided(Decision::Once);
        QVERIFY(!isAnswered(waiting));
        QVERIFY(m_handOuts->consent.block(u"/usr/bin/curl"_s));
        QVERIFY(m_client->answer(granted(2, m_clock.now())));
        QVERIFY(error(waiting).more["blocked"_L1].toBool());
        QVERIFY(m_handOuts->consent.unblock(u"/usr/bin/curl"_s));
    }
}

void TestMethods::whatWasAllowedIsListedAndRevoked()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    signedIn();
    session().setPolicy(HandOutPolicy::Ask);
    (void)askForToken();
    Q_EMIT prompt.decided(Decision::OneHour);
    const QJsonValue told = result(call(u"grants.list"_s, {}))["allowed"_L1][0];
    QCOMPARE(told["program"_L1].toString(), u"/usr/bin/curl"_s);
    QCOMPARE(told["session"_L1].toString(), u"prod"_s);
    QCOMPARE(told["allowed"_L1].toString(), u"hour"_s);
    QVERIFY(told["through"_L1].isNull());
    QVERIFY(told["expiresAt"_L1].isString());

    QJsonObject revoke{{u"program"_s, u"/usr/bin/curl"_s}, {u"name"_s, u"test"_s}};
    QCOMPARE(result(call(u"grants.revoke"_s, revoke)).toInt(-1), 0);
    revoke.insert(u"name"_s, u"prod"_s);
    m_program.hasOwnNumbers = true; // people would be asked again and again
    QCOMPARE(error(call(u"grants.revoke"_s, revoke)).reason, Refusal::Denied);
    m_program.hasOwnNumbers = false;
    QCOMPARE(result(call(u"grants.revoke"_s, revoke)).toInt(-1), 1);
    const int asked = askForToken();
    QVERIFY(prompt.shown && !isAnswered(asked));
    QVERIFY(result(call(u"grants.list"_s, {}))["allowed"_L1].toArray().isEmpty());
}

void TestMethods::aPolicyIsToldOnceItIsSealed()
{
    signedIn();
    m_vault->isSlow = true;
    const int number =
        call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, u"never"_s}});
    QVERIFY(session().isAccountSaved());
    QVERIFY(!isAnswered(number));
    QVERIFY(m_vault->answer());
    QVERIFY(result(number).isObject());
}

void TestMethods::aPolicyThatCannotBeSealedSaysWhy()
{
    const QJsonObject never{{u"name"_s, u"prod"_s}, {u"policy"_s, u"never"_s}};
    const QJsonObject ask{{u"name"_s, u"prod"_s}, {u"policy"_s, u"ask"_s}};
    m_vault->failure = StoreError::Unavailable;
    signedIn();
    QVERIFY(result(call(u"session.setPolicy"_s, never)).isObject()); // works with the list alone
    m_vault->recover();
    m_vault->failure = StoreError::DiskFull;
    const int unsealed = call(u"session.setPolicy"_s, ask);
    QCOMPARE(error(unsealed).reason, Refusal::Failed);
    QVERIFY(error(unsealed).sentence.contains("disk is full"_L1));

    m_model->forget(u"prod"_s);
    m_vault->failure = StoreError::Locked;
    m_model->add(anAccount())->restore();
    const int unread = call(u"session.setPolicy"_s, never);
    QVERIFY(!isAnswered(unread));
    pass(10s);
    QCOMPARE(error(unread).reason, Refusal::Failed);
    QVERIFY(error(unread).sentence.contains("holds until Latchkey ends"_L1));
}

void TestMethods::aPersonIsAsked()
{
    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    signedIn();
    session().setPolicy(HandOutPolicy::Ask);
    const int first = askForToken();
    const int second = askForToken();
    QVERIFY(!isAnswered(first));
    QVERIFY(prompt.shown);
    QCOMPARE(prompt.shown->session, u"prod"_s);
    QCOMPARE(prompt.shown->program, m_program);
    Q_EMIT prompt.decided(Decision::Once);
    QCOMPARE(result(first)["accessToken"_L1].toString(), u"access-1"_s);
    QCOMPARE(result(second)["accessToken"_L1].toString(), u"access-1"_s);
    QVERIFY(!prompt.shown);

    const int third = askForToken();
    Q_EMIT prompt.decided(Decision::Deny);
    QCOMPARE(error(third).reason, Refusal::Denied);

    const int again = askForToken(); // immediately after
    QVERIFY(!prompt.shown);
    QCOMPARE(error(again).sentence, error(third).sentence);
    pass(RememberedConsents::denialTime);

    const int late = askForToken();
    QVERIFY(!isAnswered(late));
    pass(10s);
    QCOMPARE(error(late).reason, Refusal::Denied);
    QVERIFY(!prompt.shown);
}

void TestMethods::whoCannotBeNamedIsAskedAboutWhateverThePolicy_data()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("not seen") << Program{4711, {}, {}, {}} << u"cannot see which program"_s;
    Program elsewhere{4711, u"(python3)"_s, {}, {}};
    elsewhere.hasOwnNumbers = true;
    QTest::newRow("numbers of its own") << elsewhere << u"Call latchkeyctl outside"_s;
}

void TestMethods::whoCannotBeNamedIsAskedAboutWhateverThePolicy()
{
    QFETCH(const Program, program);
    QFETCH(const QString, sentence);
    signedIn();
    m_program = {4711, u"(python3)"_s, {}, {}}; // its file was replaced
    QCOMPARE(result(askForToken())["accessToken"_L1].toString(), u"access-1"_s);

    m_program = program;
    const RpcError refused = error(askForToken());
    QCOMPARE(refused.reason, Refusal::Denied);
    QVERIFY(refused.sentence.contains(sentence));
    QCOMPARE(m_handOuts->ledger.entries().last().answer, HandOut::Denied);

    FakeConsentPrompt prompt;
    m_handOuts->consent.setPrompt(&prompt);
    const int asked = askForToken();
    QVERIFY(prompt.shown && prompt.shown->isOnceOnly);
    Q_EMIT prompt.decided(Decision::Once);
    QCOMPARE(result(asked)["accessToken"_L1].toString(), u"access-1"_s);
    QCOMPARE(result(asked)["holdFor"_L1].toInt(-1), 0);
}

void TestMethods::withoutWindowsNobodyIsAsked()
{
    signedIn();
    session().setPolicy(HandOutPolicy::Ask);
    QCOMPARE(error(askForToken()).reason, Refusal::Denied);
}

void TestMethods::aPolicyThatGotStricterMeanwhileCounts_data()
{
    QTest::addColumn<HandOutPolicy::Value>("policy");
    QTest::newRow("ask") << HandOutPolicy::Ask;
    QTest::newRow("never") << HandOutPolicy::Never;
}

void TestMethods::aPolicyThatGotStricterMeanwhileCounts()
{
    QFETCH(const HandOutPolicy::Value, policy);
    askForPermission();
    signedIn();
    pass(2h);
    const int waiting = askForToken();
    QVERIFY(!isAnswered(waiting));
    session().setPolicy(policy);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QCOMPARE(m_prompt.shown.has_value(), policy == HandOutPolicy::Ask);
    if (m_prompt.shown) {
        QVERIFY(!isAnswered(waiting));
        Q_EMIT m_prompt.decided(Decision::Once);
        QCOMPARE(result(waiting)["accessToken"_L1].toString(), u"access-2"_s);
    } else {
        QCOMPARE(error(waiting).reason, Refusal::Denied);
        QVERIFY(error(waiting).more.isEmpty());
    }
    QCOMPARE(m_handOuts->ledger.entries().size(), 1);
}

//! With a token that has lapsed, and a minute left of the hour for which a person has allowed the
//! program.
void TestMethods::allowedForAMinuteMore()
{
    askForPermission();
    signedIn();
    session().setPolicy(HandOutPolicy::Ask);
    askForToken();
    Q_EMIT m_prompt.decided(Decision::OneHour);
    session().refreshNow();
    QVERIFY(m_client->answer(granted(2, m_clock.now(), 10s)));
    pass(59min);
}

void TestMethods::anAllowanceThatEndedMeanwhileIsAskedForAgain()
{
    allowedForAMinuteMore();
    const int waiting = call(
        u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"minValid"_s, 30}, {u"deadline"_s, 600}});
    pass(2min);
    QVERIFY(!isAnswered(waiting));
    QVERIFY(!m_prompt.shown);
    QVERIFY(m_client->answer(granted(3, m_clock.now())));
    QVERIFY(m_prompt.shown);
    QVERIFY(!isAnswered(waiting));
    Q_EMIT m_prompt.decided(Decision::Once);
    QCOMPARE(result(waiting)["accessToken"_L1].toString(), u"access-3"_s);
}

void TestMethods::anErrorIsToldThoughTheAllowanceHasEnded()
{
    allowedForAMinuteMore();
    const int waiting = call(
        u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"minValid"_s, 30}, {u"deadline"_s, 90}});
    QVERIFY(m_client->answer(AuthError{AuthError::Type::Offline, 0, {}, {}}));
    pass(2min);
    QCOMPARE(error(waiting).reason, Refusal::Unreachable);
    QVERIFY(!m_prompt.shown);
}

void TestMethods::whatIsLockedMeanwhileIsNotHandedOut()
{
    signedIn();
    pass(2h);
    const int waiting = askForToken();
    QVERIFY(!isAnswered(waiting));
    m_handOuts->lock.setScreenLocked(true);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QCOMPARE(error(waiting).reason, Refusal::Denied);
    QVERIFY(error(waiting).more.isEmpty());

    m_handOuts->lock.setScreenLocked(false);
    QVERIFY(result(askForToken()).isObject());
}

void TestMethods::aPolicyIsLoosenedOnlyWithoutWindows_data()
{
    QTest::addColumn<bool>("hasWindows");
    QTest::addColumn<HandOutPolicy::Value>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("isDone");
    QTest::newRow("never to allow, windows") << true << HandOutPolicy::Never << u"allow"_s << false;
    QTest::newRow("never to ask, windows") << true << HandOutPolicy::Never << u"ask"_s << false;
    QTest::newRow("ask to allow, windows") << true << HandOutPolicy::Ask << u"allow"_s << false;
    QTest::newRow("the same, windows") << true << HandOutPolicy::Ask << u"ask"_s << true;
    QTest::newRow("ask to never, windows") << true << HandOutPolicy::Ask << u"never"_s << true;
    QTest::newRow("never to allow") << false << HandOutPolicy::Never << u"allow"_s << true;
}

void TestMethods::aPolicyIsLoosenedOnlyWithoutWindows()
{
    QFETCH(const bool, hasWindows);
    QFETCH(const HandOutPolicy::Value, from);
    QFETCH(const QString, to);
    QFETCH(const bool, isDone);
    m_methods = methods(hasWindows);
    signedIn();
    session().setPolicy(from);
    const int number = call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, to}});
    QCOMPARE(result(number).isObject(), isDone);
    QCOMPARE(scriptName(session().account().policy), isDone ? to : scriptName(from));
    if (!isDone)
        QCOMPARE(error(number).reason, Refusal::Denied);
}

//! From here on there are windows.
void TestMethods::askForPermission()
{
    m_methods = methods(true);
    m_handOuts->consent.setPrompt(&m_prompt);
}

void TestMethods::confirmationRows()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<Permission::What>("what");
    QTest::newRow("trust") << u"session.trust"_s << Permission::Trust;
    QTest::newRow("sign out") << u"session.signOut"_s << Permission::SignOut;
    QTest::newRow("forget") << u"session.forget"_s << Permission::Forget;
    QTest::newRow("rename") << u"session.rename"_s << Permission::Rename;
}

//! Calls the method in a state in which it would have an effect.
int TestMethods::askToConfirm(const QString &method)
{
    signedIn();
    QJsonObject params = prod();
    if (method == "session.trust"_L1) {
        session().refreshNow();
        m_client->answer(Untrusted{aCertificate()});
        params.insert(u"sha256"_s, aCertificate().fingerprint.toText());
    }
    if (method == "session.rename"_L1)
        params.insert(u"newName"_s, u"prod-eu"_s);
    return call(method, params);
}

void TestMethods::withWindowsAPersonConfirms_data()
{
    confirmationRows();
}

void TestMethods::withWindowsAPersonConfirms()
{
    QFETCH(const QString, method);
    QFETCH(const Permission::What, what);
    askForPermission();
    const auto hasHappened = [this] {
        return !m_model->find(u"prod"_s) || session().phase() == Phase::SignedOut
            || !session().account().pin.isEmpty();
    };
    const int denied = askToConfirm(method);
    QVERIFY(!isAnswered(denied) && !hasHappened());
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, what);
    QCOMPARE(m_prompt.shown->session, u"prod"_s);
    QCOMPARE(m_prompt.shown->program, m_program);
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(denied).reason, Refusal::Denied);

    const int again = askToConfirm(method); // immediately after
    QVERIFY(!m_prompt.shown);
    QCOMPARE(error(again).sentence, error(denied).sentence);
    m_clock.advance(RememberedConsents::denialTime);

    const int late = askToConfirm(method);
    pass(30s);
    QCOMPARE(error(late).reason, Refusal::Denied);
    QVERIFY(!m_prompt.shown && !hasHappened());

    const int locked = askToConfirm(method);
    m_handOuts->lock.setScreenLocked(true);
    QCOMPARE(error(locked).reason, Refusal::Denied);
    m_handOuts->lock.setScreenLocked(false);
    QVERIFY(!hasHappened());

    askToConfirm(method);
    Q_EMIT m_prompt.decided(Decision::Once);
    QVERIFY(hasHappened());
}

void TestMethods::withoutWindowsNothingIsConfirmed_data()
{
    confirmationRows();
}

void TestMethods::withoutWindowsNothingIsConfirmed()
{
    QFETCH(const QString, method);
    const int number = askToConfirm(method);
    QVERIFY(error(number).reason != Refusal::Denied);
    QVERIFY(!m_model->find(u"prod"_s) || session().phase() == Phase::SignedOut
        || session().account().pin == aCertificate().fingerprint);
}

void TestMethods::withoutWindowsWhoCannotBeNamedDoesNothingOfThis_data()
{
    whoCannotBeNamedIsAskedAboutWhateverThePolicy_data();
}

void TestMethods::withoutWindowsWhoCannotBeNamedDoesNothingOfThis()
{
    QFETCH(const Program, program);
    QFETCH(const QString, sentence);
    signedIn();
    m_program = program;
    for (const QString &method :
        {u"session.signOut"_s, u"session.forget"_s, u"session.rename"_s, u"session.trust"_s}) {
        pass(1min); // or there would be too many sign-ins
        const RpcError refused = error(askToConfirm(method));
        QVERIFY2(refused.sentence.contains(sentence), qPrintable(method));
        QCOMPARE(refused.reason, Refusal::Denied);
    }
    QCOMPARE(session().phase(), Phase::TrustNeeded);

    const auto setPolicy = [this](const QString &policy) {
        return call(u"session.setPolicy"_s, {{u"name"_s, u"prod"_s}, {u"policy"_s, policy}});
    };
    QVERIFY(result(setPolicy(u"ask"_s)).isObject()); // stricter
    QVERIFY(error(setPolicy(u"allow"_s)).sentence.contains(sentence));
    QCOMPARE(session().account().policy, HandOutPolicy::Ask);
    const Secret sealed = m_vault->content;

    m_model->forget(u"prod"_s);
    const int elsewhere = signIn({{u"server"_s, u"elsewhere.test"_s}});
    QVERIFY(error(elsewhere).sentence.contains(sentence));
    QVERIFY(!m_model->find(u"prod"_s));

    m_client->answerLogOut();
    m_vault->content = sealed;
    m_vault->failure = StoreError::Locked;
    m_model->add(anAccount())->restore(); // with `allow`, by the list
    setPolicy(u"allow"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_vault->recover();
    QCOMPARE(session().account().policy, HandOutPolicy::Ask);
}

void TestMethods::nobodyConfirmsBehindALockedScreen()
{
    askForPermission();
    m_handOuts->lock.setScreenLocked(true);
    QCOMPARE(error(askToConfirm(u"session.forget"_s)).reason, Refusal::Denied);
    QVERIFY(!m_prompt.shown);
    m_handOuts->lock.setScreenLocked(false);
    m_handOuts->consent.setPrompt(nullptr); // the windows are going
    QCOMPARE(error(call(u"session.forget"_s, prod())).reason, Refusal::Denied);
    QVERIFY(m_model->find(u"prod"_s));
}

void TestMethods::whatAPersonConfirmedMayBeGoneByThen()
{
    askForPermission();
    const int forgotten = askToConfirm(u"session.signOut"_s);
    m_model->forget(u"prod"_s);
    Q_EMIT m_prompt.decided(Decision::Once);
    QCOMPARE(error(forgotten).reason, Refusal::NoSession);

    const int other = askToConfirm(u"session.trust"_s);
    session().signOut();
    Q_EMIT m_prompt.decided(Decision::Once);
    QCOMPARE(error(other).reason, Refusal::Failed);
    QVERIFY(session().account().pin.isEmpty());
}

//! A program that asks for another account while a person signs in must not redirect the sign-in.
void TestMethods::aSignInUnderWayIsMovedByAPersonOnly()
{
    askForPermission();
    signIn();
    const auto sent = m_client->grants().size();
    const int moved = signIn({{u"server"_s, u"elsewhere.test"_s}});
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, Permission::OtherAccount);
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(moved).reason, Refusal::Denied);
    QCOMPARE(m_client->grants().size(), sent);
    QCOMPARE(session().account().server.host(), anAccount().server.host());
}

//! The session would ask a person for a password later on.
void TestMethods::whoIsUncertainAddsSessionsOnlyWithAYes()
{
    askForPermission();
    m_program.file.reset();
    const int refused = signIn();
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, Permission::SignIn);
    QCOMPARE(m_prompt.shown->permission.login.server, u"https://appliance.test"_s);
    QCOMPARE(m_prompt.shown->permission.login.user, anAccount().user);
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(refused).reason, Refusal::Denied);
    QVERIFY(!m_model->find(u"prod"_s));

    pass(RememberedConsents::denialTime);
    const int allowed = signIn();
    Q_EMIT m_prompt.decided(Decision::Once);
    QVERIFY(m_client->answer(granted(1, m_clock.now())));
    QVERIFY(result(allowed).isObject());
    signIn(); // by now, the name is known
    QVERIFY(!m_prompt.shown);
}

void TestMethods::withoutWindowsASandboxAddsNoSession()
{
    m_program.file.reset();
    m_program.hasOwnNumbers = true;
    QCOMPARE(error(signIn()).reason, Refusal::Denied);
    QVERIFY(!m_model->find(u"prod"_s));
    const Program sandboxed = std::exchange(m_program, aProgram());
    signedIn();
    m_model->forget(u"prod"_s); // it is still known
    m_program = sandboxed;
    QCOMPARE(error(signIn()).reason, Refusal::Denied);
    QVERIFY(!m_model->find(u"prod"_s));
}

//! An answer holds only for what was asked: giving the name to another appliance is a new question.
void TestMethods::whatBeganMeanwhileIsAskedAboutAnew()
{
    askForPermission();
    const int number =
        signIn({{u"server"_s, u"elsewhere.test"_s}, {u"trust"_s, anotherFingerprint().toText()}});
    QCOMPARE(m_prompt.shown->permission.what, Permission::Trust);
    static_cast<void>(m_model->signIn(anAccount(), secret("a person's")));
    Q_EMIT m_prompt.decided(Decision::Once);
    QVERIFY(!isAnswered(number));
    QCOMPARE(m_prompt.shown->permission.what, Permission::OtherAccount);
    QCOMPARE(session().account().server, anAccount().server);
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(number).reason, Refusal::Denied);
    QCOMPARE(session().account().server, anAccount().server);
}

//! The list of accounts was edited to have another pin than the sealed one. What a program said
//! about trust under the edited pin no longer counts.
void TestMethods::whatWasJudgedBesideAnotherPinIsNotTrusted()
{
    signedIn();
    Certificate own = aCertificate();
    own.fingerprint = anotherFingerprint();
    session().refreshNow();
    m_client->answer(Untrusted{own});
    session().trust(own.fingerprint);
    m_client->answer(granted(2, m_clock.now()));
    const Secret sealed = m_vault->content;
    m_model->forget(u"prod"_s);
    m_client->answerLogOut();

    askForPermission();
    m_vault->content = sealed;
    m_vault->isSlow = true;
    Account edited = anAccount();
    edited.pin = aCertificate().fingerprint;
    m_model->add(edited)->restore();
    const int early = signIn({{u"trust"_s, aCertificate().fingerprint.toText()}});
    QVERIFY(!m_prompt.shown);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    QVERIFY(m_vault->answer());
    QCOMPARE(session().account().pin, own.fingerprint);
    const int late = signIn();
    QVERIFY(error(early).sentence.contains("taken the place"_L1));
    m_client->answer(Untrusted{aCertificate()});
    QCOMPARE(session().account().pin, own.fingerprint);
    QCOMPARE(error(late).reason, Refusal::TrustNeeded);
}

//! The person was told which certificate was trusted before; meanwhile the keychain has opened and
//! the record says otherwise.
void TestMethods::anAnswerBesideAnotherPinIsAskedAgain()
{
    signedIn();
    askForPermission();
    const Secret sealed = m_vault->content;
    m_model->forget(u"prod"_s);
    m_client->answerLogOut();
    m_vault->content = sealed;
    m_vault->failure = StoreError::Locked;
    Account edited = anAccount();
    edited.pin = anotherFingerprint();
    m_model->add(edited)->restore();
    signIn();
    m_client->answer(Untrusted{aCertificate()});
    QJsonObject params = prod();
    params.insert(u"sha256"_s, aCertificate().fingerprint.toText());
    const int number = call(u"session.trust"_s, params);
    QCOMPARE(m_prompt.shown->permission.trustedBefore, edited.pin.toText());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"stood otherwise in the list"_s));
    m_vault->recover();
    m_client->answer(Untrusted{aCertificate()});
    Q_EMIT m_prompt.decided(Decision::Once);
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.trustedBefore, QString());
    QCOMPARE(session().phase(), Phase::TrustNeeded);
    Q_EMIT m_prompt.decided(Decision::Once);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QVERIFY(isAnswered(number));
    QCOMPARE(session().account().pin, aCertificate().fingerprint);
}

//! A question that the window asks a person cannot be answered by a program.
void TestMethods::anOpenTrustQuestionIsAPersons()
{
    askForPermission();
    signIn();
    m_client->answer(Untrusted{aCertificate()});
    QCOMPARE(session().phase(), Phase::TrustNeeded);
    const int number = signIn({{u"trust"_s, aCertificate().fingerprint.toText()}});
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, Permission::Trust);
    QCOMPARE(session().phase(), Phase::TrustNeeded);
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(number).reason, Refusal::Denied);
    QVERIFY(session().account().pin.isEmpty());
}

void TestMethods::aKnownNameAtAnotherApplianceIsConfirmed_data()
{
    QTest::addColumn<QJsonObject>("account");
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("the same") << QJsonObject{} << false;
    QTest::newRow("another appliance") << QJsonObject{{u"server"_s, u"elsewhere.test"_s}} << true;
    QTest::newRow("another user") << QJsonObject{{u"user"_s, u"somebody"_s}} << true;
    QTest::newRow("another name") << QJsonObject{{u"name"_s, u"test"_s},
        {u"server"_s, u"elsewhere.test"_s}}
                                  << false;
}

// This holds for a forgotten name, too, and its policy is still there.
void TestMethods::aKnownNameAtAnotherApplianceIsConfirmed()
{
    QFETCH(const QJsonObject, account);
    QFETCH(const bool, isAsked);
    askForPermission();
    signedIn();
    session().setPolicy(HandOutPolicy::Never);
    m_model->forget(u"prod"_s);
    const QString name = account.value("name"_L1).toString(u"prod"_s);
    const int first = signIn(account);
    QCOMPARE(m_prompt.shown.has_value(), isAsked);
    QCOMPARE(m_model->find(name) != nullptr, !isAsked);
    if (isAsked) {
        QCOMPARE(m_prompt.shown->permission.what, Permission::OtherAccount);
        Q_EMIT m_prompt.decided(Decision::Deny);
        QCOMPARE(error(first).reason, Refusal::Denied);
        QVERIFY(!m_model->find(name));
        QCOMPARE(error(signIn(account)).reason, Refusal::Denied);
        pass(RememberedConsents::denialTime);
        signIn(account);
        Q_EMIT m_prompt.decided(Decision::Once);
    }
    QVERIFY(m_client->answer(granted(1, m_clock.now())));
    const Account &now = m_model->find(name)->account();
    QCOMPARE(now.policy, name == u"prod"_s ? HandOutPolicy::Never : HandOutPolicy::Allow);
}

//! A person can judge the new one only beside the old one.
void TestMethods::aQuestionAboutANameTellsBothAccounts()
{
    askForPermission();
    signedIn();
    m_model->forget(u"prod"_s);
    signIn({{u"server"_s, u"elsewhere.test"_s}, {u"user"_s, u"somebody"_s},
        {u"trust"_s, anotherFingerprint().toText()}});
    const Permission &asked = m_prompt.shown->permission;
    const QString kind = shippedKinds().find(u"azure"_s)->name;
    const Permission::Login before{u"https://appliance.test"_s, u"operator"_s, kind};
    const Permission::Login now{u"https://elsewhere.test"_s, u"somebody"_s, kind};
    QCOMPARE(asked.loginBefore, before);
    QCOMPARE(asked.login, now);
    QCOMPARE(asked.sha256, anotherFingerprint().toText());
    QVERIFY(asked.trustedBefore.isEmpty());
}

void TestMethods::anotherPinIsConfirmed()
{
    askForPermission();
    const QJsonObject trust{{u"trust"_s, aCertificate().fingerprint.toText()}};
    const int denied = signIn(trust);
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, Permission::Trust);
    QVERIFY(m_prompt.shown->permission.trustedBefore.isEmpty());
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(denied).reason, Refusal::Denied);
    QVERIFY(!m_model->find(u"prod"_s));
    QCOMPARE(error(signIn(trust)).reason, Refusal::Denied);
    pass(RememberedConsents::denialTime);
    signIn(trust);
    Q_EMIT m_prompt.decided(Decision::Once);
    m_client->answer(granted(1, m_clock.now()));
    QCOMPARE(session().account().pin, aCertificate().fingerprint);
    signIn(trust);
    QVERIFY(!m_prompt.shown);
    m_client->answer(granted(2, m_clock.now()));

    const auto sent = m_client->grants().size();
    const int other = signIn({{u"trust"_s, anotherFingerprint().toText()}});
    QVERIFY(m_prompt.shown);
    QCOMPARE(m_prompt.shown->permission.what, Permission::Trust);
    QCOMPARE(m_prompt.shown->permission.sha256, anotherFingerprint().toText());
    QCOMPARE(m_prompt.shown->permission.trustedBefore, aCertificate().fingerprint.toText());
    Q_EMIT m_prompt.decided(Decision::Deny);
    QCOMPARE(error(other).reason, Refusal::Denied);
    QCOMPARE(m_client->grants().size(), sent);
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::withWindowsProgramsRenewOnlySoOften()
{
    askForPermission();
    signedIn();
    const QJsonObject wish{{u"name"_s, u"prod"_s}, {u"minValid"_s, 3599}, {u"orBest"_s, true}};
    int renewals = 0;
    int last = 0;
    for (int i = 0; i < 31; ++i) {
        m_clock.advance(1001ms);
        last = i % 2 ? call(u"session.refresh"_s, prod()) : call(u"session.token"_s, wish);
        renewals += m_client->answer(granted(i, m_clock.now()));
    }
    QCOMPARE(renewals, RateLimit::burst + 31 / 6);
    m_clock.advance(1001ms);
    last = call(u"session.token"_s, wish);
    QCOMPARE(error(last).reason, Refusal::Failed);
    QVERIFY(error(last).sentence.contains("Try again in"_L1));
    QVERIFY(error(last).more.contains("best"_L1));
    QVERIFY(result(askForToken()).isObject());

    m_methods = methods(false);
    call(u"session.refresh"_s, prod());
    QVERIFY(m_client->answer(granted(99, m_clock.now())));
}

void TestMethods::aSandboxKeepsNobodyElseFromRenewing()
{
    askForPermission();
    signedIn();
    const Program known = m_program;
    m_program.file.reset();
    m_program.hasOwnNumbers = true;
    for (int i = 0; i < RateLimit::burst; ++i) {
        call(u"session.refresh"_s, prod());
        QVERIFY(m_client->answer(granted(i, m_clock.now())));
    }
    QCOMPARE(error(call(u"session.refresh"_s, prod())).reason, Refusal::Failed);
    m_program = known;
    call(u"session.refresh"_s, prod());
    QVERIFY(m_client->answer(granted(98, m_clock.now())));
}

// A failed sign-in leaves the session as it was, but makes it refresh.
void TestMethods::wrongSignInsAreCountedAsRenewals()
{
    askForPermission();
    signedIn();
    for (int i = 0; i < RateLimit::burst; ++i) {
        signIn();
        QVERIFY(m_client->answer(AuthError{AuthError::Type::Rejected, 400, {}, {}}));
        pass(5s);
        QVERIFY(m_client->answer(granted(i, m_clock.now())));
        m_clock.advance(1ms);
    }
    RpcError refused;
    for (int i = 0; i < RateLimit::burst && refused.sentence.isEmpty(); ++i)
        refused = error(signIn({{u"name"_s, u" prod"_s}})); // the same name to the engine
    QCOMPARE(refused.reason, Refusal::Failed);
    QVERIFY(refused.sentence.contains("Try again in"_L1));
}

// They have nothing renewed, and would use up what others may.
void TestMethods::signInsThatAreRefusedAreNotCounted()
{
    askForPermission();
    signedIn();
    for (int i = 0; i <= RateLimit::burst; ++i)
        QCOMPARE(error(signIn({{u"user"_s, u"somebody"_s}})).reason, Refusal::Usage);
    call(u"session.refresh"_s, prod());
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
}

void TestMethods::signInsAreCountedDuringARenewal()
{
    askForPermission();
    signedIn();
    session().refreshNow();
    QCOMPARE(session().phase(), Phase::Refreshing);
    for (int i = 0; i < RateLimit::burst; ++i)
        signIn();
    QVERIFY(error(signIn()).sentence.contains("Try again in"_L1));
}

void TestMethods::aRenewalThatIsDueIsFree()
{
    askForPermission();
    signedIn(20s);
    for (int i = 0; i < 3 * RateLimit::burst; ++i) {
        m_clock.advance(11s);
        const int number = i % 2 ? call(u"session.refresh"_s, prod()) : askForToken();
        QVERIFY(m_client->answer(granted(i, m_clock.now(), 20s)));
        QVERIFY(result(number).isObject());
    }
}

void TestMethods::withoutWindowsWhoCannotBeNamedRenewsOnlySoOften_data()
{
    QTest::addColumn<Program>("program");
    Program isolated = inWords(aProgram());
    isolated.hasOwnNumbers = true;
    QTest::newRow("in a container") << isolated;
    QTest::newRow("unseen") << Program{4711, {}, {}, {}};
}

void TestMethods::withoutWindowsWhoCannotBeNamedRenewsOnlySoOften()
{
    QFETCH(const Program, program);
    signedIn();
    m_program = program;
    for (int i = 0; i <= RateLimit::burst - 5; ++i) {
        m_clock.advance(1ms);
        i > 0 ? call(u"session.refresh"_s, prod()) : signIn(); // which counts as five
        QVERIFY(m_client->answer(granted(i, m_clock.now())));
    }
    QVERIFY(error(call(u"session.refresh"_s, prod())).sentence.contains("Try again in"_L1));
    QVERIFY(error(signIn()).sentence.contains("Try again in"_L1));
    QCOMPARE(session().phase(), Phase::Active);
    m_program = aProgram();
    call(u"session.refresh"_s, prod());
    QVERIFY(m_client->answer(granted(99, m_clock.now())));
}

void TestMethods::refreshBringsNewTokens()
{
    signedIn();
    const int number = call(u"session.refresh"_s, {{u"name"_s, u"prod"_s}});
    QVERIFY(!isAnswered(number));
    pass(1s);
    m_client->answer(granted(2, m_clock.now()));
    QCOMPARE(result(number)["access"_L1]["expiresIn"_L1].toInt(), 3600);

    const int failing = call(u"session.refresh"_s, {{u"name"_s, u"prod"_s}});
    m_client->answer(AuthError{AuthError::Type::Timeout, 0, {}, {}});
    QCOMPARE(error(failing).reason, Refusal::Unreachable);

    const int ending = call(u"session.refresh"_s, {{u"name"_s, u"prod"_s}});
    m_client->answer(AuthError{AuthError::Type::Expired, 401, {}, {}});
    QCOMPARE(error(ending).reason, Refusal::SignInNeeded);
}

void TestMethods::startAgain()
{
    const Secret sealed = m_vault->content;
    m_model->forget(u"prod"_s);
    m_client->answerLogOut();
    m_vault->content = sealed;
    m_vault->isSlow = true;
    m_model->add(anAccount())->restore();
    QCOMPARE(session().phase(), Phase::Restoring);
}

void TestMethods::readVault()
{
    while (session().phase() == Phase::Restoring)
        QVERIFY(m_vault->answer());
}

void TestMethods::refreshComesAfterTheVault()
{
    signedIn();
    startAgain();
    const int number = call(u"session.refresh"_s, prod());
    readVault();
    QCOMPARE(session().phase(), Phase::Refreshing);
    QVERIFY(!isAnswered(number));
    pass(1s);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QVERIFY(m_vault->answer());
    QCOMPARE(result(number)["access"_L1]["expiresIn"_L1].toInt(), 3600);
}

void TestMethods::refreshAfterTheVaultMayBeRefused()
{
    askForPermission();
    signedIn();
    for (int i = 0; i < RateLimit::burst; ++i) {
        call(u"session.refresh"_s, prod());
        QVERIFY(m_client->answer(granted(i, m_clock.now())));
    }
    startAgain();
    const int number = call(u"session.refresh"_s, prod());
    readVault();
    QVERIFY(error(number).sentence.contains("Try again in"_L1));
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::aRenewalThatIsDueAfterTheVaultIsEnough()
{
    signedIn();
    startAgain();
    m_clock.advance(2h);
    const int number = call(u"session.refresh"_s, prod());
    readVault();
    QCOMPARE(session().phase(), Phase::Refreshing);
    QVERIFY(m_client->answer(granted(2, m_clock.now())));
    QVERIFY(m_vault->answer());
    QVERIFY(result(number).isObject());
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::refreshWithoutARefreshToken()
{
    signIn();
    Granted bare = granted(1, m_clock.now());
    bare.reply.refreshToken = {};
    m_client->answer(bare);
    QCOMPARE(
        error(call(u"session.refresh"_s, {{u"name"_s, u"prod"_s}})).reason, Refusal::SignInNeeded);
    pass(30min);
    QCOMPARE(
        error(call(u"session.token"_s, {{u"name"_s, u"prod"_s}, {u"minValid"_s, 3000}})).reason,
        Refusal::SignInNeeded);
    QCOMPARE(session().phase(), Phase::Active);
}

void TestMethods::signOutIsDoneWhenTheApplianceHasAnswered()
{
    signedIn();
    const int number = call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}});
    QCOMPARE(session().phase(), Phase::SignedOut);
    QCOMPARE(m_client->logOuts().size(), 1);
    QVERIFY(!isAnswered(number));
    m_client->answerLogOut();
    QCOMPARE(result(number)["state"_L1].toString(), u"signed-out"_s);
    QVERIFY(!result(number).toObject().contains("notice"_L1));
    QVERIFY(isAnswered(call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}}))); // nothing to say
}

void TestMethods::signOutThatIsNotHeardIsSaid()
{
    signedIn();
    const int slow = call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}, {u"deadline"_s, 3}});
    pass(3s);
    QCOMPARE(result(slow)["notice"_L1].toString(), sentenceForUnheardSignOut().english);
    m_client->answerLogOut();

    signedIn();
    const int unheard = call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}});
    m_client->answerLogOut(false);
    QCOMPARE(result(unheard)["notice"_L1].toString(), sentenceForUnheardSignOut().english);

    signedIn();
    m_vault->failure = StoreError::NotWritable;
    const int unforgotten = call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}});
    m_client->answerLogOut();
    QCOMPARE(result(unforgotten)["notice"_L1].toString(), sentenceForUnforgotten().english);
}

void TestMethods::signOutThatTheApplianceIsNotToldOfIsSaid()
{
    signedIn();
    pass(61min);
    const int lapsed = call(u"session.signOut"_s, {{u"name"_s, u"prod"_s}});
    QCOMPARE(m_client->logOuts().size(), 0);
    QCOMPARE(result(lapsed)["notice"_L1].toString(), sentenceForUnheardSignOut().english);
}

void TestMethods::forgetIsDoneWhenTheApplianceHasAnswered()
{
    signedIn();
    const int number = call(u"session.forget"_s, {{u"name"_s, u"prod"_s}});
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!isAnswered(number));
    m_client->answerLogOut();
    QVERIFY(result(number).isObject());
}

//! In its place in the vault and in the list, whichever is later.
void TestMethods::renameIsDoneWhenItIsSealed()
{
    signedIn();
    m_vault->isSlow = true;
    const int number =
        call(u"session.rename"_s, {{u"name"_s, u"prod"_s}, {u"newName"_s, u" prod-eu "_s}});
    QVERIFY(!isAnswered(number));
    QVERIFY(m_vault->answer());
    QCOMPARE(result(number)["name"_L1].toString(), u"prod-eu"_s);
    QCOMPARE(error(call(u"session.token"_s, prod())).reason, Refusal::NoSession);
    m_vault->isSlow = false;
    const int token = call(u"session.token"_s, {{u"name"_s, u"prod-eu"_s}});
    QVERIFY(result(token)["accessToken"_L1].isString());
}

void TestMethods::renameIsRefusedWithAReason()
{
    signedIn();
    const auto refusal = [this](const QString &name) {
        return error(call(u"session.rename"_s, {{u"name"_s, u"prod"_s}, {u"newName"_s, name}}));
    };
    QCOMPARE(refusal(u"prod eu"_s).reason, Refusal::Usage);
    QCOMPARE(error(call(u"session.rename"_s, prod())).reason, Refusal::Usage);
    session().signIn(secret("password"), false);
    QCOMPARE(refusal(u"prod-eu"_s).reason, Refusal::Failed);
    QVERIFY(m_model->find(u"prod"_s));
}

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
