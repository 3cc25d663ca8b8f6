// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/redactor.h"

#include "wire/redaction/decodings.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype mostCredentials = 16;
constexpr qsizetype mostTokens = 32;
//! Shorter ones are words of their own.
constexpr qsizetype shortest = 4;
//! From here on parts are looked for, one in each stretch of this length.
constexpr qsizetype stretch = 32;
constexpr qsizetype partSize = 16;

//! As people compare: `Ö` composed or not, wide or not, large or small, is one.
QString folded(const QString &text)
{
    return withoutControls(text).normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QString withoutBlanks(QString text)
{
    return text.remove(u' ');
}

bool isWordAt(QStringView text, qsizetype at, qsizetype size)
{
    const qsizetype end = at + size;
    const bool isBegun = at > 0 && text.at(at - 1).isLetterOrNumber();
    return !isBegun && !(end < text.size() && text.at(end).isLetterOrNumber());
}

} // namespace

const QString Redactor::withheld = u"…"_s;

Redactor::Redactor()
    : m_key(static_cast<size_t>(QRandomGenerator::system()->generate64()))
{
}

void Redactor::rememberCredential(const Secret &secret)
{
    remember(m_credentials, traceOf(secret, false), mostCredentials);
}

void Redactor::rememberRefreshToken(const Secret &token)
{
    remember(m_tokens, traceOf(token, false), mostTokens);
}

void Redactor::rememberAccessToken(const Secret &token)
{
    remember(m_tokens, traceOf(token, true), mostTokens);
}

bool Redactor::forbids(const Secret &accessToken) const
{
    const Trace trace = traceOf(accessToken, true);
    const auto isSame = [&](const Trace &other) {
        return !other.isAccess && other.size == trace.size && other.whole == trace.whole;
    };
    return std::ranges::any_of(m_credentials, isSame) || std::ranges::any_of(m_tokens, isSame);
}

bool Redactor::finds(const QString &text) const
{
    const QString looked = text.left(longest);
    const Wanted hashes = wanted();
    const auto isHeld = [&](const QString &decoding) {
        return holds(withoutBlanks(folded(decoding)), hashes);
    };
    const auto isWord = [&](const QString &decoding) {
        return holdsWord(folded(decoding), hashes);
    };
    const QStringList decodings = decodingsOf(looked);
    return decodings.size() >= mostDecodings || std::ranges::any_of(decodings, isHeld)
        || std::ranges::any_of(plainDecodingsOf(looked), isWord);
}

QString Redactor::redacted(const QString &text) const
{
    return finds(text) ? withheld : text.left(longest);
}

Redactor::Trace Redactor::traceOf(const Secret &secret, bool isAccess) const
{
    QString text = withoutBlanks(folded(secret.toString()));
    const QStringView view(text);
    Trace trace{text.size(), hashOf(view), {}, isAccess};
    for (qsizetype at = 0; text.size() >= stretch && at + partSize <= text.size(); at += stretch)
        trace.parts.append(hashOf(view.sliced(at, partSize)));
    wipe(text);
    return trace;
}

size_t Redactor::hashOf(QStringView text) const
{
    return qHash(text, m_key);
}

bool Redactor::holds(const QString &decoding, const Wanted &wanted) const
{
    for (const auto &[size, hashes] : wanted) {
        if (size < shortest)
            continue;
        for (qsizetype at = 0; at + size <= decoding.size(); ++at) {
            if (std::ranges::binary_search(hashes, hashOf(QStringView(decoding).sliced(at, size))))
                return true;
        }
    }
    return false;
}

bool Redactor::holdsWord(const QString &decoding, const Wanted &wanted) const
{
    for (const auto &[size, hashes] : wanted) {
        if (size >= shortest)
            break;
        for (qsizetype at = 0; at + size <= decoding.size(); ++at) {
            if (isWordAt(decoding, at, size)
                && std::ranges::binary_search(
                    hashes, hashOf(QStringView(decoding).sliced(at, size))))
                return true;
        }
    }
    return false;
}

Redactor::Wanted Redactor::wanted() const
{
    Wanted wanted;
    for (const QList<Trace> &traces : {m_credentials, m_tokens}) {
        for (const Trace &trace : traces) {
            if (trace.parts.isEmpty())
                wanted[trace.size].append(trace.whole);
            else
                wanted[partSize].append(trace.parts);
        }
    }
    for (auto &[size, hashes] : wanted)
        std::ranges::sort(hashes);
    return wanted;
}

//! The newest last; what is remembered already becomes the newest.
void Redactor::remember(QList<Trace> &traces, const Trace &trace, qsizetype most)
{
    if (trace.size == 0)
        return;
    traces.removeIf([&](const Trace &other) {
        return other.isAccess == trace.isAccess && other.size == trace.size
            && other.whole == trace.whole;
    });
    if (traces.size() == most)
        traces.removeFirst();
    traces.append(trace);
}

} // namespace latchkey
