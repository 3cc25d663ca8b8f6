// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "plaintext.h"

#include <QTextDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! Categories that say so, and letters that look like nothing.
bool isSeen(char32_t character)
{
    constexpr std::array unseen{QChar::Other_Control, QChar::Other_Format, QChar::Other_Surrogate,
        QChar::Other_PrivateUse, QChar::Other_NotAssigned, QChar::Separator_Space,
        QChar::Separator_Line, QChar::Separator_Paragraph};
    constexpr std::array<char32_t, 4> hangulFillers{0x115f, 0x1160, 0x3164, 0xffa0};
    return character == U' '
        || (std::ranges::find(unseen, QChar::category(character)) == unseen.end()
            && std::ranges::find(hangulFillers, character) == hangulFillers.end());
}

} // namespace

QString visible(const QString &text)
{
    QString result;
    const auto characters = text.toUcs4();
    for (const char32_t character : characters) {
        if (isSeen(character))
            result += QChar::fromUcs4(character);
        else
            result += u"\\u%1"_s.arg(static_cast<uint>(character), 4, 16, QLatin1Char('0'));
    }
    return result;
}

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype end = most / 3; // tells more files apart than the middle does
    return text.first(most - end - 1) + u'…' + text.last(end);
}

QString wrappable(const QString &text)
{
    constexpr QChar breakHere(0x200b);
    constexpr int longest = 20;
    QString result;
    int length = 0;
    for (const QChar character : text) {
        if (length >= longest && !character.isLowSurrogate()) {
            result += breakHere;
            length = 0;
        }
        result += character;
        length = character.isSpace() ? 0 : length + 1;
    }
    return result;
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString()
                          : Qt::convertFromPlainText(wrappable(text), Qt::WhiteSpaceNormal);
}

} // namespace latchkey::ui
