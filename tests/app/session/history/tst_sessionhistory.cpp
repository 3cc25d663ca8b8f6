// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/history/sessionhistory.h"

#include "support/fakeclock.h"
#include "support/misplaced.h"
#include "support/warnings.h"

#include <QFile>
#include <QMetaEnum>
#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Type = AuthError::Type;

namespace {

SessionHistory::Entry entry(qsizetype second)
{
    return {FakeClock::start + std::chrono::seconds(second), Phase::Active, Cause::Granted};
}

SessionHistory::Entry fullEntry()
{
    const QUuid request(u"{01234567-89ab-cdef-0123-456789abcdef}"_s);
    return {FakeClock::start, Phase::Waiting, Cause::Failed, Type::ServerBusy, 503, true,
        {request, u"Wartung läuft"_s, FakeClock::start - std::chrono::hours(24),
            u"proxy.test:3128"_s, u"127.0.0.1:8080"_s}};
}

} // namespace

class TestSessionHistory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsEmpty();
    void keepsTheOrder();
    void forgetsTheOldest();
    void outlivesTheProgram();
    void everyCauseAndPhaseIsKept();
    void whatIsNotWorthKeepingIsNotWritten();
    void fileStaysSmall();
    void fileIsForItsOwnerAlone();
    void brokenLinesAreSkipped();
    void crashInTheMidstOfALineCostsThatLineOnly();
    void nothingIsWrittenThroughALinkOrAPipe_data();
    void nothingIsWrittenThroughALinkOrAPipe();
    void onlyTheEndOfALongFileIsRead();
    void fullDiskIsNoCrash();
    void forgetRemovesTheFile();
    void doubtIsSeen_data();
    void doubtIsSeen();
    void endByTheApplianceIsSeen_data();
    void endByTheApplianceIsSeen();

private:
    [[nodiscard]] qsizetype lines() const;
    void write(const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestSessionHistory::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"history/prod.jsonl"_s);
}

qsizetype TestSessionHistory::lines() const
{
    QFile file(m_path);
    return file.open(QFile::ReadOnly) ? file.readAll().count('\n') : -1;
}

void TestSessionHistory::write(const QByteArray &bytes) const
{
    SessionHistory(m_path).keep();
    QFile file(m_path);
    QVERIFY(file.open(QFile::WriteOnly | QFile::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestSessionHistory::startsEmpty()
{
    QVERIFY(SessionHistory().entries().isEmpty());
    QVERIFY(SessionHistory(m_path).entries().isEmpty());
}

void TestSessionHistory::keepsTheOrder()
{
    SessionHistory timeline;
    timeline.add(entry(1));
    timeline.add({FakeClock::start, Phase::Waiting, Cause::Failed, Type::Offline});
    QCOMPARE(timeline.entries().size(), 2);
    QCOMPARE(timeline.entries().first(), entry(1));
    QCOMPARE(timeline.entries().last().phase, Phase::Waiting);
    QCOMPARE(timeline.entries().last().reason()->type, Type::Offline);
}

void TestSessionHistory::forgetsTheOldest()
{
    SessionHistory timeline;
    for (qsizetype second = 0; second < SessionHistory::longest; ++second)
        timeline.add(entry(second));
    QCOMPARE(timeline.entries().size(), SessionHistory::longest);
    QCOMPARE(timeline.entries().first(), entry(0));
    timeline.add(entry(SessionHistory::longest));
    QCOMPARE(timeline.entries().size(), SessionHistory::longest);
    QCOMPARE(timeline.entries().first(), entry(1));
    QCOMPARE(timeline.entries().last(), entry(SessionHistory::longest));
}

void TestSessionHistory::outlivesTheProgram()
{
    {
        SessionHistory timeline(m_path);
        timeline.add(entry(1));
        timeline.keep();
        timeline.add(fullEntry());
    }
    SessionHistory again(m_path);
    QCOMPARE(again.entries(), QList<SessionHistory::Entry>({entry(1), fullEntry()}));
    again.add(entry(2));
    QCOMPARE(SessionHistory(m_path).entries().size(), 3);
}

void TestSessionHistory::everyCauseAndPhaseIsKept()
{
    SessionHistory timeline(m_path);
    timeline.keep();
    const QMetaEnum causes = QMetaEnum::fromType<Cause::Value>();
    const QMetaEnum phases = QMetaEnum::fromType<Phase::Value>();
    for (int at = 0; at < causes.keyCount(); ++at) {
        timeline.add(
            {FakeClock::start, static_cast<Phase::Value>(phases.value(at % phases.keyCount())),
                static_cast<Cause::Value>(causes.value(at))});
    }
    QCOMPARE(SessionHistory(m_path).entries(), timeline.entries());
}

void TestSessionHistory::whatIsNotWorthKeepingIsNotWritten()
{
    SessionHistory timeline(m_path);
    timeline.add(entry(1));
    QVERIFY(!QFile::exists(m_path));
}

void TestSessionHistory::fileStaysSmall()
{
    SessionHistory timeline(m_path);
    timeline.keep();
    for (qsizetype second = 0; second < 10 * SessionHistory::longest; ++second) {
        timeline.add(entry(second));
        QVERIFY(lines() <= 2 * SessionHistory::longest);
    }
    QCOMPARE(SessionHistory(m_path).entries(), timeline.entries());
}

void TestSessionHistory::fileIsForItsOwnerAlone()
{
    SessionHistory timeline(m_path);
    timeline.keep();
    timeline.add(entry(1));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_path) & others));
    QVERIFY(!(QFile::permissions(m_folder->filePath(u"history"_s)) & others));
    QVERIFY(QFile::remove(m_path)); // by somebody else: all of it comes back, as private
    timeline.add(entry(2));
    QVERIFY(!(QFile::permissions(m_path) & others));
    QCOMPARE(SessionHistory(m_path).entries().size(), 2);
}

