// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! A history from an earlier run: what was read and written again must read the same.

#include "fuzz/fuzz.h"

#include "session/history/sessionhistory.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace latchkey::fuzz {

void tryOne(const QByteArray &input)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(u"prod.jsonl"_s);
    QFile file(path);
    must(file.open(QFile::WriteOnly) && file.write(input) == input.size(), "the disk has room");
    file.close();
    const SessionHistory found(path);
    must(found.entries().size() <= SessionHistory::longest, "no more is remembered than agreed");

    const QString copy = folder.filePath(u"copy.jsonl"_s);
    SessionHistory written(copy);
    for (const SessionHistory::Entry &entry : found.entries())
        written.add(entry);
    written.keep();
    const SessionHistory back(copy);
    must(back.entries() == found.entries(), "what happened is read as it was written");
    must(back.endsInDoubt() == found.endsInDoubt(), "so is the doubt about the last refresh");
    written.forget();
}

} // namespace latchkey::fuzz
