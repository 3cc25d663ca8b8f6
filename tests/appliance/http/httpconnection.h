// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "http/httprequest.h"

#include <QObject>

#include <functional>

class QTcpSocket;

namespace latchkey::appliance {

//! One client's connection. Takes one request after the other, and each waits for send(). It speaks
//! HTTP by itself because it has to misbehave on purpose, which a proper server refuses. Exactly
//! one exchangeEnded() follows each requestReceived(): the reply has been written, or the client is
//! gone.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    //! Takes over \a socket, and deletes itself when that is disconnected.
    HttpConnection(QTcpSocket *socket, QObject *parent);

    void send(const HttpReply &reply);

    //! In bytes; \a largest is asked anew for each request.
    void setLargestBody(std::function<qsizetype()> largest) { m_largestBody = std::move(largest); }

    //! Ends the connection: at once, or where a reply is due, after that.
    void retire();
    void abort();

Q_SIGNALS:
    void requestReceived(const latchkey::appliance::HttpRequest &request);
    void exchangeEnded();

private:
    void onReadyRead();
    void onDisconnected();
    void refuse(const HttpReply &reply);
    void endExchange();
    void sendTruncated(const HttpReply &reply);
    void pumpStream();

    QTcpSocket *m_socket;
    RequestReader m_reader;
    std::function<qsizetype()> m_largestBody;
    qint64 m_streamLeft = 0;
    bool m_isServing = false;
    bool m_isRetiring = false;
};

} // namespace latchkey::appliance
