// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/diskfiles.h"

#include "base/logging.h"
#include "base/wholefile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

namespace {

using Failure = std::optional<StoreError>;

//! A file descriptor that closes itself; -1 if it could not be opened.
class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int number() const { return m_number; }
    explicit operator bool() const { return m_number >= 0; }

private:
    int m_number;
};

//! Derives the error from errno, and logs it.
StoreError failureAt(const char *what, const QByteArray &path)
{
    const int error = errno;
    qCWarning(vaultLog).noquote() << "Cannot" << what << QFile::decodeName(path) << "-"
                                  << QString::fromLocal8Bit(std::strerror(error));
    const bool isFull = error == ENOSPC || error == EDQUOT;
    return isFull ? StoreError::DiskFull : StoreError::NotWritable;
}

bool writeAll(int file, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t written =
            write(file, bytes.data() + done, static_cast<std::size_t>(bytes.size() - done));
        if (written < 0 && errno != EINTR)
            return false;
        done += std::max<ssize_t>(written, 0);
    }
    return true;
}

//! Nothing if there is an error.
std::optional<QByteArray> readAll(int file)
{
    QByteArray bytes;
    for (;;) {
        char chunk[16384];
        const ssize_t got = read(file, chunk, sizeof chunk);
        if (got == 0)
            return bytes;
        if (got < 0 && errno != EINTR)
            return {};
        bytes.append(chunk, std::max<ssize_t>(got, 0));
    }
}

bool isOfOurKind(int file)
{
    struct stat info{};
    return fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= longestFile;
}

//! Whether the file contains these bytes; reads it from the beginning.
bool holds(int file, const QByteArray &bytes)
{
    if (lseek(file, 0, SEEK_SET) != 0)
        return false;
    if (const auto there = readAll(file); there != bytes) {
        errno = EIO;
        return false;
    }
    return true;
}

//! Logged if latchkey.vault.debug is on.
void noteStep(const char *step, const QString &path)
{
    qCDebug(vaultLog).noquote() << "vault:" << step << QFileInfo(path).fileName();
}

QByteArray folderOf(const QString &path)
{
    return QFile::encodeName(QFileInfo(path).path());
}

//! Without this, a power cut may bring the old name back. Some file systems cannot do it and do not
//! need it.
Failure syncFolder(const QString &path)
{
    const QByteArray folder = folderOf(path);
    const Descriptor opened(open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened)
        return failureAt("open the folder", folder);
    if (fsync(opened.number()) != 0 && errno != EINVAL)
        return failureAt("sync the folder", folder);
    return {};
}

Failure makeFolder(const QString &path)
{
    const QByteArray folder = folderOf(path);
    if (mkdir(folder.constData(), S_IRWXU) == 0)
        return syncFolder(QFile::decodeName(folder));
    if (errno == EEXIST)
        return {};
    if (errno != ENOENT)
        return failureAt("make the folder", folder);
    if (const Failure failure = makeFolder(QFile::decodeName(folder)))
        return failure;
    return makeFolder(path);
}

//! Writes the new file at \a path beside the file \a wanted that it will replace.
Failure writeNew(const QByteArray &path, const QString &wanted, const QByteArray &bytes)
{
    unlink(path.constData()); // a crash may have left one behind
    const Descriptor file(open(
        path.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file)
        return failureAt("make", path);
    if (!writeAll(file.number(), bytes))
        return failureAt("write", path);
    noteStep("written", wanted);
    if (fsync(file.number()) != 0)
        return failureAt("sync", path);
    noteStep("synced", wanted);
    if (!holds(file.number(), bytes))
        return failureAt("read back", path);
    noteStep("compared", wanted);
    return {};
}

class DiskFiles final : public DurableFiles {
public:
    [[nodiscard]] Content read(const QString &path) override
    {
        const QByteArray name = QFile::encodeName(path);
        const Descriptor file(
            open(name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        if (!file && errno == ENOENT)
            return std::optional<QByteArray>();
        if (!file)
            return failureAt("open", name);
        if (!isOfOurKind(file.number()))
            return std::optional(QByteArray());
        auto bytes = readAll(file.number());
        if (!bytes)
            return failureAt("read", name);
        return bytes;
    }

    [[nodiscard]] Failure replace(const QString &path, const QByteArray &bytes) override
    {
        const QByteArray name = QFile::encodeName(path);
        const QByteArray fresh = name + ".new";
        if (bytes.size() > longestFile) {
            errno = EFBIG;
            return failureAt("replace", name);
        }
        noteStep("writing", path);
        if (const Failure failure = makeFolder(path))
            return failure;
        if (const Failure failure = writeNew(fresh, path, bytes)) {
            unlink(fresh.constData());
            return failure;
        }
        if (std::rename(fresh.constData(), name.constData()) != 0)
            return failureAt("replace", name);
        noteStep("renamed", path);
        return syncFolder(path);
    }

    [[nodiscard]] Failure remove(const QString &path) override
    {
        const QByteArray name = QFile::encodeName(path);
        unlink((name + ".new").constData());
        if (unlink(name.constData()) == 0)
            return syncFolder(path);
        if (errno == ENOENT || errno == ENOTDIR)
            return {};
        return failureAt("remove", name);
    }

    [[nodiscard]] Failure putAside(const QString &path) override
    {
        const QString aside = freeNameAside(path);
        const QByteArray name = QFile::encodeName(path);
        if (std::rename(name.constData(), QFile::encodeName(aside).constData()) != 0)
            return failureAt("put aside", name);
        return syncFolder(path);
    }
};

} // namespace

std::unique_ptr<DurableFiles> diskFiles()
{
    return std::make_unique<DiskFiles>();
}

} // namespace latchkey
