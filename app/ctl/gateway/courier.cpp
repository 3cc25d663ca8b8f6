// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/courier.h"

#include "ctl/gateway/trust.h"

#include <boost/asio/co_spawn.hpp>

namespace latchkey::ctl {
namespace {

namespace http = beast::http;

// The agent takes 64 connections of one process.
constexpr std::size_t agentThreads = 8;

//! Counts for as long as it lives, which may be longer than the courier.
class Counted {
public:
    explicit Counted(std::shared_ptr<int> count)
        : m_count(std::move(count))
    {
        ++*m_count;
    }
    ~Counted() { --*m_count; }
    Counted(const Counted &) = delete;
    Counted &operator=(const Counted &) = delete;

private:
    std::shared_ptr<int> m_count;
};

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

Courier::Courier(AgentSession &session, asio::any_io_executor executor)
    : m_session(session)
    , m_executor(std::move(executor))
    , m_tls(makeTlsContext())
    , m_threads(agentThreads)
{
}

Courier::~Courier() = default;

template<typename Result> Task<Result> Courier::onThread(std::function<Result()> call)
{
    const Counted counted(m_callsUnderWay);
    const auto task = [&call]() -> Task<Result> {
        co_return call();
    };
    Result result = co_await asio::co_spawn(m_threads, task(), asio::use_awaitable);
    co_return result;
}

Task<Delivery> Courier::carry(UpstreamRequest &request, const std::string &target)
{
    const std::function<Access()> ask = [this] {
        return m_session.access();
    };
    const Access access = co_await onThread(ask);
    address(request, access, target);
    Delivery delivery = co_await send(access.appliance, request);
    if (!isUnauthorized(delivery)) {
        m_session.noteAccepted(access.token);
        co_return delivery;
    }
    const std::function<std::optional<Access>()> askAgain = [&] {
        return m_session.accessAfter(access.token);
    };
    const std::optional<Access> other = co_await onThread(askAgain);
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
    delivery.upstream = Upstream::to(appliance, m_executor, m_tls);
    co_await delivery.upstream->connect();
    delivery.reply = co_await delivery.upstream->exchange(request);
    co_return delivery;
}

void Courier::giveBack(Delivery delivery)
{
    if (delivery.reply->is_done() && delivery.reply->get().keep_alive()) {
        m_pool.keep(std::move(delivery.upstream));
    }
}

} // namespace latchkey::ctl
