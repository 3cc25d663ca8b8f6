// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/rememberedconsents.h"

#include "base/wholefile.h"
#include "support/fakeclock.h"
#include "support/handouts.h"
#include "support/warnings.h"

#include <QFile>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGrants final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theGranteeIsTheProgramsFile();
    void behindOurCommandLineStandsWhoStartedIt();
    void aProgramOfWhichNothingIsKnownIsNoGrantee();
    void aProgramThatIsNotCertainIsNoGrantee();
    void aFileThatWasReplacedIsAskedAboutAgain_data();
    void aFileThatWasReplacedIsAskedAboutAgain();
    void anOlderFileIsNoGrantAndNoDamage();
    void aNoIsOneForAMinute();
    void aNoToWhoIsNotKnownIsOneForAllSessions();
    void threeNoesAreOneToEverything();
    void aNoIsOneToOneDeed();
    void whatWasDecidedFollowsARename();
    void whatWasDecidedAboutTheNewNameEnds();
    void eachHoldsAsLongAsItSays_data();
    void eachHoldsAsLongAsItSays();
    void anHourIsAnHour();
    void aLaterDecisionTakesThePlaceOfAnEarlier();
    void itIsForOneSessionAndOneProgram();
    void aForgottenSessionTakesItsGrantsAlong();
    void theFileIsNeverTooLongToBeReadAgain();
    void whatIsRevokedHoldsNoMore();
    void aBlockedProgramIsItsPath();
    void onlySoManyAreBlocked();
    void aSpoiltFileIsNoGrants();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"programs.json"_s); }
    [[nodiscard]] Instant now() const { return m_clock.now(); }

    FakeClock m_clock;
    ProgramIdentity m_curl{u"/usr/bin/curl"_s, {}, FileId{1, 4711, 1}};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestGrants::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    // ProgramIdentity::of() recognises latchkeyctl by its place beside this program.
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY2(ctl.exists(), "latchkeyctl is not built");
    QVERIFY2(QFile::exists(QCoreApplication::applicationDirPath() + u"/latchkey-gateway"_s),
        "latchkey-gateway is not built");
}

void TestGrants::theGranteeIsTheProgramsFile()
{
    QCOMPARE(ProgramIdentity::of(aProgram()), std::optional(m_curl));
}

void TestGrants::behindOurCommandLineStandsWhoStartedIt()
{
    const auto bash = ProgramIdentity::of(ourCommandLine(u"/usr/bin/bash"_s));
    const auto python = ProgramIdentity::of(ourCommandLine(u"/usr/bin/python3"_s));
    QVERIFY(bash && python && !(*bash == *python));
    QCOMPARE(bash->parent, u"/usr/bin/bash"_s);
    Program gateway = ourCommandLine(u"/usr/bin/bash"_s);
    gateway.executable.replace("latchkeyctl"_L1, "latchkey-gateway"_L1);
    QCOMPARE(ProgramIdentity::of(gateway)->parent, u"/usr/bin/bash"_s);
    const Program impostor = aProgram(u"/tmp/latchkeyctl"_s);
    QVERIFY(ProgramIdentity::of(impostor)->parent.isEmpty());
}

void TestGrants::aProgramOfWhichNothingIsKnownIsNoGrantee()
{
    QVERIFY(!ProgramIdentity::of({4711, {}, {u"/usr/bin/bash"_s}, {}}));
    QVERIFY(!ProgramIdentity::of(ourCommandLine(u"(sudo)"_s)));
}

void TestGrants::aProgramThatIsNotCertainIsNoGrantee()
{
    QVERIFY(!ProgramIdentity::of(inWords(aProgram())));
    Program ctl = ourCommandLine(u"/usr/bin/bash"_s);
    ctl.parentFile.reset();
    QVERIFY(!ProgramIdentity::of(ctl));
    QVERIFY(!ProgramIdentity::of(inWords(ctl)));
}

void TestGrants::aFileThatWasReplacedIsAskedAboutAgain_data()
{
    QTest::addColumn<FileId>("file");
    QTest::newRow("another file") << FileId{1, 4712, 1};
    QTest::newRow("another disk") << FileId{2, 4711, 1};
    QTest::newRow("written anew") << FileId{1, 4711, 2};
}

