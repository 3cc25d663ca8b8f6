// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/tokenset.h"

#include "session/account.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject jsonOf(const Secret &record)
{
    return QJsonDocument::fromJson(record.bytes().toByteArray()).object();
}

Secret recordOf(const QJsonObject &json)
{
    return Secret::fromBytes(QJsonDocument(json).toJson());
}

} // namespace

class TestTokenSet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void signInTakesAllOfTheReply();
    void endsCountFromTheRequest();
    void secondFactorIsKnownByTheReplyOrTheCode_data();
    void secondFactorIsKnownByTheReplyOrTheCode();
    void refreshReplacesBothTokens();
    void refreshKeepsWhatTheReplyLeavesOut();
    void refreshTakesWhatTheReplySays();
    void accessIsGoodUntilItsEnd();
    void recordBringsTheSetBack();
    void recordWithoutTheOptionalBringsItBack();
    void recordGoesByTheWallClock();
    void recordFollowsAWallClockThatWasSet();
    void recordOfAnotherAccountIsNone_data();
    void recordOfAnotherAccountIsNone();
    void recordOfTheSameAccountIsTaken();
    void recordHasPolicyAndPin();
    void recordTellsWhoseItIs();
    void recordWithoutThemLeavesTheAccountAlone();
    void claimsTellWhatNobodyElseDoes();
    void contextIsKept();
    void damagedRecordIsNone_data();
    void damagedRecordIsNone();

private:
    FakeClock m_clock;
};

void TestTokenSet::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
}

void TestTokenSet::signInTakesAllOfTheReply()
{
    const TokenReply reply = TokenReply::fromJson(seedReply(), azure()).value();
    const TokenSet set = TokenSet::from(Granted{reply, m_clock.now(), 5s}, false);
    QVERIFY(set.accessToken == reply.accessToken);
    QVERIFY(set.refreshToken == reply.refreshToken);
    QCOMPARE(set.tokenType, u"bearer"_s);
    QVERIFY(set.clockOffset == 5s);
    const Identity identity{u"6f4236c2-1626-4cfb-8eec-4961e57a0241"_s, u"administrator"_s,
        u"PortalAdmin"_s, u"Internal"_s, false, false, true};
    QVERIFY(set.identity == identity);
    QVERIFY(set.issued && set.issued == reply.issued);
    QVERIFY(set.expires && set.expires == reply.expires);
    QCOMPARE(set.accessLife(), Milliseconds(1h));
}

void TestTokenSet::endsCountFromTheRequest()
{
    const TokenReply reply = TokenReply::fromJson(seedReply(), azure()).value();
    const Instant sentAt = m_clock.now();
    m_clock.advance(20s);
    const TokenSet set = TokenSet::from(Granted{reply, sentAt, {}}, false);
    QVERIFY(set.grantedAt == sentAt);
    QVERIFY(set.accessEnd == sentAt + 1h);
    QVERIFY(set.refreshEnd == sentAt + 14 * 24h);
    QVERIFY(!tokenSet(1, sentAt).refreshEnd);
}

void TestTokenSet::secondFactorIsKnownByTheReplyOrTheCode_data()
{
    QTest::addColumn<QVariant>("replySays");
    QTest::addColumn<bool>("codeWasAsked");
    QTest::addColumn<bool>("expected");

    QTest::newRow("neither") << QVariant(false) << false << false;
    QTest::newRow("the reply") << QVariant(true) << false << true;
    QTest::newRow("the code") << QVariant(false) << true << true;
    QTest::newRow("both") << QVariant(true) << true << true;
    QTest::newRow("untold") << QVariant() << false << false;
    QTest::newRow("untold, with a code") << QVariant() << true << true;
}

void TestTokenSet::secondFactorIsKnownByTheReplyOrTheCode()
{
    QFETCH(const QVariant, replySays);
    QFETCH(const bool, codeWasAsked);
    QFETCH(const bool, expected);
    Granted answer = granted(1, m_clock.now());
    answer.reply.mfaEnabled =
        replySays.isValid() ? std::optional(replySays.toBool()) : std::nullopt;
    QCOMPARE(TokenSet::from(answer, codeWasAsked).identity.secondFactor, expected);
    // It is remembered even if the reply to a refresh says no.
    const TokenSet set = TokenSet::from(answer, codeWasAsked);
    QCOMPARE(TokenSet::from(granted(2, m_clock.now()), set).identity.secondFactor, expected);
}

