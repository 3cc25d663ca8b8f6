// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/agentaddress.h"
#include "platform/autostart.h"
#include "platform/clockwatch.h"
#include "platform/endsignals.h"
#include "platform/networkwatch.h"
#include "platform/peer.h"
#include "platform/peersocket.h"
#include "platform/privatefolder.h"
#include "platform/sleepwatch.h"
#include "platform/suspendclock.h"

#include "support/warnings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! A child process that connects, waits for permission to go on, does something, and waits for its
//! end. It uses only system calls.
class Stranger {
public:
    using Deed = void (*)(int connection);

    //! The child gets \a spaces of its own (namespaces(7)).
    explicit Stranger(const QString &address, Deed deed = nullptr, int spaces = 0)
    {
        const QByteArray path = QFile::encodeName(address);
        isStarted = pipe(m_orders) == 0;
        pid = fork();
        if (pid == 0)
            live(path, deed, spaces);
        close(m_orders[0]);
    }
    ~Stranger()
    {
        end();
        waitpid(pid, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(Stranger)

    void letOn() const { isStarted = isStarted && write(m_orders[1], "x", 1) == 1; }
    void end() { close(std::exchange(m_orders[1], -1)); }

    pid_t pid = 0;
    mutable bool isStarted = false;

private:
    //! A new process namespace applies only to children, so this forks once more.
    static void leaveFor(int spaces)
    {
        if (unshare(spaces) != 0)
            _exit(1);
        const pid_t child = (spaces & CLONE_NEWPID) != 0 ? fork() : 0;
        if (child != 0)
            _exit(waitpid(child, nullptr, 0) == child ? 0 : 1);
    }

    [[noreturn]] void live(const QByteArray &path, Deed deed, int spaces)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(path.begin(), path.end(), address.sun_path);
        const int client = socket(AF_UNIX, SOCK_STREAM, 0);
        close(m_orders[1]);
        leaveFor(spaces);
        dup2(m_orders[0], STDIN_FILENO);
        char byte = 0;
        if (connect(client, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0
            && read(STDIN_FILENO, &byte, 1) == 1 && deed)
            deed(client);
        static_cast<void>(!read(STDIN_FILENO, &byte, 1));
        _exit(0);
    }

    int m_orders[2] = {-1, -1};
};

//! Like a Stranger, cat waits for the end of its input.
void becomeCat(int)
{
    execl("/bin/cat", "cat", nullptr);
    _exit(1);
}

void hide(int)
{
    prctl(PR_SET_DUMPABLE, 0);
}

void haveAChild(int)
{
    static_cast<void>(fork());
}

//! The only one that it has; 0 if it has none.
qint64 childOf(qint64 pid)
{
    QFile children(u"/proc/%1/task/%1/children"_s.arg(pid));
    return children.open(QFile::ReadOnly) ? children.readAll().trimmed().toLongLong() : 0;
}

//! Whoever is not root needs users of its own to have other spaces.
int spacesFor(int spaces)
{
    return getuid() == 0 ? spaces : spaces | CLONE_NEWUSER;
}

void sendAsTwo(int connection)
{
    static_cast<void>(!write(connection, "mine", 4));
    const pid_t child = fork();
    if (child == 0)
        _exit(write(connection, "ours", 4) == 4 ? 0 : 1);
    waitpid(child, nullptr, 0);
    static_cast<void>(!write(connection, "mine", 4));
}

//! Root can inspect every process, so the test gives up that right.
void seeNoMoreThanOthers()
{
    __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    QCOMPARE(syscall(SYS_capget, &head, sets.data()), 0);
    sets[0].effective &= ~(1U << CAP_SYS_PTRACE);
    sets[0].permitted &= ~(1U << CAP_SYS_PTRACE);
    QCOMPARE(syscall(SYS_capset, &head, sets.data()), 0);
}

QString executableOf(pid_t pid)
{
    return QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(pid));
}

//! Hands out its connections as descriptors: a QLocalSocket would read from them.
class Listener final : public QLocalServer {
public:
    QList<int> accepted;

protected:
    void incomingConnection(quintptr descriptor) override
    {
        accepted.append(static_cast<int>(descriptor));
    }
};

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

//! What only the operating system can answer; uses the real one.
class TestPlatform final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(std::exchange(m_connection, -1)); }

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
    void autostartIsWhatTheDesktopWillDo_data();
    void autostartIsWhatTheDesktopWillDo();
    void autostartOfAProgramThatIsGoneIsRepaired_data();
    void autostartOfAProgramThatIsGoneIsRepaired();
    void thePeerIsThisProcess();
    void aPeerThatHasEndedIsNobody_data();
    void aPeerThatHasEndedIsNobody();
    void aPeerThatEndedUnseenMayHaveBeenInASandbox();
    void whoWritesAndEndsMayHaveBeenInASandbox();
    void aPeerThatBecameAnotherProgramIsNotCertain();
    void aParentThatBecameAnotherProgramIsNotCertain();
    void whoWritesIsToldForEachPiece();
    void aPeersSocketWritesAllAndSaysWhenItIsClosed();
    void anotherFileAtItsPathIsNotIt();
    void whoHidesIsWhoItWasBefore();
    void whoIsVouchedForIsTakenForItsParent();
    void whoLivesElsewhereIsNotCertain_data();
    void whoLivesElsewhereIsNotCertain();
    void aClosedSocketHasNoPeer();
    void endSignals_data();
    void endSignals();
    void signalsOfOurOwnAreNoRequest();

