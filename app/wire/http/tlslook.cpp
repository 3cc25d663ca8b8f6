// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/tlslook.h"

#include "wire/http/network.h"

#include <QHostAddress>
#include <QRandomGenerator>

namespace latchkey {

namespace {

constexpr qsizetype enough = 11; // bytes, up to the version in a ServerHello

//! With its length in front, which takes \a lengthBytes bytes (RFC 8446 §3.4).
QByteArray sized(const QByteArray &bytes, int lengthBytes)
{
    QByteArray length;
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8)
        length += char((bytes.size() >> shift) & 0xff);
    return length + bytes;
}

QByteArray extension(const QByteArray &type, const QByteArray &content)
{
    return type + sized(content, 2);
}

QByteArray randomBytes(int count)
{
    QByteArray bytes;
    while (bytes.size() < count)
        bytes += char(QRandomGenerator::system()->generate() & 0xff);
    return bytes;
}

QByteArray serverName(const QString &host)
{
    if (!QHostAddress(host).isNull())
        return {};
    const QByteArray name = QUrl::toAce(host);
    return extension(QByteArray::fromHex("0000"), sized('\0' + sized(name, 2), 2));
}

//! RFC 8446 §4.1.2. It offers no key share. A server of TLS 1.3 then asks for one, and by that
//! shows its version.
QByteArray clientHello(const QString &host)
{
    const QByteArray suites = QByteArray::fromHex("130113021303c02bc02fc02cc030009c009d002f0035");
    const QByteArray extensions = serverName(host)
        + extension(QByteArray::fromHex("000a"), sized(QByteArray::fromHex("001d00170018"), 2))
        + extension(QByteArray::fromHex("000b"), sized(QByteArray::fromHex("00"), 1))
        + extension(QByteArray::fromHex("000d"),
            sized(QByteArray::fromHex("0403050306030804080508060401050106010201"), 2))
        + extension(QByteArray::fromHex("002b"), sized(QByteArray::fromHex("03040303"), 1))
        + extension(QByteArray::fromHex("0033"), sized({}, 2));
    const QByteArray hello = QByteArray::fromHex("0303") + randomBytes(32) + sized({}, 1)
        + sized(suites, 2) + sized(QByteArray::fromHex("00"), 1) + sized(extensions, 2);
    return QByteArray::fromHex("160301") + sized('\x01' + sized(hello, 3), 2);
}

} // namespace

TlsLook::TlsLook(DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_deadline(deadlines)
{
    connect(&m_deadline, &Deadline::reached, this, &TlsLook::end);
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        m_seen += m_socket.read(enough - m_seen.size());
        if (m_seen.size() >= enough)
            end();
    });
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &TlsLook::end, Qt::QueuedConnection);
}

void TlsLook::look(const QUrl &server, const QNetworkProxy &proxy, const QHostAddress &address)
{
    const QString host = server.host();
    const bool isDirect = proxy.type() == QNetworkProxy::NoProxy;
    connect(&m_socket, &QTcpSocket::connected, this,
        [this, host] { m_socket.write(clientHello(host)); });
    m_socket.setProxy(proxy);
    m_socket.connectToHost(
        isDirect && !address.isNull() ? address.toString() : host, quint16(server.port(httpsPort)));
    m_deadline.set(m_deadline.queue().now() + patience);
}

void TlsLook::end()
{
    if (std::exchange(m_isDone, true))
        return;
    m_deadline.set({});
    m_socket.disconnect(this);
    m_socket.abort();
    Q_EMIT looked(m_seen);
}

AuthError::Type tlsProblemFrom(const QByteArray &firstBytes)
{
    constexpr char handshake = 0x16;
    constexpr char alert = 0x15;
    constexpr char protocolVersion = 70;
    if (firstBytes.isEmpty())
        return AuthError::Type::TlsRefused;
    if (firstBytes.startsWith("HTTP/"))
        return AuthError::Type::PlainHttp;
    const bool isTls = (firstBytes.at(0) == handshake || firstBytes.at(0) == alert)
        && firstBytes.size() > 1 && firstBytes.at(1) == 3;
    if (!isTls)
        return AuthError::Type::NotTls;
    if (firstBytes.at(0) == alert) {
        const bool isOfVersion = firstBytes.size() > 6 && firstBytes.at(6) == protocolVersion;
        return isOfVersion ? AuthError::Type::TlsTooOld : AuthError::Type::TlsRefused;
    }
    const bool isOld = firstBytes.size() > 10 && firstBytes.at(9) == 3 && firstBytes.at(10) < 3;
    return isOld ? AuthError::Type::TlsTooOld : AuthError::Type::TlsRefused;
}

} // namespace latchkey
