// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/interpreter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

struct Interpreter {
    //! Without versions, between blanks.
    QLatin1StringView names;
    //! Letters of the options after which there are commands and no script.
    QLatin1StringView commandLetters;
    //! Options whose value is an argument of its own, between blanks.
    QLatin1StringView withValue;
};

constexpr std::array interpreters{
    Interpreter{" ash bash dash fish ksh mksh sh zsh "_L1, "cs"_L1,
        " -o +o -O +O --rcfile --init-file "_L1},
    Interpreter{" python pypy "_L1, "cm"_L1, " -W -X --check-hash-based-pycs "_L1},
    Interpreter{" perl "_L1, "eE"_L1, " -I "_L1},
    Interpreter{" ruby "_L1, "e"_L1, " -I -r -C "_L1},
    Interpreter{" node nodejs "_L1, "ep"_L1, " -r --require --import --loader "_L1},
    Interpreter{" php "_L1, "rBRE"_L1, " -c -d "_L1},
    Interpreter{" lua tclsh Rscript "_L1, "e"_L1, {}},
    Interpreter{" pwsh "_L1, {},
        " -c -Command -ec -EncodedCommand -ep -ex -ExecutionPolicy -wd -WorkingDirectory "_L1},
};
constexpr const Interpreter &shells = interpreters.front();

bool isAmong(QLatin1StringView words, const QString &word)
{
    return words.contains(u' ' + word + u' ');
}

QString nameWithoutVersion(const QString &file)
{
    QString name = file.section(u'/', -1);
    while (!name.isEmpty() && (name.back().isDigit() || name.back() == u'.'))
        name.chop(1);
    return name;
}

const Interpreter *interpreterIn(const QString &file)
{
    const QString name = nameWithoutVersion(file);
    const auto found = std::ranges::find_if(
        interpreters, [&](const Interpreter &known) { return isAmong(known.names, name); });
    return name.isEmpty() || found == interpreters.end() ? nullptr : &*found;
}

bool isOption(const QString &argument)
{
    return argument.startsWith(u'-') || argument.startsWith(u'+');
}

bool startsCommands(const Interpreter &interpreter, const QString &option)
{
    const bool isLong = option.startsWith("--"_L1);
    return option == "-"_L1 || (!isLong && std::ranges::any_of(option, [&](QChar letter) {
        return interpreter.commandLetters.contains(letter);
    }));
}

QString argumentOf(const Interpreter &interpreter, const QStringList &arguments)
{
    for (qsizetype at = 1; at < arguments.size(); ++at) {
        const QString &argument = arguments[at];
        if (argument == "--"_L1)
            return arguments.value(at + 1);
        if (!isOption(argument))
            return argument;
        if (isAmong(interpreter.withValue, argument))
            ++at;
        else if (startsCommands(interpreter, argument))
            return {};
    }
    return {};
}

} // namespace

bool isInterpreter(const QString &file)
{
    return interpreterIn(file);
}

bool isShell(const QString &file)
{
    return interpreterIn(file) == &shells;
}

QString scriptIn(const QString &file, const QStringList &arguments, const QString &folder)
{
    const Interpreter *interpreter = interpreterIn(file);
    const QString script = interpreter ? argumentOf(*interpreter, arguments) : QString();
    const bool isRelative = !script.isEmpty() && !script.startsWith(u'/') && !folder.isEmpty();
    return isRelative ? QDir::cleanPath(folder + u'/' + script) : script;
}

QString scriptOf(qint64 pid, const QString &file)
{
    constexpr qint64 most = 8192;
    const QString process = u"/proc/%1/"_s.arg(pid);
    QFile commandLine(process + u"cmdline"_s);
    if (!isInterpreter(file) || !commandLine.open(QFile::ReadOnly))
        return {};
    QStringList arguments;
    for (const QByteArray &argument : commandLine.read(most).split('\0'))
        arguments.append(QFile::decodeName(argument));
    return scriptIn(file, arguments, QFileInfo(process + u"cwd"_s).symLinkTarget());
}

} // namespace latchkey
