// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/signinmethods.h"

#include "support/agentrig.h"
#include "support/warnings.h"

#include <QJsonArray>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! How a sign-in comes to the kind of its appliance; the rest of it is in tst_methods.
class TestSignInMethods final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_rig.reset(); }

    void kindThatIsGivenIsTaken();
    void tokenPathIsNoPartOfTheServer();
    void unknownKindNamesTheKnownOnes();
    void kindIsFoundBeforeAPasswordIsSent();
    void portAtWhichItAnsweredCounts();
    void severalKindsAreAUsageError();
    void noKindIsAUsageError();
    void nobodyWhoAnswersIsUnreachable();
    void slowSearchEndsAtTheDeadline();
    void knownAccountIsNotSearched_data();
    void knownAccountIsNotSearched();
    void anotherUserIsSearched();
    void whatTheKindHasNotIsAUsageError_data();
    void whatTheKindHasNotIsAUsageError();
    void clientIsPassedOn();
    void knownAccountKeepsItsClient();
    void whatTheAdministratorForbidsIsDeniedUnasked();
    void certificateThatTheAdministratorDecidedForIsNotReplaced();
    void nothingIsTrustedWhileThePolicyIsNotKnown();

private:
    int signIn(const QJsonObject &more);
    [[nodiscard]] Account account() const { return m_rig->model.find(u"prod"_s)->account(); }

    std::unique_ptr<AgentRig> m_rig;
};

void TestSignInMethods::init()
{
    failOnAnyWarning();
    m_rig = std::make_unique<AgentRig>();
}

int TestSignInMethods::signIn(const QJsonObject &more)
{
    QJsonObject params{{u"name"_s, u"prod"_s}, {u"server"_s, u"https://appliance.test"_s},
        {u"user"_s, u"operator"_s}, {u"password"_s, u"secret-password"_s}};
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        params.insert(it.key(), it.value());
    return m_rig->call(u"session.signIn"_s, params);
}

void TestSignInMethods::kindThatIsGivenIsTaken()
{
    const int number = signIn({{u"kind"_s, u"vbr"_s}});
    QCOMPARE(m_rig->network.count(), 0);
    QCOMPARE(account().server, QUrl(u"https://appliance.test:9419"_s));
    m_rig->client->answer(granted(1, m_rig->clock.now()));
    QCOMPARE(m_rig->result(number)["kind"_L1].toString(), u"vbr"_s);
    QCOMPARE(m_rig->result(number)["server"_L1].toString(), u"https://appliance.test:9419"_s);
}

void TestSignInMethods::tokenPathIsNoPartOfTheServer()
{
    (void)signIn({{u"kind"_s, u"oauth2"_s}, {u"server"_s, u"https://id.test/realm/token"_s}});
    QCOMPARE(account().server, QUrl(u"https://id.test/realm"_s));
}

