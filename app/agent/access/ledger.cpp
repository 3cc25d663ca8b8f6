// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/access/ledger.h"

#include "agent/access/rememberedconsents.h"
#include "agent/jsonvalues.h"
#include "base/logging.h"
#include "base/scriptname.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr Milliseconds writePause = std::chrono::seconds(1);
//! In the file, before it is written anew with the last thousand.
constexpr qsizetype mostLines = 3000;
// Characters: of one path, and of a program's path and its parents' together. In JSON a character
// may take six bytes, and a file of `mostLines` such lines must not be too long to be read again.
constexpr qsizetype longestPath = 600;
constexpr qsizetype mostOfPaths = 2 * longestPath;
constexpr qsizetype longestScript = longestPath / 2;
static_assert(6 * mostOfPaths + 1000 < longestFile / Ledger::most);

QByteArray linesFrom(const QList<HandOut> &handOuts)
{
    QByteArray lines;
    for (const HandOut &handOut : handOuts)
        lines += QJsonDocument(jsonFrom(handOut)).toJson(QJsonDocument::Compact) + '\n';
    return lines;
}

//! So that a program with long paths takes no more room than others. The nearest parents stay, as
//! they tell the most.
void shorten(Program &program)
{
    const auto cut = [](QString &path, qsizetype most) {
        if (path.size() > most)
            path = path.first(most / 2) + u'…' + path.last(most / 2 - 1);
    };
    cut(program.executable, longestPath);
    cut(program.script, longestScript);
    cut(program.parentScript, longestScript);
    for (QString &parent : program.parents)
        cut(parent, longestPath);
    qsizetype left = mostOfPaths - program.executable.size() - program.script.size()
        - program.parentScript.size();
    const auto tooMuch = std::ranges::find_if(std::as_const(program.parents),
        [&left](const QString &parent) { return (left -= parent.size()) < 0; });
    program.parents.erase(tooMuch, program.parents.cend());
}

bool isRepeated(const HandOut &before, const HandOut &now)
{
    return before.session == now.session && before.program == now.program
        && before.answer == now.answer && before.isCertain == now.isCertain && now.at >= before.at
        && now.at - before.at < Ledger::useSpan;
}

//! Whoever it is started by, and however often it starts anew.
bool isSameBlocked(const HandOut &one, const HandOut &other)
{
    return one.answer == HandOut::Blocked && other.answer == HandOut::Blocked
        && one.session == other.session && one.isCertain == other.isCertain
        && ProgramIdentity::askerOf(one.program) == ProgramIdentity::askerOf(other.program);
}

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
    // Earlier versions did not tell.
    handOut.isCertain = json.value("certain"_L1).toBool(handOut.answer == HandOut::Copied);
    handOut.requests = json.value("requests"_L1).toInteger(1);
    handOut.program.pid = json.value("pid"_L1).toInteger();
    handOut.program.executable = json.value("program"_L1).toString();
    handOut.program.script = json.value("script"_L1).toString();
    handOut.program.parentScript = json.value("parentScript"_L1).toString();
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
        {u"program"_s, textFrom(program.executable)}, {u"script"_s, textFrom(program.script)},
        {u"parents"_s, QJsonArray::fromStringList(program.parents)},
        {u"parentScript"_s, textFrom(program.parentScript)}, {u"pid"_s, numberFrom(program.pid)},
        {u"terminal"_s, textFrom(program.terminal)}, {u"certain"_s, handOut.isCertain},
        {u"answer"_s, scriptNameOf(handOut.answer)}, {u"requests"_s, handOut.requests}};
}

//! Behind latchkeyctl stands whoever started it. Programs that are not certain share one owner,
//! which no certain program and no person has.
Ledger::Owner Ledger::ownerOf(const HandOut &handOut)
{
    if (!handOut.isCertain)
        return {{}, u"uncertain"_s};
    return {handOut.program.executable, handOut.program.parents.value(0)};
}

Ledger::Ledger(DeadlineQueue &deadlines, const QString &path, QObject *parent)
    : QObject(parent)
    , m_deadlines(deadlines)
    , m_writeAt(deadlines)
    , m_log(path, mostLines)
{
    m_entries.reserve(most + 1);
    load();
    connect(&m_writeAt, &Deadline::reached, this, &Ledger::write);
}

