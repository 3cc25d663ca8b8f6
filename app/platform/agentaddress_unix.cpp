// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/agentaddress.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace latchkey {

QString agentAddress()
{
    const QString chosen = qEnvironmentVariable("LATCHKEY_SOCKET");
    if (!chosen.isEmpty())
        return chosen;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString base =
        !runtime.startsWith(u'/') ? u"/run/user/"_s + QString::number(getuid()) : runtime;
    return base + u"/latchkey/agent.sock"_s;
}

bool prepareAgentFolder(const QString &address)
{
    struct stat there{};
    const QByteArray socket = QFile::encodeName(address);
    if (lstat(socket.constData(), &there) == 0 && !S_ISSOCK(there.st_mode))
        return false;
    const QString folder = QFileInfo(address).absolutePath();
    const QByteArray path = QFile::encodeName(folder);
    if (!QDir().mkpath(QFileInfo(folder).absolutePath()))
        return false;
    if (mkdir(path.constData(), S_IRWXU) == 0)
        return true;
    struct stat info{};
    if (lstat(path.constData(), &info) != 0 || !S_ISDIR(info.st_mode))
        return false;
    // A folder that all may use, such as /tmp, was chosen with LATCHKEY_SOCKET and stays as it is.
    if (info.st_mode & S_ISVTX)
        return true;
    return info.st_uid == getuid() && chmod(path.constData(), S_IRWXU) == 0;
}

} // namespace latchkey
