// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

namespace latchkey {

//! \a text without what a terminal or a window would obey rather than show, and without halves of
//! characters, which no JSON parser takes. White space of all sorts becomes blanks.
[[nodiscard]] QString withoutControls(const QString &text);

//! All that a text can be read as: first as it stands, made visible; then percent-, form-, HTML-
//! and JSON-decoded, in any order, three layers deep.
[[nodiscard]] QStringList plainDecodingsOf(const QString &text);

//! Words have far fewer decodings. A text that has as many may have more, that nobody looked at.
inline constexpr qsizetype mostDecodings = 300;

//! The same, and what it says in Base64 (RFC 4648 §4 and §5) and in hex, wherever in a run of
//! letters that begins. At most `mostDecodings`, of which most make no sense.
[[nodiscard]] QStringList decodingsOf(const QString &text);

} // namespace latchkey
