// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/tcpowner.h"

#include <boost/asio/ip/tcp.hpp>

namespace latchkey::ctl {

[[nodiscard]] inline TcpEnd endFrom(const boost::asio::ip::tcp::endpoint &endpoint)
{
    return {endpoint.address().to_string(), endpoint.port()};
}

} // namespace latchkey::ctl