void TestGrants::aFileThatWasReplacedIsAskedAboutAgain()
{
    QFETCH(const FileId, file);
    Program replaced = aProgram();
    replaced.file = file;
    Program replacedParent = ourCommandLine(u"/usr/bin/bash"_s);
    const ProgramIdentity ctl = *ProgramIdentity::of(replacedParent);
    replacedParent.parentFile = file;
    {
        RememberedConsents grants(path());
        for (const ProgramIdentity &identity : {m_curl, ctl})
            grants.add(u"prod"_s, identity, Decision::Always, now());
    }
    RememberedConsents grants(path());
    QVERIFY(grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, *ProgramIdentity::of(replaced), now()));
    QVERIFY(grants.hold(u"prod"_s, ctl, now()));
    QVERIFY(!grants.hold(u"prod"_s, *ProgramIdentity::of(replacedParent), now()));

    grants.add(u"prod"_s, *ProgramIdentity::of(replaced), Decision::OneHour, now());
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

//! Version 1 did not record which file the program was.
void TestGrants::anOlderFileIsNoGrantAndNoDamage()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version": 1, "programs": [{"session": "prod", "program": "/usr/bin/curl",)"
               R"( "parent": ""}]})");
    file.close();
    const RememberedConsents grants(path());
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, {u"/usr/bin/curl"_s, {}}, now()));
    QVERIFY(!QFile::exists(path() + u".damaged"_s));
}

void TestGrants::aNoIsOneForAMinute()
{
    RememberedConsents grants(path());
    grants.deny(u"prod"_s, m_curl, now());
    QVERIFY(grants.isDenied(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.isDenied(u"test"_s, m_curl, now()));
    QVERIFY(!grants.isDenied(u"prod"_s, *ProgramIdentity::of(aProgram(u"/usr/bin/wget"_s)), now()));
    QVERIFY(!grants.isDenied(u"prod"_s, {}, now()));
    m_clock.advance(1min);
    QVERIFY(!grants.isDenied(u"prod"_s, m_curl, now()));
    grants.deny(u"prod"_s, m_curl, now());
    grants.forget(u"prod"_s); // which a program can bring about
    QVERIFY(grants.isDenied(u"prod"_s, m_curl, now()));
}

//! They choose the names of sessions themselves.
void TestGrants::aNoToWhoIsNotKnownIsOneForAllSessions()
{
    RememberedConsents grants(path());
    grants.deny(u"prod"_s, {}, now());
    for (const QString &session : {u"prod"_s, u"test"_s})
        QVERIFY(grants.isDenied(session, {}, now()));
    QVERIFY(!grants.isDenied(u"prod"_s, m_curl, now()));
    grants.forget(u"prod"_s);
    QVERIFY(grants.isDenied(u"prod"_s, {}, now()));
    m_clock.advance(1min);
    QVERIFY(!grants.isDenied(u"prod"_s, {}, now()));
}

//! So that a program cannot ask on and on under names of its own.
void TestGrants::threeNoesAreOneToEverything()
{
    RememberedConsents grants(path());
    for (const QString &session : {u"a"_s, u"b"_s, u"c"_s}) {
        QVERIFY(!grants.isDenied(u"d"_s, m_curl, now()));
        grants.deny(session, m_curl, now());
    }
    QVERIFY(grants.isDenied(u"d"_s, m_curl, now()));
    QVERIFY(grants.isDenied(u"a"_s, m_curl, now(), 1));
    QVERIFY(!grants.isDenied(u"a"_s, *ProgramIdentity::of(aProgram(u"/usr/bin/wget"_s)), now()));
    m_clock.advance(1min);
    QVERIFY(!grants.isDenied(u"d"_s, m_curl, now()));
}

void TestGrants::aNoIsOneToOneDeed()
{
    RememberedConsents grants(path());
    grants.deny(u"prod"_s, m_curl, now(), 1);
    QVERIFY(grants.isDenied(u"prod"_s, m_curl, now(), 1));
    QVERIFY(!grants.isDenied(u"prod"_s, m_curl, now(), 2));
    QVERIFY(!grants.isDenied(u"prod"_s, m_curl, now()));
}

//! Such as about a sign-in under that name that never worked.
void TestGrants::whatWasDecidedAboutTheNewNameEnds()
{
    RememberedConsents grants(path());
    grants.add(u"test"_s, m_curl, Decision::Always, now());
    grants.deny(u"test"_s, m_curl, now());
    grants.rename(u"prod"_s, u"test"_s);
    QVERIFY(!grants.hold(u"test"_s, m_curl, now()));
    QVERIFY(!grants.isDenied(u"test"_s, m_curl, now()));
    QVERIFY(!RememberedConsents(path()).hold(u"test"_s, m_curl, now()));
}

void TestGrants::whatWasDecidedFollowsARename()
{
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    grants.deny(u"prod"_s, {}, now());
    grants.rename(u"prod"_s, u"prod-eu"_s);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(grants.hold(u"prod-eu"_s, m_curl, now()));
    QVERIFY(grants.isDenied(u"prod-eu"_s, {}, now()));
    QVERIFY(RememberedConsents(path()).hold(u"prod-eu"_s, m_curl, now()));
}

void TestGrants::eachHoldsAsLongAsItSays_data()
{
    QTest::addColumn<Decision>("decision");
    QTest::addColumn<bool>("atFirst");
    QTest::addColumn<bool>("afterALock");
    QTest::addColumn<bool>("afterARestart");
    QTest::newRow("deny") << Decision::Deny << false << false << false;
    QTest::newRow("once") << Decision::Once << false << false << false;
    QTest::newRow("one hour") << Decision::OneHour << true << true << false;
    QTest::newRow("until lock") << Decision::UntilLock << true << false << false;
    QTest::newRow("always") << Decision::Always << true << true << true;
}

void TestGrants::eachHoldsAsLongAsItSays()
{
    QFETCH(const Decision, decision);
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, decision, now());
    QTEST(grants.hold(u"prod"_s, m_curl, now()), "atFirst");
    grants.endUntilLock();
    QTEST(grants.hold(u"prod"_s, m_curl, now()), "afterALock");
    QTEST(RememberedConsents(path()).hold(u"prod"_s, m_curl, now()), "afterARestart");
}

