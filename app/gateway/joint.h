// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"

#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace latchkey::ctl {

//! Work that several tasks want at once: the first one does it, and the others get its result. One
//! thread only.
template<typename Result> class Joint {
public:
    using Work = std::function<Task<Result>()>;

    [[nodiscard]] bool isUnderWay() const { return m_flight != nullptr; }

    [[nodiscard]] Task<Result> run(asio::any_io_executor executor, Work work)
    {
        if (const auto flight = m_flight) {
            ErrorCode ignored;
            co_await flight->isOver.async_wait(into(ignored));
            co_return flight->outcome();
        }
        const auto flight = std::make_shared<Flight>(executor);
        m_flight = flight;
        try {
            flight->result = co_await work();
        } catch (...) {
            flight->failure = std::current_exception();
        }
        m_flight = nullptr;
        flight->isOver.cancel();
        co_return flight->outcome();
    }

private:
    struct Flight {
        explicit Flight(const asio::any_io_executor &executor)
            : isOver(executor, asio::steady_timer::time_point::max())
        {
        }

        [[nodiscard]] const Result &outcome() const
        {
            if (failure)
                std::rethrow_exception(failure);
            return *result;
        }

        asio::steady_timer isOver; // never expires; cancelled when the work is done
        std::optional<Result> result;
        std::exception_ptr failure;
    };
    std::shared_ptr<Flight> m_flight;
};

} // namespace latchkey::ctl
