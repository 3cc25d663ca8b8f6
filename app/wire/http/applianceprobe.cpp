// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/http/applianceprobe.h"

#include "base/logging.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int proxyWantsSignIn = 407;

AuthError problemOf(AuthError::Type type)
{
    return {type, 0, {}, {}};
}

} // namespace

ApplianceProbe::ApplianceProbe(const QUrl &server, const Fingerprint &pin, Network network,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_pin(pin)
    , m_network(std::move(network))
    , m_deadline(deadlines)
{
    connect(&m_deadline, &Deadline::reached, this, &ApplianceProbe::onDeadline);
}

ApplianceProbe::~ApplianceProbe() = default;

void ApplianceProbe::probe(const Instant &deadline)
{
    m_exchange = std::make_unique<HttpExchange>(m_network, m_pin, m_deadline.queue());
    connect(m_exchange.get(), &HttpExchange::finished, this,
        [this, sentAt = m_deadline.queue().now()](
            const HttpOutcome &outcome) { onFinished(sentAt, outcome); });
    QUrl url = m_server;
    url.setPath(url.path() + u'/');
    m_exchange->start(QNetworkRequest(url), "GET", {});
    m_deadline.set(deadline);
}

void ApplianceProbe::onFinished(const Instant &sentAt, const HttpOutcome &outcome)
{
    m_deadline.set({});
    HttpExchange *exchange = m_exchange.release();
    exchange->deleteLater();
    ApplianceReport report;
    report.tls = exchange->tls();
    if (exchange->untrusted()) {
        report.isReachable = true;
        report.problem = problemOf(AuthError::Type::TlsUntrusted);
    } else if (outcome.status == 0 || outcome.status == proxyWantsSignIn) {
        report.problem = transportErrorFrom(outcome);
    } else {
        report.isReachable = true;
    }
    if (const auto date = exchange->date()) {
        const Instant now = m_deadline.queue().now();
        const WallTime halfway = sentAt.wall + (now.wall - sentAt.wall) / 2;
        report.clockOffset = std::chrono::round<std::chrono::seconds>(*date - halfway);
    }
    qCDebug(wireLog) << m_server.host() << "was looked at: status" << outcome.status;
    Q_EMIT probed(report);
}

void ApplianceProbe::onDeadline()
{
    m_exchange.reset();
    ApplianceReport report;
    report.problem = problemOf(AuthError::Type::Timeout);
    Q_EMIT probed(report);
}

} // namespace latchkey
