// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

namespace latchkey {

//! No script needs more combining marks in a row (UAX #15, Stream-Safe Text Format). Qt sorts them
//! when it normalises text, which takes the square of their number: of some ten thousand, half a
//! minute.
inline constexpr int mostMarks = 30;

//! \a text, cut wherever so many marks are in a row. Each piece can be normalised by itself.
[[nodiscard]] QStringList streamSafePieces(const QString &text);

} // namespace latchkey
