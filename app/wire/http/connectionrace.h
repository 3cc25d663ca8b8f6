// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <QHostAddress>
#include <QList>
#include <QObject>

class QTcpSocket;

namespace latchkey {

//! Connects to whichever of a host's addresses answers first. They are tried in order: the next one
//! 250 ms after the one before, or at once when that one refuses (RFC 8305 §5), so that a dead
//! address costs 250 ms.
//!
//! start() is called once; exactly one of won() and lost() follows from the event loop, or none as
//! long as all addresses are silent. Destroying it ends all attempts.
class ConnectionRace : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds pause = std::chrono::milliseconds(250);

    explicit ConnectionRace(DeadlineQueue &deadlines, QObject *parent = nullptr);

    void start(const QList<QHostAddress> &addresses, quint16 port);

Q_SIGNALS:
    //! A plain connection, with neither TLS nor a proxy. The race keeps the socket.
    void won(QTcpSocket *socket);
    //! All addresses have refused.
    void lost();

private:
    void tryNext();
    void onFailed(QTcpSocket *socket);

    Deadline m_next;
    QList<QHostAddress> m_untried;
    quint16 m_port = 0;
    QList<QTcpSocket *> m_running;
};

//! The same addresses, IPv6 and IPv4 by turns, and in their order otherwise (RFC 8305 §4).
[[nodiscard]] QList<QHostAddress> inTurn(const QList<QHostAddress> &addresses);

} // namespace latchkey
