// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/leaksearch.h"

#include <QRandomGenerator>
#include <QStringEncoder>

#include <algorithm>

namespace latchkey {

namespace {

constexpr int mostLayers = 3;
//! Any 47 letters in a row hold one whole piece.
constexpr qsizetype pieceSize = 24;
constexpr qsizetype fewest = 8;
constexpr qsizetype base64Group = 3;

bool isLetter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

//! Letters and digits of \a text, in lower case.
QByteArray squeezed(QByteArrayView text)
{
    QByteArray letters(text.size(), Qt::Uninitialized);
    char *end = letters.data();
    for (const char c : text) {
        if (isLetter(c))
            *end++ = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    letters.truncate(end - letters.constData());
    return letters;
}

//! The letters that stay the same whatever stands before and behind \a bytes, of which the first is
//! number \a at of its group (RFC 4648 §4).
QByteArray middleOfBase64(const QByteArray &bytes, qsizetype at)
{
    constexpr qsizetype spoilt[] = {0, 2, 3};
    QByteArray letters =
        (QByteArray(at, '\0') + bytes).toBase64(QByteArray::OmitTrailingEquals).mid(spoilt[at]);
    if ((at + bytes.size()) % base64Group != 0)
        letters.chop(1);
    return letters;
}

bool isWordIn(const QByteArray &text, const QByteArray &word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        const bool isBegun = at > 0 && isLetter(text.at(at - 1));
        if (!isBegun && !(end < text.size() && isLetter(text.at(end))))
            return true;
    }
    return false;
}

//! RFC 8259 §7. Halves of surrogate pairs are no letters, and may come out as they like.
QByteArray jsonDecoded(const QByteArray &text)
{
    QByteArray decoded;
    decoded.reserve(text.size());
    qsizetype done = 0;
    for (qsizetype at = text.indexOf('\\'); at >= 0 && at + 1 < text.size();
        at = text.indexOf('\\', done)) {
        decoded += text.sliced(done, at - done);
        const char escaped = text.at(at + 1);
        bool isNumber = escaped == 'u';
        const ushort code = isNumber ? text.mid(at + 2, 4).toUShort(&isNumber, 16) : 0;
        if (isNumber)
            decoded += QString(QChar(code)).toUtf8();
        else
            decoded += QByteArrayView("bfnrt").contains(escaped) ? ' ' : escaped;
        done = at + (isNumber ? 6 : 2);
    }
    decoded += text.mid(done);
    return decoded;
}

} // namespace

LeakSearch::LeakSearch()
    : m_key(static_cast<size_t>(QRandomGenerator::system()->generate64()))
{
}

LeakSearch::~LeakSearch()
{
    std::ranges::for_each(m_short, [](QByteArray &secret) { wipe(secret); });
    std::ranges::for_each(m_words, [](QByteArray &secret) { wipe(secret); });
}

void LeakSearch::add(const Secret &secret)
{
    if (secret.isEmpty())
        return;
    QByteArray bytes = secret.toByteArray();
    QByteArray letters = squeezed(bytes);
    if (letters.size() < fewest)
        m_words.append(secret.toByteArray());
    else
        addForm(bytes);
    wipe(letters);
    addEncodings(bytes);
    QString text = secret.toString();
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        QByteArray wide = QStringEncoder(encoding)(text);
        addEncodings(wide);
        wipe(wide);
    }
    wipe(text);
    wipe(bytes);
}

void LeakSearch::addEncodings(const QByteArray &bytes)
{
    addForm(bytes.toHex());
    for (qsizetype at = 0; at < base64Group; ++at)
        addForm(middleOfBase64(bytes, at));
}

void LeakSearch::addForm(QByteArray form)
{
    QByteArray letters = squeezed(form);
    wipe(form);
    if (letters.size() >= fewest && letters.size() < pieceSize) {
        m_short.append(letters);
        return;
    }
    const QByteArrayView view(letters);
    for (qsizetype at = 0; at + pieceSize <= view.size(); at += pieceSize)
        m_pieces.insert(hashOf(view.sliced(at, pieceSize)));
    wipe(letters);
}

bool LeakSearch::finds(const QByteArray &text) const
{
    return findsIn(text, mostLayers);
}

bool LeakSearch::findsIn(const QByteArray &reading, int layers) const
{
    if (isIn(reading))
        return true;
    if (layers == 0)
        return false;
    const auto decodings = {jsonDecoded(reading), QByteArray::fromPercentEncoding(reading)};
    return std::ranges::any_of(decodings, [&](const QByteArray &decoding) {
        return decoding != reading && findsIn(decoding, layers - 1);
    });
}

bool LeakSearch::isIn(const QByteArray &reading) const
{
    const QByteArray letters = squeezed(reading);
    const QByteArrayView view(letters);
    for (qsizetype at = 0; !m_pieces.isEmpty() && at + pieceSize <= view.size(); ++at) {
        if (m_pieces.contains(hashOf(view.sliced(at, pieceSize))))
            return true;
    }
    return std::ranges::any_of(m_short, [&](const QByteArray &s) { return letters.contains(s); })
        || std::ranges::any_of(m_words, [&](const QByteArray &w) { return isWordIn(reading, w); });
}

} // namespace latchkey
