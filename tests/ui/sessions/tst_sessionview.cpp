// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionview.h"

#include "ui/uifixture.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr WallTime now = FakeClock::start;

SessionSnapshot snapshotIn(Phase::Value phase)
{
    SessionSnapshot snapshot;
    snapshot.account = anAccount();
    snapshot.phase = phase;
    snapshot.takenAt = now;
    return snapshot;
}

SessionSnapshot withTokens(Phase::Value phase, Milliseconds left = 42min)
{
    SessionSnapshot snapshot = snapshotIn(phase);
    snapshot.identity =
        Identity{u"id"_s, u"operator"_s, u"PortalAdmin"_s, u"Internal"_s, true, {}, {}};
    snapshot.accessEnd = now + left;
    snapshot.grantedAt = *snapshot.accessEnd - 1h;
    snapshot.hasRefreshToken = true;
    return snapshot;
}

SessionSnapshot because(SessionSnapshot snapshot, AuthError::Type type)
{
    snapshot.reason = AuthError{type, 0, {}, {}};
    return snapshot;
}

SessionSnapshot pinned(SessionSnapshot snapshot)
{
    snapshot.account.pin = anotherFingerprint();
    return snapshot;
}

SessionSnapshot asking(SessionSnapshot snapshot)
{
    snapshot.certificate = aCertificate();
    return because(std::move(snapshot), AuthError::Type::TlsUntrusted);
}

QString at(WallTime time)
{
    return QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time(), u"HH:mm"_s);
}

} // namespace

class TestSessionView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsEachPhase_data();
    void tellsEachPhase();
    void tellsTheTimeLeft_data();
    void tellsTheTimeLeft();
    void tellsTheApplianceClock_data();
    void tellsTheApplianceClock();
    void tellsWhereTheTokensRest_data();
    void tellsWhereTheTokensRest();
    void tellsWhoOneIs();
    void tellsTheEndOfTheRefreshToken();
    void tellsTheNextRefresh();
    void tellsThatARefreshWaitsForAPerson();
    void tellsNothingInWords();
    void tellsWhetherTheCertificateChanged();
    void tellsSinceWhenAndWhatIsTried_data();
    void tellsSinceWhenAndWhatIsTried();
    void tellsInItsGroupWhatThatDoesNotSay_data();
    void tellsInItsGroupWhatThatDoesNotSay();
};

