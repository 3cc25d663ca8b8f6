// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/rememberedconsents.h"

#include "base/logging.h"
#include "base/wholefile.h"
#include "protocol/ownprograms.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

QJsonObject jsonFrom(const FileId &file)
{
    // As text, because a number in JSON holds 53 bits only.
    return {{u"device"_s, QString::number(file.device)}, {u"inode"_s, QString::number(file.inode)},
        {u"changedAt"_s, QString::number(file.changedAt)}};
}

FileId fileFrom(const QJsonValue &json)
{
    return {json["device"_L1].toString().toULongLong(), json["inode"_L1].toString().toULongLong(),
        json["changedAt"_L1].toString().toLongLong()};
}

bool isSamePlace(const ProgramIdentity &one, const ProgramIdentity &other)
{
    return one.executable == other.executable && one.parent == other.parent;
}

} // namespace

//! By its place: beside our own program, or where they are installed.
bool ProgramIdentity::isGoBetween(const Program &program)
{
    const QByteArray ours = QFile::encodeName(QCoreApplication::applicationDirPath());
    return std::ranges::any_of(
        protocol::goBetweens(ours.toStdString()), [&](const std::string &place) {
            const QString path = QFileInfo(QFile::decodeName(place.c_str())).canonicalFilePath();
            return !path.isEmpty() && program.executable == path;
        });
}

QString ProgramIdentity::askerOf(const Program &program)
{
    return isGoBetween(program) ? program.parents.value(0) : program.executable;
}

//! isGoBetween() reads the disk, so it comes last.
bool ProgramIdentity::isCertain(const Program &program)
{
    return program.file && (program.parentFile || !isGoBetween(program));
}

std::optional<ProgramIdentity> ProgramIdentity::of(const Program &program)
{
    if (!isCertain(program))
        return {};
    if (!isGoBetween(program))
        return ProgramIdentity{program.executable, {}, *program.file, {}};
    return ProgramIdentity{
        program.executable, program.parents.value(0), *program.file, *program.parentFile};
}

RememberedConsents::RememberedConsents(QString path)
    : m_path(std::move(path))
{
    load();
}

std::optional<Milliseconds> RememberedConsents::timeLeft(
    const QString &session, const ProgramIdentity &identity, const Instant &now) const
{
    const auto found = std::ranges::find_if(m_remembered,
        [&](const Entry &entry) { return entry.session == session && entry.identity == identity; });
    if (found == m_remembered.end())
        return {};
    const Milliseconds left = found->end ? remaining(*found->end, now) : Milliseconds::max();
    return left > Milliseconds::zero() ? std::optional(left) : std::nullopt;
}

void RememberedConsents::add(
    const QString &session, const ProgramIdentity &identity, Decision decision, const Instant &now)
{
    if (decision == Decision::Deny || decision == Decision::Once)
        return;
    // A file that was replaced cannot come back: what was decided about it is of no more use.
    m_remembered.removeIf([&](const Entry &entry) {
        return entry.session == session && isSamePlace(entry.identity, identity);
    });
    const auto end = decision == Decision::OneHour ? std::optional(now + 1h) : std::nullopt;
    m_remembered.append({session, identity, decision, end});
    if (decision == Decision::Always)
        save();
}

void RememberedConsents::deny(const QString &session,
    const std::optional<ProgramIdentity> &identity, const Instant &now, int deed)
{
    m_denials.removeIf(
        [&](const Denial &denial) { return remaining(denial.end, now) <= Milliseconds::zero(); });
    m_denials.append({identity ? session : QString(), identity, now + denialTime, deed});
}

bool RememberedConsents::isDenied(const QString &session,
    const std::optional<ProgramIdentity> &identity, const Instant &now, int deed) const
{
    QList<Denial> standing = m_denials;
    standing.removeIf([&](const Denial &denial) {
        return denial.identity != identity || remaining(denial.end, now) <= Milliseconds::zero();
    });
    return standing.size() >= enoughDenials
        || std::ranges::any_of(standing, [&](const Denial &denial) {
               const bool isOfIt = denial.session.isEmpty() || denial.session == session;
               return isOfIt && denial.deed == deed;
           });
}

QList<RememberedConsents::Entry> RememberedConsents::entries(const Instant &now) const
{
    QList<Entry> entries = m_remembered;
    entries.removeIf([&](const Entry &entry) {
        return entry.end && remaining(*entry.end, now) <= Milliseconds::zero();
    });
    return entries;
}

