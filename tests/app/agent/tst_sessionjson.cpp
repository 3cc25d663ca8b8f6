// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/sessionjson.h"

#include "support/fakeclock.h"
#include "support/foreigntongue.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSessionJson final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aSignedOutSessionHasNulls_data();
    void aSignedOutSessionHasNulls();
    void aSignedOutSessionHasNoTimesOfTheAppliance();
    void anActiveSessionTellsAll();
    void aReasonTellsKindTextStatusAndTime();
    void vaultTroubleIsAReasonWhenNothingElseIs();
    void thePinIsTold();
    void aCertificateInQuestionIsTold();
    void historyTellsWhatHappened();
    void aHandOutHasTheAccessTokenAndWhereItGoes();

private:
    const ForeignTongue m_language; // programs are told in English
};

namespace {

SessionSnapshot signedOut()
{
    SessionSnapshot snapshot;
    snapshot.account = anAccount();
    snapshot.takenAt = FakeClock::start;
    return snapshot;
}

} // namespace

void TestSessionJson::aSignedOutSessionHasNulls_data()
{
    QTest::addColumn<QString>("member");
    for (const QString &member : {u"reason"_s, u"role"_s, u"userType"_s, u"userId"_s, u"mfa"_s,
             u"latestNewsShown"_s, u"tokenType"_s, u"access"_s, u"refresh"_s, u"nextRefreshAt"_s,
             u"clockOffset"_s, u"pin"_s, u"certificate"_s})
        QTest::newRow(qPrintable(member)) << member;
}

void TestSessionJson::aSignedOutSessionHasNulls()
{
    QFETCH(const QString, member);
    const QJsonObject json = jsonFrom(signedOut());
    QVERIFY(json.contains(member));
    QVERIFY(json.value(member).isNull());
    QCOMPARE(json.value("state"_L1).toString(), u"signed-out"_s);
    QCOMPARE(json.value("name"_L1).toString(), u"prod"_s);
    QCOMPARE(json.value("persisted"_L1), QJsonValue(false));
}

void TestSessionJson::aSignedOutSessionHasNoTimesOfTheAppliance()
{
    const QJsonObject nulls{{u"issuedAt"_s, QJsonValue::Null}, {u"expiresAt"_s, QJsonValue::Null}};
    QCOMPARE(jsonFrom(signedOut()).value("appliance"_L1).toObject(), nulls);
}

void TestSessionJson::anActiveSessionTellsAll()
{
    SessionSnapshot s = signedOut();
    s.phase = Phase::Active;
    s.identity =
        Identity{u"id-1"_s, u"operator"_s, u"PortalAdmin"_s, u"Internal"_s, true, true, false};
    s.grantedAt = FakeClock::start;
    s.accessEnd = FakeClock::start + 3599s + 900ms;
    s.tokenType = u"bearer"_s;
    s.issued = FakeClock::start - 75s;
    s.expires = *s.issued + 1h;
    s.hasRefreshToken = true;
    s.refreshEnd = FakeClock::start + 24h * 14;
    s.nextRefreshAt = FakeClock::start + 45min;
    s.clockOffset = -75s;
    s.isPersisted = true;

    const QJsonObject json = jsonFrom(s);
    QCOMPARE(json.value("server"_L1).toString(), u"https://appliance.test"_s);
    QCOMPARE(json.value("kind"_L1).toString(), u"azure"_s);
    QCOMPARE(json.value("user"_L1).toString(), anAccount().user);
    QCOMPARE(json.value("user"_L1).toString(), u"operator"_s);
    QCOMPARE(json.value("role"_L1).toString(), u"PortalAdmin"_s);
    QCOMPARE(json.value("userType"_L1).toString(), u"Internal"_s);
    QCOMPARE(json.value("userId"_L1).toString(), u"id-1"_s);
    QCOMPARE(json.value("mfa"_L1), QJsonValue(true));
    QCOMPARE(json.value("shortLived"_L1), QJsonValue(true));
    QCOMPARE(json.value("latestNewsShown"_L1), QJsonValue(false));
    QCOMPARE(json.value("tokenType"_L1).toString(), u"bearer"_s);
    QCOMPARE(json.value("appliance"_L1)["issuedAt"_L1].toString(), u"2026-01-02T03:02:50Z"_s);
    QCOMPARE(json.value("appliance"_L1)["expiresAt"_L1].toString(), u"2026-01-02T04:02:50Z"_s);
    QCOMPARE(json.value("access"_L1)["expiresAt"_L1].toString(), u"2026-01-02T04:04:04Z"_s);
    QCOMPARE(json.value("access"_L1)["expiresIn"_L1].toInt(), 3599);
    QCOMPARE(json.value("refresh"_L1)["expiresAt"_L1].toString(), u"2026-01-16T03:04:05Z"_s);
    QCOMPARE(json.value("nextRefreshAt"_L1).toString(), u"2026-01-02T03:49:05Z"_s);
    QCOMPARE(json.value("clockOffset"_L1).toInt(), -75);
    QCOMPARE(json.value("persisted"_L1), QJsonValue(true));
}

void TestSessionJson::aReasonTellsKindTextStatusAndTime()
{
    SessionSnapshot s = signedOut();
    s.reason = AuthError{AuthError::Type::Expired, 401, {}, u"for the log"_s};
    s.reasonAt = FakeClock::start;
    const QJsonObject reason = jsonFrom(s).value("reason"_L1).toObject();
    QCOMPARE(reason.value("kind"_L1).toString(), u"expired"_s);
    QCOMPARE(
        reason.value("text"_L1).toString(), u"The appliance ended the session. Sign in again."_s);
    QCOMPARE(reason.value("httpStatus"_L1).toInt(), 401);
    QCOMPARE(reason.value("at"_L1).toString(), u"2026-01-02T03:04:05Z"_s);

    s.reason->httpStatus = 0;
    QVERIFY(jsonFrom(s).value("reason"_L1)["httpStatus"_L1].isNull());
}

