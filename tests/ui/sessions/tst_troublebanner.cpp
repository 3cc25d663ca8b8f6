// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/troublebanner.h"

#include "widgets/tones.h"

#include "ui/uifixture.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTroubleBanner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void isHiddenWhileAllIsWell();
    void tellsWhatSinceWhenAndWhenNext();
    void offersToTryAgain();
    void offersNoTryThatIsOfNoUse();
    void tellsThatTokensAreNotKept();
    void hasTheToneOfTheMood();
    void isRedWhereTheCertificateHasChanged();
    void tellsWhatProgramsGetMeanwhile();
};

void TestTroubleBanner::isHiddenWhileAllIsWell()
{
    UiFixture desk;
    QWidget window;
    auto *banner = new TroubleBanner(&window);
    Session &session = desk.signedIn(u"prod"_s);
    banner->setView(SessionView(session.snapshot()));
    QVERIFY(banner->isHidden());
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Offline);
    banner->setView(SessionView(session.snapshot()));
    QVERIFY(!banner->isHidden());
    session.refreshNow();
    desk.grant(u"prod"_s, 2);
    banner->setView(SessionView(session.snapshot()));
    QVERIFY(banner->isHidden());
}

void TestTroubleBanner::tellsWhatSinceWhenAndWhenNext()
{
    SessionSnapshot snapshot;
    snapshot.account = anAccount();
    snapshot.phase = Phase::Waiting;
    snapshot.takenAt = FakeClock::start;
    snapshot.accessEnd = snapshot.takenAt + 10min;
    snapshot.reason = AuthError{AuthError::Type::Offline, 0, {}, {}};
    snapshot.reasonAt = snapshot.takenAt - 2min;
    snapshot.nextRefreshAt = snapshot.takenAt + 30s;
    TroubleBanner banner;
    banner.setView(SessionView(snapshot));
    const QString told = words<QLabel>(banner);
    QVERIFY2(told.contains(u"cannot be reached"_s), qPrintable(told));
    QVERIFY2(
        told.contains(QRegularExpression(u"Since \\S+, next try in 30 s\\."_s)), qPrintable(told));
}

void TestTroubleBanner::offersToTryAgain()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Offline);
    TroubleBanner banner;
    banner.setView(SessionView(session.snapshot()));
    const QSignalSpy asked(&banner, &TroubleBanner::retryRequested);
    click<QPushButton>(banner, "Refresh now");
    QCOMPARE(asked.count(), 1);
}

void TestTroubleBanner::offersNoTryThatIsOfNoUse()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Expired);
    TroubleBanner banner;
    banner.setView(SessionView(session.snapshot()));
    QVERIFY(words<QLabel>(banner).contains(u"Sign in again"_s));
    QVERIFY(!find<QPushButton>(banner, "Refresh now"));
}

void TestTroubleBanner::tellsThatTokensAreNotKept()
{
    UiFixture desk;
    SessionSnapshot snapshot = desk.signedIn(u"prod"_s).snapshot();
    snapshot.storeError = StoreError::Unavailable;
    snapshot.storeErrorAt = snapshot.takenAt;
    TroubleBanner banner;
    banner.setView(SessionView(snapshot));
    QVERIFY(words<QLabel>(banner).contains(sentenceForUnkept(StoreError::Unavailable).translated));
    QVERIFY(words<QLabel>(banner).contains(u"Since "_s));
}

void TestTroubleBanner::hasTheToneOfTheMood()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    TroubleBanner banner;
    const auto stripe = [&] {
        banner.setView(SessionView(session.snapshot()));
        banner.resize(400, 80);
        return banner.grab().toImage().pixelColor(1, 40);
    };
    session.refreshNow();
    desk.refuse(u"prod"_s, AuthError::Type::Offline);
    QCOMPARE(stripe(), toneColor(Tone::Warning, banner.palette()));
    desk.signIn(u"prod"_s);
    desk.client(u"prod"_s).answer(CodeAsked{secret("ticket")});
    QCOMPARE(stripe(), toneColor(Tone::Need, banner.palette()));
}

void TestTroubleBanner::isRedWhereTheCertificateHasChanged()
{
    UiFixture desk;
    const auto stripe = [](const Session &session) {
        TroubleBanner banner;
        banner.setView(SessionView(session.snapshot()));
        banner.resize(400, 80);
        return banner.grab().toImage().pixelColor(1, 40);
    };
    Session &known = desk.signedIn(u"known"_s);
    known.refreshNow();
    desk.client(u"known"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(stripe(known), toneColor(Tone::Danger, QPalette()));
    Session &fresh = desk.signIn(u"fresh"_s);
    desk.client(u"fresh"_s).answer(Untrusted{aCertificate()});
    QCOMPARE(stripe(fresh), toneColor(Tone::Need, QPalette()));
}

void TestTroubleBanner::tellsWhatProgramsGetMeanwhile()
{
    UiFixture desk;
    Session &session = desk.signedIn(u"prod"_s);
    const auto told = [&](const SessionSnapshot &snapshot) {
        TroubleBanner banner;
        banner.setView(SessionView(snapshot));
        return words<QLabel>(banner);
    };
    QVERIFY(!told(session.snapshot()).contains(u"programs"_s, Qt::CaseInsensitive));
    session.refreshNow();
    desk.client(u"prod"_s).answer(Untrusted{aCertificate()});
    SessionSnapshot snapshot = session.snapshot();
    QVERIFY(told(snapshot).contains(
        u"Not refreshed until you decide; programs get the token until "_s));
    snapshot.accessEnd = snapshot.takenAt;
    QVERIFY(told(snapshot).contains(u"Programs get no token until you decide."_s));
}

QTEST_MAIN(TestTroubleBanner)
#include "tst_troublebanner.moc"
