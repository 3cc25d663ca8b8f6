// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/words.h"

#include "base/overloaded.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype longest = 200;
const QString cut = u"…"_s;

QList<Secret> secretsOf(const Grant &grant)
{
    return std::visit(Overloaded{
                          [](const PasswordGrant &g) { return QList<Secret>{g.password}; },
                          [](const MfaGrant &g) { return QList<Secret>{g.ticket, g.code}; },
                          [](const RefreshGrant &g) { return QList<Secret>{g.refreshToken}; },
                      },
        grant);
}

QString withoutSecrets(QString text, const Grant &grant)
{
    const auto secrets = secretsOf(grant);
    for (const Secret &secret : secrets) {
        const QString value = secret.toString();
        if (value.isEmpty())
            continue;
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(value));
        for (const QString &form : {value, value.simplified(), value.toHtmlEscaped()}) {
            if (!form.isEmpty())
                text.replace(form, cut);
        }
        text.replace(encoded, cut, Qt::CaseInsensitive);
    }
    static const QRegularExpression tokenLike(u"[A-Za-z0-9+/=_.~%-]{40,}"_s);
    static const QRegularExpression codeLike(u"\\b(\\d{6}|\\d{8})\\b"_s);
    return text.replace(tokenLike, cut).replace(codeLike, cut);
}

//! What a terminal or a window would obey rather than show is left out, and so are halves of
//! characters, which no JSON parser takes.
QString printable(const QString &text)
{
    QList<char32_t> shown;
    for (const uint code : text.toUcs4()) {
        const auto category = QChar::category(static_cast<char32_t>(code));
        if (category != QChar::Other_Control && category != QChar::Other_Format)
            shown.append(code);
    }
    return QString::fromUcs4(shown.constData(), shown.size());
}

//! `{"Mfa_token": ["The field is required."]}`
QString firstFieldError(const QJsonObject &errors)
{
    if (errors.isEmpty())
        return {};
    const QJsonValue first = errors.begin().value();
    return first.isArray() ? first.toArray().at(0).toString() : first.toString();
}

} // namespace

QString wordsOf(const HttpOutcome &outcome, const Grant &grant)
{
    const QJsonObject problem = QJsonDocument::fromJson(outcome.body).object();
    QStringList words;
    for (const QString &said : {problem.value("title"_L1).toString(),
             problem.value("detail"_L1).toString(), problem.value("message"_L1).toString(),
             firstFieldError(problem.value("errors"_L1).toObject())}) {
        if (!said.isEmpty() && !words.contains(said))
            words.append(said);
    }
    // Cut both before and after white space is tidied, which would change a secret that has some.
    const QString cutOnce = withoutSecrets(words.join(u' '), grant);
    return shortWords(withoutSecrets(cutOnce.simplified(), grant));
}

QString shortWords(const QString &text)
{
    const QString shown = printable(text);
    return shown.size() > longest ? printable(shown.first(longest - 1)) + cut : shown;
}

} // namespace latchkey
