// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "base/combiningmarks.h"

namespace latchkey {

namespace {

//! Also those that only become marks when they are normalised.
bool isMark(char32_t letter)
{
    constexpr char32_t halfwidthVoiced = 0xff9e;
    constexpr char32_t halfwidthSemiVoiced = 0xff9f;
    switch (QChar::category(letter)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return true;
    default:
        return letter == halfwidthVoiced || letter == halfwidthSemiVoiced;
    }
}

} // namespace

QStringList streamSafePieces(const QString &text)
{
    QStringList pieces;
    qsizetype begin = 0;
    int marks = 0;
    for (qsizetype at = 0; at < text.size();) {
        const bool isPair =
            text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char32_t letter =
            isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : char32_t(text[at].unicode());
        if (isMark(letter) && marks == mostMarks) {
            pieces.append(text.sliced(begin, at - begin));
            begin = at;
            marks = 0;
        }
        marks = isMark(letter) ? marks + 1 : 0;
        at += isPair ? 2 : 1;
    }
    pieces.append(text.sliced(begin));
    return pieces;
}

} // namespace latchkey
