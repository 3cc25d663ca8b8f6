// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/privatefolder.h"

#include "base/logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

//! A link to a folder is fine: people keep their settings where they like.
bool makePrivateFolder(const QString &path)
{
    constexpr mode_t othersMayWrite = S_IWGRP | S_IWOTH;
    const QByteArray name = QFile::encodeName(path);
    QDir().mkpath(QFileInfo(path).absolutePath());
    struct stat folder{};
    if (mkdir(name.constData(), S_IRWXU) == 0 || stat(name.constData(), &folder) != 0
        || !S_ISDIR(folder.st_mode))
        return true;
    if (folder.st_uid != geteuid())
        return false;
    if ((folder.st_mode & othersMayWrite) != 0) {
        qCWarning(agentLog).noquote()
            << path << "could be written by others until now: look at the appliances and the"
            << "certificates that you trust.";
    }
    if ((folder.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        chmod(name.constData(), S_IRWXU);
    return true;
}

} // namespace latchkey
