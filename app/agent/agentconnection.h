// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "platform/peer.h"
#include "platform/peersocket.h"

#include <QByteArray>
#include <QObject>
#include <QSet>

#include <memory>

namespace latchkey {

//! One program at the agent's socket: cuts what it sends into lines and writes lines to it.
//! Whoever sends more than 64 KiB without an end of line or leaves a line unfinished for 5 s is cut
//! off. Who does not read what it asked for is told so in a last line, `session.watchEnded`, and
//! cut off once it has read that, or after `lastPatience`. Nobody else notices. Owned by its
//! server.
class AgentConnection : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype longestLine = 64 * 1024;
    static constexpr qint64 mostUnread = 1024 * 1024;
    static constexpr Milliseconds patience = std::chrono::seconds(5);
    static constexpr Milliseconds lastPatience = std::chrono::seconds(60);

    AgentConnection(std::unique_ptr<PeerSocket> socket, const Peer &peer, DeadlineQueue &deadlines,
        QObject *parent);
    ~AgentConnection() override;

    [[nodiscard]] const Peer &peer() const { return m_peer; }
    //! The process that wrote the line that was received; 0 where it was more than one.
    [[nodiscard]] qint64 sender() const { return m_sender; }

    void write(const QByteArray &line);
    //! Without a word to the program; closed() follows at once.
    void cutOff(const char *why);

    //! Calls that have no answer yet.
    int waiting = 0;
    //! How many whole lines all had sent when it sent its last one; 0 while it has sent none.
    qint64 heardAt = 0;
    //! The one session it watches; all when empty.
    QString watchedName;
    //! Sessions whose token it may use again.
    QSet<QString> held;

Q_SIGNALS:
    //! Without its end of line. Several may follow one another.
    void lineReceived(const QByteArray &line);
    //! Nothing follows.
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
    //! It was told the last that it will be told.
    bool m_isTooSlow = false;
    Deadline m_deadline;
};

} // namespace latchkey
