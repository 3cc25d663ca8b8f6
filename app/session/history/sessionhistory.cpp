// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/history/sessionhistory.h"

#include "base/logging.h"
#include "base/scriptname.h"
#include "wire/redaction/appliancemessage.h"

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
    if (!entry.trace.othersPlace.isEmpty())
        json.insert(u"othersPlace"_s, entry.trace.othersPlace);
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
        enumFromScriptName<AuthError::Type>(json.value("problem"_L1).toString()),
        json.value("httpStatus"_L1).toInt(), json.value("answerLost"_L1).toBool(),
        {uuidFrom(json.value("requestId"_L1).toString()),
            shortened(json.value("words"_L1).toString()), timeFrom(json.value("applianceTime"_L1)),
            json.value("proxy"_L1).toString(), json.value("othersPlace"_L1).toString()}};
}

} // namespace

std::optional<AuthError> SessionHistory::Entry::reason() const
{
    if (!problem)
        return {};
    return AuthError{*problem, httpStatus, {}, {}, answerLost, trace};
}

SessionHistory::SessionHistory(const QString &path)
{
    if (path.isEmpty())
        return;
    m_log.emplace(path, 2 * longest, longestLog);
    const auto lines = m_log->read();
    if (!lines)
        return;
    m_isKept = true;
    for (const QByteArray &line : *lines) {
        if (const auto entry = entryFrom(line))
            remember(*entry);
    }
}

void SessionHistory::add(const Entry &entry)
{
    remember(entry);
    if (m_isKept && m_log && !m_log->append(lineFrom(entry)))
        rewrite();
}

void SessionHistory::keep()
{
    if (!std::exchange(m_isKept, true) && m_log)
        rewrite();
}

void SessionHistory::forget()
{
    m_isKept = false;
    if (m_log)
        m_log->remove();
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

//! Each start adds that it looked for what was kept and found nothing, which may crowd out the
//! refusal itself.
std::optional<SessionHistory::Entry> SessionHistory::endByAppliance() const
{
    std::optional<Entry> end;
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        const bool isOfAStart =
            entry->phase == Phase::Restoring || entry->cause == Cause::NothingStored;
        if (entry->phase == Phase::SignedOut && entry->problem == AuthError::Type::Expired)
            end = *entry;
        if (!isOfAStart)
            break;
    }
    return end;
}

void SessionHistory::remember(const Entry &entry)
{
    if (m_entries.size() == longest)
        m_entries.removeFirst();
    m_entries.append(entry);
}

void SessionHistory::rewrite()
{
    QByteArray lines;
    for (const Entry &entry : std::as_const(m_entries))
        lines += lineFrom(entry);
    if (const auto error = m_log->replace(lines))
        qCWarning(sessionLog) << "What happened cannot be kept:" << *error;
}

} // namespace latchkey
