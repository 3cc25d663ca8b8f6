// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/grants.h"

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
    void eachHoldsAsLongAsItSays_data();
    void eachHoldsAsLongAsItSays();
    void anHourIsAnHour();
    void aLaterDecisionTakesThePlaceOfAnEarlier();
    void itIsForOneSessionAndOneProgram();
    void aForgottenSessionTakesItsGrantsAlong();
    void theFileIsNeverTooLongToBeReadAgain();
    void aSpoiltFileIsNoGrants();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"programs.json"_s); }
    [[nodiscard]] Instant now() const { return m_clock.now(); }

    FakeClock m_clock;
    Grantee m_curl{u"/usr/bin/curl"_s, {}, FileId{1, 4711, 1}};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestGrants::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    // Grantee::of() knows latchkeyctl by its place beside this program.
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY2(ctl.exists(), "latchkeyctl is not built");
    QVERIFY2(QFile::exists(QCoreApplication::applicationDirPath() + u"/latchkey-gateway"_s),
        "latchkey-gateway is not built");
}

void TestGrants::theGranteeIsTheProgramsFile()
{
    QCOMPARE(Grantee::of(aProgram()), std::optional(m_curl));
}

void TestGrants::behindOurCommandLineStandsWhoStartedIt()
{
    const auto bash = Grantee::of(ourCommandLine(u"/usr/bin/bash"_s));
    const auto python = Grantee::of(ourCommandLine(u"/usr/bin/python3"_s));
    QVERIFY(bash && python && !(*bash == *python));
    QCOMPARE(bash->parent, u"/usr/bin/bash"_s);
    Program gateway = ourCommandLine(u"/usr/bin/bash"_s);
    gateway.executable.replace("latchkeyctl"_L1, "latchkey-gateway"_L1);
    QCOMPARE(Grantee::of(gateway)->parent, u"/usr/bin/bash"_s);
    const Program impostor = aProgram(u"/tmp/latchkeyctl"_s);
    QVERIFY(Grantee::of(impostor)->parent.isEmpty());
}

void TestGrants::aProgramOfWhichNothingIsKnownIsNoGrantee()
{
    QVERIFY(!Grantee::of({4711, {}, {u"/usr/bin/bash"_s}, {}}));
    QVERIFY(!Grantee::of(ourCommandLine(u"(sudo)"_s)));
}

void TestGrants::aProgramThatIsNotCertainIsNoGrantee()
{
    QVERIFY(!Grantee::of(inWords(aProgram())));
    Program ctl = ourCommandLine(u"/usr/bin/bash"_s);
    ctl.parentFile.reset();
    QVERIFY(!Grantee::of(ctl));
    QVERIFY(!Grantee::of(inWords(ctl)));
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
    const Grantee ctl = *Grantee::of(replacedParent);
    replacedParent.parentFile = file;
    {
        Grants grants(path());
        for (const Grantee &grantee : {m_curl, ctl})
            grants.add(u"prod"_s, grantee, Decision::Always, now());
    }
    Grants grants(path());
    QVERIFY(grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, *Grantee::of(replaced), now()));
    QVERIFY(grants.hold(u"prod"_s, ctl, now()));
    QVERIFY(!grants.hold(u"prod"_s, *Grantee::of(replacedParent), now()));

    grants.add(u"prod"_s, *Grantee::of(replaced), Decision::OneHour, now());
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

//! Version 1 did not say which file it was.
void TestGrants::anOlderFileIsNoGrantAndNoDamage()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version": 1, "programs": [{"session": "prod", "program": "/usr/bin/curl",)"
               R"( "parent": ""}]})");
    file.close();
    const Grants grants(path());
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, {u"/usr/bin/curl"_s, {}}, now()));
    QVERIFY(!QFile::exists(path() + u".damaged"_s));
}

