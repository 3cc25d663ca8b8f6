// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/peer.h"

#include "platform/interpreter.h"

#include <QByteArray>
#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! Available from Linux 6.5 on; no header of Debian 12 defines it.
constexpr int soPeerPidfd = 77;
//! How many parents are looked up: a longer list would tell a person nothing more.
constexpr qsizetype mostParents = 8;

std::optional<ucred> credentialsOf(int socket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return {};
    return credentials;
}

int pidfdOf(qint64 pid)
{
    return static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0));
}

int pidfdOf(int socket, pid_t pid)
{
    int descriptor = -1;
    socklen_t size = sizeof descriptor;
    if (getsockopt(socket, SOL_SOCKET, soPeerPidfd, &descriptor, &size) == 0)
        return descriptor;
    // Only an older kernel lacks the option. After any other error the process is gone, and its
    // number may be another's.
    if (errno != ENOPROTOOPT)
        return -1;
    return pidfdOf(pid);
}

// Reads proc(5) with plain system calls, because this happens for each token that is handed out.

QByteArray procPath(qint64 pid, const char *file)
{
    return "/proc/" + QByteArray::number(pid) + '/' + file;
}

//! Also works for links of the kernel's own, whose text does not reliably name the file.
std::optional<FileId> fileAt(const QByteArray &path)
{
    struct stat file{};
    if (stat(path.constData(), &file) != 0)
        return {};
    constexpr qint64 second = 1'000'000'000;
    return FileId{file.st_dev, file.st_ino, file.st_ctim.tv_sec * second + file.st_ctim.tv_nsec};
}

bool isSameFile(const std::optional<FileId> &one, const std::optional<FileId> &other)
{
    return one && other && one->device == other->device && one->inode == other->inode;
}

QString pathOfExecutable(qint64 pid)
{
    std::array<char, 4096> target{};
    const ssize_t size = readlink(procPath(pid, "exe").constData(), target.data(), target.size());
    return size > 0 ? QFile::decodeName(QByteArray(target.data(), size)) : QString();
}

//! The fields of the line `/proc/PID/stat` that we need.
struct Stat {
    //! In brackets, as in that line.
    QString name;
    qint64 parent = 0;
    dev_t terminal = 0;
};

//! Parses `PID (NAME) STATE PARENT GROUP SESSION TERMINAL …`; the name may contain anything.
std::optional<Stat> statFrom(std::string_view line)
{
    constexpr qsizetype parentField = 1;
    constexpr qsizetype terminalField = 4;
    const auto begin = line.find('(');
    const auto end = line.rfind(')');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
        return {};
    Stat stat{QString::fromUtf8(line.data() + begin, static_cast<qsizetype>(end - begin + 1))};
    std::string_view rest = line.substr(std::min(end + 2, line.size()));
    for (qsizetype field = 0; field <= terminalField; ++field) {
        const auto space = std::min(rest.find(' '), rest.size());
        qint64 number = 0;
        std::from_chars(rest.data(), rest.data() + space, number);
        if (field == parentField)
            stat.parent = number;
        stat.terminal = static_cast<dev_t>(number);
        rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    return stat;
}

std::optional<Stat> statOf(qint64 pid)
{
    const int file = open(procPath(pid, "stat").constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    std::array<char, 1024> text; // NOLINT: filled by read()
    const ssize_t size = read(file, text.data(), text.size());
    close(file);
    return statFrom({text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))});
}

QString terminalName(dev_t device)
{
    constexpr unsigned firstPty = 136;
    constexpr unsigned lastPty = 143;
    constexpr unsigned consoles = 4;
    const unsigned kind = major(device);
    const unsigned number = minor(device);
    if (kind >= firstPty && kind <= lastPty)
        return u"/dev/pts/%1"_s.arg((kind - firstPty) * 256 + number);
    if (kind == consoles)
        return number < 64 ? u"/dev/tty%1"_s.arg(number) : u"/dev/ttyS%1"_s.arg(number - 64);
    return {};
}

