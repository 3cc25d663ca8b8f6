// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/agentaddress.h"
#include "platform/autostart.h"
#include "platform/clockwatch.h"
#include "platform/endsignals.h"
#include "platform/networkwatch.h"
#include "platform/peer.h"
#include "platform/privatefolder.h"
#include "platform/sleepwatch.h"
#include "platform/suspendclock.h"

#include "support/warnings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! In a process of its own, which knows no more than system calls.
[[noreturn]] void connectAndWait(const QByteArray &path, const int *untilClosed)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int client = socket(AF_UNIX, SOCK_STREAM, 0);
    close(untilClosed[1]);
    char byte = 0;
    if (connect(client, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0)
        static_cast<void>(!read(untilClosed[0], &byte, 1));
    _exit(0);
}

void signalFromAnother(int number)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(kill(getppid(), number));
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

} // namespace

//! What only the operating system can answer, asked of the real one.
class TestPlatform final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void bothClocksGoForward();
    void aClockThatNobodySetsIsQuiet();
    void withoutASystemBusThereIsANetworkAndNoSleep();
    void theAgentsFolderIsPrivate();
    void theAgentsFolderIsNoLink();
    void aFolderOfSomebodyElsesIsNotForAll();
    void foldersAreMadePrivate_data();
    void foldersAreMadePrivate();
    void aFolderOfAnotherUserIsNotOurs();
    void anAddressThatIsTooLongIsTold();
    void autostartIsAnEntryThatComesAndGoes();
    void thePeerIsThisProcess();
    void aPeerThatHasEndedIsNobody();
    void aClosedSocketHasNoPeer();
    void endSignals_data();
    void endSignals();
    void signalsOfOurOwnAreNoRequest();
};

void TestPlatform::bothClocksGoForward()
{
    const Instant before = readClocks();
    QTRY_VERIFY(readClocks().steady > before.steady && readClocks().wall > before.wall);
}

void TestPlatform::aClockThatNobodySetsIsQuiet()
{
    const ClockWatch watch;
    QSignalSpy jumped(&watch, &ClockWatch::jumped);
    QVERIFY(!jumped.wait(50));
}

// With one, see tests/e2e/test_machine.py.
void TestPlatform::withoutASystemBusThereIsANetworkAndNoSleep()
{
    const NetworkWatch network;
    QVERIFY(network.hasNetwork());
    SleepWatch sleep;
    QSignalSpy aboutToSleep(&sleep, &SleepWatch::aboutToSleep);
    sleep.letSleep();
    QVERIFY(!aboutToSleep.wait(50));
}

void TestPlatform::theAgentsFolderIsPrivate()
{
    const QTemporaryDir folder;
    const QString address = folder.filePath(u"deep/latchkey/agent.sock"_s);
    QCOMPARE(prepareAgentFolder(address), std::nullopt);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const auto all = QFile::permissions(folder.filePath(u"deep/latchkey"_s));
    QCOMPARE(all & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser), owner);
    QCOMPARE(prepareAgentFolder(address), std::nullopt);
}

void TestPlatform::theAgentsFolderIsNoLink()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"elsewhere"_s));
    QVERIFY(QFile::link(folder.filePath(u"elsewhere"_s), folder.filePath(u"latchkey"_s)));
    QVERIFY(prepareAgentFolder(folder.filePath(u"latchkey/agent.sock"_s)));
}

//! Whoever has a folder can take files out of it, whatever its sticky bit says.
void TestPlatform::aFolderOfSomebodyElsesIsNotForAll()
{
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"squatted"_s));
    QCOMPARE(mkdir(path.constData(), S_IRWXU), 0);
    QCOMPARE(chmod(path.constData(), S_ISVTX | S_IRWXU | S_IRWXG | S_IRWXO), 0);
    if (getuid() == 0)
        QCOMPARE(chown(path.constData(), 12345, 12345), 0);
    const auto problem = prepareAgentFolder(QFile::decodeName(path) + u"/agent.sock"_s);
    // Only root can give a folder away; anybody else's own is made private.
    QCOMPARE(problem.has_value(), getuid() == 0);
    struct stat info{};
    QCOMPARE(stat(path.constData(), &info), 0);
    QCOMPARE((info.st_mode & S_IRWXO) == 0, getuid() != 0);
}

void TestPlatform::foldersAreMadePrivate_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("isTold");

    QTest::newRow("new") << 0U << false;
    QTest::newRow("private") << 0700U << false;
    QTest::newRow("readable") << 0755U << false;
    QTest::newRow("the group's") << 0770U << true;
    QTest::newRow("everybody's") << 0777U << true;
}

