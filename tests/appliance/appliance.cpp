// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "appliance.h"

#include "http/httpconnection.h"
#include "http/httprequest.h"

#include <QTimer>

#include <functional>
#include <utility>

namespace latchkey::appliance {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString noFault = u"none"_s;

// Deprecated, and offered on purpose: a client is to refuse it.
QT_WARNING_PUSH
QT_WARNING_DISABLE_DEPRECATED
constexpr auto outdated = QSsl::TlsV1_1;
QT_WARNING_POP

} // namespace

Appliance::Appliance(Transport transport, const Dialect &dialect, Users users, Switches switches)
    : m_transport(transport)
    , m_dialect(dialect)
    , m_switches(std::move(switches))
    , m_users(std::move(users))
    , m_sessions(dialect, m_switches, m_users)
    , m_tokenEndpoint(dialect, m_switches, m_users, m_sessions)
    , m_resources(dialect, m_switches, m_users, m_sessions)
    , m_faults(m_switches)
    , m_certificate(Certificate::make())
    , m_server(std::bind_front(&Appliance::serve, this),
          transport == Transport::Tls ? HttpServer::ConfigurationSource(
                                            std::bind_front(&Appliance::nextConfiguration, this))
                                      : nullptr)
{
    m_server.setLargestBody([this] { return m_switches.number(Switch::LargestBody); });
    connect(&m_tokenEndpoint, &TokenEndpoint::ticketGiven, this, &Appliance::ticketGiven);
    connect(&m_server, &HttpServer::connected, this, [this] { m_journal.countHandshake(); });
    connect(&m_server, &HttpServer::handshakeFailed, this,
        [this] { m_journal.countHandshakeFailure(); });
}

QString Appliance::url() const
{
    const auto scheme = m_transport == Transport::Tls ? "https"_L1 : "http"_L1;
    return u"%1://127.0.0.1:%2"_s.arg(scheme).arg(m_server.port());
}

QString Appliance::setSwitches(const QJsonObject &values)
{
    const QString complaint = m_switches.set(values);
    // The alert belongs to a handshake, which open connections have behind them.
    if (m_switches.is(Switch::Fault, "tlsAlert"_L1) || m_switches.is(Switch::TlsVersion, "1.1"_L1))
        m_server.retireConnections();
    return complaint;
}

void Appliance::renewCertificate(const QString &name)
{
    m_certificate = Certificate::make(m_injector.filled(name));
    m_server.retireConnections();
}

void Appliance::reinstall()
{
    m_sessions.reinstall();
    m_tokenEndpoint.forgetTickets();
}

bool Appliance::setOutage(bool isOut)
{
    if (!isOut)
        return m_server.restart();
    m_server.stop();
    return true;
}

void Appliance::serve(HttpConnection &connection, const HttpRequest &request)
{
    m_journal.countCredentials(request);
    if (m_tokenEndpoint.has(request.path))
        return serveToken(connection, request);
    m_journal.countResource();
    send(connection, m_resources.answer(request));
}

void Appliance::serveToken(HttpConnection &connection, const HttpRequest &request)
{
    const QString grant = m_tokenEndpoint.grantName(request);
    const QString user = m_tokenEndpoint.userName(request);
    const quint64 entry = m_journal.begin(request, grant, user);
    connect(
        &connection, &HttpConnection::exchangeEnded, this,
        [this, entry, user] { m_journal.end(entry, user); }, Qt::SingleShotConnection);

    const QString fault = m_faults.take(grant).value_or(noFault);
    const auto answer = [this, request, fault, entry] {
        return answerToken(request, fault, entry);
    };
    const std::chrono::milliseconds delay(m_switches.number(Switch::DelayMs));
    // The connection is the context, so that a reply that is still due is dropped when the client
    // hangs up.
    if (m_switches.is(Switch::DelayWhere, "beforeGrant"_L1)) {
        QTimer::singleShot(
            delay, &connection, [this, &connection, answer] { send(connection, answer()); });
    } else {
        QTimer::singleShot(
            delay, &connection, [this, &connection, reply = answer()] { send(connection, reply); });
    }
}

HttpReply Appliance::answerToken(const HttpRequest &request, const QString &fault, quint64 entry)
{
    const auto grant = [&] {
        return m_tokenEndpoint.answer(request);
    };
    m_injector.note(request);
    HttpReply reply = fault == noFault ? grant() : m_faults.apply(fault, grant);
    m_injector.note(reply);
    if (const QString plant = m_switches.text(Switch::Plant); !plant.isEmpty())
        reply = m_injector.planted(reply, plant);
    static const QStringList silent{u"hang"_s, u"closeBeforeReply"_s, u"reset"_s, u"notHttp"_s};
    m_journal.setOutcome(entry, silent.contains(fault) ? 0 : reply.status, fault);
    return reply;
}

void Appliance::send(HttpConnection &connection, HttpReply reply) const
{
    addUsualHeaders(reply);
    connection.send(reply);
}

void Appliance::addUsualHeaders(HttpReply &reply) const
{
    if (!reply.hasHeader("Date"))
        reply.headers.prepend({"Date", toHttpDate(now() + m_switches.seconds(Switch::ClockSkew))});
    if (!reply.hasHeader("Server"))
        reply.headers.prepend({"Server", "nginx"});
}

QSslConfiguration Appliance::nextConfiguration()
{
    if (m_faults.takeTlsAlert())
        return {};
    QSslConfiguration configuration = m_certificate.configuration();
    if (m_switches.is(Switch::TlsVersion, "1.1"_L1))
        configuration.setProtocol(outdated);
    return configuration;
}

} // namespace latchkey::appliance
