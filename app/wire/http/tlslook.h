// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "wire/autherror.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrl>

namespace latchkey {

//! Finds out why a TLS handshake failed: sends a ClientHello of TLS 1.2 and 1.3 on a connection of
//! its own, and reads the first bytes that come back. Qt tells only that it failed, in words of the
//! TLS library behind it.
//!
//! look() is called once; exactly one looked() follows from the event loop, after `patience` at the
//! latest. Destroying it ends it.
class TlsLook : public QObject {
    Q_OBJECT
public:
    static constexpr Milliseconds patience = std::chrono::seconds(5);

    explicit TlsLook(DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! Without a proxy, connects to \a address unless it is null; else to the server by its name.
    void look(const QUrl &server, const QNetworkProxy &proxy, const QHostAddress &address);

Q_SIGNALS:
    //! At most 11 bytes, up to the version in a ServerHello; none when nothing came.
    void looked(const QByteArray &firstBytes);

private:
    void end();

    Deadline m_deadline;
    QTcpSocket m_socket;
    QByteArray m_seen;
    bool m_isDone = false;
};

//! What those bytes mean: TlsTooOld, PlainHttp, NotTls or TlsRefused.
[[nodiscard]] AuthError::Type tlsProblemFrom(const QByteArray &firstBytes);

} // namespace latchkey
