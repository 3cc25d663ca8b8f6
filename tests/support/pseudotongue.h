// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace latchkey::test {

//! A language as long as it lives, in which every translated text stands in brackets, is longer by
//! two fifths and has no plain Latin letter: `Sign in` is `[Šïğñ ïñ ýýý]`. So whatever is cut, or
//! was never translated, stands out.
class PseudoTongue final : public QTranslator {
public:
    PseudoTongue() { QCoreApplication::installTranslator(this); }

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char * /*context*/, const char *text,
        const char * /*comment*/, int /*n*/) const override
    {
        const QString source = QString::fromUtf8(text);
        const bool isDirection = source == QStringLiteral("QT_LAYOUT_DIRECTION");
        return isDirection ? QStringLiteral("LTR")
                           : u'[' + accented(source) + u' ' + more(source.size()) + u']';
    }

private:
    //! Without the places of values, such as `%1` and `%n`.
    [[nodiscard]] static QString accented(const QString &source)
    {
        static const QString plain =
            QStringLiteral("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        static const QString strange =
            QStringLiteral("äƀçđëƒğħïĵķłɱñöþʠřšŧüṽŵẋýžÄɃÇĐËƑĞĦÏĴĶŁṀÑÖÞɊŘŠŦÜṼŴẊÝŽ");
        QString text = source;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const qsizetype place = plain.indexOf(text[i]);
            const bool isValue = i > 0 && text[i - 1] == u'%';
            if (place >= 0 && !isValue)
                text[i] = strange[place];
        }
        return text;
    }

    //! In words that a line may be broken between.
    [[nodiscard]] static QString more(qsizetype length)
    {
        QString text;
        for (qsizetype rest = (length * 2 + 4) / 5; rest > 0; --rest)
            text += rest % 7 ? u'ý' : u' ';
        return text.simplified();
    }
};

} // namespace latchkey::test
