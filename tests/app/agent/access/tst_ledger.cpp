// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/ledger.h"

#include "base/wholefile.h"
#include "support/fakeclock.h"
#include "support/handouts.h"
#include "support/misplaced.h"
#include "support/warnings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestLedger final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void whatIsAppendedIsThere();
    void theLastThousandAreKept();
    void itIsInTheFileWithinASecond();
    void theFileDoesNotGrowForEver();
    void itOutlivesTheProgram();
    void theFileIsForItsOwnerAlone();
    void aSpoiltFileLosesNoMoreThanItsSpoiltLines();
    void somethingElseInItsPlaceIsNotRead();
    void nothingIsWrittenThroughALinkOrAPipe_data();
    void nothingIsWrittenThroughALinkOrAPipe();
    void onlyTheEndOfALongFileIsRead();
    void whatCannotBeSavedIsToldOnce();
    void moreUseIsAddedToTheNewestEntry();
    void repeatsAreCountedAndNotListed();
    void oneBusyProgramDoesNotPushOutTheOthers();
    void aFloodLosesNothingOfTheOthersInTheFile();
    void programsThatAreNotCertainHaveOneShare();
    void longPathsTakeNoRoomOfOthers();
    void whatABlockedProgramAsksIsOneEntry();
    void entriesFollowARename();
    void scriptsSeeNullForWhatIsAbsent();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"latchkey/ledger.jsonl"_s); }
    [[nodiscard]] std::unique_ptr<Ledger> ledger();
    void passASecond()
    {
        m_clock.advance(std::chrono::seconds(1));
        m_deadlines->look();
    }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DeadlineQueue> m_deadlines;
};

//! latchkeyctl is known by its place, beside this program.
void TestLedger::initTestCase()
{
    QFile ctl(QCoreApplication::applicationDirPath() + u"/latchkeyctl"_s);
    QVERIFY(ctl.exists() || ctl.open(QIODevice::WriteOnly));
}

void TestLedger::init()
{
    failOnAnyWarning();
    m_clock = FakeClock();
    m_folder = std::make_unique<QTemporaryDir>();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
}

std::unique_ptr<Ledger> TestLedger::ledger()
{
    return std::make_unique<Ledger>(*m_deadlines, path());
}

void TestLedger::whatIsAppendedIsThere()
{
    const auto ledger = this->ledger();
    QSignalSpy appended(ledger.get(), &Ledger::appended);
    Program program = aProgram();
    program.hasOwnNumbers = true;
    ledger->append({{}, u"prod"_s, program, HandOut::Given});
    QCOMPARE(appended.count(), 1);
    QCOMPARE(ledger->entries(),
        QList<HandOut>(
            {{m_clock.now().wall, u"prod"_s, inWords(aProgram()), HandOut::Given, 1, true}}));
}

void TestLedger::theLastThousandAreKept()
{
    const auto ledger = this->ledger();
    for (int pid = 1; pid <= 1005; ++pid)
        ledger->append({{}, u"prod"_s, {pid, {}, {}, {}}, HandOut::Given});
    QCOMPARE(ledger->entries().size(), 1000);
    QCOMPARE(ledger->entries().first().program.pid, 6);
    QCOMPARE(ledger->entries().last().program.pid, 1005);
}

void TestLedger::itIsInTheFileWithinASecond()
{
    const auto ledger = this->ledger();
    QVERIFY(!QFile::exists(path()));
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    passASecond();
    QCOMPARE(this->ledger()->entries(), ledger->entries());
    QVERIFY(!m_deadlines->untilNext());
}

void TestLedger::theFileDoesNotGrowForEver()
{
    auto ledger = this->ledger();
    for (int pid = 1; pid <= 3500; ++pid) {
        ledger->append({{}, u"prod"_s, {pid, {}, {}, {}}, HandOut::Given});
        if (pid % 500 == 0)
            passASecond();
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().count('\n') < 3001);
    const auto entries = ledger->entries();
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), entries);
}

void TestLedger::itOutlivesTheProgram()
{
    auto before = ledger();
    before->append({{}, u"prod"_s, aProgram(), HandOut::Best});
    before->append({{}, u"with \"quotes\""_s, {}, HandOut::Copied});
    const auto entries = before->entries();
    before.reset();
    QCOMPARE(ledger()->entries(), entries);
}