void TestTokenSet::refreshReplacesBothTokens()
{
    const TokenSet before = tokenSet(1, m_clock.now());
    m_clock.advance(45min);
    const TokenSet after = TokenSet::from(granted(2, m_clock.now()), before);
    QVERIFY(after.accessToken == secret("access-2"));
    QVERIFY(after.refreshToken == secret("refresh-2"));
    QVERIFY(after.accessEnd == m_clock.now() + 1h);
}

void TestTokenSet::refreshKeepsWhatTheReplyLeavesOut()
{
    TokenSet before = tokenSet(1, m_clock.now());
    before.refreshEnd = m_clock.now() + 24h;
    before.identity.shortLived = true;
    before.identity.latestNewsShown = true;
    m_clock.advance(45min);
    Granted bare{{}, m_clock.now(), {}};
    bare.reply.accessToken = secret("access-2");
    const TokenSet after = TokenSet::from(bare, before);
    QVERIFY(after.accessToken == secret("access-2"));
    QVERIFY(after.refreshToken == secret("refresh-1"));
    QVERIFY(after.refreshEnd == before.refreshEnd);
    QVERIFY(after.identity == before.identity);
}

void TestTokenSet::refreshTakesWhatTheReplySays()
{
    TokenSet before = tokenSet(1, m_clock.now());
    before.identity = {u"a"_s, u"b"_s, u"c"_s, u"d"_s, false, true, false};
    before.issued = before.expires = FakeClock::start;
    before.refreshEnd = m_clock.now() + 24h;
    Granted answer = granted(2, m_clock.now());
    answer.reply.latestNewsShown = true;
    const TokenSet after = TokenSet::from(answer, before);
    QVERIFY(after.identity == TokenSet::from(answer, false).identity);
    QVERIFY(!after.identity.shortLived);
    QVERIFY(!after.refreshEnd); // that was the old token's end
    QVERIFY(!after.issued && !after.expires); // and so were these
}

void TestTokenSet::accessIsGoodUntilItsEnd()
{
    const TokenSet set = tokenSet(1, m_clock.now());
    m_clock.advance(1h - 1ms);
    QVERIFY(set.hasGoodAccess(m_clock.now()));
    m_clock.advance(1ms);
    QVERIFY(!set.hasGoodAccess(m_clock.now()));
    m_clock.jumpWall(-24h);
    QVERIFY(!set.hasGoodAccess(m_clock.now()));
}

void TestTokenSet::recordBringsTheSetBack()
{
    TokenSet set = tokenSet(1, m_clock.now());
    set.accessToken = secret("p+a \"ss\" \xc3\xb6");
    set.refreshEnd = m_clock.now() + 14 * 24h;
    set.clockOffset = -90s;
    set.identity.secondFactor = true;
    set.identity.shortLived = true;
    set.identity.latestNewsShown = false;
    set.issued = FakeClock::start - 90s;
    set.expires = *set.issued + 1h;
    const Secret record = set.toRecord(anAccount(), m_clock.now());
    const auto back = TokenSet::fromRecord(record, anAccount(), m_clock.now());
    QVERIFY(back);
    QVERIFY(back->accessToken == set.accessToken);
    QVERIFY(back->refreshToken == set.refreshToken);
    QCOMPARE(back->tokenType, set.tokenType);
    QVERIFY(back->grantedAt == set.grantedAt);
    QVERIFY(back->accessEnd == set.accessEnd);
    QVERIFY(back->refreshEnd == set.refreshEnd);
    QVERIFY(back->identity == set.identity);
    QVERIFY(back->clockOffset == set.clockOffset);
    QVERIFY(back->issued == set.issued && back->expires == set.expires);
}