void TestSessionHistory::brokenLinesAreSkipped()
{
    write("\xff\xfe garbage\n{}\n{\"at\":1,\"state\":\"flying\",\"cause\":\"due\"}\n\n[1]\n"
          "{\"at\":\"x\",\"state\":\"active\",\"cause\":\"due\"}\n"
          "{\"at\":1,\"state\":\"active\",\"cause\":\"due\",\"problem\":\"none such\"}\n");
    const SessionHistory timeline(m_path);
    QCOMPARE(timeline.entries().size(), 1);
    QCOMPARE(timeline.entries().first().cause, Cause::Due);
    QVERIFY(!timeline.entries().first().problem);
}

void TestSessionHistory::crashInTheMidstOfALineCostsThatLineOnly()
{
    write("{\"at\":1,\"state\":\"active\",\"cause\":\"due\"}\n{\"at\":2,\"sta");
    {
        SessionHistory timeline(m_path);
        QCOMPARE(timeline.entries().size(), 1);
        timeline.add(entry(3));
    }
    QCOMPARE(SessionHistory(m_path).entries().size(), 2);
}

void TestSessionHistory::nothingIsWrittenThroughALinkOrAPipe_data()
{
    linkOrPipeRows();
}

void TestSessionHistory::nothingIsWrittenThroughALinkOrAPipe()
{
    QFETCH(const QString, target);
    QFile there(m_folder->filePath(u"there"_s));
    QVERIFY(there.open(QFile::WriteOnly));
    SessionHistory timeline(m_path);
    timeline.keep();
    QVERIFY(QFile::remove(m_path));
    QVERIFY(putLinkOrPipe(m_path, m_folder->path(), target));
    QVERIFY(SessionHistory(m_path).entries().isEmpty());
    timeline.add(entry(1));
    QCOMPARE(SessionHistory(m_path).entries().size(), 1);
    QCOMPARE(there.size(), 0);
    QVERIFY(!QFile::exists(m_folder->filePath(u"nowhere"_s)));
}

//! And the rest goes with the next writing.
void TestSessionHistory::onlyTheEndOfALongFileIsRead()
{
    constexpr qint64 gibibyte = qint64{1} << 30;
    {
        SessionHistory before(m_path);
        before.keep();
        before.add(entry(1));
        before.add(entry(2));
    }
    const QByteArray second = readWhole(m_path)->split('\n')[1];
    QVERIFY(QFile::resize(m_path, gibibyte));
    write('\n' + second + '\n');
    SessionHistory timeline(m_path);
    QCOMPARE(timeline.entries(), QList{entry(2)});
    timeline.add(entry(3));
    QVERIFY(QFile(m_path).size() < 1000);
    QCOMPARE(SessionHistory(m_path).entries(), timeline.entries());
}

void TestSessionHistory::fullDiskIsNoCrash()
{
    SessionHistory timeline(u"/proc/none/prod.jsonl"_s);
    expectWarning("cannot be kept");
    timeline.keep();
    expectWarning("cannot be kept");
    timeline.add(entry(1));
    QCOMPARE(timeline.entries().size(), 1);
}

