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
    const QString base = runtime.isEmpty() ? u"/run/user/"_s + QString::number(getuid()) : runtime;
    return base + u"/latchkey/agent.sock"_s;
}

bool prepareAgentFolder(const QString &address)
{
    const QString folder = QFileInfo(address).absolutePath();
    const QByteArray path = QFile::encodeName(folder);
    if (!QDir().mkpath(QFileInfo(folder).absolutePath()))
        return false;
    if (mkdir(path.constData(), S_IRWXU) == 0)
        return true;
    struct stat info{};
    return lstat(path.constData(), &info) == 0 && S_ISDIR(info.st_mode)
        && (info.st_uid == getuid() || info.st_mode & S_ISVTX);
}

} // namespace latchkey