private:
    //! Of the next process that connects.
    [[nodiscard]] std::optional<Peer> peer();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Listener> m_server;
    int m_connection = -1;
    Ancestry m_ancestry;
};

void TestPlatform::init()
{
    failOnAnyWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<Listener>();
    QVERIFY(m_server->listen(m_folder->filePath(u"socket"_s)));
    PeerSocket::noteSenders(m_server->socketDescriptor());
}

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

// The case with a bus is in tests/e2e/test_machine.py.
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
    const QByteArray path = QFile::encodeName(folder.filePath(u"deep/latchkey"_s));
    struct stat info{};
    QCOMPARE(stat(path.constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t(S_IRWXU));
    QCOMPARE(chmod(path.constData(), S_IRWXU | S_IRWXG | S_IRWXO), 0);
    QCOMPARE(prepareAgentFolder(address), std::nullopt);
    QCOMPARE(stat(path.constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t(S_IRWXU));
}

void TestPlatform::theAgentsFolderIsNoLink()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"elsewhere"_s));
    QVERIFY(QFile::link(folder.filePath(u"elsewhere"_s), folder.filePath(u"latchkey"_s)));
    QVERIFY(prepareAgentFolder(folder.filePath(u"latchkey/agent.sock"_s)));
}

//! The owner of a folder can remove files from it, whatever its sticky bit says.
void TestPlatform::aFolderOfSomebodyElsesIsNotForAll()
{
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"squatted"_s));
    QCOMPARE(mkdir(path.constData(), S_IRWXU), 0);
    QCOMPARE(chmod(path.constData(), S_ISVTX | S_IRWXU | S_IRWXG | S_IRWXO), 0);
    if (getuid() == 0)
        QCOMPARE(chown(path.constData(), 12345, 12345), 0);
    const auto problem = prepareAgentFolder(QFile::decodeName(path) + u"/agent.sock"_s);
    // Only root can give a folder away; for other users it remains their own and is made private.
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

namespace {

QString autostartPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart/" LATCHKEY_ID ".desktop"_s;
}

//! `%` stands for this program.
void writeAutostart(QByteArray keys)
{
    QVERIFY(setAutostartEnabled(true)); // makes the folder
    QFile entry(autostartPath());
    QVERIFY(entry.open(QIODevice::WriteOnly));
    keys.replace('%', QFile::encodeName(QCoreApplication::applicationFilePath()));
    entry.write("[Desktop Entry]\nType=Application\n" + keys + "\n[Other]\nHidden=true\n");
}

} // namespace