void TestSessionView::tellsEachPhase_data()
{
    using Type = AuthError::Type;
    QTest::addColumn<SessionSnapshot>("snapshot");
    QTest::addColumn<QString>("state");
    QTest::addColumn<Mood::Value>("mood");
    QTest::addColumn<Actions>("actions");
    QTest::addColumn<Action>("primary");
    const Actions none;
    const auto signIn = none | Action::SignIn;
    const auto all =
        none | Action::CopyToken | Action::RefreshNow | Action::SignIn | Action::SignOut;
    const QString until = at(now + 42min);

    const auto row = [](const char *name, const SessionSnapshot &snapshot, const QString &state,
                         Mood::Value mood, Actions actions, Action primary) {
        QTest::newRow(name) << snapshot << state << mood << actions << primary;
    };

    row("signed out", snapshotIn(Phase::SignedOut), u"Signed out"_s, Mood::SignedOut, signIn,
        Action::SignIn);
    row("ended by the appliance", because(snapshotIn(Phase::SignedOut), Type::Expired),
        u"Ended by the appliance"_s, Mood::Ended, signIn, Action::SignIn);
    row("restoring", snapshotIn(Phase::Restoring), u"Waiting for the keychain"_s, Mood::Busy,
        signIn | Action::RefreshNow, Action::RefreshNow);
    row("locked", because(snapshotIn(Phase::Restoring), Type::StoreDenied), u"Keychain locked"_s,
        Mood::NeedsYou, signIn | Action::RefreshNow, Action::RefreshNow);
    row("signing in", snapshotIn(Phase::SigningIn), u"Signing in…"_s, Mood::Busy,
        signIn | Action::SignOut, Action::SignIn);
    row("signing in again, token good", withTokens(Phase::SigningIn), u"Signing in…"_s, Mood::Busy,
        signIn | Action::SignOut | Action::CopyToken, Action::CopyToken);
    row("code", snapshotIn(Phase::CodeNeeded), u"Verification code needed"_s, Mood::NeedsYou,
        none | Action::EnterCode | Action::SignOut, Action::EnterCode);
    row("certificate", asking(snapshotIn(Phase::TrustNeeded)), u"Certificate not trusted"_s,
        Mood::NeedsYou, none | Action::DecideTrust | Action::SignOut, Action::DecideTrust);
    for (const Phase::Value phase : {Phase::TrustNeeded, Phase::Refreshing}) {
        row(phase == Phase::Refreshing ? "certificate changed, looked at again"
                                       : "certificate changed",
            pinned(asking(withTokens(phase))), u"Certificate changed"_s, Mood::NeedsYou,
            none | Action::DecideTrust | Action::SignOut | Action::CopyToken, Action::DecideTrust);
    }
    row("active", withTokens(Phase::Active), u"Signed in"_s, Mood::SignedIn,
        none | Action::CopyToken | Action::RefreshNow | Action::SignOut, Action::CopyToken);
    row("active, lapsed", withTokens(Phase::Active, -1s), u"Refreshing…"_s, Mood::Busy,
        none | Action::CopyToken | Action::RefreshNow | Action::SignOut, Action::RefreshNow);
    row("refreshing", withTokens(Phase::Refreshing), u"Signed in"_s, Mood::SignedIn,
        none | Action::CopyToken | Action::SignOut, Action::CopyToken);
    row("refreshing, lapsed", withTokens(Phase::Refreshing, -1s), u"Refreshing…"_s, Mood::Busy,
        none | Action::CopyToken | Action::SignOut, Action::CopyToken);
    for (const Phase::Value phase : {Phase::Waiting, Phase::Refreshing}) {
        const bool isWaiting = phase == Phase::Waiting;
        row(isWaiting ? "outage" : "outage, next try", because(withTokens(phase), Type::Offline),
            u"Cannot renew, token still good until %1"_s.arg(until), Mood::CannotRenew, all,
            Action::CopyToken);
        row(isWaiting ? "outage, lapsed" : "outage, lapsed, next try",
            because(withTokens(phase, -1s), Type::Timeout), u"Cannot renew, token expired"_s,
            Mood::Lapsed, all, Action::RefreshNow);
    }
}

void TestSessionView::tellsEachPhase()
{
    QFETCH(const SessionSnapshot, snapshot);
    const SessionView view(snapshot);
    QTEST(view.state(), "state");
    QTEST(view.mood(), "mood");
    QTEST(view.actions(), "actions");
    QTEST(view.primary(), "primary");
}

void TestSessionView::tellsTheTimeLeft_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("lapsed") << qint64(-5) << u"expired"_s;
    QTest::newRow("now") << qint64(0) << u"expired"_s;
    QTest::newRow("seconds") << qint64(89) << u"89 s left"_s;
    QTest::newRow("minutes") << qint64(90) << u"1 min left"_s;
    QTest::newRow("an hour") << qint64(3600) << u"60 min left"_s;
    QTest::newRow("hours") << qint64(5 * 3600 + 20 * 60) << u"5 h 20 min left"_s;
    QTest::newRow("days") << qint64(14 * 86400) << u"14 days left"_s;
}

void TestSessionView::tellsTheTimeLeft()
{
    QFETCH(const qint64, seconds);
    QTEST(
        SessionView(withTokens(Phase::Active, std::chrono::seconds(seconds))).timeLeft(), "words");
}

void TestSessionView::tellsTheApplianceClock_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("in step") << qint64(0) << u"In step"_s;
    QTest::newRow("a minute") << qint64(-60) << u"In step"_s;
    QTest::newRow("ahead") << qint64(61) << u"61 s ahead"_s;
    QTest::newRow("behind") << qint64(-185) << u"3 min behind"_s;
}

