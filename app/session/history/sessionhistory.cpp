// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/history/sessionhistory.h"

#include "base/logging.h"
#include "base/scriptname.h"
#include "base/wholefile.h"
#include "wire/redaction/appliancemessage.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

//! In bytes; only the end of a longer file is read. A start reads one for each session.
constexpr qint64 longestLog = qint64{1024} * 1024;

qint64 millisecondsSince1970(WallTime time)
{
    return time.time_since_epoch().count();
}

std::optional<WallTime> timeFrom(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(WallTime(Milliseconds(value.toInteger())))
                            : std::nullopt;
}

QByteArray lineFrom(const SessionHistory::Entry &entry)
{
    QJsonObject json{{u"at"_s, millisecondsSince1970(entry.at)},
        {u"state"_s, scriptName(entry.phase)}, {u"cause"_s, scriptName(entry.cause)}};
    if (entry.problem)
        json.insert(u"problem"_s, scriptNameOf(*entry.problem));
    if (entry.httpStatus)
        json.insert(u"httpStatus"_s, entry.httpStatus);
    if (entry.answerLost)
        json.insert(u"answerLost"_s, true);
    if (!entry.trace.requestId.isNull())
        json.insert(u"requestId"_s, entry.trace.requestId.toString(QUuid::Id128));
    if (!entry.trace.words.isEmpty())
        json.insert(u"words"_s, entry.trace.words);
    if (!entry.trace.proxy.isEmpty())
        json.insert(u"proxy"_s, entry.trace.proxy);
    if (entry.trace.applianceTime)
        json.insert(u"applianceTime"_s, millisecondsSince1970(*entry.trace.applianceTime));
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

QUuid uuidFrom(const QString &hex)
{
    return QUuid::fromRfc4122(QByteArray::fromHex(hex.toLatin1()));
}

std::optional<SessionHistory::Entry> entryFrom(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    const auto at = timeFrom(json.value("at"_L1));
    const auto phase = phaseFrom(json.value("state"_L1).toString());
    const auto cause = causeFrom(json.value("cause"_L1).toString());
    if (!at || !phase || !cause)
        return {};
    return SessionHistory::Entry{*at, *phase, *cause,
        enumFromScriptName<AuthError::Kind>(json.value("problem"_L1).toString()),
        json.value("httpStatus"_L1).toInt(), json.value("answerLost"_L1).toBool(),
        {uuidFrom(json.value("requestId"_L1).toString()),
            shortened(json.value("words"_L1).toString()), timeFrom(json.value("applianceTime"_L1)),
            json.value("proxy"_L1).toString()}};
}

} // namespace

std::optional<AuthError> SessionHistory::Entry::reason() const
{
    if (!problem)
        return {};
    return AuthError{*problem, httpStatus, {}, {}, answerLost, trace};
}

SessionHistory::SessionHistory(const QString &path)
    : m_path(path)
{
    if (!m_path.isEmpty())
        load();
}

void SessionHistory::add(const Entry &entry)
{
    if (m_entries.size() == longest)
        m_entries.removeFirst();
    m_entries.append(entry);
    if (m_isKept)
        append(entry);
}

void SessionHistory::keep()
{
    if (std::exchange(m_isKept, true) || m_path.isEmpty())
        return;
    rewrite();
}

void SessionHistory::forget()
{
    m_isKept = false;
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

bool SessionHistory::endsInDoubt() const
{
    auto after = Cause::Started; // of the next entry; the last one is followed by our own start
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        const bool isInterrupted = entry->phase == Phase::Refreshing && after == Cause::Started;
        if (isInterrupted || entry->answerLost)
            return true;
        if (entry->cause == Cause::Granted)
            return false;
        after = entry->cause;
    }
    return false;
}

void SessionHistory::load()
{
    const auto text = readEnd(m_path, longestLog);
    if (!text)
        return;
    m_isKept = true;
    const QList<QByteArray> lines = text->split('\n');
    for (const QByteArray &line : lines) {
        const auto entry = entryFrom(line);
        if (!entry)
            continue;
        if (m_entries.size() == longest)
            m_entries.removeFirst();
        m_entries.append(*entry);
    }
    // After a line that a crash cut short, nothing can be appended: append() writes the file anew.
    const bool isWhole = lines.last().isEmpty() && text->size() >= QFileInfo(m_path).size();
    m_lines = isWhole ? lines.size() - 1 : 2 * longest;
}

void SessionHistory::append(const Entry &entry)
{
    if (m_path.isEmpty())
        return;
    QFile file(m_path);
    const auto mode = QFile::WriteOnly | QFile::Append | QFile::ExistingOnly | QFile::Unbuffered;
    const QByteArray line = lineFrom(entry);
    const bool isNew = m_lines >= 2 * longest || !isPlainFile(m_path);
    if (isNew || !file.open(mode) || file.write(line) != line.size())
        return rewrite(); // also where half a line has been written
    ++m_lines;
}

void SessionHistory::rewrite()
{
    const QString folder = QFileInfo(m_path).path();
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QByteArray lines;
    for (const Entry &entry : std::as_const(m_entries))
        lines += lineFrom(entry);
    if (const auto error = writeWholeWithoutSync(m_path, lines))
        qCWarning(sessionLog) << "What happened cannot be kept:" << *error;
    else
        m_lines = m_entries.size();
}

} // namespace latchkey