void TestLedger::theFileIsForItsOwnerAlone()
{
    ledger()->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    QCOMPARE(QFileInfo(path()).permissions()
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
}

void TestLedger::aSpoiltFileLosesNoMoreThanItsSpoiltLines()
{
    {
        const auto before = ledger();
        before->append({{}, u"first"_s, aProgram(), HandOut::Given});
        before->append({{}, u"second"_s, aProgram(), HandOut::Given});
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArrayList lines = file.readAll().split('\n');
    file.resize(0);
    file.write(lines[0] + "\nnonsense\n{\"answer\":\"given\"}\n"
        + QByteArray(lines[1]).replace("given", "stolen") + '\n' + lines[1].first(20));
    file.close();
    const auto ledger = this->ledger();
    QCOMPARE(ledger->entries().size(), 1);
    QCOMPARE(ledger->entries().first().session, u"first"_s);
    ledger->append({{}, u"third"_s, aProgram(), HandOut::Given});
    passASecond();
    QCOMPARE(this->ledger()->entries(), ledger->entries());
}

void TestLedger::somethingElseInItsPlaceIsNotRead()
{
    QVERIFY(QDir().mkpath(path()));
    const auto ledger = this->ledger();
    QVERIFY(ledger->entries().isEmpty());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be saved"_s));
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    passASecond();
    QCOMPARE(ledger->entries().size(), 1);
}

void TestLedger::nothingIsWrittenThroughALinkOrAPipe_data()
{
    linkOrPipeRows();
}

void TestLedger::nothingIsWrittenThroughALinkOrAPipe()
{
    QFETCH(const QString, target);
    QFile there(m_folder->filePath(u"there"_s));
    QVERIFY(there.open(QIODevice::WriteOnly));
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QVERIFY(putLinkOrPipe(path(), m_folder->path(), target));
    const auto ledger = this->ledger();
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    passASecond();
    ledger->append({{}, u"test"_s, aProgram(), HandOut::Given});
    passASecond();
    QVERIFY(QFileInfo(path()).isFile() && !QFileInfo(path()).isSymLink());
    QCOMPARE(this->ledger()->entries(), ledger->entries());
    QCOMPARE(there.size(), 0);
    QVERIFY(!QFile::exists(m_folder->filePath(u"nowhere"_s)));
}

//! The older part of the file goes the next time that it is written.
void TestLedger::onlyTheEndOfALongFileIsRead()
{
    {
        const auto before = ledger();
        before->append({{}, u"first"_s, aProgram(), HandOut::Given});
        before->append({{}, u"second"_s, aProgram(), HandOut::Given});
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArrayList lines = file.readAll().split('\n');
    QVERIFY(file.resize(100 * longestFile) && file.seek(file.size()));
    file.write('\n' + lines[1] + '\n');
    file.close();
    const auto ledger = this->ledger();
    QCOMPARE(ledger->entries().size(), 1);
    QCOMPARE(ledger->entries().first().session, u"second"_s);
    ledger->append({{}, u"third"_s, aProgram(), HandOut::Given});
    passASecond();
    QVERIFY(QFileInfo(path()).size() < longestFile);
    QCOMPARE(this->ledger()->entries(), ledger->entries());
}

void TestLedger::whatCannotBeSavedIsToldOnce()
{
    QFile inTheWay(m_folder->filePath(u"latchkey"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto ledger = this->ledger();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be saved"_s));
    for (const QString &session : {u"prod"_s, u"test"_s}) {
        ledger->append({{}, session, aProgram(), HandOut::Given});
        passASecond();
    }
    QCOMPARE(ledger->entries().size(), 2);
}

void TestLedger::moreUseIsAddedToTheNewestEntry()
{
    const auto ledger = this->ledger();
    const HandOut use{{}, u"prod"_s, aProgram(), HandOut::Given, 20};
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    ledger->append(use);
    passASecond(); // the file now exists, so the rest is appended to it
    ledger->append(use);
    ledger->append(use);
    QCOMPARE(ledger->entries().size(), 1);
    QCOMPARE(ledger->entries().last().requests, 61);
    QCOMPARE(jsonFrom(ledger->entries().last())["requests"_L1].toInt(), 61);

    m_clock.advance(Ledger::useSpan);
    ledger->append(use);
    ledger->append({{}, u"prod"_s, aProgram(u"/usr/bin/wget"_s), HandOut::Given});
    ledger->append(use);
    QCOMPARE(ledger->entries().size(), 4);
    QCOMPARE(ledger->entries().last().requests, 20);
    passASecond();
    QCOMPARE(this->ledger()->entries(), ledger->entries());
}

void TestLedger::repeatsAreCountedAndNotListed()
{
    auto ledger = this->ledger();
    const HandOut denied{{}, u"prod"_s, aProgram(), HandOut::Denied};
    for (int i = 0; i < 1000; ++i)
        ledger->append(denied);
    QCOMPARE(ledger->entries().size(), 1);
    QCOMPARE(ledger->entries().last().requests, 1000);
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    ledger->append({{}, u"test"_s, aProgram(), HandOut::Given});
    passASecond();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 3);

    for (int i = 0; i < 90; ++i) {
        ledger->append(denied);
        passASecond();
    }
    QCOMPARE(ledger->entries().size(), 5); // each entry covers a minute
    const auto entries = ledger->entries();
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), entries);
}

void TestLedger::oneBusyProgramDoesNotPushOutTheOthers()
{
    const auto ledger = this->ledger();
    const Program quiet = aProgram(u"/usr/bin/quiet"_s);
    ledger->append({{}, u"prod"_s, quiet, HandOut::Given});
    ledger->append({{}, u"prod"_s, ourCommandLine(u"/usr/bin/cron"_s), HandOut::Given});
    for (int i = 0; i < 5000; ++i) {
        Program busy = ourCommandLine(u"/tmp/busy"_s);
        busy.pid = i;
        ledger->append({{}, u"prod"_s, busy, HandOut::Denied});
    }
    QCOMPARE(ledger->entries().size(), Ledger::most);
    QCOMPARE(ledger->entries()[0].program, inWords(quiet));
    QCOMPARE(ledger->entries()[1].program.parents, QStringList(u"/usr/bin/cron"_s));
    QCOMPARE(ledger->entries()[2].program.pid, 5000 - (Ledger::most - 2));

    for (int i = 0; i < 2000; ++i)
        ledger->append({{}, u"prod"_s, {i, u"/tmp/other"_s, {}, {}}, HandOut::Denied});
    const auto ofOther = std::ranges::count_if(ledger->entries(),
        [](const HandOut &handOut) { return handOut.program.executable == "/tmp/other"_L1; });
    QVERIFY(std::abs(ofOther - (Ledger::most - 2) / 2) <= 1);
    QCOMPARE(ledger->entries()[0].program, inWords(quiet));
}

void TestLedger::aFloodLosesNothingOfTheOthersInTheFile()
{
    auto ledger = this->ledger();
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    passASecond();
    ledger->append({{}, u"test"_s, aProgram(), HandOut::Given});
    for (int i = 0; i < 2 * Ledger::most; ++i) // within the second before the file is written
        ledger->append({{}, u"prod"_s, {i, u"/tmp/busy"_s, {}, {}}, HandOut::Denied});
    passASecond();
    const auto entries = ledger->entries();
    QCOMPARE(entries[0].program, inWords(aProgram()));
    QCOMPARE(entries[1].session, u"test"_s);
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), entries);
}

