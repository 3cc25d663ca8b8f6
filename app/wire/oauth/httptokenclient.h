// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpexchange.h"
#include "wire/oauth/kind.h"
#include "wire/oauth/tokenclient.h"
#include "wire/redaction/redactor.h"

#include <QUrl>

#include <memory>

namespace latchkey {

//! The TokenClient that speaks to a real appliance, one HttpExchange a request. \a server is the
//! appliance's base URL; the kind's paths are appended to it. What the appliance says goes through
//! a Redactor, and a reply with another secret in place of the access token is a BadReply.
class HttpTokenClient final : public TokenClient {
    Q_OBJECT
public:
    HttpTokenClient(const QUrl &server, Kind kind, Network network, DeadlineQueue &deadlines,
        QObject *parent = nullptr);
    ~HttpTokenClient() override;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void logOut(const Secret &accessToken, const Fingerprint &pin) override;
    void know(const Secret &accessToken, const Secret &refreshToken) override;
    void cancel() override;

private:
    //! A request under way.
    struct Request {
        Grant grant;
        Instant sentAt;
        QUuid id;
    };
    [[nodiscard]] std::unique_ptr<HttpExchange> exchange(const Fingerprint &pin);
    [[nodiscard]] QNetworkRequest requestTo(const Kind::Call &call) const;
    void onFinished(const Request &sent, const HttpOutcome &outcome);
    [[nodiscard]] TokenAnswer answerFrom(const Request &sent, const HttpOutcome &outcome);
    [[nodiscard]] TokenAnswer judged(
        const Request &sent, const TokenReply &reply, const ReplyTrace &trace) const;
    void remember(const Grant &grant);
    void remember(const TokenReply &reply);
    void hold(const Grant &grant, const TokenReply &reply);
    [[nodiscard]] TokenReply redacted(TokenReply reply) const;
    [[nodiscard]] Certificate redacted(Certificate certificate) const;
    [[nodiscard]] AuthError errorFrom(const Request &sent, const HttpOutcome &outcome) const;
    [[nodiscard]] ReplyTrace traceOf(const Request &sent) const;
    [[nodiscard]] std::optional<std::chrono::seconds> clockOffset(
        const TokenReply &reply, const Instant &sentAt) const;

    QUrl m_server;
    Kind m_kind;
    Network m_network;
    DeadlineQueue &m_deadlines;
    std::unique_ptr<HttpExchange> m_exchange;
    Redactor m_redactor;
};

} // namespace latchkey
