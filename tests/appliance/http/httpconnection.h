// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/httpreply.h"
#include "http/httprequest.h"

#include <QObject>

#include <functional>

class QTcpSocket;

namespace latchkey::appliance {

//! One client's connection: one request after another, each waiting for send().
//! The HTTP is our own because a proper server refuses to misbehave, and misbehaving on purpose is
//! this one's work. Every requestReceived() is followed by exactly one exchangeEnded(): the reply
//! is written or the client is gone.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    //! Takes the socket over; deletes itself when that is disconnected.
    HttpConnection(QTcpSocket *socket, QObject *parent);

    void send(const HttpReply &reply);

    //! Asked anew for each request.
    void setLargestBody(std::function<qsizetype()> largest) { m_largestBody = std::move(largest); }

    //! Ends the connection now, or with the reply that is due.
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