void TestGrants::anHourIsAnHour()
{
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, Decision::OneHour, now());
    m_clock.advance(1h - 1s);
    QVERIFY(grants.hold(u"prod"_s, m_curl, now()));
    m_clock.advance(1s);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

void TestGrants::aLaterDecisionTakesThePlaceOfAnEarlier()
{
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, Decision::OneHour, now());
    grants.add(u"prod"_s, m_curl, Decision::UntilLock, now());
    grants.endUntilLock();
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

void TestGrants::itIsForOneSessionAndOneProgram()
{
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    QVERIFY(!grants.hold(u"test"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, {u"/usr/bin/wget"_s, {}}, now()));
    QVERIFY(!grants.hold(u"prod"_s, {m_curl.executable, u"/usr/bin/bash"_s}, now()));
}

void TestGrants::aForgottenSessionTakesItsGrantsAlong()
{
    RememberedConsents grants(path());
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    grants.add(u"test"_s, m_curl, Decision::Always, now());
    grants.forget(u"prod"_s);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!RememberedConsents(path()).hold(u"prod"_s, m_curl, now()));
    QVERIFY(RememberedConsents(path()).hold(u"test"_s, m_curl, now()));
}

//! A file that somebody else wrote without any spare blanks must not grow too long either.
void TestGrants::theFileIsNeverTooLongToBeReadAgain()
{
    const QByteArray path = QByteArray("\\u0001").repeated(4000);
    QByteArray list;
    for (int n = 0; list.size() + 25'000 < longestFile; ++n) {
        list += R"({"session":"prod","programFile":{},"program":"/)" + QByteArray::number(n) + path
            + "\"},";
    }
    QFile file(this->path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"programs":[)" + list.chopped(1) + "]}");
    file.close();
    RememberedConsents grants(this->path());
    ProgramIdentity identity = m_curl;
    identity.executable = u'/' + QString(4000, QChar(1));
    grants.add(u"prod"_s, identity, Decision::Always, now());
    QVERIFY(QFileInfo(this->path()).size() <= longestFile);
    QVERIFY(QFileInfo(this->path()).size() > longestFile / 2);
    QVERIFY(RememberedConsents(this->path()).hold(u"prod"_s, identity, now()));
    QVERIFY(!QFile::exists(this->path() + u".damaged"_s));
}

