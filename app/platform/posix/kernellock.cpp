// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/kernellock.h"

#include <QFile>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

namespace {

//! Opens the file for reading if it cannot be written; on most file systems that is enough for a
//! lock.
int openForLocking(const char *path)
{
    constexpr int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    const int file = open(path, O_RDWR | O_CREAT | flags, S_IRUSR | S_IWUSR);
    if (file >= 0)
        return file;
    const int error = errno;
    const int readable = open(path, O_RDONLY | flags);
    if (readable < 0)
        errno = error;
    return readable;
}

} // namespace

KernelLock::~KernelLock()
{
    release();
}

//! Closing the file releases the lock, since nobody else has this descriptor.
void KernelLock::release()
{
    if (m_file >= 0)
        close(std::exchange(m_file, -1));
}

//! Uses flock(), not fcntl(), whose locks are lost when any descriptor of the file is closed.
KernelLock::Result KernelLock::take(const QString &path)
{
    release();
    m_file = openForLocking(QFile::encodeName(path).constData());
    if (m_file >= 0 && flock(m_file, LOCK_EX | LOCK_NB) == 0)
        return Result::Taken;
    // Some network file systems report a lock that somebody else holds as EACCES.
    if (m_file >= 0 && (errno == EWOULDBLOCK || errno == EACCES))
        return Result::Held;
    m_problem = qt_error_string(errno);
    return Result::Impossible;
}

void KernelLock::leaveWord(const QByteArray &text) const
{
    if (ftruncate(m_file, 0) == 0) [[maybe_unused]]
        const auto written =
            pwrite(m_file, text.constData(), static_cast<std::size_t>(text.size()), 0);
}

QByteArray KernelLock::word() const
{
    QByteArray text(4096, Qt::Uninitialized);
    const auto size = pread(m_file, text.data(), static_cast<std::size_t>(text.size()), 0);
    text.truncate(size > 0 ? size : 0);
    return text;
}

} // namespace latchkey
