// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/agentaddress.h"

#include "protocol/agentaddress.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! Adds to the problem what to do about it.
QString problem(const QString &text)
{
    const QString cause = QString::fromStdString(protocol::runtimeFolderProblem());
    return text + (cause.isEmpty() ? u". "_s : u". "_s + cause + u". "_s)
        + u"Set XDG_RUNTIME_DIR to a folder of yours, or LATCHKEY_SOCKET to a path for the socket."_s;
}

//! Makes a run-time folder of our own; those below /run are for the system to make.
void makeRuntimeFolder()
{
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool isOurs = folder.startsWith(u'/') && !folder.startsWith(u"/run/"_s);
    if (isOurs && QDir().mkpath(QFileInfo(folder).absolutePath()))
        mkdir(QFile::encodeName(folder).constData(), S_IRWXU);
}

//! A folder for everybody, such as /tmp, was chosen with LATCHKEY_SOCKET and is left as it is.
bool isForAll(const struct stat &folder)
{
    return folder.st_uid == 0 && (folder.st_mode & S_ISVTX);
}

bool makeFolder(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder);
    if (!QDir().mkpath(QFileInfo(folder).absolutePath()))
        return false;
    if (mkdir(path.constData(), S_IRWXU) == 0)
        return true;
    struct stat info{};
    if (lstat(path.constData(), &info) != 0 || !S_ISDIR(info.st_mode))
        return false;
    if (isForAll(info))
        return true;
    return info.st_uid == getuid() && chmod(path.constData(), S_IRWXU) == 0;
}

} // namespace

QString agentAddress()
{
    if (qEnvironmentVariableIsEmpty("LATCHKEY_SOCKET"))
        makeRuntimeFolder();
    return QFile::decodeName(protocol::agentAddresses().front().c_str());
}

std::optional<QString> prepareAgentFolder(const QString &address)
{
    const QByteArray socket = QFile::encodeName(address);
    if (static_cast<std::size_t>(socket.size()) > protocol::longestAddress()) {
        return problem(
            u"The path of the socket is too long: %1 has %2 bytes, and the system takes %3"_s.arg(
                address, QString::number(socket.size()),
                QString::number(protocol::longestAddress())));
    }
    struct stat there{};
    if (lstat(socket.constData(), &there) == 0 && !S_ISSOCK(there.st_mode))
        return problem(u"What is at %1 is no socket"_s.arg(address));
    const QString folder = QFileInfo(address).absolutePath();
    if (!makeFolder(folder))
        return problem(u"The folder %1 cannot be made, or is not yours"_s.arg(folder));
    return {};
}

std::optional<QString> remarkOn(const QString &address)
{
    const std::string cause = protocol::runtimeFolderProblem();
    if (cause.empty())
        return {};
    return u"%1: the socket is %2"_s.arg(QString::fromStdString(cause), address);
}

} // namespace latchkey
