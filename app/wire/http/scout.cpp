// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/scout.h"

#include "wire/http/connectionrace.h"

#include <QRegularExpression>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype longestAnswer = 16 * 1024;
constexpr int wantsSignIn = 407;

bool isAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

QByteArray authorityOf(const QUrl &server)
{
    QUrl whole;
    whole.setHost(server.host());
    const QByteArray host = whole.host(QUrl::FullyEncoded).toLatin1();
    const QByteArray port = QByteArray::number(server.port(httpsPort));
    return (host.contains(':') ? '[' + host + ']' : host) + ':' + port;
}

QByteArray basicCredentials(const QNetworkProxy &proxy)
{
    return "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64();
}

//! 403 from `HTTP/1.1 403 Forbidden`; 0 when the line is no status line.
int statusFrom(const QByteArray &line)
{
    static const QRegularExpression statusLine(u"^HTTP/1\\.[01] ([1-9]\\d\\d)(?: |$)"_s);
    return statusLine.match(QString::fromLatin1(line.trimmed())).captured(1).toInt();
}

} // namespace

Scout::Scout(Network network, ProxyChoice proxy, DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_network(std::move(network))
    , m_proxy(std::move(proxy))
    , m_race(std::make_unique<ConnectionRace>(deadlines))
{
    connect(m_race.get(), &ConnectionRace::won, this, &Scout::onWon);
    connect(m_race.get(), &ConnectionRace::lost, this, &Scout::onLost);
}

Scout::~Scout() = default;

bool Scout::isNeeded(const Network &network, const ProxyChoice &proxy, const QUrl &server)
{
    const QString first = proxy.isNone() ? server.host() : proxy.proxy.hostName();
    return !proxy.isNone() || (network.resolve && !isAddress(first));
}

void Scout::go(const QUrl &server)
{
    m_server = server;
    const quint16 port = quint16(server.port(isPlainHttp(server) ? httpPort : httpsPort));
    m_host = m_proxy.isNone() ? server.host(QUrl::FullyEncoded) : m_proxy.proxy.hostName();
    m_port = m_proxy.isNone() ? port : m_proxy.proxy.port();
    if (isAddress(m_host))
        return m_race->start({QHostAddress(m_host)}, m_port);
    m_network.resolve(
        m_host, this, [this](const QList<QHostAddress> &addresses) { onFound(addresses); });
}

void Scout::onFound(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty()) {
        Q_EMIT blocked(
            m_proxy.isNone() ? QNetworkReply::HostNotFoundError : QNetworkReply::ProxyNotFoundError,
            0);
    } else if (addresses.size() == 1 && m_proxy.isNone()) {
        Q_EMIT arrived(isPlainHttp(m_server) ? addresses.first() : QHostAddress());
    } else {
        m_race->start(addresses, m_port);
    }
}

void Scout::onWon(QTcpSocket *socket)
{
    m_socket = socket;
    if (m_proxy.isHttp())
        return askToPass();
    const QHostAddress address = socket->peerAddress();
    socket->abort();
    Q_EMIT arrived(address);
}

void Scout::onLost()
{
    Q_EMIT blocked(m_proxy.isNone() ? QNetworkReply::ConnectionRefusedError
                                    : QNetworkReply::ProxyConnectionRefusedError,
        0);
}

//! Sends a CONNECT (RFC 9110 §9.3.6).
void Scout::askToPass()
{
    connect(m_socket, &QTcpSocket::readyRead, this, &Scout::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this,
        [this] { Q_EMIT blocked(QNetworkReply::ProxyConnectionClosedError, 0); });
    const QByteArray authority = authorityOf(m_server);
    QByteArray request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority
        + "\r\nUser-Agent: Latchkey/" LATCHKEY_VERSION "\r\n";
    if (!m_proxy.proxy.user().isEmpty())
        request += "Proxy-Authorization: " + basicCredentials(m_proxy.proxy) + "\r\n";
    m_socket->write(request + "\r\n");
}

void Scout::onReadyRead()
{
    while (m_socket->canReadLine()) {
        const QByteArray line = m_socket->readLine();
        m_answered += line.size();
        if (line.trimmed().isEmpty() || m_answered > longestAnswer)
            return onAnswer();
        m_answer.append(line.trimmed());
    }
    if (m_answered + m_socket->bytesAvailable() > longestAnswer)
        onAnswer();
}

void Scout::onAnswer()
{
    const QHostAddress address = m_socket->peerAddress();
    m_socket->disconnect(this);
    m_socket->abort();
    const int status = m_answer.isEmpty() ? 0 : statusFrom(m_answer.first());
    m_isLeftToQt = status == wantsSignIn && mayQtKnowBetter();
    if ((status >= 200 && status < 300) || m_isLeftToQt)
        Q_EMIT arrived(address);
    else
        Q_EMIT blocked(status == wantsSignIn ? QNetworkReply::ProxyAuthenticationRequiredError
                                             : QNetworkReply::UnknownProxyError,
            status);
}

QNetworkProxy Scout::passedProxy() const
{
    QNetworkProxy proxy = m_proxy.proxy;
    if (!m_proxy.isHttp() || m_isLeftToQt || proxy.user().isEmpty())
        return proxy;
    proxy.setRawHeader("Proxy-Authorization", basicCredentials(proxy));
    proxy.setUser({});
    proxy.setPassword({});
    return proxy;
}

//! Qt can answer a proxy that asks for Digest or NTLM, but only if it has a user name.
bool Scout::mayQtKnowBetter() const
{
    return !m_proxy.proxy.user().isEmpty()
        && std::ranges::any_of(m_answer, [](const QByteArray &line) {
               const QByteArray header = line.toLower();
               return header.startsWith("proxy-authenticate:")
                   && (header.contains("digest") || header.contains("ntlm"));
           });
}

} // namespace latchkey
