// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/code.h"

#include "protocol/input.h"

#include <algorithm>

namespace latchkey {

std::optional<Secret> codeFrom(QStringView text)
{
    QByteArray typed = text.toUtf8();
    auto digits = protocol::codeDigits({typed.constData(), static_cast<std::size_t>(typed.size())});
    wipe(typed);
    if (!digits)
        return {};
    const Secret code = Secret::fromBytes({digits->data(), static_cast<qsizetype>(digits->size())});
    std::fill(digits->begin(), digits->end(), '\0');
    return code;
}

} // namespace latchkey
