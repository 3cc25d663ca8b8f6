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

//! Texts of Qt's that are seen in our windows. Qt's own translations are in a package that may not
//! be installed. Only lupdate reads this.
[[maybe_unused]] constexpr const char *ofQt[] = {
    QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&Yes"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&No"),
    QT_TRANSLATE_NOOP("QFileDialog", "Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "File &name:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "&Save"),
    QT_TRANSLATE_NOOP("QFileDialog", "%1 already exists.\nDo you want to replace it?"),
    QT_TRANSLATE_NOOP("QLineEdit", "&Undo"),
    QT_TRANSLATE_NOOP("QLineEdit", "&Redo"),
    QT_TRANSLATE_NOOP("QLineEdit", "Cu&t"),
    QT_TRANSLATE_NOOP("QLineEdit", "&Copy"),
    QT_TRANSLATE_NOOP("QLineEdit", "&Paste"),
    QT_TRANSLATE_NOOP("QLineEdit", "Delete"),
    QT_TRANSLATE_NOOP("QLineEdit", "Select All"),
    QT_TRANSLATE_NOOP("QWidgetTextControl", "&Copy"),
    QT_TRANSLATE_NOOP("QWidgetTextControl", "Select All"),
    QT_TRANSLATE_NOOP("QShortcut", "+"), // between keys, as in Ctrl+F
    QT_TRANSLATE_NOOP("QShortcut", "Ctrl"),
    QT_TRANSLATE_NOOP("QShortcut", "Shift"),
    QT_TRANSLATE_NOOP("QShortcut", "Del"),
    QT_TRANSLATE_NOOP("QShortcut", "Enter"),
    QT_TRANSLATE_NOOP("QShortcut", "Esc"),
};

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
    if (m_qts.load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qts);
    // Asked first: Qt's Hebrew has marks in the names of keys that turn round what follows them.
    QCoreApplication::installTranslator(&m_ours);
    // Qt's own texts, which have the direction as well, may not be installed.
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace latchkey::ui
