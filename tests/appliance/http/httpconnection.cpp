// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "http/httpconnection.h"

#include <QSslSocket>

#include <utility>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 streamChunk = 64 * 1024;

qint64 unsentBytes(const QTcpSocket *socket)
{
    const auto *secure = qobject_cast<const QSslSocket *>(socket);
    return socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

// A socket that lingers for 0 seconds is not closed in order but reset.
void forgoLinger([[maybe_unused]] const QTcpSocket *socket)
{
#ifdef Q_OS_UNIX
    const linger none{.l_onoff = 1, .l_linger = 0};
    setsockopt(
        static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
#endif
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::onDisconnected);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::pumpStream);
    if (auto *secure = qobject_cast<QSslSocket *>(socket))
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::pumpStream);
    // Bytes may have come before readyRead() was connected.
    QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::send(const HttpReply &reply)
{
    switch (reply.delivery) {
    case Delivery::Whole:
        m_socket->write(reply.head() + reply.body);
        endExchange();
        return;
    case Delivery::HeadAlone:
        m_socket->write(reply.head());
        endExchange();
        return;
    case Delivery::Truncated:
        sendTruncated(reply);
        return;
    case Delivery::Streamed:
        m_streamLeft = reply.streamBytes;
        m_socket->write(reply.head());
        pumpStream();
        return;
    case Delivery::Never:
        return;
    case Delivery::HangUp:
        m_socket->disconnectFromHost();
        return;
    case Delivery::Reset:
        forgoLinger(m_socket);
        m_socket->abort();
        return;
    case Delivery::BodyAlone:
        m_socket->write(reply.body);
        m_socket->disconnectFromHost();
        return;
    }
}

void HttpConnection::retire()
{
    m_isRetiring = true;
    if (!m_isServing)
        m_socket->disconnectFromHost();
}

void HttpConnection::abort()
{
    m_socket->abort();
}

void HttpConnection::onReadyRead()
{
    if (m_isServing)
        return;
    if (m_largestBody)
        m_reader.setLargestBody(m_largestBody());
    switch (m_reader.feed(m_socket->readAll())) {
    case RequestReader::Progress::NeedsMore:
        return;
    case RequestReader::Progress::NeedsContinue:
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        return;
    case RequestReader::Progress::Unreadable:
        refuse(htmlReply("400 Bad Request", 400));
        return;
    case RequestReader::Progress::TooLarge:
        refuse(problemReply(413, u"Payload Too Large"_s));
        return;
    case RequestReader::Progress::Ready:
        m_isServing = true;
        Q_EMIT requestReceived(m_reader.take());
        return;
    }
}

void HttpConnection::onDisconnected()
{
    if (std::exchange(m_isServing, false))
        Q_EMIT exchangeEnded();
    deleteLater();
}

void HttpConnection::refuse(const HttpReply &reply)
{
    m_isServing = m_isRetiring = true;
    send(reply);
}

void HttpConnection::endExchange()
{
    m_isServing = false;
    Q_EMIT exchangeEnded();
    if (m_isRetiring)
        m_socket->disconnectFromHost();
    else
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::sendTruncated(const HttpReply &reply)
{
    m_socket->write(reply.head() + reply.body.left(reply.body.size() / 2));
    m_socket->disconnectFromHost();
}

void HttpConnection::pumpStream()
{
    if (m_streamLeft == 0)
        return;
    while (m_streamLeft > 0 && unsentBytes(m_socket) < 4 * streamChunk)
        m_streamLeft -= m_socket->write(QByteArray(qMin(streamChunk, m_streamLeft), '['));
    if (m_streamLeft == 0)
        endExchange();
}

} // namespace latchkey::appliance
