// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"
#include "gateway/rules/limits.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace latchkey::ctl {

using Places = std::vector<asio::ip::tcp::endpoint>;

//! Finds the addresses of a host; none where there are none.
using Resolve = std::function<Task<Places>(
    asio::any_io_executor, const std::string &host, const std::string &port)>;

//! Connects to hosts that may have several addresses, some of them dead: where one does not answer
//! in time the next is tried beside it, and the first that connects is the one (RFC 8305). It is
//! tried first the next time. One thread only.
class Dialer {
public:
    Dialer(asio::any_io_executor executor, const Limits &limits, Resolve resolve);

    //! Nothing where no address can be reached.
    [[nodiscard]] Task<std::optional<asio::ip::tcp::socket>> dial(
        const std::string &host, const std::string &port);

private:
    using Host = std::pair<std::string, std::string>;

    asio::any_io_executor m_executor;
    Limits m_limits;
    Resolve m_resolve;
    std::map<Host, asio::ip::tcp::endpoint> m_known;
};

//! Asks the system, which cannot be broken off, only be left to itself after so long.
[[nodiscard]] Resolve systemResolve(Limits::Time patience);

//! In the order of RFC 8305, 4: as given, but both families by turns; `first` before all.
[[nodiscard]] Places inOrder(Places places, const std::optional<asio::ip::tcp::endpoint> &first);

} // namespace latchkey::ctl