qsizetype RememberedConsents::revoke(const QString &asker, const QString &session)
{
    const qsizetype count = m_remembered.removeIf([&](const Entry &entry) {
        return entry.identity.asker() == asker && (session.isEmpty() || entry.session == session);
    });
    if (count > 0)
        save();
    return count;
}

bool RememberedConsents::block(const QString &asker)
{
    if (m_blocked.contains(asker))
        return true;
    const bool isPath = asker.startsWith(u'/') && asker.size() <= longestPath;
    if (!isPath || m_blocked.size() >= mostBlocked)
        return false;
    m_blocked.append(asker);
    m_remembered.removeIf([&](const Entry &entry) { return entry.identity.asker() == asker; });
    save();
    return true;
}

bool RememberedConsents::unblock(const QString &asker)
{
    const bool wasBlocked = m_blocked.removeAll(asker) > 0;
    if (wasBlocked)
        save();
    return wasBlocked;
}

bool RememberedConsents::isBlocked(const Program &program) const
{
    return !m_blocked.isEmpty() && m_blocked.contains(ProgramIdentity::askerOf(program));
}

void RememberedConsents::endUntilLock()
{
    m_remembered.removeIf([](const Entry &entry) { return entry.decision == Decision::UntilLock; });
}

void RememberedConsents::forget(const QString &session)
{
    if (m_remembered.removeIf([&](const Entry &entry) { return entry.session == session; }) > 0)
        save();
}

void RememberedConsents::rename(const QString &session, const QString &name)
{
    forget(name);
    m_denials.removeIf([&](const Denial &denial) { return denial.session == name; });
    for (Denial &denial : m_denials) {
        if (denial.session == session)
            denial.session = name;
    }
    bool hasAny = false;
    for (Entry &entry : m_remembered) {
        if (entry.session == session) {
            entry.session = name;
            hasAny = true;
        }
    }
    if (hasAny)
        save();
}

//! An entry that cannot be understood allows nothing, so people are asked again. The same goes for
//! entries of version 1, which do not say which file was allowed.
void RememberedConsents::load()
{
    const auto aside =
        readList(m_path, "programs"_L1, [this](const QJsonObject &json) { return take(json); });
    if (aside) {
        qCWarning(agentLog) << "The programs that were allowed could not be read in full; a copy "
                               "is in"
                            << *aside;
    }
}

bool RememberedConsents::take(const QJsonObject &json)
{
    const ProgramIdentity identity{json.value("program"_L1).toString(),
        json.value("parent"_L1).toString(), fileFrom(json.value("programFile"_L1)),
        fileFrom(json.value("parentFile"_L1))};
    const QString session = json.value("session"_L1).toString();
    const bool isBlocked = json.value("blocked"_L1).toBool();
    const auto longest = std::max(identity.executable.size(), identity.parent.size());
    if (identity.executable.isEmpty() || longest > longestPath || session.isEmpty() != isBlocked)
        return false;
    if (isBlocked && m_blocked.size() < mostBlocked)
        m_blocked.append(identity.executable);
    else if (!isBlocked && json.contains("programFile"_L1))
        m_remembered.append({session, identity, Decision::Always, {}});
    return true;
}

QByteArray RememberedConsents::toJson() const
{
    QJsonArray list;
    for (const QString &program : m_blocked)
        list.append(QJsonObject{{u"program"_s, program}, {u"blocked"_s, true}});
    for (const Entry &entry : m_remembered) {
        if (entry.decision == Decision::Always) {
            const ProgramIdentity &identity = entry.identity;
            list.append(QJsonObject{{u"session"_s, entry.session},
                {u"program"_s, identity.executable}, {u"programFile"_s, jsonFrom(identity.file)},
                {u"parent"_s, identity.parent}, {u"parentFile"_s, jsonFrom(identity.parentFile)}});
        }
    }
    return QJsonDocument(QJsonObject{{u"version"_s, 2}, {u"programs"_s, list}}).toJson();
}

void RememberedConsents::save()
{
    QByteArray text = toJson();
    for (; text.size() > longestFile && !m_remembered.isEmpty(); text = toJson())
        m_remembered.remove(0, m_remembered.size() / 10 + 1);
    if (const auto error = writeWhole(m_path, text))
        qCWarning(agentLog) << "The programs that were allowed could not be saved:" << *error;
}

} // namespace latchkey
