// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString folder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart"_s;
}

QString entry()
{
    return folder() + u"/" LATCHKEY_ID ".desktop"_s;
}

//! Quotes a path as the Desktop Entry Specification wants it, because it may contain spaces.
QString quoted(QString path)
{
    path.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'%', u"%%"_s);
    return u'"' + path + u'"';
}

} // namespace

bool isAutostartEnabled()
{
    return QFile::exists(entry());
}

bool setAutostartEnabled(bool enabled)
{
    if (!enabled)
        return !QFile::exists(entry()) || QFile::remove(entry());
    const QString text =
        u"[Desktop Entry]\nType=Application\nName=Latchkey\nIcon=" LATCHKEY_ID
        "\nExec=%1 --hidden\n"_s.arg(quoted(QCoreApplication::applicationFilePath()));
    QDir().mkpath(folder());
    QSaveFile file(entry());
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0 && file.commit();
}

} // namespace latchkey
