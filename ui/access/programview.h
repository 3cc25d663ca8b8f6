// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/peer.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! A program in words, for a person to recognize it. Others choose these names, so they are escaped
//! here, and must be shown as plain text; of what only a program itself says, a sentence says that.
//! For latchkeyctl and the gateway it names whoever started them, as ProgramIdentity does. Pure.
struct ProgramView {
    Q_DECLARE_TR_FUNCTIONS(ProgramView)
public:
    //! Short, for a sentence: `curl`, or the script of an interpreter, `“backup.sh” (as it says)`.
    QString name;
    //! Its file in full; empty where that is not known.
    QString path;
    //! The file of latchkeyctl or the gateway, where it asked through one of them; else empty.
    QString through;
    //! Who started it, and who started those, in short names and nearest first: `bash, sshd`. Only
    //! files, for which the system vouches.
    QString startedBy;
    //! What it calls itself, where nothing more is known of it: `python3`.
    QString ownName;
    //! And what those who started it call themselves: `cron`.
    QString ownStarters;
    QString terminal;
    //! The script in full, as the interpreter says; else empty.
    QString script;
    //! The interpreter, in short: `dash`. Also where it does not say which script it runs.
    QString interpreter;
    bool isThroughGateway = false;
    //! Where a person would look for it, in short; empty where that is not known.
    QString place;
    enum class Place { Terminal, Ssh, Starter } placeKind = Place::Starter;

    //! Of a program that asks. Nothing that is not certain is told as a file.
    [[nodiscard]] static ProgramView of(const Program &program);
    //! Of one in the ledger, which tells whether it was certain.
    [[nodiscard]] static ProgramView ofRecorded(const Program &program, bool isCertain);
    //! A name with its proof, for a sentence: a file in short, for which the system vouches; else
    //! the word in brackets, and that only the program says it.
    [[nodiscard]] static QString nameOf(const QString &program);
    //! `“backup.sh” (as it says), run by dash, through latchkeyctl`.
    [[nodiscard]] QString fullName() const;
    //! The same, and where: `“backup.sh” (as it says), run by dash in konsole`. Ends in a comma
    //! where it has one, because it is the beginning of a sentence.
    [[nodiscard]] QString subject() const;
    //! A line for each thing that is known.
    [[nodiscard]] QString details() const;
    //! It has words that are the program's own.
    [[nodiscard]] bool saysSomething() const
    {
        return !(script.isEmpty() && ownName.isEmpty() && ownStarters.isEmpty());
    }

private:
    [[nodiscard]] static ProgramView inWords(const Program &program);
    [[nodiscard]] static QString said(const QString &word);
    void find(const QStringList &starters, const QString &starterScript);
    [[nodiscard]] QString nameAndRunner() const;
    [[nodiscard]] QString placed(const QString &words) const;
    [[nodiscard]] QString passedOn(const QString &words) const;
};

} // namespace latchkey::ui
