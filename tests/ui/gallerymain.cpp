// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! latchkey-gallery: draws each window in each of its states. `./dev demo` makes one sheet of all.

#include "shell/language.h"
#include "ui/gallery.h"
#include "widgets/clearstyle.h"
#include "widgets/palettes.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLocale>

#include <optional>

using namespace latchkey;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption dark(u"dark"_s, u"With light text on dark."_s);
    const QCommandLineOption language(u"language"_s, u"Such as de."_s, u"code"_s);
    parser.addOptions({dark, language});
    parser.addPositionalArgument(u"FOLDER"_s, u"Where the pictures go."_s);
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1 || !QDir().mkpath(parser.positionalArguments()[0]))
        parser.showHelp(2);

    QApplication::setStyle(new ui::ClearStyle);
    QApplication::setPalette(
        parser.isSet(dark) ? ui::darkPalette() : ui::readable(QApplication::palette()));
    std::optional<ui::Language> chosen;
    if (parser.isSet(language))
        chosen.emplace(QStringList{parser.value(language)});
    const QString folder = parser.positionalArguments().first();
    test::Gallery([&folder](QWidget &window, const QString &name) {
        window.grab().save(u"%1/%2.png"_s.arg(folder, name));
    }).drawAll();
    return 0;
}
