// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/courier.h"

#include "ctl/gateway/trust.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <exception>
#include <functional>

namespace latchkey::ctl {
namespace {

namespace http = beast::http;

// The agent takes 64 connections of one process.
constexpr std::size_t agentThreads = 8;

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

template<typename Result>
Task<Result> onThread(asio::thread_pool &threads, std::function<Result()> call)
{
    const auto task = [&call]() -> Task<Result> {
        co_return call();
    };
    Result result = co_await asio::co_spawn(threads, task(), asio::use_awaitable);
    co_return result;
}

} // namespace

//! Who comes later waits for `isOver`, which takes no thread.
struct Courier::Mending {
    explicit Mending(const asio::any_io_executor &executor)
        : isOver(executor, std::chrono::steady_clock::time_point::max())
    {
    }

    [[nodiscard]] const std::optional<Access> &result() const
    {
        if (failure) {
            std::rethrow_exception(failure);
        }
        return access;
    }

    asio::steady_timer isOver;
    std::optional<Access> access;
    std::exception_ptr failure;
};

Courier::Courier(AgentSession &session, asio::any_io_executor executor)
    : m_session(session)
    , m_executor(std::move(executor))
    , m_tls(makeTlsContext())
    , m_threads(agentThreads)
    , m_mendingThread(1)
{
}

Courier::~Courier() = default;

Task<Delivery> Courier::carry(UpstreamRequest &request, const std::string &target)
{
    const std::function<Access()> ask = [this] {
        return m_session.access();
    };
    const Access access = co_await onThread(m_threads, ask);
    address(request, access, target);
    Delivery delivery = co_await send(access.appliance, request);
    if (!isUnauthorized(delivery)) {
        m_session.noteAccepted(access.token);
        co_return delivery;
    }
    const std::optional<Access> other = co_await accessAfter(access.token);
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

Task<std::optional<Access>> Courier::accessAfter(const std::string &refused)
{
    if (const auto found = m_mendings.find(refused); found != m_mendings.end()) {
        const std::shared_ptr<Mending> mending = found->second;
        ErrorCode ignored;
        co_await mending->isOver.async_wait(into(ignored));
        co_return mending->result();
    }
    const auto mending = std::make_shared<Mending>(m_executor);
    m_mendings.emplace(refused, mending);
    try {
        const std::function<std::optional<Access>()> ask = [this, &refused] {
            return m_session.accessAfter(refused);
        };
        mending->access = co_await onThread(m_mendingThread, ask);
    } catch (...) {
        mending->failure = std::current_exception();
    }
    m_mendings.erase(refused);
    mending->isOver.cancel();
    co_return mending->result();
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
