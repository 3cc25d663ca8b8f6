// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/programview.h"

#include "widgets/plaintext.h"

#include "agent/access/rememberedconsents.h"
#include "platform/interpreter.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! Windows in which people type commands, by the names of their files, between blanks.
constexpr auto terminals =
    " alacritty code contour cool-retro-term deepin-terminal foot ghostty gnome-terminal-server "
    "kgx kitty konsole lxterminal mate-terminal mlterm ptyxis ptyxis-agent qterminal rxvt screen "
    "sakura st terminology tilda tilix tmux urxvt warp wezterm-gui xfce4-terminal xterm yakuake "_L1;
constexpr auto remotes = " sshd sshd-session "_L1;

bool isFile(const QString &text)
{
    return text.startsWith(u'/');
}

bool isBracketed(const QString &name)
{
    return name.startsWith(u'(') || name.startsWith(u'[');
}

//! The last part of a path, or the word without its brackets.
QString shortName(const QString &program)
{
    constexpr qsizetype longest = 40;
    const QString word = isBracketed(program) ? program.sliced(1).chopped(1) : program;
    return shortened(escaped(isFile(program) ? program.section(u'/', -1) : word), longest);
}

//! The first few only: whoever is near tells more than the desktop's programs at the end.
QString shortNames(const QStringList &programs)
{
    constexpr qsizetype most = 5;
    QStringList names;
    for (const QString &program : programs.first(std::min(programs.size(), most)))
        names.append(shortName(program));
    if (programs.size() > most)
        names.append(u"…"_s);
    return listed(names);
}

bool isAmong(QLatin1StringView words, const QString &name)
{
    return words.contains(u' ' + name + u' ');
}

//! As people call it.
QString withoutPart(QString name)
{
    for (const auto &part : {"-server"_L1, "-agent"_L1, "-gui"_L1}) {
        if (name.endsWith(part))
            name.chop(part.size());
    }
    return name;
}

//! A path for which nobody vouches is no more than what the program calls itself: whoever controls
//! a sandbox can run anything in it under any name.
void takeForSaid(QString &program)
{
    if (isFile(program))
        program = u'(' + program.section(u'/', -1) + u')';
}

Program onlySaid(Program program, bool isFileCertain)
{
    if (!isFileCertain)
        takeForSaid(program.executable);
    std::ranges::for_each(program.parents, takeForSaid);
    return program;
}

} // namespace

ProgramView ProgramView::of(const Program &program)
{
    return ProgramIdentity::isCertain(program)
        ? inWords(program)
        : inWords(onlySaid(program, program.file.has_value()));
}

ProgramView ProgramView::ofRecorded(const Program &program, bool isCertain)
{
    return inWords(isCertain ? program : onlySaid(program, ProgramIdentity::isGoBetween(program)));
}

ProgramView ProgramView::inWords(const Program &program)
{
    ProgramView view;
    view.name = tr("An unknown program (process %1)").arg(program.pid);
    if (program.executable.isEmpty())
        return view;
    const bool isThrough = ProgramIdentity::isGoBetween(program);
    const QString asker = isThrough ? program.parents.value(0) : program.executable;
    const QString script = isThrough ? program.parentScript : program.script;
    view.name = asker.isEmpty() ? tr("An unknown program") : nameOf(asker);
    view.path = isFile(asker) ? escaped(asker) : QString();
    view.through = isThrough ? escaped(program.executable) : QString();
    view.isThroughGateway = isThrough && nameOf(program.executable) == "latchkey-gateway"_L1;
    view.terminal = escaped(program.terminal);
    view.interpreter = isInterpreter(asker) ? view.name : QString();
    if (!script.isEmpty()) {
        view.script = escaped(script);
        view.name = said(u'/' + script);
    }
    const QStringList starters = program.parents.mid(isThrough ? 1 : 0);
    QStringList proven = starters;
    proven.removeIf(isBracketed);
    view.startedBy = shortNames(proven);
    view.ownName = isBracketed(asker) ? shortName(asker) : QString();
    QStringList own = starters;
    own.removeIf(std::not_fn(isBracketed));
    view.ownStarters = shortNames(own);
    view.find(starters, isThrough ? QString() : program.parentScript);
    return view;
}

//! The nearest that is no shell: a person knows where they type, and not which shell that runs.
void ProgramView::find(const QStringList &starters, const QString &starterScript)
{
    const auto starter = std::ranges::find_if_not(starters, isShell);
    if (!starterScript.isEmpty())
        place = said(u'/' + starterScript);
    else if (starter != starters.end())
        place = nameOf(*starter);
    if (!starterScript.isEmpty() || starter == starters.end() || !isFile(*starter))
        return;
    if (isAmong(terminals, place))
        placeKind = Place::Terminal;
    else if (isAmong(remotes, place))
        placeKind = Place::Ssh;
    place = withoutPart(place);
}

QString ProgramView::nameOf(const QString &program)
{
    return isBracketed(program) ? said(program) : shortName(program);
}

QString ProgramView::said(const QString &word)
{
    return tr("“%1” (as it says)", "what only a program itself says: its name, or its script")
        .arg(shortName(word));
}

QString ProgramView::nameAndRunner() const
{
    return script.isEmpty()
        ? name
        : tr("%1, run by %2", "a script, an interpreter").arg(name, interpreter);
}

QString ProgramView::placed(const QString &words) const
{
    if (place.isEmpty())
        return words;
    switch (placeKind) {
    case Place::Terminal:
        return tr("%1 in %2", "a program, a terminal").arg(words, place);
    case Place::Ssh:
        return tr("%1 over SSH", "a program").arg(words);
    case Place::Starter:
        return tr("%1, started by %2", "a program, another one").arg(words, place);
    }
    Q_UNREACHABLE();
}

QString ProgramView::passedOn(const QString &words) const
{
    if (through.isEmpty())
        return words;
    return isThroughGateway ? tr("%1, through the gateway").arg(words)
                            : tr("%1, through latchkeyctl").arg(words);
}

QString ProgramView::fullName() const
{
    return passedOn(nameAndRunner());
}

QString ProgramView::subject() const
{
    const bool isStarted = !place.isEmpty() && placeKind == Place::Starter;
    const bool hasComma = isStarted || !script.isEmpty() || !through.isEmpty();
    const QString words = passedOn(placed(nameAndRunner()));
    return hasComma ? tr("%1,", "a program, at the beginning of a sentence").arg(words) : words;
}

QString ProgramView::details() const
{
    QStringList lines;
    if (!path.isEmpty())
        lines.append(tr("Program: %1").arg(path));
    if (!script.isEmpty())
        lines.append(tr("Script, as it says: %1").arg(script));
    if (!through.isEmpty())
        lines.append(tr("Through: %1").arg(through));
    if (!startedBy.isEmpty())
        lines.append(tr("Started by: %1").arg(startedBy));
    if (!ownName.isEmpty())
        lines.append(tr("Calls itself: %1").arg(ownName));
    if (!ownStarters.isEmpty())
        lines.append(tr("Started by, as it says: %1").arg(ownStarters));
    if (!terminal.isEmpty())
        lines.append(tr("Terminal: %1").arg(terminal));
    return lines.join(u'\n');
}

} // namespace latchkey::ui
