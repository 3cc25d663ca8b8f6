// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>
#include <string>

namespace latchkey::ctl {

//! Ends a request with a status and a sentence for the client.
class HttpError : public std::runtime_error {
public:
    HttpError(unsigned status, const std::string &sentence)
        : std::runtime_error(sentence)
        , m_status(status)
    {
    }

    [[nodiscard]] unsigned status() const { return m_status; }

private:
    unsigned m_status;
};

} // namespace latchkey::ctl
