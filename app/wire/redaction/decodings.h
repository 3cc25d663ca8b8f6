// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

namespace latchkey {

//! \a text as a single line of whole characters: white space of all sorts becomes blanks; controls,
//! which a terminal or a window would obey, and halves of surrogate pairs, which no JSON parser
//! takes, are left out.
[[nodiscard]] QString withoutControls(const QString &text);

// Texts are decoded, and not secrets encoded to be looked for: any letter of a secret may be
// escaped or in another case before all of it is put into Base64, so its encodings cannot be
// listed.

//! All that \a text can be read as, without controls: first as it stands, then percent-, form-,
//! HTML- and JSON-decoded in any order, three layers deep.
[[nodiscard]] QStringList plainDecodingsOf(const QString &text);

//! No more are made. Words have far fewer; a text that has as many may have others, unlooked at.
inline constexpr qsizetype mostDecodings = 300;

//! The same, and what \a text says in Base64 (RFC 4648 §4 and §5) and in hex, wherever in a run of
//! letters that begins. At most `mostDecodings`, most of them nonsense.
[[nodiscard]] QStringList decodingsOf(const QString &text);

} // namespace latchkey
