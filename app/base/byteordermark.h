// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace latchkey {

//! When Qt reads a text from JSON it takes off one byte order mark. A text that begins with several
//! would lose one each time it is written and read again, and so never stay the same.
[[nodiscard]] inline QString withoutByteOrderMarks(QString text)
{
    while (text.startsWith(QChar(QChar::ByteOrderMark)))
        text.remove(0, 1);
    return text;
}

} // namespace latchkey
