// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/httpexchange.h"
#include "wire/oauth/kinds.h"
#include "wire/oauth/tokenclient.h"
#include "wire/redaction/redactor.h"

#include <QUrl>

#include <memory>

namespace latchkey {

//! Where a TokenClient signs in.
struct Endpoint {
    //! The appliance's base URL; the kind's paths are appended to it.
    QUrl server;
    //! A kind's id. It is looked up for each request, so what its file says counts from the next.
    QString kind;
    //! RFC 6749 §2.2; empty where the kind wants none.
    QString clientId = {};
};

//! The TokenClient that speaks to a real appliance, one HttpExchange a request, or several where
//! the appliance refuses the version of its API that it is asked with. What the appliance says goes
//! through a Redactor, and a reply with another secret in place of the access token is a BadReply.
class HttpTokenClient final : public TokenClient {
    Q_OBJECT
public:
    //! \a kinds must outlive it.
    HttpTokenClient(Endpoint endpoint, const Kinds &kinds, Network network,
        DeadlineQueue &deadlines, QObject *parent = nullptr);
    ~HttpTokenClient() override;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void logOut(const Farewell &farewell, const Fingerprint &pin) override;
    void know(const Secret &accessToken, const Secret &refreshToken,
        const RequestContext &context) override;
    void cancel() override;

private:
    //! A request under way.
    struct Request {
        Grant grant;
        Fingerprint pin;
        Kind kind;
        //! The version that it is sent with, and those that have not been tried yet.
        QString version;
        QStringList otherVersions;
        RequestContext context = {};
        //! Why versions before this one were refused, unless that could be proof of a dead token.
        std::optional<TokenAnswer> doubt = {};
        Instant sentAt = {};
        QUuid id = {};
    };
    struct LogoutRequest {
        Farewell farewell;
        Fingerprint pin;
        Kind kind;
        RequestContext context;
        //! Those that have not been tried yet; never empty.
        QStringList paths;
    };
    void post(Request request);
    void post(const LogoutRequest &request);
    [[nodiscard]] std::unique_ptr<HttpExchange> exchange(const Fingerprint &pin);
    [[nodiscard]] QNetworkRequest requestTo(const QString &path, const Kind &kind,
        const QString &version, const RequestContext &context) const;
    void onFinished(const Request &sent, const HttpOutcome &outcome);
    void tryNextVersion(const Request &refused, const TokenAnswer &answer);
    void answerSoon(const TokenAnswer &answer);
    void onLogoutFinished(LogoutRequest sent, const HttpOutcome &outcome);
    //! What the appliance expects in the request after this one.
    [[nodiscard]] RequestContext contextAfter(const Request &sent);
    [[nodiscard]] TokenAnswer answerFrom(const Request &sent, const HttpOutcome &outcome);
    [[nodiscard]] TokenAnswer judged(
        const Request &sent, const TokenReply &reply, const ReplyTrace &trace) const;
    void remember(const Grant &grant);
    void remember(const TokenReply &reply);
    void hold(const Grant &grant, const TokenReply &reply);
    void hold(const RequestContext &context);
    [[nodiscard]] TokenReply redacted(TokenReply reply) const;
    [[nodiscard]] Certificate redacted(Certificate certificate) const;
    [[nodiscard]] AuthError errorFrom(const Request &sent, const HttpOutcome &outcome) const;
    [[nodiscard]] ReplyTrace traceOf(const Request &sent) const;
    [[nodiscard]] std::optional<std::chrono::seconds> clockOffset(
        const TokenReply &reply, const Instant &sentAt) const;

    Endpoint m_endpoint;
    const Kinds &m_kinds;
    //! Of the tokens in use.
    RequestContext m_context;
    //! Of a sign-in under way, which may come to nothing.
    RequestContext m_attempt;
    //! The answer that comes from the event loop although nothing was sent.
    std::unique_ptr<QObject> m_soon;
    Network m_network;
    DeadlineQueue &m_deadlines;
    std::unique_ptr<HttpExchange> m_exchange;
    Redactor m_redactor;
};

} // namespace latchkey
