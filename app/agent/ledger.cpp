// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/ledger.h"

#include "agent/jsonvalues.h"
#include "base/logging.h"
#include "base/scriptname.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr Milliseconds savePause = 5s;
//! A thousand lines are far shorter: whatever is longer is not ours.
constexpr qint64 largestFile = 8 * 1024 * 1024;

std::optional<HandOut> handOutFrom(const QJsonObject &json)
{
    const auto at = QDateTime::fromString(json.value("at"_L1).toString(), Qt::ISODate);
    const auto answer = enumFromScriptName<HandOut::Answer>(json.value("answer"_L1).toString());
    if (!at.isValid() || !answer)
        return {};
    HandOut handOut;
    handOut.at = WallTime(Milliseconds(at.toMSecsSinceEpoch()));
    handOut.session = json.value("session"_L1).toString();
    handOut.answer = *answer;
    handOut.program.pid = json.value("pid"_L1).toInteger();
    handOut.program.executable = json.value("program"_L1).toString();
    handOut.program.terminal = json.value("terminal"_L1).toString();
    const auto parents = json.value("parents"_L1).toArray();
    for (const QJsonValue &parent : parents)
        handOut.program.parents.append(parent.toString());
    return handOut;
}

} // namespace

QJsonObject jsonFrom(const HandOut &handOut)
{
    const Program &program = handOut.program;
    return {{u"at"_s, timeFrom(handOut.at)}, {u"session"_s, handOut.session},
        {u"program"_s, textFrom(program.executable)},
        {u"parents"_s, QJsonArray::fromStringList(program.parents)},
        {u"pid"_s, numberFrom(program.pid)}, {u"terminal"_s, textFrom(program.terminal)},
        {u"answer"_s, scriptNameOf(handOut.answer)}};
}

Ledger::Ledger(DeadlineQueue &deadlines, QString path, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_saveAt(deadlines)
    , m_path(std::move(path))
{
    m_entries.reserve(most + 1);
    load();
    connect(&m_saveAt, &Deadline::reached, this, &Ledger::save);
}

Ledger::~Ledger()
{
    if (m_saveAt.at())
        save();
}

void Ledger::append(HandOut handOut)
{
    handOut.at = m_deadlines.now().wall;
    if (m_entries.size() == most)
        m_entries.removeFirst();
    m_entries.append(std::move(handOut));
    if (!m_saveAt.at())
        m_saveAt.set(m_deadlines.now() + savePause);
    Q_EMIT appended();
}

void Ledger::load()
{
    QFile file(m_path);
    if (!QFileInfo(m_path).isFile() || file.size() > largestFile || !file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd()) {
        if (auto handOut = handOutFrom(QJsonDocument::fromJson(file.readLine()).object()))
            m_entries.append(*std::move(handOut));
    }
    if (m_entries.size() > most)
        m_entries.remove(0, m_entries.size() - most);
}

void Ledger::save()
{
    QByteArray lines;
    for (const HandOut &handOut : std::as_const(m_entries))
        lines += QJsonDocument(jsonFrom(handOut)).toJson(QJsonDocument::Compact) + '\n';
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(lines) == lines.size() && file.commit())
        return;
    qCWarning(agentLog) << "The list of hand-outs could not be saved:" << file.errorString();
}

} // namespace latchkey