void TestTokenSet::recordWithoutTheOptionalBringsItBack()
{
    TokenSet set = tokenSet(1, m_clock.now());
    set.refreshToken = {};
    const Secret record = set.toRecord(anAccount(), m_clock.now());
    for (const char *member : {"refreshEnd", "clockOffset", "issued", "expires", "latestNewsShown"})
        QVERIFY2(!jsonOf(record).contains(QLatin1StringView(member)), member);
    const auto back = TokenSet::fromRecord(record, anAccount(), m_clock.now());
    QVERIFY(back);
    QVERIFY(back->refreshToken.isEmpty());
    QVERIFY(!back->refreshEnd && !back->clockOffset && !back->issued && !back->expires);
    QVERIFY(!back->identity.latestNewsShown);
}

// The machine was restarted, so the steady clock counts from another start.
void TestTokenSet::recordGoesByTheWallClock()
{
    const Secret record = tokenSet(1, m_clock.now()).toRecord(anAccount(), m_clock.now());
    const Instant later{m_clock.now().wall + 20min, SteadyTime(7s)};
    const auto back = TokenSet::fromRecord(record, anAccount(), later);
    QVERIFY(back);
    QCOMPARE(remaining(back->accessEnd, later), Milliseconds(40min));
    QCOMPARE(back->accessLife(), Milliseconds(1h));
    QVERIFY(back->accessEnd.wall == FakeClock::start + 1h);
}

void TestTokenSet::recordFollowsAWallClockThatWasSet()
{
    const TokenSet set = tokenSet(1, m_clock.now());
    m_clock.jumpWall(-24h);
    const Secret record = set.toRecord(anAccount(), m_clock.now());
    const auto back = TokenSet::fromRecord(record, anAccount(), m_clock.now());
    QVERIFY(back);
    QCOMPARE(remaining(back->accessEnd, m_clock.now()), Milliseconds(1h));
}

void TestTokenSet::recordOfAnotherAccountIsNone_data()
{
    QTest::addColumn<Account>("other");
    Account server = anAccount();
    server.server = QUrl(u"https://elsewhere.test"_s);
    Account user = anAccount();
    user.user = u"somebody"_s;

    Account kind = anAccount();
    kind.kind = u"of-magic"_s;

    QTest::newRow("server") << server;
    QTest::newRow("user") << user;
    QTest::newRow("kind") << kind;
}

void TestTokenSet::recordOfAnotherAccountIsNone()
{
    QFETCH(const Account, other);
    const Secret record = tokenSet(1, m_clock.now()).toRecord(anAccount(), m_clock.now());
    QVERIFY(!TokenSet::fromRecord(record, other, m_clock.now()));
}

void TestTokenSet::recordOfTheSameAccountIsTaken()
{
    Account account = anAccount();
    const Secret record = tokenSet(1, m_clock.now()).toRecord(account, m_clock.now());
    account.pin = anotherFingerprint();
    account.shortLived = true;
    QVERIFY(TokenSet::fromRecord(record, account, m_clock.now()));
}

void TestTokenSet::recordHasPolicyAndPin()
{
    Account account = anAccount();
    account.policy = HandOutPolicy::Never;
    account.pin = anotherFingerprint();
    const Secret record = tokenSet(1, m_clock.now()).toRecord(account, m_clock.now());
    QCOMPARE(TokenSet::sealedAccount(record, anAccount()), account);
    const Secret without = tokenSet(1, m_clock.now()).toRecord(anAccount(), m_clock.now());
    QCOMPARE(TokenSet::sealedAccount(without, account), anAccount()); // no pin counts, too
    QJsonObject json = jsonOf(without);
    json.insert(u"policy"_s, u"of-tomorrow"_s);
    QCOMPARE(TokenSet::sealedAccount(recordOf(json), anAccount()).policy, HandOutPolicy::Never);
}

void TestTokenSet::recordTellsWhoseItIs()
{
    Account account = anAccount();
    account.server = QUrl(u"https://elsewhere.test:8443/my%20backup"_s);
    account.user = u"somebody"_s;
    const Secret record = tokenSet(1, m_clock.now()).toRecord(account, m_clock.now());
    Account edited = anAccount();
    edited.kind = u"of-magic"_s;
    edited.isSignedOut = true;
    account.isSignedOut = true; // not part of the record
    QCOMPARE(TokenSet::sealedAccount(record, edited), account);
    QVERIFY(TokenSet::fromRecord(record, account, m_clock.now()));
}

