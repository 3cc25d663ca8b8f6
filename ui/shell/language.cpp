// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/language.h"

#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

constexpr auto folder = ":/i18n"_L1;
constexpr auto before = "latchkey_"_L1;
constexpr auto after = ".qm"_L1;

//! `de_AT` of `de_AT_1996`; nothing of `de`.
QString broader(const QString &language)
{
    return language.left(std::max<qsizetype>(language.lastIndexOf(u'_'), 0));
}

} // namespace

QStringList Language::known()
{
    QStringList languages;
    const QStringList files = QDir(folder).entryList();
    for (const QString &file : files)
        languages.append(file.sliced(before.size()).chopped(after.size()));
    return languages;
}

QString Language::choose(const QStringList &wanted, const QStringList &known)
{
    for (QString language : wanted) {
        for (language.replace(u'-', u'_'); !language.isEmpty(); language = broader(language)) {
            if (known.contains(language))
                return language;
            if (language == "en"_L1 || language == "C"_L1)
                return {};
        }
    }
    return {};
}

Language::Language(const QStringList &wanted)
{
    const QString language = choose(wanted, known());
    if (language.isEmpty() || !m_ours.load(before + language, folder))
        return;
    const QLocale locale(language);
    // Else the person's own, which may have a country with other forms, or dates of another one.
    if (QLocale().language() != locale.language())
        QLocale::setDefault(locale);
    QCoreApplication::installTranslator(&m_ours);
    if (m_qts.load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qts);
    // Qt's own texts, which have the direction as well, may not be installed.
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace latchkey::ui
