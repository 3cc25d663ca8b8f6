// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/programview.h"

#include "widgets/plaintext.h"

#include "agent/access/rememberedconsents.h"

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

bool isFile(const QString &text)
{
    return text.startsWith(u'/');
}

} // namespace

ProgramView ProgramView::of(const Program &program)
{
    if (program.executable.isEmpty())
        return {tr("An unknown program (process %1)").arg(program.pid), {}, {}, {}, {}};
    const bool isThrough = ProgramIdentity::isGoBetween(program);
    const QString asker = isThrough ? program.parents.value(0) : program.executable;
    const QString startedBy = namesOf(program.parents.mid(isThrough ? 1 : 0));
    return {asker.isEmpty() ? tr("An unknown program") : nameOf(asker),
        isFile(asker) ? escaped(asker) : QString(),
        isThrough ? escaped(program.executable) : QString(), startedBy, escaped(program.terminal)};
}

//! The name of the file; as it is where it is no file but a word in brackets.
QString ProgramView::nameOf(const QString &file)
{
    constexpr qsizetype longest = 40;
    return shortened(escaped(isFile(file) ? file.section(u'/', -1) : file), longest);
}

//! The first few only: whoever is near tells more than the desktop's programs at the end.
QString ProgramView::namesOf(const QStringList &files)
{
    constexpr qsizetype most = 5;
    QStringList names;
    for (const QString &file : files.first(std::min(files.size(), most)))
        names.append(nameOf(file));
    if (files.size() > most)
        names.append(u"…"_s);
    return names.join(", "_L1);
}

QString ProgramView::fullName() const
{
    return through.isEmpty() ? name : tr("%1, through latchkeyctl").arg(name);
}

QString ProgramView::details() const
{
    QStringList lines;
    if (!path.isEmpty())
        lines.append(tr("Program: %1").arg(path));
    if (!through.isEmpty())
        lines.append(tr("Through: %1").arg(through));
    if (!startedBy.isEmpty())
        lines.append(tr("Started by: %1").arg(startedBy));
    if (!terminal.isEmpty())
        lines.append(tr("Terminal: %1").arg(terminal));
    return lines.join(u'\n');
}

} // namespace latchkey::ui
