// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/redaction/appliancemessage.h"

#include "wire/redaction/decodings.h"
#include "wire/redaction/redactor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype longest = 200;

//! `{"Mfa_token": ["The field is required."]}`
QString firstFieldError(const QJsonObject &errors)
{
    if (errors.isEmpty())
        return {};
    const QJsonValue first = errors.begin().value();
    return first.isArray() ? first.toArray().at(0).toString() : first.toString();
}

const QRegularExpression &tokenLike()
{
    static const QRegularExpression pattern(u"[A-Za-z0-9+/=_.~%-]{40,}"_s);
    return pattern;
}

const QRegularExpression &codeLike()
{
    static const QRegularExpression pattern(u"\\b(\\d{6}|\\d{8})\\b"_s);
    return pattern;
}

QStringList wordsIn(const QByteArray &body)
{
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    QStringList words;
    for (const QString &said : {problem.value("title"_L1).toString(),
             problem.value("detail"_L1).toString(), problem.value("message"_L1).toString(),
             problem.value("error_description"_L1).toString(),
             firstFieldError(problem.value("errors"_L1).toObject())}) {
        if (!said.isEmpty() && !words.contains(said))
            words.append(said);
    }
    return words;
}

//! What looks like a token or a code only when it is decoded cannot be cut out, so all is withheld.
QString withoutLookalikes(QString text, const QList<QRegularExpression> &lookalikes)
{
    for (const QRegularExpression &lookalike : lookalikes)
        text.replace(lookalike, Redactor::withheld);
    const QString decodings = plainDecodingsOf(text).join(u'\n');
    const bool isHiding = std::ranges::any_of(
        lookalikes, [&](const auto &lookalike) { return decodings.contains(lookalike); });
    return isHiding ? Redactor::withheld : text;
}

//! On one line. The redactor has looked past blanks, so joining them uncovers no secret.
QString tidied(const QString &told, const Redactor &redactor)
{
    return withoutControls(redactor.redacted(told)).simplified();
}

} // namespace

QString applianceMessage(const HttpOutcome &outcome, const Redactor &redactor)
{
    const QString said = tidied(wordsIn(outcome.body).join(u' '), redactor);
    return shortened(withoutLookalikes(said, {tokenLike(), codeLike()}));
}

QString nameFrom(const QString &told, const Redactor &redactor)
{
    return shortened(withoutLookalikes(tidied(told, redactor), {tokenLike()}));
}

QString shortened(const QString &text)
{
    const QString shown = withoutControls(text);
    return shown.size() > longest ? withoutControls(shown.first(longest - 1)) + Redactor::withheld
                                  : shown;
}

} // namespace latchkey
