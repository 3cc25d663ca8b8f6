// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/pathwatch.h"

#include <QFileInfo>

namespace latchkey {

PathWatch::PathWatch(Wanted wanted, QObject *parent)
    : QObject(parent)
    , m_wanted(std::move(wanted))
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &PathWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &PathWatch::changed);
}

//! A file that is replaced is forgotten by the watcher, so all are named again, until nothing has
//! come or gone meanwhile.
void PathWatch::look()
{
    QStringList wanted;
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
        if (!added.isEmpty())
            m_watcher.addPaths(added);
    } while (m_wanted() != wanted);
}

QString PathWatch::nearest(QString folder)
{
    while (!QFileInfo::exists(folder) && folder.contains(u'/'))
        folder = folder.section(u'/', 0, -2);
    return folder;
}

} // namespace latchkey