//! How many process numbers it has: one for each namespace from that of `/proc` to its own. Anybody
//! may read them.
qsizetype numbersOf(const QByteArray &statusPath)
{
    QFile status(QFile::decodeName(statusPath));
    if (!status.open(QFile::ReadOnly))
        return 0;
    const QByteArrayList lines = status.readAll().split('\n');
    const auto numbers = std::ranges::find_if(
        lines, [](const QByteArray &line) { return line.startsWith("NSpid:"); });
    return numbers == lines.end() ? 0 : numbers->count('\t');
}

//! Containers and sandboxes have their own process numbers, and whoever controls one can give any
//! process in it any number. A process that hides itself does not tell which they are, but how
//! many; one that is gone tells nothing, and may have been in any.
bool hasOwnNumbers(qint64 pid)
{
    static const auto ours = fileAt("/proc/self/ns/pid");
    static const auto ourNumbers = numbersOf("/proc/self/status");
    if (const auto theirs = fileAt(procPath(pid, "ns/pid")))
        return !isSameFile(theirs, ours);
    const qsizetype numbers = numbersOf(procPath(pid, "status"));
    return numbers == 0 || numbers > ourNumbers;
}

//! A process of another namespace may see other files under our paths, or be root among users of
//! its own.
bool hasOurFilesAndUsers(qint64 pid)
{
    static const auto files = fileAt("/proc/self/ns/mnt");
    static const auto users = fileAt("/proc/self/ns/user");
    return isSameFile(fileAt(procPath(pid, "ns/mnt")), files)
        && isSameFile(fileAt(procPath(pid, "ns/user")), users);
}

//! The file that a process runs, as found by its path.
struct Executable {
    //! As in Program; empty if the process cannot be inspected.
    QString name;
    //! Nothing if the path leads to another file, as it may from another mount namespace.
    std::optional<FileId> file = {};
};

//! \a ownName is the process's own name, in brackets.
Executable executableOf(qint64 pid, const QString &ownName)
{
    const auto file = fileAt(procPath(pid, "exe"));
    if (!file)
        return {};
    const QString path = pathOfExecutable(pid);
    return isSameFile(fileAt(QFile::encodeName(path)), file) ? Executable{path, file}
                                                             : Executable{ownName};
}

//! What a process runs.
struct Image {
    //! As in Program.
    QString name;
    //! Nothing if there is any doubt.
    std::optional<FileId> file;
    //! As in Program.
    bool hasOwnNumbers = false;
    QString script = {};
};

Image imageOf(qint64 pid, const QString &ownName)
{
    const Executable executable = executableOf(pid, ownName);
    if (executable.name.isEmpty())
        return {};
    const bool isElsewhere = hasOwnNumbers(pid);
    const bool isCertain = executable.file && !isElsewhere && hasOurFilesAndUsers(pid);
    if (!isCertain)
        return {executable.name, {}, isElsewhere};
    return {executable.name, executable.file, false, scriptOf(pid, executable.name)};
}

//! A process that hides itself is still the same program: when it becomes another one, it is
//! visible again.
bool runsAnother(qint64 pid, const std::optional<FileId> &before)
{
    const auto now = fileAt(procPath(pid, "exe"));
    return now && !isSameFile(now, before);
}

QStringList parentsFrom(qint64 pid)
{
    QStringList parents;
    while (pid > 1 && parents.size() < mostParents) {
        const auto stat = statOf(pid);
        if (!stat)
            break;
        const QString name = executableOf(pid, stat->name).name;
        parents.append(name.isEmpty() ? stat->name : name);
        pid = stat->parent;
    }
    return parents;
}

//! Looks at the nearest parent each time instead of in the ancestry, because its file may matter. A
//! program among other files may have terminals of its own, which are numbered like ours.
Program programOf(qint64 pid, const Stat &stat, Ancestry &ancestry)
{
    const Image image = imageOf(pid, stat.name);
    const QString terminal = image.file ? terminalName(stat.terminal) : QString();
    Program program{pid, image.name, {}, terminal, image.file};
    program.hasOwnNumbers = image.name.isEmpty() ? hasOwnNumbers(pid) : image.hasOwnNumbers;
    program.script = image.script;
    const auto parent = stat.parent > 1 ? statOf(stat.parent) : std::nullopt;
    if (!parent)
        return program;
    const Image starter = imageOf(stat.parent, parent->name);
    program.parentFile = starter.file;
    program.parentScript = starter.script;
    program.parents.append(starter.name.isEmpty() ? parent->name : starter.name);
    program.parents.append(ancestry.from(parent->parent));
    return program;
}

} // namespace