void TestPlatform::autostartIsWhatTheDesktopWillDo_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<AutostartObstacle>("obstacle");
    const auto row = [](const char *keys, bool isEnabled,
                         AutostartObstacle obstacle = AutostartObstacle::None) {
        QTest::newRow(keys) << QByteArray(keys) << isEnabled << obstacle;
    };
    row("Exec=\"%\" --hidden", true);
    row("Exec=%", true);
    row("Exec=%\nHidden=false\nX-GNOME-Autostart-enabled=true", true);
    row("Exec=%\nHidden=true", false);
    row("Exec=%\nX-GNOME-Autostart-enabled=false", false);
    row("Exec=%\nOnlyShowIn=KDE;XFCE;", true);
    row("Exec=%\nOnlyShowIn=GNOME;", false, AutostartObstacle::OtherDesktops);
    row("Exec=%\nNotShowIn=KDE;", false, AutostartObstacle::OtherDesktops);
    row("Exec=%\nNotShowIn=GNOME;", true);
    row("Exec=%\nTryExec=sh", true);
    row("Exec=%\nTryExec=/nowhere/latchkey", false, AutostartObstacle::ProgramMissing);
    row("Exec=\"/nowhere/latchkey\" --hidden", false, AutostartObstacle::ProgramMissing);
}

void TestPlatform::autostartIsWhatTheDesktopWillDo()
{
    QFETCH(const QByteArray, keys);
    qputenv("XDG_CURRENT_DESKTOP", "plasma:KDE");
    writeAutostart(keys);
    QTEST(isAutostartEnabled(), "isEnabled");
    QTEST(autostartObstacle(), "obstacle");
    QVERIFY(setAutostartEnabled(true));
    QVERIFY(isAutostartEnabled());
    QCOMPARE(autostartObstacle(), AutostartObstacle::None);
    QVERIFY(setAutostartEnabled(false));
    qunsetenv("XDG_CURRENT_DESKTOP");
}

void TestPlatform::autostartOfAProgramThatIsGoneIsRepaired_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isRepaired");
    QTest::addColumn<bool>("isEnabled");
    QTest::newRow("one that is there") << "Exec=\"/bin/sh\" --hidden"_ba << false << true;
    QTest::newRow("one of that name") << "Exec=env A=b sh"_ba << false << true;
    QTest::newRow("one that has moved")
        << "TryExec=/opt/old/latchkey\nExec=\"/opt/old/latchkey\" --hidden"_ba << true << true;
    QTest::newRow("one that is said to have moved")
        << "TryExec=/opt/old/latchkey\nExec=\"/bin/sh\" --hidden"_ba << true << true;
    QTest::newRow("with blanks") << "Exec = /opt/old/latchkey"_ba << true << true;
    QTest::newRow("switched off") << "Exec=\"/opt/old/latchkey\" --hidden\nHidden=true"_ba << false
                                  << false;
}

void TestPlatform::autostartOfAProgramThatIsGoneIsRepaired()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const bool, isRepaired);
    QFETCH(const bool, isEnabled);
    writeAutostart(keys + "\nX-GNOME-Autostart-Delay=5\n[Desktop Action a]\nExec=/opt/old/a");
    repairAutostart();
    QFile entry(autostartPath());
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QByteArray text = entry.readAll();
    const QByteArray ours = QFile::encodeName(QCoreApplication::applicationFilePath());
    QCOMPARE(text.contains("\nExec=\"" + ours + "\" --hidden\n"), isRepaired);
    QCOMPARE(text.contains(keys), !isRepaired);
    QVERIFY(text.contains("Delay=5\n[Desktop Action a]\nExec=/opt/old/a\n[Other]"));
    QCOMPARE(isAutostartEnabled(), isEnabled);
    QVERIFY(setAutostartEnabled(false));
}

std::optional<Peer> TestPlatform::peer()
{
    if (!QTest::qWaitFor([this] { return !m_server->accepted.isEmpty(); }))
        return {};
    m_connection = m_server->accepted.takeFirst();
    return Peer::of(m_connection, m_ancestry);
}

