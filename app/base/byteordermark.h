// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! Qt takes a byte order mark off a text that it reads from JSON: one that begins with several
//! would lose one each time that it is written and read again.
[[nodiscard]] inline QString withoutByteOrderMarks(QString text)
{
    while (text.startsWith(QChar(QChar::ByteOrderMark)))
        text.remove(0, 1);
    return text;
}

} // namespace latchkey