void TestSessionView::tellsTheApplianceClock()
{
    QFETCH(const qint64, seconds);
    SessionSnapshot snapshot = withTokens(Phase::Active);
    snapshot.clockOffset = std::chrono::seconds(seconds);
    QTEST(SessionView(snapshot).applianceClock(), "words");
}

void TestSessionView::tellsWhereTheTokensRest_data()
{
    QTest::addColumn<bool>("isPersisted");
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("words");
    const int none = -1;
    QTest::newRow("disk") << true << none << u"On this computer, sealed"_s;
    QTest::newRow("memory") << false << none << u"In memory only: ends with Latchkey"_s;
    QTest::newRow("no keychain") << false << static_cast<int>(StoreError::Unavailable)
                                 << u"In memory only: There is no keychain for the key to this "
                                    "session. Start one, such as GNOME Keyring or KWallet."_s;
    QTest::newRow("locked") << false << static_cast<int>(StoreError::Locked)
                            << u"In memory only: The keychain is locked. Unlock it."_s;
}

void TestSessionView::tellsWhereTheTokensRest()
{
    QFETCH(const bool, isPersisted);
    QFETCH(const int, error);
    SessionSnapshot snapshot = withTokens(Phase::Active);
    snapshot.isPersisted = isPersisted;
    if (error >= 0)
        snapshot.storeError = static_cast<StoreError>(error);
    QTEST(SessionView(snapshot).keeping(), "words");
}

void TestSessionView::tellsWhoOneIs()
{
    SessionSnapshot snapshot = withTokens(Phase::Active);
    QCOMPARE(SessionView(snapshot).user(), u"operator"_s);
    QCOMPARE(SessionView(snapshot).role(), u"PortalAdmin"_s);
    QCOMPARE(SessionView(snapshot).userType(), u"Internal"_s);
    QCOMPARE(SessionView(snapshot).secondFactor(), u"Used"_s);
    snapshot.identity->secondFactor = false;
    QCOMPARE(SessionView(snapshot).secondFactor(), u"Not used"_s);
    snapshot.account.server = QUrl(u"https://host.example.com:8443/path"_s);
    QCOMPARE(SessionView(snapshot).address(), u"operator at host.example.com:8443"_s);
    snapshot.account.server = QUrl(u"https://b\u0430ckup.example.com"_s); // a Cyrillic letter
    QCOMPARE(SessionView(snapshot).address(), u"operator at xn--bckup-4ve.example.com"_s);
}

void TestSessionView::tellsTheEndOfTheRefreshToken()
{
    SessionSnapshot snapshot = withTokens(Phase::Active);
    QVERIFY(SessionView(snapshot).refreshToken().contains(u"does not say"_s));
    snapshot.refreshEnd = now + 14 * 24h;
    QVERIFY(SessionView(snapshot).refreshToken().startsWith(u"14 days left, until "_s));
    snapshot.hasRefreshToken = false;
    QVERIFY(SessionView(snapshot).refreshToken().startsWith(u"None"_s));
    QVERIFY(SessionView(snapshot).actions().testFlag(Action::SignIn));
}

void TestSessionView::tellsTheNextRefresh()
{
    SessionSnapshot snapshot = withTokens(Phase::Active);
    snapshot.nextRefreshAt = now + 31min;
    QVERIFY(SessionView(snapshot).nextRefresh().startsWith(u"In 31 min, at "_s));
    snapshot.nextRefreshAt = now - 1s;
    QCOMPARE(SessionView(snapshot).nextRefresh(), u"Now"_s);
    snapshot.phase = Phase::Refreshing;
    snapshot.nextRefreshAt.reset();
    QCOMPARE(SessionView(snapshot).nextRefresh(), u"Now"_s);
}

void TestSessionView::tellsThatARefreshWaitsForAPerson()
{
    SessionSnapshot snapshot = snapshotIn(Phase::TrustNeeded);
    snapshot.certificate = aCertificate();
    QCOMPARE(SessionView(snapshot).nextRefresh(), u"Not until you decide"_s);
}

