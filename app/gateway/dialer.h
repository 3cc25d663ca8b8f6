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

//! Looks up the addresses of a host; returns none if there are none.
using Resolve = std::function<Task<Places>(
    asio::any_io_executor, const std::string &host, const std::string &port)>;

//! Connects to hosts that may have several addresses, some of them dead. If one does not answer in
//! time, the next is tried alongside it, and the first one that connects is used (RFC 8305). Next
//! time it is tried first. One thread only.
class Dialer {
public:
    Dialer(asio::any_io_executor executor, const Limits &limits, Resolve resolve);

    //! Nothing if no address can be reached.
    [[nodiscard]] Task<std::optional<asio::ip::tcp::socket>> dial(
        const std::string &host, const std::string &port);

private:
    using Host = std::pair<std::string, std::string>;

    asio::any_io_executor m_executor;
    Limits m_limits;
    Resolve m_resolve;
    std::map<Host, asio::ip::tcp::endpoint> m_known;
};

//! Asks the system. Its lookup cannot be cancelled, only abandoned after `patience`.
[[nodiscard]] Resolve systemResolve(Limits::Time patience);

//! The order of RFC 8305, 4: as given, but alternating between the two families; `first` before
//! all.
[[nodiscard]] Places inOrder(Places places, const std::optional<asio::ip::tcp::endpoint> &first);

} // namespace latchkey::ctl
