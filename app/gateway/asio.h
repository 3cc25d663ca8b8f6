// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <limits>
#include <utility> // Boost 1.74's awaitable.hpp uses std::exchange() and does not say so

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>

namespace latchkey::ctl {

namespace asio = boost::asio;
namespace beast = boost::beast;

using ErrorCode = boost::system::error_code;

//! For parsers. Boost 1.74 takes boost::none for less than every length.
inline constexpr std::uint64_t noLimit = std::numeric_limits<std::uint64_t>::max();

//! What takes time. All tasks but those of the agent run on one thread.
template<typename Result> using Task = asio::awaitable<Result>;

//! Where an error is an answer as any other.
[[nodiscard]] inline auto into(ErrorCode &error)
{
    return asio::redirect_error(asio::use_awaitable, error);
}

} // namespace latchkey::ctl