class Peer::Handle {
public:
    explicit Handle(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~Handle()
    {
        if (m_descriptor >= 0)
            close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(Handle)

    //! The kernel makes the handle readable when the process has ended.
    [[nodiscard]] bool isAlive() const
    {
        pollfd end{m_descriptor, POLLIN, 0};
        return m_descriptor >= 0 && poll(&end, 1, 0) == 0;
    }

private:
    int m_descriptor;
};

//! Checks that the process is alive after reading about it: only then does the data belong to it.
std::optional<Peer> Peer::of(qintptr socket, Ancestry &ancestry)
{
    const int descriptor = static_cast<int>(socket);
    const auto credentials = credentialsOf(descriptor);
    if (!credentials)
        return {};
    Peer peer;
    peer.m_pid = credentials->pid;
    peer.m_isSameUser = credentials->uid == getuid();
    peer.m_handle = std::make_shared<const Handle>(pidfdOf(descriptor, credentials->pid));
    peer.m_program.pid = peer.m_pid;
    peer.m_program.hasOwnNumbers = true; // unless we see that it has not
    const auto stat = peer.m_isSameUser ? statOf(peer.m_pid) : std::nullopt;
    if (!stat)
        return peer;
    peer.m_parent = stat->parent;
    const Program program = programOf(peer.m_pid, *stat, ancestry);
    if (peer.m_handle->isAlive())
        peer.m_program = program;
    return peer;
}

Program Peer::program(qint64 sender, Ancestry &ancestry) const
{
    if (sender != m_pid)
        return programOfAnother(sender, ancestry);
    if (m_voucher)
        return isAlive() ? m_voucher->program(m_voucher->pid(), ancestry) : unseen();
    Program program = m_program;
    if (runsAnother(m_pid, program.file))
        program.file.reset();
    const auto stat = statOf(m_pid);
    if (stat && stat->parent == m_parent && runsAnother(m_parent, program.parentFile))
        program.parentFile.reset();
    return isAlive() ? program : unseen();
}

Program Peer::unseen() const
{
    Program program{m_pid, {}, {}, {}};
    program.hasOwnNumbers = m_program.hasOwnNumbers;
    return program;
}

//! Both processes hear the answer.
Program Peer::programOfAnother(qint64 sender, Ancestry &ancestry) const
{
    const auto stat = statOf(sender);
    const bool areBothSeen = stat && !m_program.executable.isEmpty();
    Program other = areBothSeen ? programOf(sender, *stat, ancestry) : unseen();
    other.hasOwnNumbers |= m_program.hasOwnNumbers || hasOwnNumbers(sender);
    other.file.reset();
    other.parentFile.reset();
    return other;
}

const Program &Peer::firstProgram() const
{
    return m_voucher ? m_voucher->firstProgram() : m_program;
}

bool Peer::isAlive() const
{
    return m_handle->isAlive();
}

//! Opens the handle first, so that the parent checked below is that of the same process.
std::optional<Peer> Peer::child(qint64 pid) const
{
    Peer child;
    child.m_pid = pid;
    child.m_isSameUser = m_isSameUser;
    child.m_program.hasOwnNumbers = m_program.hasOwnNumbers;
    child.m_handle = std::make_shared<const Handle>(pidfdOf(pid));
    child.m_voucher = std::make_shared<const Peer>(*this);
    const auto stat = statOf(pid);
    return stat && stat->parent == m_pid && child.isAlive() ? std::optional(child) : std::nullopt;
}

QStringList Ancestry::from(qint64 pid)
{
    constexpr auto memory = std::chrono::seconds(1);
    constexpr qsizetype most = 256;
    const auto now = std::chrono::steady_clock::now();
    const auto known = m_known.constFind(pid);
    if (known != m_known.constEnd() && now - known->readAt < memory)
        return known->programs;
    if (m_known.size() >= most)
        m_known.clear();
    const QStringList programs = parentsFrom(pid);
    m_known.insert(pid, {programs, now});
    return programs;
}

} // namespace latchkey
