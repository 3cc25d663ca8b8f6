// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/messagelog.h"

#include "base/logging.h"
#include "base/scriptname.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace latchkey {

QString scriptName(LogLevel::Value level)
{
    return scriptNameOf(level);
}

std::optional<LogLevel::Value> logLevelFrom(const QString &scriptName)
{
    return enumFromScriptName<LogLevel::Value>(scriptName);
}

MessageLog::MessageLog(Place place)
    : m_place(std::move(place))
    , m_file(m_place.path, 4 * most)
{
}

void MessageLog::begin()
{
    const auto kept = QJsonDocument::fromJson(readWhole(m_place.levelPath).value_or(QByteArray()));
    const QMutexLocker lock(&m_guard);
    m_level = logLevelFrom(kept.object().value("level"_L1).toString()).value_or(LogLevel::Off);
    const QByteArrayList lines = m_file.read().value_or(QByteArrayList());
    for (const QByteArray &line : lines.last(std::min(lines.size(), most)))
        remember(line);
    apply();
}

void MessageLog::setLevel(LogLevel::Value level)
{
    {
        const QMutexLocker lock(&m_guard);
        m_level = level;
    }
    apply();
    const QJsonObject kept{{u"level"_s, scriptName(level)}};
    if (const auto error = writeWholeWithoutSync(m_place.levelPath, QJsonDocument(kept).toJson()))
        qCWarning(agentLog) << "The level of the log holds until Latchkey ends:" << *error;
}

//! What QT_LOGGING_RULES says counts all the same.
void MessageLog::apply() const
{
    QLoggingCategory::setFilterRules(
        m_level == LogLevel::Debug ? u"latchkey.*.debug=true"_s : QString());
}

void MessageLog::add(const QByteArray &line)
{
    const QMutexLocker lock(&m_guard);
    remember(line);
    if (m_level == LogLevel::Off || m_file.append(m_lines.last() + '\n'))
        return;
    // A disk that is full gets no message about that, which it could not take either.
    (void)m_file.replace(m_lines.join('\n') + '\n');
}

void MessageLog::remember(const QByteArray &line)
{
    if (m_lines.size() == most)
        m_lines.removeFirst();
    m_lines.append(line.first(std::min(line.size(), longestLine)));
}

QByteArrayList MessageLog::lines() const
{
    const QMutexLocker lock(&m_guard);
    return m_lines;
}

} // namespace latchkey
