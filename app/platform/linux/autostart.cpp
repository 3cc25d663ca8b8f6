// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/autostart.h"

#include "base/logging.h"
#include "base/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr auto file = "autostart/" LATCHKEY_ID ".desktop"_L1;

QString ownEntry()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u'/' + file;
}

//! The first that there is, from the user's own on.
QString entry()
{
    return QStandardPaths::locate(QStandardPaths::GenericConfigLocation, file);
}

bool isOurGroup(const QString &line)
{
    return line.trimmed() == "[Desktop Entry]"_L1;
}

QString keyIn(const QString &line)
{
    return line.section(u'=', 0, 0).trimmed();
}

//! The keys of the group `Desktop Entry` (Desktop Entry Specification), as they stand there.
QHash<QString, QString> keysOf(const QString &path)
{
    QHash<QString, QString> keys;
    bool isOurs = false;
    const auto lines = readWhole(path).value_or(QByteArray()).split('\n');
    for (const QByteArray &line : lines) {
        const QString text = QString::fromUtf8(line).trimmed();
        if (text.startsWith(u'['))
            isOurs = isOurGroup(text);
        else if (isOurs && text.contains(u'='))
            keys.insert(keyIn(text), text.section(u'=', 1).trimmed());
    }
    return keys;
}

bool isForThisDesktop(const QHash<QString, QString> &keys)
{
    const QStringList desktops = qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':');
    const auto names = [&](const QString &key) {
        const QStringList listed = keys.value(key).split(u';', Qt::SkipEmptyParts);
        return std::ranges::any_of(
            desktops, [&](const QString &desktop) { return listed.contains(desktop); });
    };
    return !names(u"NotShowIn"_s) && (!keys.contains(u"OnlyShowIn"_s) || names(u"OnlyShowIn"_s));
}

//! Quotes a path as the Desktop Entry Specification wants it, because it may contain spaces.
QString quoted(QString path)
{
    path.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'%', u"%%"_s);
    return u'"' + path + u'"';
}

//! The path in a command that quoted() has begun, or its first word.
QString programIn(const QString &command)
{
    if (!command.startsWith(u'"'))
        return command.section(u' ', 0, 0);
    qsizetype end = 1;
    while (end < command.size() && command[end] != u'"')
        end += command[end] == u'\\' ? 2 : 1;
    QString path = command.sliced(1, std::min(end, command.size()) - 1);
    return path.replace(u"%%"_s, u"%"_s).replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s);
}

bool isThere(const QString &program)
{
    return !QStandardPaths::findExecutable(program).isEmpty();
}

bool isSwitchedOff(const QHash<QString, QString> &keys)
{
    return keys.value(u"Hidden"_s) == "true"_L1
        || keys.value(u"X-GNOME-Autostart-enabled"_s) == "false"_L1;
}

bool hasPrograms(const QHash<QString, QString> &keys)
{
    const QString needed = keys.value(u"TryExec"_s);
    return (needed.isEmpty() || isThere(needed)) && isThere(programIn(keys.value(u"Exec"_s)));
}

QString command()
{
    return quoted(QCoreApplication::applicationFilePath()) + u" --hidden"_s;
}

//! \a entry with our own command; its other groups, such as actions, stay as they are.
QString repaired(const QString &entry)
{
    const QStringList before = entry.split(u'\n');
    QStringList lines;
    bool isOurs = false;
    for (const QString &line : before) {
        if (line.trimmed().startsWith(u'['))
            isOurs = isOurGroup(line);
        const QString key = isOurs ? keyIn(line) : QString();
        if (key == "Exec"_L1)
            lines.append(u"Exec="_s + command());
        else if (key != "TryExec"_L1)
            lines.append(line);
    }
    return lines.join(u'\n');
}

bool write(const QString &text)
{
    QDir().mkpath(QFileInfo(ownEntry()).path());
    QSaveFile own(ownEntry());
    return own.open(QIODevice::WriteOnly) && own.write(text.toUtf8()) > 0 && own.commit();
}

bool canWrite()
{
    QFileInfo folder(QFileInfo(ownEntry()).path());
    while (!folder.exists() && !folder.isRoot())
        folder.setFile(folder.path());
    return folder.isDir() && folder.isWritable();
}

} // namespace

bool isAutostartEnabled()
{
    const auto keys = keysOf(entry());
    return !keys.isEmpty() && !isSwitchedOff(keys) && isForThisDesktop(keys) && hasPrograms(keys);
}

bool setAutostartEnabled(bool enabled)
{
    const QString head = u"[Desktop Entry]\nType=Application\nName=Latchkey\n"_s;
    if (enabled)
        return write(head + u"Icon=" LATCHKEY_ID "\nExec="_s + command() + u'\n');
    const bool isRemoved = !QFile::exists(ownEntry()) || QFile::remove(ownEntry());
    // Only an entry of the user's own keeps the desktop from the computer's.
    return isRemoved && (entry().isEmpty() || write(head + u"Hidden=true\n"_s));
}

AutostartObstacle autostartObstacle()
{
    if (!canWrite())
        return AutostartObstacle::NotWritable;
    const auto keys = keysOf(entry());
    if (keys.isEmpty() || isSwitchedOff(keys))
        return AutostartObstacle::None;
    if (!isForThisDesktop(keys))
        return AutostartObstacle::OtherDesktops;
    return hasPrograms(keys) ? AutostartObstacle::None : AutostartObstacle::ProgramMissing;
}

void repairAutostart()
{
    const auto keys = keysOf(ownEntry());
    if (keys.isEmpty() || isSwitchedOff(keys) || hasPrograms(keys))
        return;
    if (!write(repaired(QString::fromUtf8(readWhole(ownEntry()).value_or(QByteArray())))))
        qCWarning(uiLog)
            << "The autostart entry names a program that is gone, and cannot be changed";
}

} // namespace latchkey
