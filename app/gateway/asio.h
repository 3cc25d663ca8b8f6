// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <limits>
#include <utility> // Boost 1.74's awaitable.hpp uses std::exchange() without including this

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>

namespace latchkey::ctl {

namespace asio = boost::asio;
namespace beast = boost::beast;

using ErrorCode = boost::system::error_code;

//! No limit for parsers. Boost 1.74 treats boost::none as smaller than any length.
inline constexpr std::uint64_t noLimit = std::numeric_limits<std::uint64_t>::max();

//! An operation that takes time. All tasks, except the ones for the agent, run on one thread.
template<typename Result> using Task = asio::awaitable<Result>;

//! For calls whose errors are ordinary results and not exceptions.
[[nodiscard]] inline auto into(ErrorCode &error)
{
    return asio::redirect_error(asio::use_awaitable, error);
}

} // namespace latchkey::ctl