Ledger::~Ledger()
{
    write();
}

//! The file is opened only when there is something to write, so a second start leaves it alone.
void Ledger::append(HandOut handOut)
{
    handOut.at = m_deadlines.now().wall;
    handOut.isCertain =
        handOut.answer == HandOut::Copied || ProgramIdentity::isCertain(handOut.program);
    // The ledger tells people of paths; device and inode would say nothing to them.
    handOut.program.file.reset();
    handOut.program.parentFile.reset();
    handOut.program.hasOwnNumbers = false;
    shorten(handOut.program);
    noteLine(handOut, add(handOut));
}

void Ledger::rename(const QString &session, const QString &name)
{
    for (HandOut &handOut : m_entries) {
        if (handOut.session == session) {
            handOut.session = name;
            m_isBehind = true;
        }
    }
    write();
    Q_EMIT appended();
}

bool Ledger::add(const HandOut &handOut)
{
    if (!m_entries.isEmpty() && isRepeated(m_entries.last(), handOut)) {
        m_entries.last().requests += handOut.requests;
        return false;
    }
    HandOut entry = handOut;
    entry.requests += takeUpBlocked(handOut);
    if (m_entries.size() == most)
        makeRoom();
    m_entries.append(entry);
    ++m_shares[ownerOf(entry)];
    return true;
}

//! Takes out the entry that \a handOut continues; returns how many requests that had.
qint64 Ledger::takeUpBlocked(const HandOut &handOut)
{
    if (handOut.answer != HandOut::Blocked)
        return 0;
    const auto before = std::ranges::find_if(std::as_const(m_entries),
        [&](const HandOut &entry) { return isSameBlocked(entry, handOut); });
    if (before == m_entries.cend())
        return 0;
    const qint64 requests = before->requests;
    dropEntry(before);
    return requests;
}

void Ledger::dropEntry(QList<HandOut>::const_iterator entry)
{
    const auto share = m_shares.find(ownerOf(*entry));
    if (--*share == 0)
        m_shares.erase(share);
    m_entries.erase(entry);
}

//! Removes the oldest entry of whoever has the most.
void Ledger::makeRoom()
{
    const qsizetype largest = *std::ranges::max_element(std::as_const(m_shares));
    const auto oldest = std::ranges::find_if(std::as_const(m_entries),
        [&](const HandOut &handOut) { return m_shares.value(ownerOf(handOut)) == largest; });
    dropEntry(oldest);
}

//! A repeat of what has been written gets a line of its own; reading counts it in the entry before,
//! by the rule of add().
void Ledger::noteLine(const HandOut &handOut, bool isNew)
{
    if (m_unwritten.isEmpty() || (isNew && !isSameBlocked(m_unwritten.last(), handOut))) {
        m_unwritten.append(handOut);
    } else {
        HandOut &last = m_unwritten.last();
        const qint64 requests = last.requests + handOut.requests;
        if (isNew)
            last = handOut;
        last.requests = requests;
    }
    if (m_unwritten.size() > most) {
        m_unwritten.clear();
        m_isBehind = true;
    }
    if (!m_writeAt.at())
        m_writeAt.set(m_deadlines.now() + writePause);
    Q_EMIT appended();
}

void Ledger::load()
{
    const QByteArrayList lines = m_log.read().value_or(QByteArrayList());
    for (const QByteArray &line : lines) {
        if (const auto handOut = handOutFrom(QJsonDocument::fromJson(line).object()))
            (void)add(*handOut);
    }
}

void Ledger::write()
{
    m_writeAt.set({});
    const QList<HandOut> unwritten = std::exchange(m_unwritten, {});
    const bool isBehind = std::exchange(m_isBehind, false);
    if (unwritten.isEmpty() && !isBehind)
        return;
    if (!isBehind && m_log.append(linesFrom(unwritten)))
        return;
    const auto error = m_log.replace(linesFrom(m_entries));
    if (error && !std::exchange(m_isTold, true)) // a full disk stays full for a while
        qCWarning(agentLog) << "The list of hand-outs cannot be saved:" << *error;
}

} // namespace latchkey
