// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "wire/autherror.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrl>

namespace latchkey {

//! Looks, after a handshake came to nothing, what speaks there in place of TLS as we know it: says
//! a ClientHello of TLS 1.2 and 1.3 and reads the first bytes of what comes back. Qt says no more
//! than that the handshake failed, in words that vary with the library behind it.
//!
//! look() is called once; exactly one looked() follows, from the event loop, after `patience` at
//! the latest. Empty where nothing came. Destroying it ends it.
class TlsLook : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds patience = std::chrono::seconds(5);

    explicit TlsLook(DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! \a address where it is not null, in place of the server's or proxy's name.
    void look(const QUrl &server, const QNetworkProxy &proxy, const QHostAddress &address);

Q_SIGNALS:
    void looked(const QByteArray &firstBytes);

private:
    void end();

    Deadline m_deadline;
    QTcpSocket m_socket;
    QByteArray m_seen;
    bool m_isDone = false;
};

//! What they mean: TlsTooOld, PlainHttp, NotTls or TlsRefused.
[[nodiscard]] AuthError::Kind tlsProblemFrom(const QByteArray &firstBytes);

} // namespace latchkey
