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
    //! Letters of the options that have a value: the rest of the argument or else the next one.
    QLatin1StringView valueLetters;
    //! Longer options whose value is an argument of its own, between blanks.
    QLatin1StringView withValue;
    //! The only option whose value is a script; empty where the first argument is one.
    QLatin1StringView scriptOption = {};
};

constexpr std::array interpreters{
    Interpreter{
        " ash bash csh dash elvish fish ksh mksh nu osh posh rbash sh tcsh xonsh yash zsh "_L1,
        "cs"_L1, "oO"_L1, " --rcfile --init-file "_L1},
    Interpreter{" python pypy micropython "_L1, "cm"_L1, "WX"_L1, " --check-hash-based-pycs "_L1},
    Interpreter{" perl raku "_L1, "eE"_L1, "FIMim"_L1, {}},
    Interpreter{" ruby jruby truffleruby "_L1, "e"_L1, "CEFIKTWir"_L1, {}},
    Interpreter{" node nodejs "_L1, "ep"_L1, "r"_L1, " --require --import --loader "_L1},
    Interpreter{" php "_L1, "rBRE"_L1, "cdz"_L1, {}},
    Interpreter{" lua luajit tclsh wish Rscript "_L1, "e"_L1, "l"_L1, {}},
    Interpreter{" expect "_L1, "c"_L1, {}, {}},
    Interpreter{" java "_L1, {}, {},
        " -cp -classpath --class-path -p --module-path --add-modules -m --module "_L1},
    Interpreter{" awk gawk mawk nawk original-awk sed gsed make gmake R octave octave-cli "_L1, {},
        {}, {}, "-f"_L1},
    Interpreter{" pwsh "_L1, {}, {},
        " -c -Command -ec -EncodedCommand -ep -ex -ExecutionPolicy -wd -WorkingDirectory "_L1},
};
constexpr const Interpreter &shells = interpreters.front();

//! Of these nobody tells what they run, because their arguments begin with commands of their own.
constexpr auto silent = " bun busybox deno dotnet emacs emacs-gtk emacs-nox erl gdb groovy guile "
                        "julia ld-linux ld-musl mono sbcl scala swipl toybox "_L1;

bool isAmong(QLatin1StringView words, const QString &word)
{
    return words.contains(u' ' + word + u' ');
}

//! `python3.11` as `python`, and the system's loader `ld-linux-x86-64.so.2`, which runs any file,
//! as `ld-linux`.
QString nameWithoutVersion(const QString &file)
{
    QString name = file.section(u'/', -1);
    for (const auto &loader : {"ld-linux"_L1, "ld-musl"_L1}) {
        if (name.startsWith(loader))
            return loader;
    }
    constexpr auto ofVersions = "0123456789.-"_L1;
    while (!name.isEmpty() && ofVersions.contains(name.back()))
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

//! Whether commands follow, and no script. Steps over the option's value.
bool startsCommands(const Interpreter &interpreter, const QStringList &arguments, qsizetype &at)
{
    const QString &option = arguments[at];
    const bool isShell = &interpreter == &shells; // whose letters go on after one with a value
    if (isAmong(interpreter.withValue, option))
        ++at;
    if (option.startsWith("--"_L1) || isAmong(interpreter.withValue, option))
        return false;
    for (qsizetype place = 1; place < option.size(); ++place) {
        const QChar letter = option[place];
        if (interpreter.commandLetters.contains(letter))
            return true;
        if (!interpreter.valueLetters.contains(letter))
            continue;
        if (isShell || place + 1 == option.size())
            ++at;
        if (!isShell)
            return false;
    }
    return option == "-"_L1;
}

QString valueOf(QLatin1StringView option, const QStringList &arguments)
{
    const qsizetype at = arguments.indexOf(option);
    return at < 0 ? QString() : arguments.value(at + 1);
}

QString argumentOf(const Interpreter &interpreter, const QStringList &arguments)
{
    if (!interpreter.scriptOption.isEmpty())
        return valueOf(interpreter.scriptOption, arguments);
    for (qsizetype at = 1; at < arguments.size(); ++at) {
        if (arguments[at] == "--"_L1)
            return arguments.value(at + 1);
        if (!isOption(arguments[at]))
            return arguments[at];
        if (startsCommands(interpreter, arguments, at))
            return {};
    }
    return {};
}

} // namespace

bool isInterpreter(const QString &file)
{
    const QString name = nameWithoutVersion(file);
    return interpreterIn(file) || (!name.isEmpty() && isAmong(silent, name));
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
