// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpexchange.h"

#include <QUrl>

namespace latchkey {

//! What a look at an appliance found.
struct ApplianceReport {
    //! Somebody answers at the address, trusted or not.
    bool isReachable = false;
    //! Why it cannot be used; nothing when all is well.
    std::optional<AuthError> problem;
    //! Nothing when there was no handshake.
    std::optional<TlsConnection> tls;
    //! The appliance's clock minus ours, by the `Date` of its reply.
    std::optional<std::chrono::seconds> clockOffset;
};

//! Looks whether an appliance answers, by a GET of its base address without any credential. Any
//! answer will do. Trust, proxies and limits are those of HttpExchange.
//!
//! probe() is called once and returns at once; exactly one probed() follows from the event loop, at
//! the deadline at the latest.
class ApplianceProbe : public QObject {
    Q_OBJECT
public:
    ApplianceProbe(const QUrl &server, const Fingerprint &pin, Network network,
        DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~ApplianceProbe() override;

    void probe(const Instant &deadline);

Q_SIGNALS:
    void probed(const latchkey::ApplianceReport &report);

private:
    void onFinished(const Instant &sentAt, const HttpOutcome &outcome);
    void onDeadline();

    QUrl m_server;
    Fingerprint m_pin;
    Network m_network;
    Deadline m_deadline;
    std::unique_ptr<HttpExchange> m_exchange;
};

} // namespace latchkey
