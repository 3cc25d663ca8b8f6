// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/pathwatch.h"

#include "base/logging.h"

#include <QFileInfo>

namespace latchkey {

PathWatch::PathWatch(Wanted wanted, std::chrono::milliseconds pause, QObject *parent)
    : QObject(parent)
    , m_wanted(std::move(wanted))
{
    m_instead.setInterval(pause);
    connect(&m_instead, &QTimer::timeout, this, &PathWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &PathWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &PathWatch::changed);
}

//! A file that is replaced is forgotten by the watcher, so all are named again, until nothing has
//! come or gone meanwhile.
void PathWatch::look()
{
    if (isBlind() && !m_retry.hasExpired())
        return;
    QStringList wanted;
    QStringList unwatched;
    do {
        wanted = m_wanted();
        QStringList gone;
        QStringList added = wanted;
        for (const QString &path : m_watcher.files() + m_watcher.directories()) {
            if (added.removeAll(path) == 0)
                gone.append(path);
        }
        if (!gone.isEmpty())
            m_watcher.removePaths(gone);
        unwatched = added.isEmpty() ? added : m_watcher.addPaths(added);
    } while (m_wanted() != wanted);
    setBlind(unwatched);
}

void PathWatch::setBlind(const QStringList &unwatched)
{
    if (unwatched.isEmpty())
        return m_instead.stop();
    m_retry.setRemainingTime(20 * m_instead.intervalAsDuration()); // Qt complains of each try
    if (isBlind())
        return;
    qCWarning(sessionLog).noquote()
        << "The system tells of no changes here, so Latchkey looks every few seconds (is "
           "fs.inotify.max_user_watches reached?):"
        << unwatched.join(u' ');
    m_instead.start();
}

QString PathWatch::nearest(QString folder)
{
    while (!QFileInfo::exists(folder) && folder.contains(u'/'))
        folder = folder.section(u'/', 0, -2);
    return folder;
}

} // namespace latchkey