//! In a sandbox a program may go by ever new names, and be started by ever new ones. After a start,
//! too, and nothing of what people copied goes either.
void TestLedger::programsThatAreNotCertainHaveOneShare()
{
    auto ledger = this->ledger();
    ledger->append({{}, u"prod"_s, {}, HandOut::Copied});
    ledger->append({{}, u"prod"_s, ourCommandLine(u"/usr/bin/cron"_s), HandOut::Given});
    for (int i = 0; i < Ledger::most / 2; ++i)
        ledger->append({{}, u"prod"_s, aProgram(u"/usr/bin/%1"_s.arg(i % 2)), HandOut::Given});
    const auto flood = [&](int first, int count) {
        for (int i = first; i < first + count; ++i) {
            const QStringList parents(u"[%1]"_s.arg(i));
            ledger->append({{}, u"prod"_s, {i, parents[0], {}, {}}, HandOut::Denied});
            ledger->append({{}, u"prod"_s, {i, u"/tmp/%1"_s.arg(i), parents, {}}, HandOut::Denied});
            ledger->append({{}, u"prod"_s, ourCommandLine(parents[0]), HandOut::Denied});
        }
    };
    const auto others = [&] {
        return ledger->entries().first(2 + Ledger::most / 2);
    };
    const auto before = ledger->entries();
    flood(0, 200);
    QCOMPARE(ledger->entries().size(), Ledger::most);
    QCOMPARE(others(), before);
    ledger.reset();
    ledger = this->ledger();
    flood(10'000, 50);
    QCOMPARE(others(), before);
    QVERIFY(before[0].isCertain && before[1].isCertain && !ledger->entries().last().isCertain);
}

//! Paths of absurd length must not use up the room of other programs' entries.
void TestLedger::longPathsTakeNoRoomOfOthers()
{
    Program endless{1, u'/' + QString(4000, QChar(1)), {}, {}};
    endless.parents = QStringList(9, endless.executable);
    Program deep = aProgram(u"/usr/"_s + QString(500, u'x') + u"/curl"_s);
    deep.script = u"/home/alenka/backup.sh"_s;
    deep.parentScript = u"/home/alenka/all.sh"_s;
    auto ledger = this->ledger();
    ledger->append({{}, u"prod"_s, deep, HandOut::Given});
    for (int pid = 1; pid < 2 * Ledger::most; ++pid) {
        endless.pid = pid;
        ledger->append({{}, u"prod"_s, endless, HandOut::Denied});
        if (pid % 400 == 0)
            passASecond();
        QVERIFY(QFileInfo(path()).size() <= longestFile);
    }
    const auto entries = ledger->entries();
    QCOMPARE(entries.size(), Ledger::most);
    QCOMPARE(entries.first().program, inWords(deep));
    QCOMPARE(entries.last().program.executable.size(), 600);
    QCOMPARE(entries.last().program.parents.size(), 1);
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), entries);
}

