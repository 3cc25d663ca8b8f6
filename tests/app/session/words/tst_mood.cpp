// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/words/mood.h"

#include "session/sessionsnapshot.h"
#include "support/fakeclock.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QMetaEnum>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Type = AuthError::Type;

namespace {

AuthError error(Type type)
{
    return {type, 0, {}, {}};
}

} // namespace

class TestMood final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void tellsHowEachStateIs_data();
    void tellsHowEachStateIs();
    void tellsWhetherTheCertificateChanged();
    void tellsTroubleInASentence();
    void asksForThePasswordOfWhatWasSetUp();
    void groupsWhatAPersonHasToDoFirst();
    void counts();
    void scriptsKnowEachByAWord();

private:
    [[nodiscard]] SessionSnapshot snapshot(const SessionState &state) const;

    FakeClock m_clock;
};

SessionSnapshot TestMood::snapshot(const SessionState &state) const
{
    SessionSnapshot snapshot = SessionSnapshot::of(state, m_clock.now());
    snapshot.account = anAccount();
    return snapshot;
}

void TestMood::tellsHowEachStateIs_data()
{
    QTest::addColumn<SessionSnapshot>("session");
    QTest::addColumn<Mood::Value>("mood");
    QTest::addColumn<QString>("headline");
    const TokenSet good = tokenSet(1, m_clock.now());
    const TokenSet lapsed = tokenSet(1, m_clock.now() - 2h);
    const PasswordGrant grant{u"operator"_s, secret("password"), false};
    const auto row = [this](const char *name, const SessionState &state, Mood::Value mood,
                         const QString &headline) {
        QTest::newRow(name) << snapshot(state) << mood << headline;
    };

    row("never signed in", state::SignedOut{}, Mood::SignedOut, u"Signed out"_s);
    row("ended", state::SignedOut{error(Type::Expired)}, Mood::Ended, u"Ended by the appliance"_s);
    row("refused", state::SignedOut{error(Type::Rejected)}, Mood::NeedsYou, u"Sign-in needed"_s);
    row("no key", state::SignedOut{error(Type::StoreKeyMissing)}, Mood::NeedsYou,
        u"Sign-in needed"_s);
    row("restoring", state::Restoring{}, Mood::Busy, u"Waiting for the keychain"_s);
    row("slow keychain", state::Restoring{StoreError::Slow}, Mood::Busy,
        u"Waiting for the keychain"_s);
    row("locked", state::Restoring{StoreError::Locked}, Mood::NeedsYou, u"Keychain locked"_s);
    row("dismissed", state::Restoring{StoreError::Denied}, Mood::NeedsYou, u"Keychain locked"_s);
    row("no keychain", state::Restoring{StoreError::Unavailable}, Mood::NeedsYou,
        u"Keychain needed"_s);
    row("another keychain", state::Restoring{StoreError::Elsewhere}, Mood::NeedsYou,
        u"Keychain needed"_s);
    row("no folder", state::Restoring{StoreError::NotWritable}, Mood::NeedsYou,
        u"What was kept cannot be read"_s);
    row("signing in", state::SigningIn{{grant, 0, {}}}, Mood::Busy, u"Signing in…"_s);
    row("code", state::CodeNeeded{}, Mood::NeedsYou, u"Verification code needed"_s);
    row("certificate", state::TrustNeeded{aCertificate(), {}, SignInAttempt{grant, 0, {}}},
        Mood::NeedsYou, u"Certificate not trusted"_s);
    row("certificate, of one that was signed in", state::TrustNeeded{aCertificate(), {}, good},
        Mood::NeedsYou, u"Certificate changed"_s);
    row("certificate, looked at again", state::Refreshing{lapsed, 0, {}, aCertificate()},
        Mood::NeedsYou, u"Certificate changed"_s);
    row("active", state::Active{good, {}}, Mood::SignedIn, u"Signed in"_s);
    row("active, lapsed this instant", state::Active{lapsed, {}}, Mood::Busy, u"Refreshing…"_s);
    row("first renewal", state::Refreshing{good}, Mood::SignedIn, u"Signed in"_s);
    row("first renewal, lapsed", state::Refreshing{lapsed}, Mood::Busy, u"Refreshing…"_s);
    row("outage", state::Waiting{good, 1, {}, error(Type::Offline)}, Mood::CannotRenew,
        u"Cannot renew, token still good"_s);
    row("outage, next try", state::Refreshing{good, 1, error(Type::Offline)}, Mood::CannotRenew,
        u"Cannot renew, token still good"_s);
    row("outage, lapsed", state::Waiting{lapsed, 1, {}, error(Type::Offline)}, Mood::Lapsed,
        u"Cannot renew, token expired"_s);
    row("outage, lapsed, next try", state::Refreshing{lapsed, 1, error(Type::Offline)},
        Mood::Lapsed, u"Cannot renew, token expired"_s);
    row("refused, being confirmed", state::Confirming{good, error(Type::Expired), {}},
        Mood::SignedIn, u"Signed in"_s);
}

