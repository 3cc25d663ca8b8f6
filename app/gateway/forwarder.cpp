// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/courier.h"

#include "ctl/gateway/trust.h"

#include <utility>

namespace latchkey::ctl {
namespace {

namespace http = beast::http;

void address(UpstreamRequest &request, const Access &access, const std::string &target)
{
    request.target(access.appliance.basePath + target);
    request.set(http::field::host, access.appliance.authority);
    request.set(http::field::authorization, "Bearer " + access.token);
}

bool isRepeatable(const UpstreamRequest &request)
{
    return request.method() == http::verb::get || request.method() == http::verb::head;
}

bool isUnauthorized(const Delivery &delivery)
{
    return delivery.reply->get().result() == http::status::unauthorized;
}

} // namespace

Courier::Courier(
    AgentSession &session, asio::any_io_executor executor, const Limits &limits, Resolve resolve)
    : m_session(session)
    , m_executor(executor)
    , m_tls(makeTlsContext())
    , m_limits(limits)
    , m_dialer(executor, limits, std::move(resolve))
{
}

Task<Delivery> Courier::carry(UpstreamRequest &request, const std::string &target)
{
    const SharedAccess access = co_await m_session.access();
    address(request, *access, target);
    Delivery delivery = co_await send(access->appliance, request);
    if (!isUnauthorized(delivery)) {
        m_session.noteAccepted(access->token);
        co_return delivery;
    }
    const SharedAccess other = co_await m_session.accessAfter(access->token);
    if (!other) {
        co_return delivery;
    }
    address(request, *other, target);
    delivery = co_await send(other->appliance, request);
    if (!isUnauthorized(delivery)) {
        m_session.noteAccepted(other->token);
    }
    co_return delivery;
}

Task<Delivery> Courier::send(const Appliance &appliance, UpstreamRequest &request)
{
    std::optional<Delivery> delivery = co_await sendOnIdle(appliance, request);
    if (delivery) {
        co_return std::move(*delivery);
    }
    Delivery other = co_await sendOnNew(appliance, request);
    co_return other;
}

// The appliance may end an idle connection at the moment that we use it. Only what changes nothing
// there may then be sent a second time.
Task<std::optional<Delivery>> Courier::sendOnIdle(
    const Appliance &appliance, UpstreamRequest &request)
{
    Delivery delivery;
    delivery.upstream = isRepeatable(request) ? m_pool.take(appliance) : nullptr;
    if (!delivery.upstream) {
        co_return std::nullopt;
    }
    try {
        delivery.reply = co_await delivery.upstream->exchange(request);
    } catch (const Refused &refused) {
        if (refused.status() == 504) {
            throw; // it is there, and silent
        }
        delivery.upstream = nullptr;
    }
    if (!delivery.upstream) {
        co_return std::nullopt;
    }
    co_return std::optional<Delivery>(std::move(delivery));
}

Task<Delivery> Courier::sendOnNew(const Appliance &appliance, UpstreamRequest &request)
{
    Delivery delivery;
    delivery.upstream = Upstream::to(appliance, m_executor, m_tls, m_limits);
    co_await delivery.upstream->connect(m_dialer);
    delivery.reply = co_await delivery.upstream->exchange(request);
    co_return delivery;
}

void Courier::giveBack(Delivery delivery)
{
    const UpstreamReply &reply = *delivery.reply;
    if (reply.is_done() && reply.get().keep_alive() && delivery.upstream->isWhole()) {
        m_pool.keep(std::move(delivery.upstream));
    }
}

} // namespace latchkey::ctl
