// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/redactor.h"

#include "base/combiningmarks.h"
#include "wire/redaction/decodings.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype mostCredentials = 16;
constexpr qsizetype mostTokens = 32;
//! Shorter secrets are looked for as words of their own.
constexpr qsizetype shortest = 4;
//! Of secrets as long as this, a part of each stretch of this length is looked for.
constexpr qsizetype stretch = 32;
constexpr qsizetype partSize = 16;

//! Makes one of all forms of a letter: `Ö` composed or not, wide or not, upper or lower case.
QString folded(const QString &text)
{
    QString all;
    for (const QString &piece : streamSafePieces(text))
        all += piece.normalized(QString::NormalizationForm_KC);
    return all.toCaseFolded();
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

void Redactor::hold(Role role, const Secret &secret)
{
    const Trace trace = traceOf(secret, role == Role::AccessToken);
    if (trace.size > 0)
        m_held[role] = trace;
}

bool Redactor::forbids(const Secret &accessToken) const
{
    return traces().contains(traceOf(accessToken, false));
}

bool Redactor::finds(const QString &text) const
{
    const QString looked = text.left(longest);
    const QStringList decodings = decodingsOf(looked);
    if (decodings.size() >= mostDecodings)
        return true;
    QStringList words;
    for (const QString &decoding : plainDecodingsOf(looked))
        words.append(folded(decoding));
    QStringList runs;
    for (const QString &decoding : decodings)
        runs.append(withoutBlanks(folded(decoding)));
    return std::ranges::any_of(wanted(), [&](const auto &wanted) {
        const auto &[size, hashes] = wanted;
        return std::ranges::any_of(size < shortest ? words : runs,
            [&](const QString &decoding) { return holds(decoding, size, hashes); });
    });
}

QString Redactor::redacted(const QString &text) const
{
    return finds(text) ? withheld : text.left(longest);
}

Redactor::Trace Redactor::traceOf(const Secret &secret, bool isAccess) const
{
    QString text = withoutBlanks(folded(withoutControls(secret.toString())));
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

QList<Redactor::Trace> Redactor::traces() const
{
    QList<Trace> all = m_credentials + m_tokens;
    for (const auto &[role, trace] : m_held)
        all.append(trace);
    return all;
}

Redactor::Wanted Redactor::wanted() const
{
    Wanted wanted;
    for (const Trace &trace : traces()) {
        if (trace.parts.isEmpty())
            wanted[trace.size].append(trace.whole);
        else
            wanted[partSize].append(trace.parts);
    }
    for (auto &[size, hashes] : wanted)
        std::ranges::sort(hashes);
    return wanted;
}

bool Redactor::holds(QStringView text, qsizetype size, const QList<size_t> &hashes) const
{
    for (qsizetype at = 0; at + size <= text.size(); ++at) {
        if ((size >= shortest || isWordAt(text, at, size))
            && std::ranges::binary_search(hashes, hashOf(text.sliced(at, size))))
            return true;
    }
    return false;
}

//! The newest last; what is remembered already becomes the newest.
void Redactor::remember(QList<Trace> &traces, const Trace &trace, qsizetype most)
{
    if (trace.size == 0)
        return;
    traces.removeAll(trace);
    if (traces.size() == most)
        traces.removeFirst();
    traces.append(trace);
}

} // namespace latchkey