void TestPlatform::thePeerIsThisProcess()
{
    QLocalSocket client;
    client.connectToServer(m_server->fullServerName());
    const auto peer = this->peer();
    QVERIFY(peer);
    QCOMPARE(peer->pid(), QCoreApplication::applicationPid());
    QVERIFY(peer->isSameUser());
    const Program program = peer->program(peer->pid(), m_ancestry);
    QCOMPARE(program.pid, QCoreApplication::applicationPid());
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
    QVERIFY(!program.parents.isEmpty());
    QCOMPARE(program.parents.first(), executableOf(::getppid()));
    struct stat file{};
    QCOMPARE(stat(QFile::encodeName(program.executable).constData(), &file), 0);
    QVERIFY(program.file && program.parentFile);
    QCOMPARE(program.file->inode, file.st_ino);
    QCOMPARE(program.file->device, file.st_dev);
    QVERIFY(program.file->changedAt / 1'000'000'000 == file.st_ctim.tv_sec);
}

void TestPlatform::aPeerThatHasEndedIsNobody_data()
{
    QTest::addColumn<int>("spaces");
    QTest::addColumn<bool>("hasOwnNumbers");
    QTest::newRow("outside") << 0 << false;
    QTest::newRow("in a sandbox") << spacesFor(CLONE_NEWPID) << true;
}

//! A process that has ended must not be mistaken for the next one with its number. Until its parent
//! has waited for it, the kernel still tells who that parent was. Where it lived still counts, also
//! for the child that it vouched for.
void TestPlatform::aPeerThatHasEndedIsNobody()
{
    QFETCH(const int, spaces);
    QFETCH(const bool, hasOwnNumbers);
    Stranger stranger(m_server->fullServerName(), haveAChild, spaces);
    const auto peer = this->peer();
    QVERIFY(peer);
    const Program program = peer->program(peer->pid(), m_ancestry);
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
    QCOMPARE(program.parents.first(), QCoreApplication::applicationFilePath());
    QCOMPARE(program.hasOwnNumbers, hasOwnNumbers);
    stranger.letOn();
    QTRY_VERIFY(childOf(peer->pid()) != 0);
    const auto child = peer->child(childOf(peer->pid()));
    QVERIFY(child);
    QCOMPARE(child->program(child->pid(), m_ancestry).hasOwnNumbers, hasOwnNumbers);

    stranger.end();
    siginfo_t end{};
    QCOMPARE(waitid(P_PID, static_cast<id_t>(stranger.pid), &end, WEXITED | WNOWAIT), 0);
    QVERIFY(QFile::exists(u"/proc/%1/stat"_s.arg(stranger.pid)));
    QTRY_VERIFY(!child->isAlive());
    for (const Peer &gone : {*peer, *child}) {
        Program nobody{gone.pid(), {}, {}, {}};
        nobody.hasOwnNumbers = hasOwnNumbers;
        QCOMPARE(gone.program(gone.pid(), m_ancestry), nobody);
    }
}

void TestPlatform::aPeerThatEndedUnseenMayHaveBeenInASandbox()
{
    {
        Stranger stranger(m_server->fullServerName());
        QTRY_VERIFY(!m_server->accepted.isEmpty());
    }
    const auto peer = this->peer();
    QVERIFY(peer && !peer->isAlive());
    QVERIFY(peer->program(peer->pid(), m_ancestry).hasOwnNumbers);
    QVERIFY(peer->firstProgram().hasOwnNumbers);
}

void TestPlatform::whoWritesAndEndsMayHaveBeenInASandbox()
{
    QLocalSocket client;
    client.connectToServer(m_server->fullServerName());
    const auto peer = this->peer();
    QVERIFY(peer);
    QVERIFY(!peer->program(QCoreApplication::applicationPid(), m_ancestry).hasOwnNumbers);
    const pid_t gone = fork();
    if (gone == 0)
        _exit(0);
    QCOMPARE(waitpid(gone, nullptr, 0), gone);
    QVERIFY(peer->program(gone, m_ancestry).hasOwnNumbers);
}

void TestPlatform::aPeerThatBecameAnotherProgramIsNotCertain()
{
    const Stranger stranger(m_server->fullServerName(), becomeCat);
    const auto peer = this->peer();
    QVERIFY(peer);
    QVERIFY(peer->program(stranger.pid, m_ancestry).file);
    stranger.letOn();
    QTRY_COMPARE(executableOf(stranger.pid), QFileInfo(u"/bin/cat"_s).canonicalFilePath());
    const Program program = peer->program(stranger.pid, m_ancestry);
    QVERIFY(!program.file);
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
}

//! The process that connects is a child of the process that becomes another program.
void TestPlatform::aParentThatBecameAnotherProgramIsNotCertain()
{
    int orders[2];
    QCOMPARE(pipe(orders), 0);
    const pid_t parent = fork();
    if (parent == 0) {
        close(orders[1]); // the child would inherit it
        const Stranger child(m_server->fullServerName());
        dup2(orders[0], STDIN_FILENO);
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) == 1)
            becomeCat(0);
        _exit(1);
    }
    close(orders[0]);
    const auto peer = this->peer();
    QVERIFY(peer);
    QVERIFY(peer->program(peer->pid(), m_ancestry).parentFile);
    QCOMPARE(write(orders[1], "x", 1), 1);
    QTRY_COMPARE(executableOf(parent), QFileInfo(u"/bin/cat"_s).canonicalFilePath());
    const Program program = peer->program(peer->pid(), m_ancestry);
    QVERIFY(program.file);
    QVERIFY(!program.parentFile);
    close(orders[1]);
    QCOMPARE(waitpid(parent, nullptr, 0), parent);
}

