// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/ownership.h"

#include "base/logging.h"
#include "platform/privatefolder.h"
#include "platform/processend.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

QByteArray wordOf(const Owner &owner)
{
    const QJsonObject json{{u"program"_s, owner.program}, {u"pid"_s, owner.pid},
        {u"worker"_s, owner.worker}, {u"started"_s, owner.started}, {u"host"_s, owner.host},
        {u"socket"_s, owner.address}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

Owner ownerFrom(const QByteArray &word)
{
    const QJsonObject json = QJsonDocument::fromJson(word).object();
    return {json.value("program"_L1).toString(), json.value("pid"_L1).toInteger(),
        json.value("worker"_L1).toInteger(), json.value("started"_L1).toInteger(),
        json.value("host"_L1).toString(), json.value("socket"_L1).toString()};
}

} // namespace

Owner Owner::self(const QString &program, const QString &address, qint64 pid)
{
    const qint64 worker = QCoreApplication::applicationPid();
    return {program, pid, worker, startOf(worker), QSysInfo::machineHostName(), address};
}

QString Owner::describe() const
{
    QString text;
    if (!program.isEmpty())
        text = u"%1, process %2, "_s.arg(program, QString::number(pid));
    if (!host.isEmpty() && host != QSysInfo::machineHostName())
        text += u"on %1, "_s.arg(host);
    return text + u"at "_s + address;
}

Ownership::Ownership(const QString &dataFolder, const Owner &us)
    : m_owner(us)
{
    static_cast<void>(makePrivateFolder(dataFolder));
    switch (take(dataFolder + u"/owner.json"_s, us)) {
    case KernelLock::Result::Taken:
        m_state = State::Ours;
        m_lock.leaveWord(wordOf(us));
        return;
    case KernelLock::Result::Held:
        m_state = State::Anothers;
        m_owner = ownerFrom(m_lock.word());
        return;
    case KernelLock::Result::Impossible:
        qCWarning(agentLog).noquote()
            << u"%1 cannot be locked (%2): see to it that no other Latchkey uses that folder."_s
                   .arg(dataFolder, m_lock.problem());
        return;
    }
}

//! Where the process that was started has been killed, its child, which holds the lock, ends a
//! moment later.
KernelLock::Result Ownership::take(const QString &path, const Owner &us)
{
    const KernelLock::Result result = m_lock.take(path);
    if (result != KernelLock::Result::Held)
        return result;
    const Owner owner = ownerFrom(m_lock.word());
    const bool isEnding = owner.host == us.host && hasEnded(owner.pid);
    return isEnding && hasEnded(owner.worker, 2s) ? m_lock.take(path) : result;
}

} // namespace latchkey
