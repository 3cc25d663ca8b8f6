// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/policysource.h"

#include "base/pathwatch.h"

#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr off_t longestPolicy = off_t{64} * 1024; //!< in bytes

bool canBeWrittenByOthers(const struct stat &status)
{
    return (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

class PolicyFile : public PolicySource {
public:
    PolicyFile(QString folder, uid_t owner)
        : m_folder(std::move(folder))
        , m_owner(owner)
    {
    }

    [[nodiscard]] QString place() const override { return m_folder + u"/policy.json"_s; }
    [[nodiscard]] Text read() override;

protected:
    [[nodiscard]] QString folder() const { return m_folder; }

private:
    [[nodiscard]] QString faultOf(int descriptor) const;
    [[nodiscard]] QString faultOfFolder() const;

    QString m_folder;
    uid_t m_owner;
};

class WatchedPolicyFile final : public PolicyFile {
public:
    WatchedPolicyFile(const QString &folder, uid_t owner)
        : PolicyFile(folder, owner)
    {
        connect(&m_watch, &PathWatch::changed, this, &PolicySource::changed);
    }

    [[nodiscard]] Text read() override
    {
        m_watch.look();
        return PolicyFile::read();
    }
    [[nodiscard]] bool isUnwatched() const override { return m_watch.isBlind(); }

private:
    [[nodiscard]] QStringList watched() const;

    PathWatch m_watch{[this] {
        return watched();
    }};
};

QStringList WatchedPolicyFile::watched() const
{
    QStringList paths = PathWatch::leadingTo(folder(), 1);
    if (QFile::exists(place()))
        paths.append(place());
    return paths;
}

//! Through one descriptor, so that what is checked is what is read. Links are not followed: they
//! may lead to where somebody else decides what is there. A pipe must not hold us up.
PolicySource::Text PolicyFile::read()
{
    const QByteArray path = QFile::encodeName(place());
    const int descriptor = open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        return {};
    if (descriptor < 0 && errno == ELOOP)
        return {{}, u"is a link; put the file itself there"_s};
    if (descriptor < 0)
        return {{}, u"cannot be read; let everybody read it and its folder"_s};
    QFile file;
    file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    const QString fault = faultOf(descriptor);
    return fault.isEmpty() ? Text{file.readAll(), {}} : Text{{}, fault};
}

QString PolicyFile::faultOf(int descriptor) const
{
    struct stat status{};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return u"is not a file"_s;
    if (status.st_uid != m_owner)
        return u"does not belong to root (chown root)"_s;
    if (canBeWrittenByOthers(status))
        return u"can be written by others than root (chmod go-w)"_s;
    if (status.st_size > longestPolicy)
        return u"is longer than 64 KiB"_s;
    return faultOfFolder();
}

QString PolicyFile::faultOfFolder() const
{
    struct stat status{};
    const QByteArray path = QFile::encodeName(m_folder);
    const bool isSafe = stat(path.constData(), &status) == 0 && status.st_uid == m_owner
        && !canBeWrittenByOthers(status);
    return isSafe ? QString()
                  : u"is in a folder that others than root can change (chown root, chmod go-w)"_s;
}

} // namespace

std::unique_ptr<PolicySource> makePolicySource(const QString &folder, unsigned owner)
{
    return std::make_unique<WatchedPolicyFile>(folder, owner);
}

std::unique_ptr<PolicySource> makePolicySourceForOneLook(const QString &folder, unsigned owner)
{
    return std::make_unique<PolicyFile>(folder, owner);
}

} // namespace latchkey