void TestTokenSet::recordWithoutThemLeavesTheAccountAlone()
{
    QJsonObject json = jsonOf(tokenSet(1, m_clock.now()).toRecord(anAccount(), m_clock.now()));
    for (const QString &member : {u"kind"_s, u"policy"_s, u"pin"_s})
        json.remove(member);
    Account account = anAccount();
    account.policy = HandOutPolicy::Ask;
    account.pin = anotherFingerprint();
    QCOMPARE(TokenSet::sealedAccount(recordOf(json), account), account);
    QVERIFY(TokenSet::fromRecord(recordOf(json), account, m_clock.now()));
}

void TestTokenSet::claimsTellWhatNobodyElseDoes()
{
    Granted answer = granted(1, m_clock.now());
    answer.reply.username.clear();
    answer.reply.roleName.clear();
    answer.reply.claimedUser = u"alenka"_s;
    answer.reply.claimedRole = u"admin"_s;
    const TokenSet set = TokenSet::from(answer, false);
    QCOMPARE(set.identity.userName, u"alenka"_s);
    QCOMPARE(set.identity.role, u"admin"_s);

    TokenSet before = set;
    before.identity.userName = u"from an earlier reply"_s;
    QCOMPARE(TokenSet::from(answer, before).identity.userName, u"from an earlier reply"_s);
    answer.reply.username = u"from this one"_s;
    QCOMPARE(TokenSet::from(answer, before).identity.userName, u"from this one"_s);
}

void TestTokenSet::contextIsKept()
{
    Granted answer = granted(1, m_clock.now());
    answer.context = {u"1.2-rev1"_s, secret("af=c00kie"), secret("client-secret")};
    Account account = anAccount();
    account.clientId = u"latchkey"_s;
    const TokenSet set = TokenSet::from(answer, false);
    const Secret record = set.toRecord(account, m_clock.now());
    const auto read = TokenSet::fromRecord(record, account, m_clock.now());
    QVERIFY(read);
    QCOMPARE(read->context.apiVersion, u"1.2-rev1"_s);
    QVERIFY(read->context.cookies == secret("af=c00kie"));
    QVERIFY(read->context.clientSecret == secret("client-secret"));
    QCOMPARE(TokenSet::sealedAccount(record, anAccount()).clientId, u"latchkey"_s);
}

void TestTokenSet::damagedRecordIsNone_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("no version") << u"version"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("another version") << u"version"_s << QJsonValue(2);
    QTest::newRow("no grant") << u"grantedAt"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no end") << u"accessEnd"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("end as text") << u"accessEnd"_s << QJsonValue(u"2026"_s);
    QTest::newRow("grant before all calendars")
        << u"grantedAt"_s << QJsonValue(std::numeric_limits<qint64>::min());
    QTest::newRow("end after all calendars")
        << u"accessEnd"_s << QJsonValue(std::numeric_limits<qint64>::max());
    QTest::newRow("no server") << u"server"_s << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no user") << u"user"_s << QJsonValue(QJsonValue::Undefined);
}

void TestTokenSet::damagedRecordIsNone()
{
    QFETCH(const QString, member);
    QFETCH(const QJsonValue, value);
    QJsonObject json = jsonOf(tokenSet(1, m_clock.now()).toRecord(anAccount(), m_clock.now()));
    QVERIFY(TokenSet::fromRecord(recordOf(json), anAccount(), m_clock.now()));
    json.insert(member, value);
    QVERIFY(!TokenSet::fromRecord(recordOf(json), anAccount(), m_clock.now()));
    for (const char *text : {"", "nonsense", "[]", "{\"version\": 1"})
        QVERIFY(!TokenSet::fromRecord(secret(text), anAccount(), m_clock.now()));
}

QTEST_GUILESS_MAIN(TestTokenSet)
#include "tst_tokenset.moc"
