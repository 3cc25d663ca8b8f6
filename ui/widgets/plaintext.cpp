// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/plaintext.h"

#include "protocol/escaped.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr QChar breakHere(0x200b);
constexpr QChar noBreakHere(0x2060);
constexpr QChar rightToLeftMark(0x200f);

} // namespace

QString escaped(const QString &text)
{
    return QString::fromStdString(protocol::escaped(text.toStdString()));
}

QString withoutMnemonic(const QString &text)
{
    static const QRegularExpression alone(u" ?\\(&.\\)"_s);
    static const QRegularExpression key(u"&(.)"_s);
    return QString(text).remove(alone).replace(key, u"\\1"_s);
}

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype end = most / 3; // by their ends files are told apart better than by the middle
    return text.first(most - end - 1) + u'…' + text.last(end);
}

QString listed(const QStringList &parts)
{
    return parts.join(QCoreApplication::translate("PlainText", ", ", "between parts of a list"));
}

QString withoutBreaks(QString text)
{
    return text.remove(breakHere).remove(noBreakHere).remove(rightToLeftMark);
}

QString wrappable(const QString &text)
{
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

QString withWholeNames(const QString &text)
{
    constexpr qsizetype longest = 40;
    QStringList words = text.split(u' ');
    for (QString &word : words) {
        if (word.size() <= longest)
            word.replace(u'-', u'-' + QString(noBreakHere));
    }
    return words.join(u' ');
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString()
                          : Qt::convertFromPlainText(wrappable(text), Qt::WhiteSpaceNormal);
}

Qt::Alignment readingSide()
{
    const bool isFromRight = QGuiApplication::isRightToLeft();
    return (isFromRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter;
}

QMargins readingMargins(int begin, int top, int end, int bottom)
{
    return QGuiApplication::isRightToLeft() ? QMargins(end, top, begin, bottom)
                                            : QMargins(begin, top, end, bottom);
}

QString fromReadingSide(const QString &text)
{
    return QGuiApplication::isRightToLeft() ? rightToLeftMark + text : text;
}

} // namespace latchkey::ui
