// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/pathwatch.h"

#include "base/logging.h"

#include <QFileInfo>
#include <QLoggingCategory>

namespace latchkey {

namespace {

//! Qt complains of each path that it cannot watch, each time. That is told once, by us.
class Quiet {
public:
    Quiet() { m_category->setEnabled(QtCriticalMsg, false); }
    ~Quiet() { m_category->setEnabled(QtCriticalMsg, m_was); }
    Q_DISABLE_COPY_MOVE(Quiet)

private:
    QLoggingCategory *m_category = QLoggingCategory::defaultCategory();
    bool m_was = m_category->isCriticalEnabled();
};

} // namespace

PathWatch::PathWatch(Wanted wanted, std::chrono::milliseconds pause, QObject *parent)
    : QObject(parent)
    , m_wanted(std::move(wanted))
{
    m_instead.setInterval(pause);
    connect(&m_instead, &QTimer::timeout, this, &PathWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &PathWatch::changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &PathWatch::changed);
}

//! A path may lead to another file or folder by now, while the watcher still has the old one. So
//! all are added anew, until nothing has come or gone meanwhile.
void PathWatch::look()
{
    if (isBlind() && !m_retry.hasExpired())
        return;
    QStringList wanted;
    QStringList unwatched;
    do {
        wanted = m_wanted();
        const QStringList before = m_watcher.files() + m_watcher.directories();
        if (!before.isEmpty())
            m_watcher.removePaths(before);
        const Quiet quiet;
        unwatched = wanted.isEmpty() ? wanted : m_watcher.addPaths(wanted);
    } while (m_wanted() != wanted);
    setBlind(unwatched);
}

void PathWatch::setBlind(const QStringList &unwatched)
{
    if (unwatched.isEmpty())
        return m_instead.stop();
    m_retry.setRemainingTime(20 * m_instead.intervalAsDuration()); // each try costs some time
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

//! The outermost first: a swap in between is then seen by one of them.
QStringList PathWatch::leadingTo(const QString &folder, int above)
{
    QStringList folders{nearest(folder)};
    const auto missing = folder.count(u'/') - folders.first().count(u'/');
    for (auto left = above - missing; left > 0 && folders.first().count(u'/') > 1; --left)
        folders.prepend(folders.first().section(u'/', 0, -2));
    return folders;
}

} // namespace latchkey
