// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "base/secret.h"
#include "wire/http/certificate.h"
#include "wire/http/httpoutcome.h"
#include "wire/http/network.h"
#include "wire/http/tlsconnection.h"

#include <QNetworkRequest>
#include <QObject>

#include <memory>
#include <optional>

class QSslError;

namespace latchkey {

class OneTimeBody;
class PlainExchange;
class Scout;
class TlsLook;

//! One HTTP request and what came of it. It never follows a redirect, reads at most 1 MiB, and ends
//! after `patience` even if bytes still trickle in; the way to the appliance, with its name looked
//! up, has as long before that. Over TLS nothing is sent unless the certificate
//! is the pinned one; where \a pin is empty, unless the system trusts it. Over plain HTTP, which is
//! for this machine, nothing is sent unless our user or root is at the other end. It goes
//! through the proxy that \a network names, and to whichever of the host's addresses is alive.
//!
//! start() is called once and returns at once; exactly one finished() follows from the event loop.
//! Destroying it before that cancels.
class HttpExchange : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 largestBody = 1024 * 1024; //!< in bytes
    static constexpr Milliseconds patience = std::chrono::seconds(30);

    HttpExchange(Network network, const Fingerprint &pin, DeadlineQueue &deadlines,
        QObject *parent = nullptr);
    ~HttpExchange() override;

    void start(QNetworkRequest request, const QByteArray &method, const QByteArray &body);

    [[nodiscard]] const Fingerprint &pin() const { return m_pin; }
    //! The certificate for whose sake nothing was sent, if there was one.
    [[nodiscard]] const std::optional<Certificate> &untrusted() const { return m_untrusted; }
    //! How the connection was secured. Nothing before finished(), and without TLS.
    [[nodiscard]] const std::optional<TlsConnection> &tls() const { return m_tls; }
    //! What the reply sets, as it goes back in the header `Cookie`.
    [[nodiscard]] const Secret &cookies() const { return m_cookies; }
    //! The reply's `Date`, by the appliance's clock.
    [[nodiscard]] const std::optional<WallTime> &date() const { return m_date; }

Q_SIGNALS:
    void finished(const latchkey::HttpOutcome &outcome);

private:
    void findTheWay();
    void send(const QHostAddress &address);
    void sendPlainly(const QHostAddress &address);
    void onPlainFinished();
    void onSslErrors(const QList<QSslError> &errors);
    void onEncrypted();
    [[nodiscard]] bool judge(TlsConnection::Trust system);
    void onReadyRead();
    void onDeadline();
    void onFinished();
    [[nodiscard]] bool isWorthALook() const;
    void look();
    void end();
    void conclude();

    std::unique_ptr<OneTimeBody> m_body;
    Network m_network;
    QNetworkRequest m_request;
    QByteArray m_method;
    ProxyChoice m_proxy;
    QHostAddress m_address;
    std::unique_ptr<Scout> m_scout;
    std::unique_ptr<TlsLook> m_look;
    std::unique_ptr<PlainExchange> m_plain;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    Fingerprint m_pin;
    Deadline m_deadline;
    QNetworkReply *m_reply = nullptr;
    bool m_isEncrypted = false;
    bool m_isConcluded = false;
    HttpOutcome m_outcome;
    bool m_isForOtherHost = false;
    std::optional<Certificate> m_untrusted;
    TlsConnection::Trust m_trust = TlsConnection::Trust::No;
    std::optional<TlsConnection> m_tls;
    Secret m_cookies;
    std::optional<WallTime> m_date;
};

} // namespace latchkey
