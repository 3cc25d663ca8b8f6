// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/code.h"

#include <algorithm>

namespace latchkey {

std::optional<Secret> codeFrom(QStringView text)
{
    QString digits;
    for (const QChar c : text) {
        if (!c.isSpace())
            digits += c;
    }
    const bool isLong = digits.size() == 6 || digits.size() == 8;
    const bool isNumber =
        std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isLong || !isNumber)
        return {};
    return Secret::fromString(digits);
}

} // namespace latchkey
