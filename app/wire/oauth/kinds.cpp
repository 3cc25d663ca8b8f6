// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kinds.h"

#include "base/wholefile.h"

#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString shippedFolder = u":/kinds"_s;
constexpr qsizetype longestKind = qsizetype{64} * 1024; //!< in bytes

//! Resources are not files, so readWhole() does not read them.
std::optional<QByteArray> shippedText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

QStringList filesIn(const QString &folder)
{
    const QDir dir(folder);
    QStringList paths;
    for (const QString &name : dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name))
        paths.append(dir.filePath(name));
    return paths;
}

//! \a folder or, until it exists, the closest of those it will be in.
QString nearest(QString folder)
{
    while (!QFileInfo::exists(folder) && folder.contains(u'/'))
        folder = folder.section(u'/', 0, -2);
    return folder;
}

} // namespace

Kinds::Kinds(const QStringList &folders, QObject *parent)
    : QObject(parent)
    , m_folders(folders)
{
    const auto onChanged = [this] {
        read();
        Q_EMIT changed();
    };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, onChanged);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, onChanged);
    read();
}

std::optional<Kind> Kinds::find(const QString &id) const
{
    const auto found = m_kinds.find(id);
    return found == m_kinds.end() ? std::nullopt : std::optional(*found);
}

QList<Kind> Kinds::all() const
{
    QList<Kind> kinds = m_kinds.values();
    std::ranges::sort(kinds, [](const Kind &a, const Kind &b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return kinds;
}

void Kinds::read()
{
    m_problems.clear();
    QMap<QString, Kind> kinds;
    for (const QString &folder : QStringList{shippedFolder} + m_folders) {
        for (const QString &path : filesIn(folder))
            readFile(path, kinds);
    }
    m_kinds = kinds;
    watch();
}

void Kinds::readFile(const QString &path, QMap<QString, Kind> &kinds)
{
    const auto kind = kindIn(path);
    if (kind) {
        m_lastGood.insert(path, *kind);
        add(*kind, kinds);
        return;
    }
    m_problems.append(kind.error());
    if (m_lastGood.contains(path))
        add(m_lastGood.value(path), kinds);
}

Result<Kind, KindProblem> Kinds::kindIn(const QString &path) const
{
    const auto text = path.startsWith(shippedFolder) ? shippedText(path) : readWhole(path);
    if (!text || text->size() > longestKind)
        return KindProblem{path, {}, u"cannot be read, or is too long"_s};
    const auto read = Kind::fromJson(*text, path);
    if (!read)
        return read;
    Kind kind = *read;
    kind.isUsers = !m_folders.isEmpty() && path.startsWith(m_folders.last() + u'/');
    return kind;
}

void Kinds::add(const Kind &kind, QMap<QString, Kind> &kinds)
{
    const auto known = kinds.find(kind.id);
    if (known != kinds.end() && kind.replaces != kind.id) {
        m_problems.append({kind.source, u"id"_s,
            u"is that of %1; to take its place, add \"replaces\": \"%2\""_s.arg(
                known->source, kind.id)});
        return;
    }
    kinds.insert(kind.id, kind);
}

//! A file that is replaced is forgotten by the watcher, so all are named again.
void Kinds::watch()
{
    QStringList paths;
    for (const QString &folder : std::as_const(m_folders)) {
        paths.append(nearest(folder));
        paths.append(filesIn(folder));
    }
    paths.removeDuplicates();
    const QStringList before = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const QString &path : before) {
        if (!paths.contains(path))
            gone.append(path);
    }
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    for (const QString &path : before)
        paths.removeAll(path);
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

} // namespace latchkey
