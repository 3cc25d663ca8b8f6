// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/handoutgate.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

namespace latchkey::test {

//! The way of a token to a program, with its files in a folder of its own.
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
    HandOutLock lock;
    Consent consent;
    HandOutGate gate;
};

//! Keeps what it is shown. A test decides by emitting decided().
class FakeConsentPrompt final : public ConsentPrompt {
public:
    void show(const Question &question) override { shown = question; }
    void hide() override { shown.reset(); }

    std::optional<Question> shown;
};

//! A program that a person started at a terminal.
[[nodiscard]] inline Program aProgram(const QString &executable = QStringLiteral("/usr/bin/curl"))
{
    return {4711, executable, {QStringLiteral("/usr/bin/bash"), QStringLiteral("/usr/sbin/sshd")},
        QStringLiteral("/dev/pts/3")};
}

//! latchkeyctl as started by \a parent; the one that stands beside this program.
[[nodiscard]] inline Program ourCommandLine(const QString &parent)
{
    const QFileInfo ctl(QCoreApplication::applicationDirPath(), QStringLiteral("latchkeyctl"));
    return {4712, ctl.canonicalFilePath(), {parent}, {}};
}

} // namespace latchkey::test
