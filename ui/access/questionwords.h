// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "access/programview.h"

#include "agent/access/consent.h"

#include <QCoreApplication>

namespace latchkey::ui {

//! What a person is asked, in words. Pure.
struct QuestionWords {
    Q_DECLARE_TR_FUNCTIONS(QuestionWords)
public:
    //! `backup.sh, run by dash in konsole, wants a token of prod: alenka, PortalAdmin.`
    [[nodiscard]] static QString sentence(
        const ConsentPrompt::Question &question, const ProgramView &program);
    //! What the button that says yes does, with its key: `&Trust this certificate`.
    [[nodiscard]] static QString deed(Permission::What what);
    //! Who is signed in: `alenka, PortalAdmin`.
    [[nodiscard]] static QString account(const QString &user, const QString &role);

private:
    [[nodiscard]] static QString aboutToken(
        const ConsentPrompt::Question &question, const QString &who);
};

} // namespace latchkey::ui