void TestGrants::whatIsRevokedHoldsNoMore()
{
    RememberedConsents grants(path());
    const ProgramIdentity bash = *ProgramIdentity::of(ourCommandLine(u"/usr/bin/bash"_s));
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    grants.add(u"test"_s, m_curl, Decision::OneHour, now());
    grants.add(u"prod"_s, bash, Decision::Always, now());
    QCOMPARE(grants.entries(now()).size(), 3);
    QCOMPARE(grants.revoke(u"/usr/bin/bash"_s, {}), 1);
    QCOMPARE(grants.revoke(u"/usr/bin/curl"_s, u"prod"_s), 1);
    QCOMPARE(grants.revoke(u"/usr/bin/curl"_s, u"prod"_s), 0);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, bash, now()));
    QVERIFY(grants.hold(u"test"_s, m_curl, now()));
    QVERIFY(RememberedConsents(path()).entries(now()).isEmpty());
    m_clock.advance(1h);
    QVERIFY(grants.entries(now()).isEmpty());
}

void TestGrants::aBlockedProgramIsItsPath()
{
    {
        RememberedConsents grants(path());
        grants.add(u"prod"_s, m_curl, Decision::Always, now());
        QVERIFY(grants.block(u"/usr/bin/curl"_s));
        QVERIFY(!grants.block(u"curl"_s));
        QVERIFY(!grants.block(u'/' + QString(RememberedConsents::longestPath, u'x')));
        QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    }
    RememberedConsents grants(path());
    Program replaced = aProgram();
    replaced.file = FileId{1, 4712, 1};
    QVERIFY(grants.isBlocked(aProgram()));
    QVERIFY(grants.isBlocked(replaced));
    QVERIFY(grants.isBlocked(inWords(replaced)));
    QVERIFY(grants.isBlocked(ourCommandLine(u"/usr/bin/curl"_s)));
    QVERIFY(!grants.isBlocked(ourCommandLine(u"/usr/bin/bash"_s)));
    QVERIFY(!QFile::exists(path() + u".damaged"_s));
    QVERIFY(grants.unblock(u"/usr/bin/curl"_s));
    QVERIFY(!grants.unblock(u"/usr/bin/curl"_s));
    QVERIFY(!grants.isBlocked(aProgram()));
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now())); // it is asked about again
    QVERIFY(!RememberedConsents(path()).isBlocked(aProgram()));
}

void TestGrants::onlySoManyAreBlocked()
{
    const auto program = [](qsizetype number) {
        return u'/' + QString(4000, QChar(1)) + QString::number(number);
    };
    RememberedConsents grants(path());
    for (qsizetype number = 0; number < RememberedConsents::mostBlocked; ++number)
        QVERIFY(grants.block(program(number)));
    QVERIFY(!grants.block(u"/usr/bin/curl"_s));
    QVERIFY(grants.block(program(0))); // it is already
    QCOMPARE(RememberedConsents(path()).blocked().size(), RememberedConsents::mostBlocked);
}

void TestGrants::aSpoiltFileIsNoGrants()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"programs": [7, {"session": "prod"}, {"session": "", "program": "/usr/bin/curl"}]})");
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a copy is in"_s));
    QVERIFY(!RememberedConsents(path()).hold(u"prod"_s, m_curl, now()));
    QVERIFY(QFile::exists(path() + u".damaged"_s));
}

QTEST_GUILESS_MAIN(TestGrants)
#include "tst_rememberedconsents.moc"
