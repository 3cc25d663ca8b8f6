// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <QByteArrayList>
#include <QSet>

namespace latchkey {

//! Looks for secrets in a text that is about to leave Latchkey, such as a report. Unlike the
//! Redactor it knows the secrets themselves, and looks through megabytes.
//!
//! Only letters and digits count, and not their case. So a secret is found although something
//! stands between its letters: an end of line, quotes, blanks, the zeros of UTF-16. It is found as
//! it is, in Base64 (both alphabets, wherever a group begins) and in hex, also of its UTF-16; and
//! in what is percent-encoded or JSON-escaped, three layers deep. Of long ones, any 47 letters in a
//! row are found. One with fewer than 8 letters and digits is found only as a word of its own.
class LeakSearch {
public:
    LeakSearch();
    ~LeakSearch();
    Q_DISABLE_COPY_MOVE(LeakSearch)

    void add(const Secret &secret);
    [[nodiscard]] bool finds(const QByteArray &text) const;

private:
    void addForm(QByteArray form);
    void addEncodings(const QByteArray &bytes);
    [[nodiscard]] bool findsIn(const QByteArray &reading, int layers) const;
    [[nodiscard]] bool isIn(const QByteArray &reading) const;
    [[nodiscard]] size_t hashOf(QByteArrayView piece) const { return qHash(piece, m_key); }

    size_t m_key;
    //! Hashes of the pieces of what is looked for, without anything but letters and digits.
    QSet<size_t> m_pieces;
    //! What is shorter than a piece, in the same form.
    QByteArrayList m_short;
    //! What has too few letters and digits for that, as it is.
    QByteArrayList m_words;
};

} // namespace latchkey