void TestSessionView::tellsNothingInWords()
{
    const SessionView view(snapshotIn(Phase::SignedOut));
    for (const QString &value :
        {view.role(), view.userType(), view.secondFactor(), view.applianceClock()})
        QCOMPARE(value, u"Not known"_s);
    QCOMPARE(view.accessToken(), u"None"_s);
    QCOMPARE(view.refreshToken(), u"None"_s);
    QCOMPARE(view.nextRefresh(), u"Not planned"_s);
    QCOMPARE(view.keeping(), u"Nothing kept"_s);
    QVERIFY(view.timeLeft().isEmpty());
    QVERIFY(view.reason().isEmpty());
}

void TestSessionView::tellsWhetherTheCertificateChanged()
{
    const SessionSnapshot snapshot = asking(snapshotIn(Phase::TrustNeeded));
    QVERIFY(SessionView(snapshot).reason().contains(u"is not known"_s));
    QVERIFY(SessionView(pinned(snapshot)).reason().contains(u"has changed"_s));
    QVERIFY(SessionView(asking(withTokens(Phase::TrustNeeded))).reason().contains(u"changed"_s));
}

void TestSessionView::tellsSinceWhenAndWhatIsTried_data()
{
    using Type = AuthError::Type;
    QTest::addColumn<SessionSnapshot>("snapshot");
    QTest::addColumn<QString>("words");
    SessionSnapshot outage = because(withTokens(Phase::Waiting, -1s), Type::Offline);
    outage.reasonAt = now - 10min;
    const QString since = u"Since "_s + at(now - 10min);
    QTest::newRow("for good") << outage << since + u'.';
    outage.nextRefreshAt = now + 12s;
    QTest::newRow("waiting") << outage << since + u", next try in 12 s."_s;
    outage.nextRefreshAt = now;
    QTest::newRow("due") << outage << since + u", trying now."_s;
    outage.nextRefreshAt.reset();
    outage.phase = Phase::Refreshing;
    QTest::newRow("trying") << outage << since + u", trying now."_s;
    QTest::newRow("well") << withTokens(Phase::Active) << QString();
    SessionSnapshot unkept = withTokens(Phase::Refreshing);
    unkept.storeError = StoreError::Unavailable;
    unkept.storeErrorAt = now - 10min;
    QTest::newRow("not kept") << unkept << since + u'.';
}

void TestSessionView::tellsSinceWhenAndWhatIsTried()
{
    QFETCH(const SessionSnapshot, snapshot);
    QTEST(SessionView(snapshot).attempts(), "words");
}

void TestSessionView::tellsInItsGroupWhatThatDoesNotSay_data()
{
    using Type = AuthError::Type;
    QTest::addColumn<SessionSnapshot>("snapshot");
    QTest::addColumn<QString>("words");
    QTest::newRow("signed in") << withTokens(Phase::Active) << QString();
    QTest::newRow("signed out") << snapshotIn(Phase::SignedOut) << QString();
    QTest::newRow("outage") << because(withTokens(Phase::Waiting), Type::Offline)
                            << u"Token good until %1"_s.arg(at(now + 42min));
    QTest::newRow("lapsed") << because(withTokens(Phase::Waiting, -10min), Type::Offline)
                            << u"Token expired at %1"_s.arg(at(now - 10min));
    QTest::newRow("code") << snapshotIn(Phase::CodeNeeded) << u"Verification code needed"_s;
    QTest::newRow("ended") << because(snapshotIn(Phase::SignedOut), Type::Expired)
                           << u"Ended by the appliance"_s;
    QTest::newRow("signing in") << snapshotIn(Phase::SigningIn) << u"Signing in…"_s;
}

void TestSessionView::tellsInItsGroupWhatThatDoesNotSay()
{
    QFETCH(const SessionSnapshot, snapshot);
    QTEST(SessionView(snapshot).inItsGroup(), "words");
}

QTEST_MAIN(TestSessionView)
#include "tst_sessionview.moc"