void TestPlatform::foldersAreMadePrivate()
{
    QFETCH(const uint, mode);
    QFETCH(const bool, isTold);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/latchkey"_s);
    const QByteArray name = QFile::encodeName(path);
    if (mode != 0) {
        QVERIFY(QDir().mkpath(path));
        QCOMPARE(chmod(name.constData(), mode), 0);
    }
    if (isTold)
        expectWarning("could be written by others");
    QVERIFY(makePrivateFolder(path));
    struct stat info{};
    QCOMPARE(stat(name.constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700U);
    QVERIFY(QFile::link(path, path + u"-link"_s));
    QVERIFY(makePrivateFolder(path + u"-link"_s));
}

void TestPlatform::aFolderOfAnotherUserIsNotOurs()
{
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"theirs"_s));
    QCOMPARE(mkdir(path.constData(), S_IRWXU), 0);
    QCOMPARE(chmod(path.constData(), S_IRWXU | S_IRWXO), 0);
    if (getuid() != 0)
        return; // only root can give a folder away
    QCOMPARE(chown(path.constData(), 12345, 12345), 0);
    QVERIFY(!makePrivateFolder(QFile::decodeName(path)));
    struct stat info{};
    QCOMPARE(stat(path.constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, uint(S_IRWXU | S_IRWXO));
}

void TestPlatform::anAddressThatIsTooLongIsTold()
{
    const QTemporaryDir folder;
    const QString fits = folder.filePath(QString(107 - folder.path().size() - 3, u'd')) + u"/s"_s;
    QCOMPARE(fits.size(), 107);
    QCOMPARE(prepareAgentFolder(fits), std::nullopt);
    const auto problem = prepareAgentFolder(fits + u'x');
    QVERIFY(problem && problem->contains(u"too long"_s) && problem->contains(u"108 bytes"_s));
}

void TestPlatform::autostartIsAnEntryThatComesAndGoes()
{
    QVERIFY(setAutostartEnabled(false));
    QVERIFY(!isAutostartEnabled());
    QVERIFY(setAutostartEnabled(true));
    QVERIFY(isAutostartEnabled());
    QFile entry(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart/" LATCHKEY_ID ".desktop"_s);
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(entry.readAll());
    QVERIFY(text.contains(QCoreApplication::applicationFilePath() + u"\" --hidden"_s));
    QVERIFY(setAutostartEnabled(false));
    QVERIFY(!entry.exists());
}

void TestPlatform::thePeerIsThisProcess()
{
    const QTemporaryDir folder;
    QLocalServer server;
    QVERIFY(server.listen(folder.filePath(u"socket"_s)));
    QLocalSocket client;
    client.connectToServer(server.fullServerName());
    QTRY_VERIFY(server.hasPendingConnections());
    const auto peer = Peer::of(server.nextPendingConnection()->socketDescriptor());
    QVERIFY(peer);
    QCOMPARE(peer->pid(), QCoreApplication::applicationPid());
    QVERIFY(peer->isSameUser());
    Ancestry ancestry;
    const Program program = peer->program(ancestry);
    QCOMPARE(program.pid, QCoreApplication::applicationPid());
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
    QVERIFY(!program.parents.isEmpty());
    QCOMPARE(program.parents.first(), QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(::getppid())));
}

//! A process that has ended cannot be taken for the one that gets its number next. As long as
//! nobody has asked how it ended, the kernel still tells who its parent was.
void TestPlatform::aPeerThatHasEndedIsNobody()
{
    const QTemporaryDir folder;
    QLocalServer server;
    QVERIFY(server.listen(folder.filePath(u"socket"_s)));
    int untilClosed[2];
    QCOMPARE(pipe(untilClosed), 0);
    const pid_t child = fork();
    if (child == 0)
        connectAndWait(QFile::encodeName(server.fullServerName()), untilClosed);
    close(untilClosed[0]);
    QTRY_VERIFY(server.hasPendingConnections());
    const auto peer = Peer::of(server.nextPendingConnection()->socketDescriptor());
    QVERIFY(peer);
    QCOMPARE(peer->pid(), child);
    Ancestry ancestry;
    QCOMPARE(peer->program(ancestry).executable, QCoreApplication::applicationFilePath());
    QCOMPARE(peer->program(ancestry).parents.first(), QCoreApplication::applicationFilePath());

    close(untilClosed[1]);
    siginfo_t end{};
    QCOMPARE(waitid(P_PID, static_cast<id_t>(child), &end, WEXITED | WNOWAIT), 0);
    QVERIFY(QFile::exists(u"/proc/%1/stat"_s.arg(child)));
    QCOMPARE(peer->program(ancestry), (Program{child, {}, {}, {}}));
    QCOMPARE(waitpid(child, nullptr, 0), child);
}

void TestPlatform::aClosedSocketHasNoPeer()
{
    QVERIFY(!Peer::of(-1));
}

void TestPlatform::endSignals_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestPlatform::endSignals()
{
    QFETCH(const int, number);
    const EndSignals ends;
    QSignalSpy asked(&ends, &EndSignals::endRequested);
    signalFromAnother(number);
    QVERIFY(asked.count() || asked.wait());
    QCOMPARE(asked.count(), 1);
}

//! As GLib does when the session bus ends.
void TestPlatform::signalsOfOurOwnAreNoRequest()
{
    const EndSignals ends;
    QSignalSpy asked(&ends, &EndSignals::endRequested);
    QCOMPARE(std::raise(SIGTERM), 0);
    QCoreApplication::processEvents();
    QCOMPARE(asked.count(), 0);
    signalFromAnother(SIGTERM);
    QVERIFY(asked.count() || asked.wait());
}

QTEST_GUILESS_MAIN(TestPlatform)
#include "tst_platform.moc"
