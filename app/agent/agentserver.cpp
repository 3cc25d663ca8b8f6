// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/agentserver.h"

#include "agent/refusals.h"
#include "agent/sessionjson.h"
#include "base/logging.h"
#include "platform/agentaddress.h"
#include "platform/peer.h"

#include <QLocalSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

AgentServer::AgentServer(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines,
    const Kinds &kinds, const AgentInfo &info, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_info(info)
    , m_methods(sessions, gate, deadlines, kinds, info)
    , m_deadlines(deadlines)
    , m_places(info.mostConnections)
{
    connect(&m_server, &AgentListener::accepted, this, &AgentServer::admit);
    connect(&sessions, &SessionModel::sessionChanged, this, [this](const Session *session) {
        notify(session->account().name, [session] { return jsonFrom(session->snapshot()); });
    });
    connect(&sessions, &SessionModel::sessionForgotten, this, [this](const QString &name) {
        notify(name, [&] { return QJsonObject{{u"name"_s, name}, {u"forgotten"_s, true}}; });
    });
    connect(&sessions, &SessionModel::sessionRenamed, this, &AgentServer::onRenamed);
    connect(&gate, &AccessGate::changed, this, [this, &gate] {
        tellWatchers(notificationLine(
            u"agent.handOutsChanged"_s, QJsonObject{{u"locked"_s, gate.isLocked()}}));
    });
}

AgentServer::~AgentServer() = default;

AgentServer::Start AgentServer::start(const QString &address)
{
    if (const auto problem = prepareAgentFolder(address)) {
        qCCritical(agentLog).noquote() << *problem;
        return Start::Failed;
    }
    if (!mayClearAway(address))
        return Start::AlreadyRunning;
    QLocalServer::removeServer(address);
    // So that callers wait for their turn and are not turned away; the system cuts it to its most.
    m_server.setListenBacklogSize(4096);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (m_server.listen(address)) {
        PeerSocket::noteSenders(m_server.socketDescriptor());
        return Start::Listening;
    }
    qCCritical(agentLog) << "Cannot listen on" << address << m_server.errorString();
    return Start::Failed;
}

//! A Latchkey that was killed leaves its socket behind, and only one of two that start at once may
//! remove that: the one that has the lock. Where the folder has no locks, or the lock's file was
//! removed, a live Latchkey is known by its answer.
bool AgentServer::mayClearAway(const QString &address)
{
    const auto lock = m_lock.take(address + u".lock"_s);
    if (lock == KernelLock::Result::Impossible) {
        qCWarning(agentLog).noquote()
            << u"%1.lock cannot be locked (%2): see to it that no two Latchkeys start at once."_s
                   .arg(address, m_lock.problem());
    }
    if (lock == KernelLock::Result::Held)
        return false;
    QLocalSocket first;
    first.connectToServer(address);
    return first.state() == QLocalSocket::UnconnectedState;
}

void AgentServer::admit(quintptr descriptor)
{
    auto socket = std::make_unique<PeerSocket>(static_cast<qintptr>(descriptor));
    const auto accepted = Peer::of(socket->descriptor(), m_ancestry);
    if (!accepted || !accepted->isSameUser())
        return tell(u"A program of another user was turned away"_s);
    const Peer peer = vouchedFor(*accepted);
    const Holder holder = Holder::of(peer.firstProgram());
    if (!makeRoom(peer, holder))
        return;
    ++m_ofProcess[peer.pid()];
    auto *connection = new AgentConnection(std::move(socket), peer, holder, m_deadlines, this);
    m_places.take(connection);
    connect(connection, &AgentConnection::lineReceived, this,
        [this, connection](const QByteArray &line) { onLine(connection, line); });
    connect(
        connection, &AgentConnection::closed, this, [this, connection] { onClosed(connection); });
}

Peer AgentServer::vouchedFor(const Peer &peer) const
{
    const auto known = m_vouchedFor.constFind(peer.pid());
    return known != m_vouchedFor.constEnd() && known->isAlive() ? *known : peer;
}

//! False where there is none for the peer.
bool AgentServer::makeRoom(const Peer &peer, const Holder &holder)
{
    const bool hasItsMost = m_ofProcess.value(peer.pid()) >= mostOfOneProcess;
    if (!hasItsMost && m_places.hasRoomFor(holder))
        return true;
    AgentConnection *first = hasItsMost ? nullptr : m_places.whoGivesWayTo(holder);
    if (!first) {
        tell(u"There are too many connections; process %1 was turned away"_s.arg(peer.pid()));
        return false;
    }
    tell(u"A program was cut off: there are too many connections, and %1"_s.arg(
        first->waiting > 0 ? u"it has the most"_s : u"it was silent"_s));
    first->hangUp();
    return true;
}

void AgentServer::tell(const QString &what)
{
    if (!m_told.take({}, m_deadlines.now().steady))
        qCWarning(agentLog).noquote() << what;
}

void AgentServer::onClosed(AgentConnection *connection)
{
    m_places.leave(connection);
    const qint64 pid = connection->peer().pid();
    if (--m_ofProcess[pid] <= 0)
        m_ofProcess.remove(pid);
    connection->deleteLater();
}

void AgentServer::onLine(AgentConnection *connection, const QByteArray &line)
{
    connection->heardAt = ++m_lines;
    const auto request = RpcRequest::fromLine(line);
    if (request)
        answer(connection, *request);
    else
        connection->write(request.error());
}

void AgentServer::answer(AgentConnection *connection, const RpcRequest &request)
{
    // The connection owns whatever waits for it, so this is not called once it is gone.
    const auto reply = [connection, id = request.id, wantsAnswer = request.wantsAnswer()](
                           const RpcAnswer &result) {
        --connection->waiting;
        if (wantsAnswer)
            connection->write(answerLine(id, result));
    };
    if (++connection->waiting > mostWaiting)
        return reply(tooManyCalls());
    if (const auto own = serverMethod(connection, request))
        return reply(*own);
    const auto program = [this, connection, sender = connection->sender()] {
        return connection->peer().program(sender, m_ancestry);
    };
    const Methods::Caller caller{connection, program, &connection->held};
    if (m_methods.call(request, caller, reply))
        return;
    --connection->waiting;
    if (request.wantsAnswer())
        connection->write(unknownMethodLine(request));
}

std::optional<RpcAnswer> AgentServer::serverMethod(
    AgentConnection *connection, const RpcRequest &request)
{
    if (request.method == "session.watch"_L1) {
        Params params(request.params);
        const QString name = params.optionalText(u"name"_s);
        if (params.problem())
            return RpcAnswer(*params.problem());
        if (!name.isEmpty() && !m_sessions.find(name))
            return RpcAnswer(noSession(name));
        connection->watchedName = name;
        return RpcAnswer(QJsonValue(true));
    }
    if (request.method == "agent.vouch"_L1)
        return vouch(*connection, request);
    if (request.method == "agent.raise"_L1)
        return raise(*connection, request);
    return {};
}

//! Not for a program in a sandbox: what a person types there could be meant to end up here.
RpcAnswer AgentServer::raise(const AgentConnection &connection, const RpcRequest &request)
{
    if (!m_info.hasWindows)
        return noWindows(m_info.program);
    if (connection.peer().program(connection.sender(), m_ancestry).hasOwnNumbers)
        return isolatedProgram();
    Params params(request.params);
    const QString server = params.optionalText(u"server"_s);
    const QString user = params.optionalText(u"user"_s);
    if (params.problem())
        return *params.problem();
    Q_EMIT raiseRequested(server, user);
    return QJsonValue(true);
}

//! A process that keeps secrets hides from others, so the agent cannot see who it is. Its parent
//! can be seen, and says that this is its child: on the child's later connections, the agent takes
//! it for what the parent says.
RpcAnswer AgentServer::vouch(const AgentConnection &connection, const RpcRequest &request)
{
    const qint64 pid = request.params.value("pid"_L1).toInteger();
    const Peer &parent = connection.peer();
    const auto child = connection.sender() == parent.pid() ? parent.child(pid) : std::nullopt;
    if (!child)
        return notItsChild();
    m_vouchedFor.removeIf([](const auto &entry) { return !entry.value().isAlive(); });
    m_vouchedFor.insert(pid, *child);
    return QJsonValue(true);
}

void AgentServer::notify(const QString &name, const std::function<QJsonObject()> &params)
{
    const auto isWatched = [](const AgentConnection *connection) {
        return connection->watchedName.has_value();
    };
    if (std::ranges::any_of(m_places.connections(), isWatched))
        tellWatchers(notificationLine(u"session.changed"_s, params()), name);
}

//! Who watches the session, goes on to watch it.
void AgentServer::onRenamed(const QString &before, const QString &name)
{
    notify(before, [&] { return QJsonObject{{u"name"_s, before}, {u"renamedTo"_s, name}}; });
    for (AgentConnection *connection : m_places.connections()) {
        if (connection->watchedName == before)
            connection->watchedName = name;
    }
}

//! Those that watch \a name; all of them where it is empty.
void AgentServer::tellWatchers(const QByteArray &line, const QString &name)
{
    const auto connections = m_places.connections(); // write() may cut one off, which changes it
    for (AgentConnection *connection : connections) {
        const auto &watched = connection->watchedName;
        if (watched && (watched->isEmpty() || name.isEmpty() || *watched == name))
            connection->write(line);
    }
}

} // namespace latchkey
