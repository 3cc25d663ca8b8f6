// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"

#include <QHostAddress>
#include <QList>
#include <QObject>

class QTcpSocket;

namespace latchkey {

//! Connects to the first of a host's addresses that answers. The next one is tried 250 ms after
//! the last, or at once when that is refused (RFC 8305 §5); a dead address costs no more.
//!
//! start() is called once; exactly one of won() and lost() follows, or none if all are silent.
//! Destroying it ends what it began.
class ConnectionRace : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds pause = std::chrono::milliseconds(250);

    explicit ConnectionRace(DeadlineQueue &deadlines, QObject *parent = nullptr);

    void start(const QList<QHostAddress> &addresses, quint16 port);

Q_SIGNALS:
    //! The socket is ours, and without TLS or a proxy.
    void won(QTcpSocket *socket);
    void lost();

private:
    void tryNext();
    void onFailed(QTcpSocket *socket);

    Deadline m_next;
    QList<QHostAddress> m_untried;
    quint16 m_port = 0;
    QList<QTcpSocket *> m_running;
};

//! IPv6 and IPv4 in turn, each in the order that they came in (RFC 8305 §4).
[[nodiscard]] QList<QHostAddress> inTurn(const QList<QHostAddress> &addresses);

} // namespace latchkey