void TestLedger::whatABlockedProgramAsksIsOneEntry()
{
    auto ledger = this->ledger();
    for (int pid = 1; pid <= 5; ++pid) {
        Program blocked = aProgram(u"/tmp/busy"_s);
        blocked.pid = pid;
        blocked.script = u"/tmp/busy-%1.sh"_s.arg(pid);
        ledger->append({{}, u"prod"_s, blocked, HandOut::Blocked});
        ledger->append({{}, u"test"_s, aProgram(), HandOut::Given, pid});
        ledger->append({{}, u"test"_s, blocked, HandOut::Blocked});
        m_clock.advance(std::chrono::minutes(2));
        m_deadlines->look();
    }
    QCOMPARE(ledger->entries().size(), 7);
    const HandOut &last = ledger->entries().last();
    QCOMPARE(last.session, u"test"_s);
    QCOMPARE(last.requests, 5);
    QCOMPARE(last.program.pid, 5);
    QCOMPARE(last.at, m_clock.now().wall - std::chrono::minutes(2));
    const auto entries = ledger->entries();
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), entries);

    ledger = this->ledger();
    Program busy = aProgram(u"/tmp/busy"_s);
    for (busy.pid = 1; busy.pid <= 3000; ++busy.pid)
        ledger->append({{}, u"prod"_s, busy, HandOut::Blocked});
    QCOMPARE(ledger->entries().size(), 7);
    QCOMPARE(ledger->entries().last().requests, 3005);
    ledger->append({{}, u"prod"_s, inWords(busy), HandOut::Blocked}); // it may be another's name
    const auto after = ledger->entries();
    QCOMPARE(after.size(), 8);
    QCOMPARE(after[6].requests, 3005);
    ledger.reset();
    QCOMPARE(this->ledger()->entries(), after);
}

//! In the file, too, and with what was not written yet.
void TestLedger::entriesFollowARename()
{
    const auto ledger = this->ledger();
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Given});
    passASecond();
    ledger->append({{}, u"test"_s, aProgram(), HandOut::Given});
    ledger->append({{}, u"prod"_s, aProgram(), HandOut::Copied});
    const QSignalSpy told(ledger.get(), &Ledger::appended);
    ledger->rename(u"prod"_s, u"prod-eu"_s);
    QStringList sessions;
    for (const HandOut &handOut : ledger->entries())
        sessions << handOut.session;
    QCOMPARE(sessions, QStringList({u"prod-eu"_s, u"test"_s, u"prod-eu"_s}));
    QCOMPARE(this->ledger()->entries(), ledger->entries());
    QCOMPARE(told.count(), 1);
}

void TestLedger::scriptsSeeNullForWhatIsAbsent()
{
    const QJsonObject full = jsonFrom(HandOut{m_clock.now().wall, u"prod"_s, aProgram(), {}});
    QCOMPARE(full["parents"_L1].toArray().size(), 2);
    QVERIFY(full["at"_L1].toString().endsWith(u'Z'));
    const QJsonObject bare = jsonFrom(HandOut{{}, u"prod"_s, {}, HandOut::SignInNeeded});
    for (const auto &name : {"program"_L1, "script"_L1, "parentScript"_L1, "pid"_L1, "terminal"_L1})
        QVERIFY2(bare[name].isNull(), name.data());
    QCOMPARE(bare["answer"_L1].toString(), u"sign-in-needed"_s);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
