// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/doctorjson.h"

#include "session/words/sentences.h"
#include "support/fakeclock.h"
#include "support/foreigntongue.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

SessionSnapshot session()
{
    SessionSnapshot snapshot;
    snapshot.account = anAccount();
    snapshot.takenAt = FakeClock::start;
    snapshot.phase = Phase::Active;
    snapshot.isPersisted = true;
    return snapshot;
}

ApplianceReport reached(TlsConnection::Trust trust = TlsConnection::Trust::System)
{
    ApplianceReport report;
    report.isReachable = true;
    report.tls = TlsConnection{u"TLSv1.3"_s, aCertificate(), trust};
    return report;
}

AuthError error(AuthError::Type type)
{
    return {type, 0, {}, {}};
}

QString problemIn(const SessionSnapshot &snapshot, const ApplianceReport &report)
{
    const QString told = jsonFrom(snapshot, report).value("problem"_L1).toString();
    return told == problemOf(snapshot, report).english ? told : u"windows say something else"_s;
}

} // namespace

class TestDoctorJson final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aGoodVaultTellsItsRound();
    void aVaultsProblemIsASentence();
    void theBackendIsNamed_data();
    void theBackendIsNamed();
    void memoryOnlyIsNoProblem();
    void aGoodSessionTellsItsConnection();
    void whatIsUnknownIsNull();
    void theClockThatWasJustReadCountsFirst();
    void clocksThatAreApartAreAProblem_data();
    void clocksThatAreApartAreAProblem();
    void certificatesAreAProblem();
    void theWorstProblemIsTold();
    void aSessionThatWaitsForAPersonIsOne();

private:
    const ForeignTongue m_language; // programs are told in English
};

void TestDoctorJson::aGoodVaultTellsItsRound()
{
    VaultReport report;
    report.state = VaultReport::State::Unlocked;
    report.keychain = Keychain::SecretService;
    report.program = u"gnome-keyring"_s;
    report.roundTrip = {true, 8192, 12ms};
    const QJsonObject json = jsonFrom(report);
    QCOMPARE(json.value("backend"_L1).toString(), u"Secret Service (gnome-keyring)"_s);
    QCOMPARE(json.value("state"_L1).toString(), u"unlocked"_s);
    QCOMPARE(json.value("roundTrip"_L1).toObject(),
        QJsonObject({{u"ok"_s, true}, {u"bytes"_s, 8192}, {u"milliseconds"_s, 12}}));
    QVERIFY(json.value("problem"_L1).isNull());
}

void TestDoctorJson::aVaultsProblemIsASentence()
{
    VaultReport report;
    report.state = VaultReport::State::Locked;
    report.problem = StoreError::Locked;
    const QJsonObject json = jsonFrom(report);
    QVERIFY(json.value("backend"_L1).isNull());
    QCOMPARE(json.value("state"_L1).toString(), u"locked"_s);
    QVERIFY(json.value("roundTrip"_L1).isNull());
    QCOMPARE(json.value("problem"_L1).toString(),
        sentenceFor(error(AuthError::Type::StoreLocked)).english);
    QCOMPARE(jsonFrom(VaultReport()).value("state"_L1).toString(), u"absent"_s);
    report.state = VaultReport::State::Elsewhere;
    QCOMPARE(jsonFrom(report).value("state"_L1).toString(), u"elsewhere"_s);
}

void TestDoctorJson::theBackendIsNamed_data()
{
    QTest::addColumn<int>("keychain");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("backend");
    QTest::newRow("unnamed") << int(Keychain::SecretService) << QString() << u"Secret Service"_s;
    QTest::newRow("wallet") << int(Keychain::KWallet) << u"kwalletd5"_s << u"KWallet"_s;
}

void TestDoctorJson::theBackendIsNamed()
{
    QFETCH(const int, keychain);
    QFETCH(const QString, program);
    VaultReport report;
    report.keychain = Keychain(keychain);
    report.program = program;
    QTEST(jsonFrom(report).value("backend"_L1).toString(), "backend");
}

void TestDoctorJson::memoryOnlyIsNoProblem()
{
    const QJsonObject json = memoryOnlyJson();
    QCOMPARE(json.keys(), jsonFrom(VaultReport()).keys());
    QCOMPARE(json.value("backend"_L1).toString(), u"memory"_s);
    QVERIFY(json.value("problem"_L1).isNull());
}

