// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/ledgercsv.h"

#include "widgets/plaintext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr std::array columns{"at"_L1, "session"_L1, "program"_L1, "script"_L1, "parents"_L1,
    "parentScript"_L1, "pid"_L1, "terminal"_L1, "certain"_L1, "answer"_L1, "requests"_L1};

//! Spreadsheets take what begins with one of these for a formula, and an apostrophe for the sign
//! that it is none. In many languages they part cells by semicolons, too.
QString harmless(QString text)
{
    static const QRegularExpression formula(u"(^|;)(?=[=+\\-@＝＋－＠])"_s);
    return text.replace(formula, u"\\1'"_s);
}

QString cell(QString text)
{
    text = harmless(escaped(text));
    if (!text.contains(u'"') && !text.contains(u','))
        return text;
    return u'"' + text.replace(u'"', "\"\""_L1) + u'"';
}

QString textOf(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList words;
    for (const QJsonValue &word : value.toArray())
        words.append(word.toString());
    return words.join(u' ');
}

} // namespace

QByteArray csvOf(const QList<HandOut> &handOuts)
{
    QStringList head;
    for (const QLatin1StringView column : columns)
        head.append(column);
    QString lines = head.join(u',') + "\r\n"_L1;
    for (const HandOut &handOut : handOuts) {
        const QJsonObject json = jsonFrom(handOut);
        QStringList cells;
        for (const QLatin1StringView column : columns)
            cells.append(cell(textOf(json.value(column))));
        lines += cells.join(u',') + "\r\n"_L1;
    }
    return lines.toUtf8();
}

} // namespace latchkey::ui
