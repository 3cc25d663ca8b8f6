// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

namespace latchkey::test {

//! Everything between a token and a program that asks for it, with its files in a temporary folder.
struct HandOuts {
    explicit HandOuts(DeadlineQueue &deadlines)
        : ledger(deadlines, folder.filePath(QStringLiteral("ledger.jsonl")))
        , lock(deadlines)
        , consent(deadlines, folder.filePath(QStringLiteral("programs.json")))
        , gate(deadlines, lock, consent, ledger)
    {
    }

    QTemporaryDir folder;
    Ledger ledger;
    PresenceLock lock;
    Consent consent;
    AccessGate gate;
};

//! Records what it is asked to show. The test decides by emitting decided().
class FakeConsentPrompt final : public ConsentPrompt {
public:
    void show(const Question &question) override
    {
        shown = question;
        ++shows;
    }
    void hide() override { shown.reset(); }

    std::optional<Question> shown;
    int shows = 0;
};

//! A program that a person started at a terminal, and whose file is certain.
[[nodiscard]] inline Program aProgram(const QString &executable = QStringLiteral("/usr/bin/curl"))
{
    return {4711, executable, {QStringLiteral("/usr/bin/bash"), QStringLiteral("/usr/sbin/sshd")},
        QStringLiteral("/dev/pts/3"), FileId{1, 4711, 1}, FileId{1, 4700, 1}};
}

//! Only what the ledger records of it.
[[nodiscard]] inline Program inWords(Program program)
{
    program.file.reset();
    program.parentFile.reset();
    return program;
}

//! latchkeyctl as started by \a parent; the one beside this program. A parent that is known only by
//! name is not certain.
[[nodiscard]] inline Program ourCommandLine(const QString &parent)
{
    const QFileInfo ctl(QCoreApplication::applicationDirPath(), QStringLiteral("latchkeyctl"));
    Program program{4712, ctl.canonicalFilePath(), {parent}, {}, FileId{1, 4712, 1}};
    if (parent.startsWith(QLatin1Char('/')))
        program.parentFile = FileId{1, 4700, 1};
    return program;
}

} // namespace latchkey::test