void TestGrants::aNoIsOneForAMinute()
{
    Grants grants(path());
    grants.deny(u"prod"_s, m_curl, now());
    QVERIFY(grants.isDenied(u"prod"_s, m_curl, now()));
    QVERIFY(!grants.isDenied(u"test"_s, m_curl, now()));
    QVERIFY(!grants.isDenied(u"prod"_s, *Grantee::of(aProgram(u"/usr/bin/wget"_s)), now()));
    QVERIFY(!grants.isDenied(u"prod"_s, {}, now()));
    m_clock.advance(1min);
    QVERIFY(!grants.isDenied(u"prod"_s, m_curl, now()));
    grants.deny(u"prod"_s, {}, now());
    QVERIFY(grants.isDenied(u"prod"_s, {}, now()));
    grants.forget(u"prod"_s);
    QVERIFY(!grants.isDenied(u"prod"_s, {}, now()));
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
    Grants grants(path());
    grants.add(u"prod"_s, m_curl, decision, now());
    QTEST(grants.hold(u"prod"_s, m_curl, now()), "atFirst");
    grants.endUntilLock();
    QTEST(grants.hold(u"prod"_s, m_curl, now()), "afterALock");
    QTEST(Grants(path()).hold(u"prod"_s, m_curl, now()), "afterARestart");
}

void TestGrants::anHourIsAnHour()
{
    Grants grants(path());
    grants.add(u"prod"_s, m_curl, Decision::OneHour, now());
    m_clock.advance(1h - 1s);
    QVERIFY(grants.hold(u"prod"_s, m_curl, now()));
    m_clock.advance(1s);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

void TestGrants::aLaterDecisionTakesThePlaceOfAnEarlier()
{
    Grants grants(path());
    grants.add(u"prod"_s, m_curl, Decision::OneHour, now());
    grants.add(u"prod"_s, m_curl, Decision::UntilLock, now());
    grants.endUntilLock();
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
}

void TestGrants::itIsForOneSessionAndOneProgram()
{
    Grants grants(path());
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    QVERIFY(!grants.hold(u"test"_s, m_curl, now()));
    QVERIFY(!grants.hold(u"prod"_s, {u"/usr/bin/wget"_s, {}}, now()));
    QVERIFY(!grants.hold(u"prod"_s, {m_curl.executable, u"/usr/bin/bash"_s}, now()));
}

void TestGrants::aForgottenSessionTakesItsGrantsAlong()
{
    Grants grants(path());
    grants.add(u"prod"_s, m_curl, Decision::Always, now());
    grants.add(u"test"_s, m_curl, Decision::Always, now());
    grants.forget(u"prod"_s);
    QVERIFY(!grants.hold(u"prod"_s, m_curl, now()));
    QVERIFY(!Grants(path()).hold(u"prod"_s, m_curl, now()));
    QVERIFY(Grants(path()).hold(u"test"_s, m_curl, now()));
}

//! As somebody else could have written it, without a blank to spare.
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
    Grants grants(this->path());
    Grantee grantee = m_curl;
    grantee.executable = u'/' + QString(4000, QChar(1));
    grants.add(u"prod"_s, grantee, Decision::Always, now());
    QVERIFY(QFileInfo(this->path()).size() <= longestFile);
    QVERIFY(QFileInfo(this->path()).size() > longestFile / 2);
    QVERIFY(Grants(this->path()).hold(u"prod"_s, grantee, now()));
    QVERIFY(!QFile::exists(this->path() + u".damaged"_s));
}

void TestGrants::aSpoiltFileIsNoGrants()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"programs": [7, {"session": "prod"}, {"session": "", "program": "/usr/bin/curl"}]})");
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a copy is in"_s));
    QVERIFY(!Grants(path()).hold(u"prod"_s, m_curl, now()));
    QVERIFY(QFile::exists(path() + u".damaged"_s));
}

QTEST_GUILESS_MAIN(TestGrants)
#include "tst_grants.moc"
