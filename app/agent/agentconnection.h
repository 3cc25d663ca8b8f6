// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/holder.h"
#include "agent/methods/methodcall.h"
#include "base/deadline.h"
#include "platform/peer.h"
#include "platform/peersocket.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <optional>

namespace latchkey {

//! One program at the agent's socket: cuts what it sends into lines, and writes lines to it. Owned
//! by its server.
//!
//! A program that sends more than `longestLine` without an end of line, or leaves a line unfinished
//! for `patience`, is cut off. One that leaves more than `mostUnread` unread gets a last line,
//! `session.watchEnded`, and is cut off when it has read that, or after `lastPatience`. No other
//! program waits because of it.
class AgentConnection : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype longestLine = 64 * 1024; //!< bytes
    static constexpr qint64 mostUnread = 1024 * 1024; //!< bytes
    static constexpr Milliseconds patience = std::chrono::seconds(5);
    static constexpr Milliseconds lastPatience = std::chrono::seconds(60);

    AgentConnection(std::unique_ptr<PeerSocket> socket, const Peer &peer, const Holder &whose,
        DeadlineQueue &deadlines, QObject *parent);
    ~AgentConnection() override;

    [[nodiscard]] const Peer &peer() const { return m_peer; }
    //! The process that wrote the line of lineReceived(); 0 where several wrote parts of it.
    [[nodiscard]] qint64 sender() const { return m_sender; }

    //! Does nothing once the program has been cut off, or told that it is too slow.
    void write(const QByteArray &line);
    //! Tells the program nothing, and the log \a why; closed() follows at once.
    void cutOff(const char *why);
    //! The same, but tells the log nothing.
    void hangUp();

    //! Who has made it.
    const Holder holder;
    //! Calls that have no answer yet.
    int waiting = 0;
    //! Orders connections by their last line: the server's count of lines, of all programs, when it
    //! came. 0 while it has sent none.
    qint64 heardAt = 0;
    //! The one session that it watches; empty for all, and nothing where it watches none.
    std::optional<QString> watchedName;
    //! Sessions whose token it may use again.
    HeldSessions held;

Q_SIGNALS:
    //! \a line has no end of line, and is wiped after the call.
    void lineReceived(const QByteArray &line);
    //! The last signal.
    void closed();

private:
    void onReceived(const QByteArray &piece, qint64 sender);
    void judgeRest(bool isNew);
    void tellTooSlow();
    void onClosed();

    std::unique_ptr<PeerSocket> m_socket;
    Peer m_peer;
    QByteArray m_unfinished;
    qint64 m_sender = 0;
    bool m_isClosed = false;
    //! Its last line has been written.
    bool m_isTooSlow = false;
    Deadline m_deadline;
};

} // namespace latchkey
