// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/peer.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! A program in words, for a person to recognize it. Its names are others' choice: they are
//! escaped, and must be shown as plain text. Behind latchkeyctl stands whoever started it, as in
//! ProgramIdentity. Pure.
struct ProgramView {
    Q_DECLARE_TR_FUNCTIONS(ProgramView)
public:
    //! Short, for a sentence: `bash`.
    QString name;
    //! The file of the one so named; empty where it is not known.
    QString path;
    //! latchkeyctl's file, where it was asked through that.
    QString through;
    //! Those before it, short and nearest first: `bash, sshd`.
    QString startedBy;
    QString terminal;

    [[nodiscard]] static ProgramView of(const Program &program);
    //! `bash, through latchkeyctl`.
    [[nodiscard]] QString fullName() const;
    //! A line for each thing that is known.
    [[nodiscard]] QString details() const;

private:
    [[nodiscard]] static QString nameOf(const QString &file);
    [[nodiscard]] static QString namesOf(const QStringList &files);
};

} // namespace latchkey::ui
