// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/peer.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! A program in words, for a person to recognize it. Others choose these names, so they are escaped
//! here, and must be shown as plain text. For latchkeyctl and the gateway it names whoever started
//! them, as ProgramIdentity does. Pure.
struct ProgramView {
    Q_DECLARE_TR_FUNCTIONS(ProgramView)
public:
    //! Short, for a sentence: `bash`.
    QString name;
    //! Its file in full; empty where that is not known.
    QString path;
    //! The file of latchkeyctl or the gateway, where it asked through one of them; else empty.
    QString through;
    //! Who started it, and who started those, in short names and nearest first: `bash, sshd`.
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
