// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <QByteArray>
#include <QLocalSocket>
#include <QObject>

#include <memory>

namespace latchkey {

//! One program at the agent's socket: cuts what it sends into lines and writes lines to it.
//! Whoever sends more than 64 KiB without an end of line, leaves a line unfinished for 5 s, or
//! does not read what it asked for, is cut off; nobody else notices. Owned by its server.
class AgentConnection : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype longestLine = 64 * 1024;
    static constexpr qint64 mostUnread = 1024 * 1024;
    static constexpr Milliseconds patience = std::chrono::seconds(5);

    AgentConnection(
        std::unique_ptr<QLocalSocket> socket, DeadlineQueue &deadlines, QObject *parent);
    ~AgentConnection() override;

    void write(const QByteArray &line);

    bool isWatching = false;
    //! The one session it watches; all when empty.
    QString watchedName;

Q_SIGNALS:
    //! Without its end of line. Several may follow one another.
    void lineReceived(const QByteArray &line);
    //! Nothing follows.
    void closed();

private:
    void onReadyRead();
    void judgeRest(bool isNew);
    void onDisconnected();
    void cutOff(const char *why);

    std::unique_ptr<QLocalSocket> m_socket;
    QByteArray m_unfinished;
    bool m_isClosed = false;
    Deadline m_deadline;
};

} // namespace latchkey