//! A child may inherit the socket and would then speak in its parent's name.
void TestPlatform::whoWritesIsToldForEachPiece()
{
    const Stranger stranger(m_server->fullServerName(), sendAsTwo);
    const auto peer = this->peer();
    QVERIFY(peer);
    stranger.letOn();
    const PeerSocket socket(std::exchange(m_connection, -1));
    QByteArray all;
    QList<bool> isOwn;
    connect(&socket, &PeerSocket::received, this, [&](const QByteArray &piece, qint64 sender) {
        all += piece;
        isOwn.append(sender == stranger.pid);
        QVERIFY(sender != 0);
        QCOMPARE(peer->program(sender, m_ancestry).file.has_value(), isOwn.last());
    });
    QTRY_COMPARE(all, "mineoursmine");
    QCOMPARE(isOwn, QList<bool>({true, false, true}));
    const Program alive = peer->program(QCoreApplication::applicationPid(), m_ancestry);
    QCOMPARE(alive.executable, QCoreApplication::applicationFilePath());
    QVERIFY(!alive.file && !alive.parentFile);
}

void TestPlatform::aPeersSocketWritesAllAndSaysWhenItIsClosed()
{
    const QByteArray much(10'000'000, 'x');
    QLocalSocket client;
    client.connectToServer(m_server->fullServerName());
    QVERIFY(peer());
    PeerSocket socket(std::exchange(m_connection, -1));
    QSignalSpy closed(&socket, &PeerSocket::closed);
    socket.write(much);
    socket.write("end");
    QVERIFY(socket.bytesToWrite() > 0);
    socket.closeWhenWritten();
    QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(client.readAll(), much + "end");
    QCOMPARE(closed.count(), 1);

    client.connectToServer(m_server->fullServerName());
    QVERIFY(peer());
    PeerSocket other(std::exchange(m_connection, -1));
    QSignalSpy left(&other, &PeerSocket::closed);
    client.abort();
    QVERIFY(left.count() || left.wait());
    other.write("too late");
    QCOMPARE(other.descriptor(), -1);
}

