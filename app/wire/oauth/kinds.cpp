// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/kinds.h"

#include "base/wholefile.h"
#include "wire/oauth/kindreader.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

const QString shippedFolder = u":/kinds"_s;
constexpr std::chrono::seconds patience{1};
constexpr qsizetype longestKind = qsizetype{64} * 1024; //!< in bytes

//! Resources are not files, so readWhole() does not read them.
std::optional<QByteArray> textAt(const QString &path)
{
    if (!path.startsWith(shippedFolder))
        return readWhole(path);
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

//! The kind whose place a file is to take that is otherwise wrong; empty where it tells none.
QString replacedBy(const QByteArray &text)
{
    KindProblem problem;
    const KindReader file(text, problem);
    const QString id = file.id(u"id"_s);
    return problem.reason.isEmpty() && file.text(u"replaces"_s) == id ? id : QString();
}

QStringList filesIn(const QString &folder)
{
    const QDir dir(folder);
    QStringList paths;
    for (const QString &name : dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name))
        paths.append(dir.filePath(name));
    return paths;
}

} // namespace

Kinds::Kinds(const QStringList &folders, QObject *parent)
    : QObject(parent)
    , m_folders(folders)
{
    m_vanished.setSingleShot(true);
    connect(&m_vanished, &QTimer::timeout, this, &Kinds::onChanged);
    connect(&m_watch, &PathWatch::changed, this, &Kinds::onChanged);
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

void Kinds::onChanged()
{
    const auto kinds = m_kinds;
    const auto problems = m_problems;
    read();
    if (m_kinds != kinds || m_problems != problems)
        Q_EMIT changed();
}

//! What changes after the first line is seen, and read again.
void Kinds::read()
{
    m_watch.look();
    m_problems.clear();
    QMap<QString, Kind> kinds;
    for (const QString &folder : QStringList{shippedFolder} + m_folders) {
        for (const QString &path : pathsIn(folder))
            readFile(path, kinds);
    }
    m_kinds = kinds;
}

//! With those that have vanished.
QStringList Kinds::pathsIn(const QString &folder) const
{
    QStringList paths = filesIn(folder);
    for (const QString &path : m_said.keys()) {
        if (path.section(u'/', 0, -2) == folder)
            paths.append(path);
    }
    paths.removeDuplicates();
    paths.sort();
    return paths;
}

void Kinds::readFile(const QString &path, QMap<QString, Kind> &kinds)
{
    Said &said = m_said[path];
    if (QFileInfo::exists(path))
        hear(path, said);
    else if (isGone(said))
        return void(m_said.remove(path));
    if (said.kind)
        add(*said.kind, kinds);
    else
        kinds.remove(said.missing);
}

void Kinds::hear(const QString &path, Said &said)
{
    said.end = {};
    const auto text = textAt(path);
    if (!text || text->size() > longestKind)
        return m_problems.append({path, {}, u"cannot be read, or is too long"_s});
    const auto kind = Kind::fromJson(*text, path);
    if (!kind) {
        said.missing = replacedBy(*text);
        return m_problems.append(kind.error());
    }
    said.kind = *kind;
    if (!m_folders.isEmpty() && path.startsWith(m_folders.last() + u'/'))
        said.kind->digest = QCryptographicHash::hash(*text, QCryptographicHash::Sha256).toHex();
}

bool Kinds::isGone(Said &said)
{
    if (!said.end)
        said.end = QDeadlineTimer(patience);
    if (said.end->hasExpired())
        return true;
    m_vanished.start(int(said.end->remainingTime()));
    return false;
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

//! An administrator may swap the whole folder. Above the user's own there is too much coming and
//! going.
QStringList Kinds::watched() const
{
    QStringList paths;
    for (const QString &folder : m_folders) {
        paths.append(PathWatch::leadingTo(folder, folder == m_folders.last() ? 0 : 2));
        paths.append(filesIn(folder));
    }
    paths.removeDuplicates();
    return paths;
}

} // namespace latchkey