void TestDoctorJson::aGoodSessionTellsItsConnection()
{
    const QJsonObject json = jsonFrom(session(), reached());
    QCOMPARE(json.value("name"_L1).toString(), u"prod"_s);
    QCOMPARE(json.value("server"_L1).toString(), u"https://appliance.test"_s);
    QCOMPARE(json.value("reachable"_L1), QJsonValue(true));
    QVERIFY(json.value("problem"_L1).isNull());
    QCOMPARE(json.value("persisted"_L1), QJsonValue(true));
    const QJsonObject tls = json.value("tls"_L1).toObject();
    QCOMPARE(tls.value("protocol"_L1).toString(), u"TLSv1.3"_s);
    QCOMPARE(tls.value("trusted"_L1).toString(), u"system"_s);
    QCOMPARE(tls.value("sha256"_L1).toString(), aCertificate().fingerprint.toText());
    QVERIFY(tls.value("validUntil"_L1).toString().endsWith(u'Z'));
}

void TestDoctorJson::whatIsUnknownIsNull()
{
    const QJsonObject json = jsonFrom(session(), {});
    QVERIFY(json.value("tls"_L1).isNull());
    QVERIFY(json.value("clockOffset"_L1).isNull());
    QCOMPARE(json.value("reachable"_L1), QJsonValue(false));
}

void TestDoctorJson::theClockThatWasJustReadCountsFirst()
{
    SessionSnapshot snapshot = session();
    ApplianceReport report = reached();
    snapshot.clockOffset = -7s;
    QCOMPARE(jsonFrom(snapshot, report).value("clockOffset"_L1).toInt(), -7);
    report.clockOffset = 5s;
    QCOMPARE(jsonFrom(snapshot, report).value("clockOffset"_L1).toInt(), 5);
}

void TestDoctorJson::clocksThatAreApartAreAProblem_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<bool>("isProblem");
    QTest::newRow("a minute ahead") << 60 << false;
    QTest::newRow("more ahead") << 61 << true;
    QTest::newRow("more behind") << -61 << true;
}

void TestDoctorJson::clocksThatAreApartAreAProblem()
{
    QFETCH(const int, offset);
    QFETCH(const bool, isProblem);
    SessionSnapshot snapshot = session();
    snapshot.clockOffset = std::chrono::seconds(offset);
    QCOMPARE(problemIn(snapshot, reached()), isProblem ? sentenceForClocks().english : QString());
}

void TestDoctorJson::certificatesAreAProblem()
{
    ApplianceReport report = reached(TlsConnection::Trust::No);
    report.problem = error(AuthError::Type::TlsUntrusted);
    SessionSnapshot snapshot = session();
    QCOMPARE(problemIn(snapshot, report), sentenceForCertificate(false).english);
    snapshot.accessEnd = snapshot.takenAt;
    QCOMPARE(problemIn(snapshot, report), sentenceForCertificate(true).english);
    snapshot.account.pin = anotherFingerprint();
    QCOMPARE(problemIn(snapshot, report), sentenceForCertificate(true).english);
    const QJsonObject tls = jsonFrom(snapshot, report).value("tls"_L1).toObject();
    QCOMPARE(tls.value("trusted"_L1).toString(), u"no"_s);
    snapshot.isPinFixed = true;
    QCOMPARE(problemIn(snapshot, report), sentenceForFixedPin().english);
    snapshot.account.pin = aCertificate().fingerprint;
    QCOMPARE(problemIn(snapshot, reached(TlsConnection::Trust::Pinned)), QString());
}

void TestDoctorJson::theWorstProblemIsTold()
{
    SessionSnapshot snapshot = session();
    snapshot.clockOffset = 1h;
    snapshot.storeError = StoreError::Denied;
    QCOMPARE(
        problemIn(snapshot, reached()), sentenceFor(error(AuthError::Type::StoreDenied)).english);
    snapshot.reason = error(AuthError::Type::Expired);
    QCOMPARE(problemIn(snapshot, reached()), sentenceFor(error(AuthError::Type::Expired)).english);
    ApplianceReport report;
    report.problem = error(AuthError::Type::Offline);
    QCOMPARE(problemIn(snapshot, report), sentenceFor(error(AuthError::Type::Offline)).english);
}

//! As in all lists, although nothing has failed.
void TestDoctorJson::aSessionThatWaitsForAPersonIsOne()
{
    SessionSnapshot snapshot = session();
    snapshot.phase = Phase::CodeNeeded;
    QCOMPARE(problemIn(snapshot, reached()), sentenceForCode().english);
    snapshot.phase = Phase::SignedOut;
    QCOMPARE(problemIn(snapshot, reached()), QString());
    snapshot.account.isPreset = true;
    QCOMPARE(problemIn(snapshot, reached()), sentenceForPreset().english);
}

QTEST_GUILESS_MAIN(TestDoctorJson)
#include "tst_doctorjson.moc"
