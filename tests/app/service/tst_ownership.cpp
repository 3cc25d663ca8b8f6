// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/ownership.h"

#include "support/warnings.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

//! Which program has a data folder. Between real processes this is tested in
//! tests/e2e/test_start.py.
class TestOwnership final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theFirstHasItAndTheSecondIsToldWho();
    void theFolderIsForItsOwnerOnly();
    void itEndsWithItsOwner();
    void whoIsJustEndingIsWaitedFor();
    void theFileTellsPeople();
    void anOwnerThatHasNotSaidWhoItIs();
    void aFolderThatCannotBeMadeIsUnguarded();
    void description_data();
    void description();

private:
    [[nodiscard]] Owner us() const { return Owner::self(u"latchkeyd"_s, u"/run/agent.sock"_s); }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

void TestOwnership::init()
{
    failOnAnyWarning();
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->filePath(u"deep/latchkey"_s);
}

void TestOwnership::theFirstHasItAndTheSecondIsToldWho()
{
    const Ownership first(m_folder, us());
    QCOMPARE(first.state(), Ownership::State::Ours);
    const Ownership second(m_folder, Owner::self(u"latchkey"_s, u"/elsewhere"_s));
    QCOMPARE(second.state(), Ownership::State::Anothers);
    QCOMPARE(second.owner().program, u"latchkeyd"_s);
    QCOMPARE(second.owner().pid, QCoreApplication::applicationPid());
    QCOMPARE(second.owner().host, us().host);
    QCOMPARE(second.owner().address, u"/run/agent.sock"_s);
}

void TestOwnership::theFolderIsForItsOwnerOnly()
{
    const Ownership ownership(m_folder, us());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_folder) & others));
}

void TestOwnership::itEndsWithItsOwner()
{
    {
        const Ownership first(m_folder, us());
    }
    QCOMPARE(Ownership(m_folder, us()).state(), Ownership::State::Ours);
}

//! The process that was started is gone; its child, which holds the folder, is about to end.
void TestOwnership::whoIsJustEndingIsWaitedFor()
{
    std::array<int, 2> told{};
    QCOMPARE(pipe(told.data()), 0);
    const pid_t started = fork();
    if (started == 0) {
        if (fork() != 0)
            _exit(pause());
        const Ownership theirs(m_folder, Owner::self(u"latchkeyd"_s, u"/run"_s, getppid()));
        prctl(PR_SET_PDEATHSIG, SIGALRM);
        std::signal(SIGALRM, [](int) {
            usleep(200'000); // the child needs some time
            _exit(0);
        });
        const bool isTold = write(told[1], "x", 1) == 1;
        _exit(isTold ? pause() : 1);
    }
    char byte = 0;
    QCOMPARE(read(told[0], &byte, 1), 1);
    QCOMPARE(Ownership(m_folder, us()).state(), Ownership::State::Anothers);
    QCOMPARE(kill(started, SIGKILL), 0);
    QCOMPARE(waitpid(started, nullptr, 0), started);
    QCOMPARE(Ownership(m_folder, us()).state(), Ownership::State::Ours);
    for (const int end : told)
        close(end);
}

void TestOwnership::theFileTellsPeople()
{
    const Ownership ownership(m_folder, us());
    QFile file(m_folder + u"/owner.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject told = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(told.keys(),
        (QStringList{u"host"_s, u"pid"_s, u"program"_s, u"socket"_s, u"started"_s, u"worker"_s}));
}

void TestOwnership::anOwnerThatHasNotSaidWhoItIs()
{
    const Ownership first(m_folder, us());
    QVERIFY(QFile::resize(m_folder + u"/owner.json"_s, 0));
    const Ownership second(m_folder, us());
    QCOMPARE(second.state(), Ownership::State::Anothers);
    QVERIFY(second.owner().address.isEmpty());
}

void TestOwnership::aFolderThatCannotBeMadeIsUnguarded()
{
    QFile inTheWay(m_temporary->filePath(u"deep"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    expectWarning("deep/latchkey cannot be locked \\(Not a directory\\)");
    QCOMPARE(Ownership(m_folder, us()).state(), Ownership::State::Unguarded);
}

void TestOwnership::description_data()
{
    QTest::addColumn<Owner>("owner");
    QTest::addColumn<QString>("text");
    Owner owner = us();
    owner.pid = 7;
    QTest::newRow("on this computer") << owner << u"latchkeyd, process 7, at /run/agent.sock"_s;
    owner.host = u"box.example"_s;
    QTest::newRow("on another") << owner
                                << u"latchkeyd, process 7, on box.example, at /run/agent.sock"_s;
    QTest::newRow("only the address") << Owner{{}, 0, 0, 0, {}, u"/run/a"_s} << u"at /run/a"_s;
}

void TestOwnership::description()
{
    QFETCH(const Owner, owner);
    QTEST(owner.describe(), "text");
}

QTEST_GUILESS_MAIN(TestOwnership)
#include "tst_ownership.moc"
