// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpoutcome.h"
#include "wire/http/network.h"
#include "wire/http/plainreply.h"

#include <QNetworkRequest>
#include <QObject>
#include <QTcpSocket>

namespace latchkey {

//! One HTTP request, without TLS, to a program of this machine. QNetworkAccessManager does not tell
//! of a connection before it sends; this class asks who is at the other end first, and sends
//! nothing to another user's program, nor to another machine. It has no patience of its own.
//!
//! start() is called once; exactly one finished() follows, which may come from inside start().
//! Destroying it before that cancels.
class PlainExchange final : public QObject {
    Q_OBJECT
public:
    //! Takes a reply's body up to \a largestBody bytes.
    PlainExchange(ListenerFinder listenerOn, qint64 largestBody, QObject *parent = nullptr);
    ~PlainExchange() override;

    void start(const QHostAddress &address, const QNetworkRequest &request,
        const QByteArray &method, const QByteArray &body);

    //! What has come of it so far.
    [[nodiscard]] HttpOutcome outcome() const;
    [[nodiscard]] const PlainReply &reply() const { return m_reply; }

Q_SIGNALS:
    void finished();

private:
    void onConnected();
    void onReadyRead();
    void onDisconnected();
    [[nodiscard]] bool isHeardByOthers();
    void end();

    ListenerFinder m_listenerOn;
    QTcpSocket m_socket;
    QByteArray m_request;
    PlainReply m_reply;
    HttpOutcome m_outcome;
};

} // namespace latchkey