void TestSessionHistory::forgetRemovesTheFile()
{
    SessionHistory timeline(m_path);
    timeline.keep();
    timeline.forget();
    timeline.add(entry(1));
    QVERIFY(!QFile::exists(m_path));
}

void TestSessionHistory::doubtIsSeen_data()
{
    using Entries = QList<SessionHistory::Entry>;
    QTest::addColumn<Entries>("entries");
    QTest::addColumn<bool>("expected");

    const WallTime at = FakeClock::start;
    const SessionHistory::Entry sent{at, Phase::Refreshing, Cause::Due};
    const SessionHistory::Entry granted{at, Phase::Active, Cause::Granted, {}, 200};
    const SessionHistory::Entry refused{at, Phase::Waiting, Cause::Failed, Type::Offline};
    const SessionHistory::Entry lost{at, Phase::Waiting, Cause::Failed, Type::Timeout, 0, true};
    const SessionHistory::Entry started{at, Phase::Restoring, Cause::Started};
    const SessionHistory::Entry restored{at, Phase::Active, Cause::Restored};

    QTest::newRow("nothing happened") << Entries{} << false;
    QTest::newRow("granted") << Entries{sent, granted} << false;
    QTest::newRow("killed while it was under way") << Entries{granted, sent} << true;
    QTest::newRow("killed, and once more while restoring")
        << Entries{granted, sent, started} << true;
    QTest::newRow("killed, then restored") << Entries{granted, sent, started, restored} << true;
    QTest::newRow("an error that tells all") << Entries{granted, sent, refused} << false;
    QTest::newRow("a lost answer") << Entries{granted, sent, lost} << true;
    QTest::newRow("a lost answer, and another error")
        << Entries{granted, sent, lost, sent, refused} << true;
    QTest::newRow("long ago") << Entries{granted, sent, lost, sent, granted, started} << false;
}

void TestSessionHistory::doubtIsSeen()
{
    QFETCH(const QList<SessionHistory::Entry>, entries);
    QFETCH(const bool, expected);
    SessionHistory timeline(m_path);
    timeline.keep();
    for (const SessionHistory::Entry &entry : entries)
        timeline.add(entry);
    QCOMPARE(timeline.endsInDoubt(), expected);
    QCOMPARE(SessionHistory(m_path).endsInDoubt(), expected);
}

void TestSessionHistory::endByTheApplianceIsSeen_data()
{
    const QList<SessionHistory::Entry> ended{
        entry(1), {FakeClock::start, Phase::SignedOut, Cause::Failed, Type::Expired, 401}};
    const SessionHistory::Entry look{FakeClock::start, Phase::Restoring, Cause::Started};
    const auto out = [](Cause::Value cause, std::optional<Type> problem = {}) {
        return SessionHistory::Entry{
            FakeClock::start + std::chrono::hours(1), Phase::SignedOut, cause, problem};
    };
    QTest::addColumn<QList<SessionHistory::Entry>>("entries");
    QTest::addColumn<int>("end"); // -1 for none
    QTest::newRow("empty") << QList<SessionHistory::Entry>() << -1;
    QTest::newRow("signed in") << QList{entry(1), look} << -1;
    QTest::newRow("ended") << ended << 1;
    QTest::newRow("started") << ended + QList{look} << 1;
    QTest::newRow("started again")
        << ended + QList{look, out(Cause::NothingStored, Type::Expired), look} << 1;
    QTest::newRow("started by an earlier version")
        << ended + QList{look, out(Cause::NothingStored), look} << 1;
    QTest::newRow("started so often that nothing else is left")
        << QList{look, out(Cause::NothingStored, Type::Expired), look} << 1;
    QTest::newRow("signed out") << ended + QList{out(Cause::SignOutAsked), look} << -1;
    QTest::newRow("refused") << ended + QList{out(Cause::Failed, Type::Rejected), look} << -1;
    QTest::newRow("lost") << QList{entry(1), look, out(Cause::NothingStored), look} << -1;
}

void TestSessionHistory::endByTheApplianceIsSeen()
{
    QFETCH(const QList<SessionHistory::Entry>, entries);
    QFETCH(const int, end);
    SessionHistory history;
    for (const auto &entry : entries)
        history.add(entry);
    QCOMPARE(history.endByAppliance(), end < 0 ? std::nullopt : std::optional(entries[end]));
}

QTEST_GUILESS_MAIN(TestSessionHistory)
#include "tst_sessionhistory.moc"