void TestSignInMethods::unknownKindNamesTheKnownOnes()
{
    const int number = signIn({{u"kind"_s, u"toaster"_s}});
    QCOMPARE(m_rig->error(number).reason, Refusal::Usage);
    QVERIFY(m_rig->error(number).sentence.contains("aws, azure, gcp"_L1));
    QVERIFY(!m_rig->error(number).sentence.contains("toaster"_L1));
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::kindIsFoundBeforeAPasswordIsSent()
{
    const int number = signIn({});
    QVERIFY(!m_rig->client);
    QVERIFY(m_rig->network.count() > 0);
    for (int i = 0; i < m_rig->network.count(); ++i)
        QVERIFY(!m_rig->network.request(i).body.contains("secret"));
    m_rig->answer(1280, {u"/api/v3/token"_s});
    QVERIFY(m_rig->client);
    QCOMPARE(account().kind, u"vspc"_s);
    QCOMPARE(account().server, QUrl(u"https://appliance.test:1280"_s));
    m_rig->client->answer(granted(1, m_rig->clock.now()));
    QCOMPARE(m_rig->result(number)["kind"_L1].toString(), u"vspc"_s);
}

void TestSignInMethods::portAtWhichItAnsweredCounts()
{
    (void)signIn({});
    m_rig->answer(443, {u"/api/v3/token"_s});
    QCOMPARE(account().kind, u"vspc"_s);
    QCOMPARE(account().server, QUrl(u"https://appliance.test:443"_s));
}

void TestSignInMethods::severalKindsAreAUsageError()
{
    const int number = signIn({});
    m_rig->answer(443, {u"/api/v3/token"_s, u"/token"_s});
    const RpcError error = m_rig->error(number);
    QCOMPARE(error.reason, Refusal::Usage);
    QVERIFY(error.sentence.contains("--kind"_L1));
    QVERIFY(error.sentence.contains("vspc (Veeam Service Provider Console)"_L1));
    const QJsonArray candidates = error.more["candidates"_L1].toArray();
    QCOMPARE(candidates.size(), 2);
    QCOMPARE(candidates[0]["kind"_L1].toString(), u"oauth2"_s);
    QCOMPARE(candidates[0]["server"_L1].toString(), u"https://appliance.test"_s);
    QCOMPARE(candidates[1]["server"_L1].toString(), u"https://appliance.test:443"_s);
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::noKindIsAUsageError()
{
    const int number = signIn({});
    m_rig->answer(443, {});
    QCOMPARE(m_rig->error(number).reason, Refusal::Usage);
    QVERIFY(m_rig->error(number).sentence.contains("--kind"_L1));
    QVERIFY(m_rig->error(number).more["candidates"_L1].toArray().isEmpty());
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::nobodyWhoAnswersIsUnreachable()
{
    const int number = signIn({});
    m_rig->answer(-1, {});
    QCOMPARE(m_rig->error(number).reason, Refusal::Unreachable);
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::slowSearchEndsAtTheDeadline()
{
    const int number = signIn({{u"deadline"_s, 1}});
    m_rig->clock.advance(1s);
    m_rig->deadlines.look();
    QCOMPARE(m_rig->error(number).reason, Refusal::Unreachable);
    m_rig->clock.advance(5s);
    m_rig->deadlines.look();
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::knownAccountIsNotSearched_data()
{
    QTest::addColumn<QString>("server");
    QTest::newRow("as it is kept") << u"https://appliance.test:9419"_s;
    QTest::newRow("as it was typed") << u"appliance.test"_s;
    QTest::newRow("with the token path") << u"https://appliance.test/api/oauth2/token"_s;
}

void TestSignInMethods::knownAccountIsNotSearched()
{
    QFETCH(const QString, server);
    (void)signIn({{u"kind"_s, u"vbr"_s}});
    m_rig->client->answer(granted(1, m_rig->clock.now()));
    const int number = signIn({{u"server"_s, server}});
    QCOMPARE(m_rig->network.count(), 0);
    m_rig->client->answer(granted(2, m_rig->clock.now()));
    QCOMPARE(m_rig->result(number)["kind"_L1].toString(), u"vbr"_s);
}

void TestSignInMethods::anotherUserIsSearched()
{
    (void)signIn({{u"kind"_s, u"vbr"_s}});
    m_rig->client->answer(granted(1, m_rig->clock.now()));
    (void)signIn({{u"user"_s, u"other"_s}});
    QVERIFY(m_rig->network.count() > 0);
}

void TestSignInMethods::whatTheKindHasNotIsAUsageError_data()
{
    QTest::addColumn<QJsonObject>("params");
    QTest::newRow("client id") << QJsonObject{{u"clientId"_s, u"app"_s}};
    QTest::newRow("client secret") << QJsonObject{{u"clientSecret"_s, u"x"_s}};
    QTest::newRow("short-lived") << QJsonObject{{u"shortLived"_s, true}};
}

void TestSignInMethods::whatTheKindHasNotIsAUsageError()
{
    QFETCH(QJsonObject, params);
    params.insert(u"kind"_s, u"vspc"_s);
    const int number = signIn(params);
    QCOMPARE(m_rig->error(number).reason, Refusal::Usage);
    QVERIFY(m_rig->error(number).sentence.startsWith("Veeam Service Provider Console "_L1));
    QVERIFY(!m_rig->client);
}

void TestSignInMethods::clientIsPassedOn()
{
    (void)signIn({{u"kind"_s, u"oauth2"_s}, {u"clientId"_s, u"app"_s},
        {u"clientSecret"_s, u"of-the-client"_s}});
    QCOMPARE(account().clientId, u"app"_s);
    QCOMPARE(
        m_rig->client->lastGrantAs<PasswordGrant>()->clientSecret.toString(), u"of-the-client"_s);
}

void TestSignInMethods::knownAccountKeepsItsClient()
{
    (void)signIn({{u"kind"_s, u"oauth2"_s}, {u"clientId"_s, u"app"_s}});
    m_rig->client->answer(granted(1, m_rig->clock.now()));
    const int number = signIn({});
    m_rig->client->answer(granted(2, m_rig->clock.now()));
    QVERIFY(!m_rig->result(number).isEmpty());
    QCOMPARE(account().clientId, u"app"_s);
}

void TestSignInMethods::whatTheAdministratorForbidsIsDeniedUnasked()
{
    m_rig->model.setRule([](const Account &account) {
        return account.kind == "vbr"_L1 ? std::nullopt
                                        : std::optional(AccountProblem::ApplianceNotAllowed);
    });
    const int searched = signIn({});
    QCOMPARE(m_rig->error(searched).reason, Refusal::Denied);
    QVERIFY(m_rig->error(searched).sentence.contains(u"Your administrator"_s));
    const int found = m_rig->call(u"kinds.find"_s, {{u"server"_s, u"https://appliance.test"_s}});
    QCOMPARE(m_rig->error(found).reason, Refusal::Denied);
    QCOMPARE(m_rig->network.count(), 0);
    QVERIFY(!m_rig->isAnswered(signIn({{u"kind"_s, u"vbr"_s}})));
}

void TestSignInMethods::certificateThatTheAdministratorDecidedForIsNotReplaced()
{
    m_rig->model.setPins([](const Account &) { return anotherFingerprint(); });
    const int number = signIn({{u"kind"_s, u"vbr"_s}});
    QVERIFY(m_rig->client->answer(Untrusted{aCertificate()}));
    QCOMPARE(m_rig->error(number).reason, Refusal::Denied);
    QVERIFY(m_rig->error(number).sentence.contains(u"ask your administrator"_s));
    QCOMPARE(m_rig->error(number).more["pinned"_L1].toString(), anotherFingerprint().toText());
    const int trusted = m_rig->call(u"session.trust"_s,
        {{u"name"_s, u"prod"_s}, {u"sha256"_s, aCertificate().fingerprint.toText()}});
    QCOMPARE(m_rig->error(trusted).reason, Refusal::Denied);
    QVERIFY(m_rig->error(trusted).sentence.contains(u"ask your administrator"_s));
    QCOMPARE(account().pin, anotherFingerprint());
}

void TestSignInMethods::nothingIsTrustedWhileThePolicyIsNotKnown()
{
    (void)signIn({{u"kind"_s, u"vbr"_s}});
    QVERIFY(m_rig->client->answer(Untrusted{aCertificate()}));
    m_rig->model.setRule([](const Account &) { return AccountProblem::PolicyUnknown; });
    const int trusted = m_rig->call(u"session.trust"_s,
        {{u"name"_s, u"prod"_s}, {u"sha256"_s, aCertificate().fingerprint.toText()}});
    QCOMPARE(m_rig->error(trusted).reason, Refusal::Denied);
    QVERIFY(account().pin.isEmpty());
}

QTEST_GUILESS_MAIN(TestSignInMethods)
#include "tst_signinmethods.moc"