void TestMood::tellsHowEachStateIs()
{
    QFETCH(const SessionSnapshot, session);
    QTEST(moodOf(session), "mood");
    QTEST(headlineOf(session).english, "headline");
    const Mood::Group group = groupOf(moodOf(session));
    if (group == Mood::InNeed || group == Mood::NotRenewed)
        QVERIFY(!troubleOf(session).english.isEmpty());
}

void TestMood::tellsWhetherTheCertificateChanged()
{
    const PasswordGrant grant{u"operator"_s, secret("password"), false};
    const SessionSnapshot first =
        snapshot(state::TrustNeeded{aCertificate(), {}, SignInAttempt{grant, 0, {}}});
    QVERIFY(!hadTrustedCertificate(first));
    QCOMPARE(troubleOf(first).english, sentenceForCertificate(false).english);
    SessionSnapshot pinned = first;
    pinned.account.pin = anotherFingerprint();
    SessionSnapshot withTokens = first;
    withTokens.accessEnd = m_clock.now().wall;
    SessionSnapshot signedInOnce = first;
    signedInOnce.history = {{m_clock.now().wall, Phase::Active, Cause::Granted},
        {m_clock.now().wall, Phase::SignedOut, Cause::SignOutAsked}};
    for (const SessionSnapshot &session : {pinned, withTokens, signedInOnce}) {
        QVERIFY(hadTrustedCertificate(session));
        QCOMPARE(headlineOf(session).english, u"Certificate changed"_s);
        QCOMPARE(troubleOf(session).english, sentenceForCertificate(true).english);
    }
}

void TestMood::tellsTroubleInASentence()
{
    QVERIFY(troubleOf(snapshot(state::SignedOut{})).english.isEmpty());
    const auto session = snapshot(state::SignedOut{error(Type::Expired)});
    QCOMPARE(troubleOf(session).english, sentenceFor(error(Type::Expired)).english);
}

void TestMood::asksForThePasswordOfWhatWasSetUp()
{
    SessionSnapshot session = snapshot(state::SignedOut{});
    session.account.isPreset = true;
    QCOMPARE(moodOf(session), Mood::NeedsYou);
    QCOMPARE(headlineOf(session).english, u"Password needed"_s);
    QCOMPARE(troubleOf(session).english, sentenceForPreset().english);
    session.account.isSignedOut = true;
    QCOMPARE(moodOf(session), Mood::SignedOut);
    session = snapshot(state::SignedOut{error(Type::Rejected)});
    session.account.isPreset = true;
    QCOMPARE(headlineOf(session).english, u"Sign-in needed"_s);
    QCOMPARE(troubleOf(session).english, sentenceFor(error(Type::Rejected)).english);
}

void TestMood::groupsWhatAPersonHasToDoFirst()
{
    QCOMPARE(groupOf(Mood::NeedsYou), Mood::InNeed);
    QCOMPARE(groupOf(Mood::Ended), Mood::InNeed);
    QCOMPARE(groupOf(Mood::CannotRenew), Mood::NotRenewed);
    QCOMPARE(groupOf(Mood::Lapsed), Mood::NotRenewed);
    QCOMPARE(groupOf(Mood::SignedIn), Mood::WellOff);
    QCOMPARE(groupOf(Mood::Busy), Mood::WellOff);
    QCOMPARE(groupOf(Mood::SignedOut), Mood::Out);
    QVERIFY(Mood::InNeed < Mood::NotRenewed && Mood::WellOff < Mood::Out);
}

void TestMood::counts()
{
    QVERIFY(countsOf({}).isEmpty());
    const auto counts = countsOf(
        {Mood::SignedOut, Mood::Ended, Mood::Lapsed, Mood::Busy, Mood::NeedsYou, Mood::SignedIn});
    QStringList words;
    for (const Sentence &count : counts)
        words.append(count.english);
    QCOMPARE(words,
        QStringList({u"2 sessions need you"_s, u"1 session cannot renew"_s, u"2 signed in"_s,
            u"1 signed out"_s}));
    QCOMPARE(countsOf({Mood::NeedsYou}).first().english, u"1 session needs you"_s);
}

void TestMood::scriptsKnowEachByAWord()
{
    const auto moods = QMetaEnum::fromType<Mood::Value>();
    QSet<QString> words;
    for (int index = 0; index < moods.keyCount(); ++index)
        words.insert(scriptName(static_cast<Mood::Value>(moods.value(index))));
    QCOMPARE(words,
        QSet<QString>({u"signed-out"_s, u"signed-in"_s, u"busy"_s, u"cannot-renew"_s, u"lapsed"_s,
            u"ended"_s, u"needs-you"_s}));
}

QTEST_GUILESS_MAIN(TestMood)
#include "tst_mood.moc"