void TestSessionJson::vaultTroubleIsAReasonWhenNothingElseIs()
{
    SessionSnapshot s = signedOut();
    s.storeError = StoreError::Unavailable;
    QCOMPARE(jsonFrom(s).value("reason"_L1)["kind"_L1].toString(), u"store-unavailable"_s);
    s.reason = AuthError{AuthError::Type::Timeout, 0, {}, {}};
    QCOMPARE(jsonFrom(s).value("reason"_L1)["kind"_L1].toString(), u"timeout"_s);
}

void TestSessionJson::thePinIsTold()
{
    SessionSnapshot s = signedOut();
    s.account.pin = anotherFingerprint();
    QCOMPARE(jsonFrom(s).value("pin"_L1).toString(), anotherFingerprint().toText());
}

void TestSessionJson::aCertificateInQuestionIsTold()
{
    SessionSnapshot s = signedOut();
    s.certificate = aCertificate();
    s.account.pin = anotherFingerprint();
    const QJsonObject certificate = jsonFrom(s).value("certificate"_L1).toObject();
    QCOMPARE(certificate.value("sha256"_L1).toString(), aCertificate().fingerprint.toText());
    QCOMPARE(certificate.value("pinned"_L1).toString(), anotherFingerprint().toText());
}

void TestSessionJson::historyTellsWhatHappened()
{
    SessionSnapshot s = signedOut();
    const QUuid request(u"{01234567-89ab-cdef-0123-456789abcdef}"_s);
    s.history = {{FakeClock::start, Phase::Refreshing, Cause::Due},
        {FakeClock::start + 2s, Phase::Waiting, Cause::Failed, AuthError::Type::ServerBusy, 503,
            true, {request, u"Maintenance"_s, FakeClock::start - 60s}}};
    QVERIFY(!jsonFrom(s).contains("history"_L1)); // it is not part of every notification
    const QJsonArray history = jsonWithHistoryFrom(s).value("history"_L1).toArray();
    QCOMPARE(history.size(), 2);
    const QJsonObject due = history[0].toObject();
    QCOMPARE(due.value("state"_L1).toString(), u"refreshing"_s);
    QCOMPARE(due.value("cause"_L1).toString(), u"due"_s);
    for (const QString &absent :
        {u"reason"_s, u"httpStatus"_s, u"words"_s, u"requestId"_s, u"applianceTime"_s})
        QVERIFY2(due.value(absent).isNull(), qPrintable(absent));
    const QJsonObject failed = history[1].toObject();
    QCOMPARE(failed.value("at"_L1).toString(), u"2026-01-02T03:04:07Z"_s);
    QCOMPARE(failed.value("cause"_L1).toString(), u"failed"_s);
    QCOMPARE(failed.value("reason"_L1)["kind"_L1].toString(), u"server-busy"_s);
    QCOMPARE(failed.value("reason"_L1)["text"_L1].toString(),
        u"The appliance is busy or being updated. Try again later."_s);
    QCOMPARE(failed.value("httpStatus"_L1).toInt(), 503);
    QCOMPARE(failed.value("words"_L1).toString(), u"Maintenance"_s);
    QCOMPARE(failed.value("requestId"_L1).toString(), u"0123456789abcdef0123456789abcdef"_s);
    QCOMPARE(failed.value("applianceTime"_L1).toString(), u"2026-01-02T03:03:05Z"_s);
}

void TestSessionJson::aHandOutHasTheAccessTokenAndWhereItGoes()
{
    FakeClock clock;
    const TokenSet tokens = tokenSet(1, clock.now());
    clock.advance(600s);
    Account account = anAccount();
    QJsonObject json = handOut(tokens, account, azure(), clock.now());
    QCOMPARE(json.keys(),
        QStringList({u"accessToken"_s, u"expiresAt"_s, u"expiresIn"_s, u"kind"_s, u"pin"_s,
            u"server"_s, u"tokenPaths"_s, u"tokenType"_s, u"user"_s}));
    QCOMPARE(json.value("accessToken"_L1).toString(), tokens.accessToken.toString());
    QCOMPARE(json.value("expiresIn"_L1).toInt(), 3000);
    QCOMPARE(json.value("expiresAt"_L1).toString(), u"2026-01-02T04:04:05Z"_s);
    QCOMPARE(json.value("server"_L1).toString(), u"https://appliance.test"_s);
    QVERIFY(json.value("pin"_L1).isNull());
    QCOMPARE(json.value("kind"_L1).toString(), u"azure"_s);
    QCOMPARE(json.value("tokenPaths"_L1).toArray(), QJsonArray({u"/api/oauth2/token"_s}));
    json = handOut(tokens, account, azure(), clock.now(), QString());
    QVERIFY(json.value("proxy"_L1).isNull());

    account.server = QUrl(u"https://b\u00fccher.test/a b"_s);
    account.pin = anotherFingerprint();
    json = handOut(tokens, account, {}, clock.now(), u"http://user:pass@proxy.test:3128"_s);
    QVERIFY(json.value("tokenPaths"_L1).isNull());
    QCOMPARE(json.value("proxy"_L1).toString(), u"http://user:pass@proxy.test:3128"_s);
    QCOMPARE(json.value("server"_L1).toString(), u"https://xn--bcher-kva.test/a%20b"_s);
    QCOMPARE(json.value("pin"_L1).toString(), anotherFingerprint().toText());
}

QTEST_GUILESS_MAIN(TestSessionJson)
#include "tst_sessionjson.moc"
