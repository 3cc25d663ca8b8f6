// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/connection.h"

#include "client/failures.h"
#include "protocol/agentaddress.h"

#include <array>
#include <iterator>
#include <utility>

namespace latchkey::ctl {

namespace {

constexpr std::size_t maximumLine = std::size_t{8} * 1024 * 1024;

} // namespace

Connection::Connection(TimePoint limit)
{
    const auto addresses = protocol::agentAddresses();
    for (auto address = addresses.begin(); m_native < 0; ++address) {
        try {
            open(*address, limit);
        } catch (const Failure &failure) {
            if (failure.code() != ExitCode::NoAgent || std::next(address) == addresses.end())
                throw;
        }
    }
}

NativeConnection Connection::release()
{
    return std::exchange(m_native, -1);
}

std::optional<std::string> Connection::readLine(TimePoint limit)
{
    std::size_t searched = 0;
    for (;;) {
        const auto end = m_unread.find('\n', searched);
        if (end != std::string::npos) {
            std::string line = m_unread.substr(0, end);
            m_unread.erase(0, end + 1);
            return line;
        }
        if (m_unread.size() > maximumLine)
            throw answerTooLong();
        searched = m_unread.size();
        std::array<char, 16384> chunk; // NOLINT: filled by receive()
        const std::size_t got = receive(chunk, limit);
        if (got == 0)
            return std::nullopt;
        m_unread.append(chunk.data(), got);
    }
}

} // namespace latchkey::ctl
