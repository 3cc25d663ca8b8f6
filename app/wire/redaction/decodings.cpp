// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/decodings.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int layers = 3;

using Decode = QStringList (*)(const QString &text);

//! As UTF-8 and as Latin-1, since nobody says which of them the bytes are. Letters of UTF-16 that
//! Latin-1 has come out right as well: their other byte is NUL, a control.
QStringList readAs(const QByteArray &bytes)
{
    return {QString::fromUtf8(bytes), QString::fromLatin1(bytes)};
}

//! As UTF-16 too, for the letters that Latin-1 does not have.
QStringList readAsAny(const QByteArray &bytes)
{
    QStringDecoder littleEnd(QStringDecoder::Utf16LE);
    QStringDecoder bigEnd(QStringDecoder::Utf16BE);
    return readAs(bytes) + QStringList{littleEnd(bytes), bigEnd(bytes)};
}

QString replaced(const QString &text, const QRegularExpression &pattern,
    QString (*meaning)(const QRegularExpressionMatch &match))
{
    QString result;
    qsizetype end = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        result += QStringView(text).sliced(end, match.capturedStart() - end);
        result += meaning(match);
        end = match.capturedEnd();
    }
    result += QStringView(text).sliced(end);
    return result;
}

QString characterOf(const QString &digits, int base)
{
    const char32_t code = digits.toUInt(nullptr, base);
    return QString::fromUcs4(&code, 1);
}

QStringList percentDecoded(const QString &text)
{
    if (!text.contains(u'%'))
        return {};
    return readAs(QByteArray::fromPercentEncoding(text.toUtf8()));
}

QStringList plusDecoded(const QString &text)
{
    return {QString(text).replace(u'+', u' ')};
}

QStringList htmlDecoded(const QString &text)
{
    static const QRegularExpression entity(
        u"&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos|nbsp));"_s,
        QRegularExpression::CaseInsensitiveOption);
    return {replaced(text, entity, [](const QRegularExpressionMatch &match) {
        static const QHash<QString, QString> names{{u"amp"_s, u"&"_s}, {u"lt"_s, u"<"_s},
            {u"gt"_s, u">"_s}, {u"quot"_s, u"\""_s}, {u"apos"_s, u"'"_s}, {u"nbsp"_s, u" "_s}};
        if (match.hasCaptured(3))
            return names.value(match.captured(3).toLower());
        const bool isHex = match.hasCaptured(1) && !match.captured(1).isEmpty();
        return characterOf(match.captured(isHex ? 1 : 2), isHex ? 16 : 10);
    })};
}

//! RFC 8259 §7, and `\x70` as in C. A smile comes as two escapes, one for each surrogate.
QStringList jsonDecoded(const QString &text)
{
    static const QRegularExpression escape(u"\\\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([bfnrt])|(.))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return {replaced(text, escape, [](const QRegularExpressionMatch &match) {
        if (!match.captured(3).isEmpty())
            return u" "_s;
        if (!match.captured(4).isEmpty())
            return match.captured(4);
        const QString digits = match.captured(1) + match.captured(2);
        return QString(QChar(static_cast<char16_t>(digits.toUShort(nullptr, 16))));
    })};
}

//! What all runs say when each is read from its character \a skip on: one text for each way of
//! readAsAny().
QStringList unpacked(const QString &text, const QRegularExpression &run, qsizetype skip,
    QByteArray (*decode)(const QByteArray &run))
{
    QStringList decodings(readAsAny({}));
    for (auto matches = run.globalMatch(text); matches.hasNext();) {
        const QStringList read = readAsAny(decode(matches.next().captured().toLatin1().mid(skip)));
        for (qsizetype i = 0; i < read.size(); ++i)
            decodings[i] += read.at(i) + u'\n';
    }
    return decodings;
}

//! Four letters make a group. The first may begin anywhere in a run, as words may stand before it.
QStringList base64Decoded(const QString &text)
{
    static const QRegularExpression run(u"[A-Za-z0-9+/]{6,}"_s);
    const QString packed = QString(text).remove(u' ').replace(u'-', u'+').replace(u'_', u'/');
    QStringList decodings;
    for (qsizetype skip = 0; skip < 4; ++skip) {
        const auto decode = [](const QByteArray &letters) {
            return QByteArray::fromBase64(letters);
        };
        decodings += unpacked(packed, run, skip, decode);
    }
    return decodings;
}

//! With or without something between the bytes: `70 2b`, `70:2b`, `0x70, 0x2b`.
QStringList hexDecoded(const QString &text)
{
    static const QRegularExpression between(u"0x|\\\\x|[ :,-]"_s);
    static const QRegularExpression run(u"[0-9A-Fa-f]{8,}"_s);
    const QString packed = QString(text).remove(between);
    QStringList decodings;
    for (qsizetype skip = 0; skip < 2; ++skip)
        decodings += unpacked(packed, run, skip, QByteArray::fromHex);
    return decodings;
}

QStringList decodings(const QString &text, const QList<Decode> &decoders)
{
    QStringList all{withoutControls(text)};
    qsizetype done = 0;
    for (int layer = 0; layer < layers; ++layer) {
        for (const qsizetype end = all.size(); done < end; ++done) {
            QStringList next;
            for (const Decode decode : decoders)
                next += decode(all.at(done));
            for (const QString &decoding : std::as_const(next)) {
                const QString shown = withoutControls(decoding);
                if (all.size() < mostDecodings && !shown.trimmed().isEmpty()
                    && !all.contains(shown))
                    all.append(shown);
            }
        }
    }
    return all;
}

} // namespace

QString withoutControls(const QString &text)
{
    QList<char32_t> shown;
    for (const char32_t code : text.toUcs4()) {
        const auto category = QChar::category(code);
        if (QChar::isSpace(code))
            shown.append(U' ');
        else if (category != QChar::Other_Control && category != QChar::Other_Format)
            shown.append(code);
    }
    return QString::fromUcs4(shown.constData(), shown.size());
}

QStringList plainDecodingsOf(const QString &text)
{
    return decodings(text, {percentDecoded, plusDecoded, htmlDecoded, jsonDecoded});
}

QStringList decodingsOf(const QString &text)
{
    return decodings(
        text, {percentDecoded, plusDecoded, htmlDecoded, jsonDecoded, base64Decoded, hexDecoded});
}

} // namespace latchkey
