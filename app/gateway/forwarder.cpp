// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/forwarder.h"

#include "gateway/certificateverifier.h"
#include "gateway/rules/allowrule.h"

#include <utility>

namespace latchkey::ctl {

namespace {

namespace http = beast::http;

//! Every request with a token goes through here.
void address(UpstreamRequest &request, const Access &access, const std::string &target)
{
    requireNoneOf(access.tokenPaths, decodedPath(target));
    request.target(access.appliance.basePath + target);
    request.set(http::field::host, access.appliance.authority);
    request.set(http::field::authorization, "Bearer " + access.token);
}

bool isRepeatable(const UpstreamRequest &request)
{
    return request.method() == http::verb::get || request.method() == http::verb::head;
}

bool isUnauthorized(const UpstreamResponse &response)
{
    return response.reply->get().result() == http::status::unauthorized;
}

} // namespace

Forwarder::Forwarder(
    AgentSession &session, asio::any_io_executor executor, const Limits &limits, Resolve resolve)
    : m_session(session)
    , m_executor(executor)
    , m_tls(makeTlsContext())
    , m_limits(limits)
    , m_dialer(executor, limits, std::move(resolve))
{
}

Task<UpstreamResponse> Forwarder::carry(UpstreamRequest &request, const std::string &target)
{
    SharedAccess access = co_await m_session.access();
    UpstreamResponse response = co_await send(access, request, target);
    if (!isUnauthorized(response)) {
        m_session.noteAccepted(access->token);
        co_return response;
    }
    SharedAccess other = co_await m_session.accessAfter(access->token);
    if (!other)
        co_return response;
    other = co_await m_session.accessStill(other);
    response = co_await send(other, request, target);
    if (!isUnauthorized(response))
        m_session.noteAccepted(other->token);
    co_return response;
}

Task<UpstreamResponse> Forwarder::send(
    SharedAccess &access, UpstreamRequest &request, const std::string &target)
{
    address(request, *access, target);
    std::optional<UpstreamResponse> response = co_await sendOnIdle(access->appliance, request);
    if (response)
        co_return std::move(*response);
    UpstreamResponse other = co_await sendOnNew(access, request, target);
    co_return other;
}

//! The appliance may close an idle connection just when we use it. So idle connections carry only
//! requests that change nothing there and can be sent a second time.
Task<std::optional<UpstreamResponse>> Forwarder::sendOnIdle(
    const Appliance &appliance, UpstreamRequest &request)
{
    UpstreamResponse response;
    response.upstream = isRepeatable(request) ? m_pool.take(appliance) : nullptr;
    if (!response.upstream)
        co_return std::nullopt;
    try {
        response.reply = co_await response.upstream->exchange(request);
    } catch (const HttpError &refused) {
        if (refused.status() == 504)
            throw; // the appliance is there, but silent
        response.upstream = nullptr;
    }
    if (!response.upstream)
        co_return std::nullopt;
    co_return std::optional<UpstreamResponse>(std::move(response));
}

//! It can take long to connect, and meanwhile the token may have become one that may not be used,
//! or the person may have come to trust another certificate.
Task<UpstreamResponse> Forwarder::sendOnNew(
    SharedAccess &access, UpstreamRequest &request, const std::string &target)
{
    UpstreamResponse response;
    do {
        response.upstream = Upstream::to(access->appliance, m_executor, m_tls, m_limits);
        co_await response.upstream->connect(m_dialer);
        access = co_await m_session.accessStill(access);
    } while (!(access->appliance == response.upstream->appliance()));
    address(request, *access, target);
    response.reply = co_await response.upstream->exchange(request);
    co_return response;
}

void Forwarder::giveBack(UpstreamResponse response)
{
    const UpstreamReply &reply = *response.reply;
    if (reply.is_done() && reply.get().keep_alive() && response.upstream->isWhole())
        m_pool.keep(std::move(response.upstream));
}

} // namespace latchkey::ctl
