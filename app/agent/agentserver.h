// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/agentconnection.h"
#include "agent/methods/methods.h"
#include "agent/places.h"
#include "agent/ratelimit.h"
#include "platform/kernellock.h"

#include <QHash>
#include <QLocalServer>

#include <memory>

namespace latchkey {

//! Gives connections as descriptors: QLocalServer would make QLocalSockets of them, which do not
//! tell who has written what.
class AgentListener final : public QLocalServer {
    Q_OBJECT
public:
    using QLocalServer::QLocalServer;

Q_SIGNALS:
    void accepted(quintptr descriptor);

protected:
    void incomingConnection(quintptr descriptor) override { Q_EMIT accepted(descriptor); }
};

//! The local JSON-RPC 2.0 server that answers programs (docs/agent-api.md). Owns the connections;
//! answers `agent.vouch`, `agent.raise` and `session.watch` itself, and leaves the rest to Methods.
class AgentServer : public QObject {
    Q_OBJECT
public:
    enum class Start {
        Listening,
        AlreadyRunning, //!< another Latchkey listens there
        Failed, //!< the socket cannot be made; the log says why
    };
    Q_ENUM(Start)
    static constexpr int mostOfOneProcess = 64; //!< connections
    //! Calls of one connection that may wait for an answer at a time.
    static constexpr int mostWaiting = 128;

    AgentServer(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines,
        const Kinds &kinds, const AgentInfo &info, QObject *parent = nullptr);
    ~AgentServer() override;

    //! Listens at the path \a address. Once.
    [[nodiscard]] Start start(const QString &address);

Q_SIGNALS:
    //! A second start wants to see the window (`agent.raise`), or the sign-in to a new account.
    void raiseRequested(const QString &server, const QString &user);

private:
    void onClosed(AgentConnection *connection);
    void onRenamed(const QString &before, const QString &name);
    void admit(quintptr descriptor);
    [[nodiscard]] Peer vouchedFor(const Peer &peer) const;
    [[nodiscard]] bool makeRoom(const Peer &peer, const Holder &holder);
    void tell(const QString &what);
    void onLine(AgentConnection *connection, const QByteArray &line);
    void answer(AgentConnection *connection, const RpcRequest &request);
    [[nodiscard]] std::optional<RpcAnswer> serverMethod(
        AgentConnection *connection, const RpcRequest &request);
    [[nodiscard]] RpcAnswer raise(const AgentConnection &connection, const RpcRequest &request);
    [[nodiscard]] RpcAnswer vouch(const AgentConnection &connection, const RpcRequest &request);
    [[nodiscard]] bool mayClearAway(const QString &address);
    void notify(const QString &name, const std::function<QJsonObject()> &params);
    void tellWatchers(const QByteArray &line, const QString &name = {});

    SessionModel &m_sessions;
    AgentInfo m_info;
    Methods m_methods;
    DeadlineQueue &m_deadlines;
    AgentListener m_server;
    KernelLock m_lock;
    Ancestry m_ancestry;
    //! By process number: those for which their parents have vouched.
    QHash<qint64, Peer> m_vouchedFor;
    Places m_places;
    //! So that nobody fills the log by connecting.
    RateLimit m_told;
    //! That all programs have sent.
    qint64 m_lines = 0;
    //! How many connections each process has.
    QHash<qint64, int> m_ofProcess;
};

} // namespace latchkey
