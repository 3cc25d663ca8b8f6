// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/dialer.h"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <memory>

namespace latchkey::ctl {

namespace {

using asio::ip::tcp;

//! A lookup of a host's addresses.
struct Search {
    explicit Search(const asio::any_io_executor &executor)
        : resolver(executor)
        , timer(executor)
    {
    }

    tcp::resolver resolver;
    asio::steady_timer timer;
    Places found;
};

Task<Places> search(
    asio::any_io_executor executor, std::string host, std::string port, Limits::Time patience)
{
    const auto search = std::make_shared<Search>(executor);
    search->timer.expires_after(patience);
    search->resolver.async_resolve(
        host, port, [search](const ErrorCode &error, const tcp::resolver::results_type &found) {
            if (!error)
                search->found.assign(found.begin(), found.end());
            search->timer.cancel();
        });
    ErrorCode ignored;
    co_await search->timer.async_wait(into(ignored));
    search->resolver.cancel();
    co_return std::move(search->found);
}

//! Tries all addresses of one host side by side.
class Race : public std::enable_shared_from_this<Race> {
public:
    Race(const asio::any_io_executor &executor, Places places, const Limits &limits)
        : m_executor(executor)
        , m_places(std::move(places))
        , m_limits(limits)
        , m_wake(executor)
    {
    }

    Task<std::optional<tcp::socket>> run()
    {
        bool isOver = false;
        while (!m_winner && !isOver && (m_open > 0 || isMore())) {
            if (isMore() && (m_open == 0 || m_isNextDue))
                startNext();
            m_wake.expires_after(isMore() ? m_limits.nextAddress : m_limits.connect);
            ErrorCode woken;
            co_await m_wake.async_wait(into(woken));
            isOver = !woken && !isMore();
            m_isNextDue = m_isNextDue || !woken;
        }
        for (const auto &attempt : m_attempts) {
            ErrorCode ignored;
            attempt->close(ignored);
        }
        co_return std::move(m_winner);
    }

private:
    [[nodiscard]] bool isMore() const { return m_next < m_places.size(); }

    void startNext()
    {
        m_isNextDue = false;
        ++m_open;
        const auto attempt = m_attempts.emplace_back(std::make_shared<tcp::socket>(m_executor));
        attempt->async_connect(
            m_places[m_next++], [self = shared_from_this(), attempt](const ErrorCode &error) {
                self->onEnd(attempt, error);
            });
    }

    void onEnd(const std::shared_ptr<tcp::socket> &attempt, const ErrorCode &error)
    {
        --m_open;
        if (!error && !m_winner)
            m_winner = std::move(*attempt);
        m_isNextDue = true;
        m_wake.cancel();
    }

    asio::any_io_executor m_executor;
    Places m_places;
    Limits m_limits;
    asio::steady_timer m_wake;
    std::vector<std::shared_ptr<tcp::socket>> m_attempts;
    std::optional<tcp::socket> m_winner;
    std::size_t m_next = 0;
    std::size_t m_open = 0;
    bool m_isNextDue = true;
};

} // namespace

Resolve systemResolve(Limits::Time patience)
{
    return [patience](
               asio::any_io_executor executor, const std::string &host, const std::string &port) {
        return search(std::move(executor), host, port, patience);
    };
}

Places inOrder(Places places, const std::optional<tcp::endpoint> &first)
{
    if (places.empty())
        return places;
    const bool isSixFirst = places.front().address().is_v6();
    const auto others = std::stable_partition(places.begin(), places.end(),
        [&](const tcp::endpoint &place) { return place.address().is_v6() == isSixFirst; });
    Places ordered;
    auto one = places.begin();
    auto other = others;
    while (one != others || other != places.end()) {
        if (one != others)
            ordered.push_back(*one++);
        if (other != places.end())
            ordered.push_back(*other++);
    }
    if (const auto known = std::find(ordered.begin(), ordered.end(), first); known != ordered.end())
        std::rotate(ordered.begin(), known, known + 1);
    return ordered;
}

Dialer::Dialer(asio::any_io_executor executor, const Limits &limits, Resolve resolve)
    : m_executor(std::move(executor))
    , m_limits(limits)
    , m_resolve(resolve ? std::move(resolve) : systemResolve(limits.connect))
{
}

Task<std::optional<tcp::socket>> Dialer::dial(const std::string &host, const std::string &port)
{
    const Host key(host, port);
    Places found = co_await m_resolve(m_executor, host, port);
    const auto known = m_known.find(key);
    const auto first = known != m_known.end() ? std::optional(known->second) : std::nullopt;
    const auto race =
        std::make_shared<Race>(m_executor, inOrder(std::move(found), first), m_limits);
    std::optional<tcp::socket> socket = co_await race->run();
    if (socket) {
        ErrorCode error;
        const tcp::endpoint place = socket->remote_endpoint(error);
        m_known[key] = place;
        socket->set_option(tcp::no_delay(true), error);
    }
    co_return socket;
}

} // namespace latchkey::ctl
