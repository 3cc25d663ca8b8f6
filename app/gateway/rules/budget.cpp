// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/budget.h"

#include "gateway/rules/httperror.h"

#include <utility>

namespace latchkey::ctl {

void Budget::Share::growTo(std::size_t bytes)
{
    if (bytes <= m_bytes)
        return;
    const std::size_t more = bytes - m_bytes;
    if (more > m_budget.m_left)
        throw HttpError(503, "The requests that are under way are too large altogether.");
    m_budget.m_left -= more;
    m_bytes = bytes;
}

void Budget::Share::giveBack()
{
    m_budget.m_left += std::exchange(m_bytes, 0);
}

} // namespace latchkey::ctl