//! This is also how it looks from outside a mount namespace in which another file has that path.
void TestPlatform::anotherFileAtItsPathIsNotIt()
{
    const QString path = m_folder->filePath(u"allowed"_s);
    QVERIFY(QFile::copy(u"/bin/cat"_s, path));
    QProcess program;
    program.start(path, {});
    QTRY_COMPARE(executableOf(static_cast<pid_t>(program.processId())), path);
    QCOMPARE(m_ancestry.from(program.processId()).first(), path);
    QVERIFY(QFile::rename(path, path + u".old"_s) && QFile::copy(u"/bin/cat"_s, path));
    QVERIFY(QFile::remove(path + u".old"_s));
    QTRY_COMPARE(m_ancestry.from(program.processId()).first(), u"(allowed)"_s);
    QSignalSpy finished(&program, &QProcess::finished);
    program.closeWriteChannel();
    QVERIFY(finished.count() || finished.wait());
}

void TestPlatform::whoHidesIsWhoItWasBefore()
{
    seeNoMoreThanOthers();
    const Stranger stranger(m_server->fullServerName(), hide);
    const auto before = peer();
    QVERIFY(before);
    stranger.letOn();
    QTRY_VERIFY(executableOf(stranger.pid).isEmpty());
    const Program program = before->program(stranger.pid, m_ancestry);
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
    QVERIFY(program.file);

    const auto after = Peer::of(m_connection, m_ancestry);
    QVERIFY(after->program(stranger.pid, m_ancestry).executable.isEmpty());
}

//! As the gateway does, which hides its secrets.
void TestPlatform::whoIsVouchedForIsTakenForItsParent()
{
    seeNoMoreThanOthers();
    QLocalSocket client;
    client.connectToServer(m_server->fullServerName());
    const auto parent = peer();
    QVERIFY(parent);
    const Program ours = parent->program(parent->pid(), m_ancestry);
    QVERIFY(ours.file);
    Stranger stranger(m_server->fullServerName(), hide);
    close(m_connection);
    const auto own = peer();
    QVERIFY(own);
    stranger.letOn();
    QTRY_VERIFY(executableOf(stranger.pid).isEmpty());

    const auto child = parent->child(stranger.pid);
    QVERIFY(child && child->isSameUser());
    QCOMPARE(child->pid(), stranger.pid);
    QCOMPARE(child->program(stranger.pid, m_ancestry), ours);
    QVERIFY(!child->program(parent->pid(), m_ancestry).file); // another process writes in its place
    for (const qint64 other : {qint64(::getppid()), parent->pid(), qint64(0), qint64(-1)})
        QVERIFY(!parent->child(other));
    QVERIFY(!own->child(parent->pid()));

    stranger.end();
    siginfo_t end{};
    QCOMPARE(waitid(P_PID, static_cast<id_t>(stranger.pid), &end, WEXITED | WNOWAIT), 0);
    QVERIFY(!child->isAlive());
    QCOMPARE(child->program(stranger.pid, m_ancestry), (Program{stranger.pid, {}, {}, {}}));
    QVERIFY(!parent->child(stranger.pid));
}

void TestPlatform::whoLivesElsewhereIsNotCertain_data()
{
    QTest::addColumn<int>("spaces");
    QTest::addColumn<bool>("hasOwnNumbers");
    QTest::newRow("files") << CLONE_NEWNS << false;
    QTest::newRow("users") << CLONE_NEWUSER << false;
    QTest::newRow("numbers") << CLONE_NEWPID << true;
}

//! Its path for its own file is also valid outside, but there it may be another file.
void TestPlatform::whoLivesElsewhereIsNotCertain()
{
    QFETCH(const int, spaces);
    const Stranger stranger(m_server->fullServerName(), nullptr, spacesFor(spaces));
    const auto peer = this->peer();
    QVERIFY(peer);
    const Program program = peer->program(peer->pid(), m_ancestry);
    QCOMPARE(program.executable, QCoreApplication::applicationFilePath());
    QVERIFY(!program.file);
    QTEST(program.hasOwnNumbers, "hasOwnNumbers");
}

void TestPlatform::aClosedSocketHasNoPeer()
{
    QVERIFY(!Peer::of(-1, m_ancestry));
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

//! GLib does this when the session bus ends.
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
