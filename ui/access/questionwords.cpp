// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/questionwords.h"

#include "widgets/plaintext.h"

namespace latchkey::ui {

QString QuestionWords::sentence(const ConsentPrompt::Question &question, const ProgramView &program)
{
    const QString who = program.subject();
    const QString session = escaped(question.session);
    switch (question.permission.what) {
    case Permission::Token:
        return aboutToken(question, who);
    case Permission::Trust:
        return question.permission.trustedBefore.isEmpty()
            ? tr("%1 wants Latchkey to trust a certificate for %2.").arg(who, session)
            : tr("%1 wants Latchkey to trust another certificate for %2.").arg(who, session);
    case Permission::SignOut:
        return tr("%1 wants to sign %2 out.").arg(who, session);
    case Permission::Forget:
        return tr("%1 wants to remove %2.").arg(who, session);
    case Permission::OtherAccount:
        return tr("%1 wants to use the name %2 for another appliance or user.").arg(who, session);
    case Permission::Rename:
        return tr("%1 wants to rename %2 to %3.")
            .arg(who, session, escaped(question.permission.newName));
    case Permission::SignIn:
        return tr("%1 wants to add the session %2 and sign in to it.").arg(who, session);
    }
    Q_UNREACHABLE();
}

QString QuestionWords::aboutToken(const ConsentPrompt::Question &question, const QString &who)
{
    const QString session = escaped(question.session);
    return question.account.isEmpty()
        ? tr("%1 wants a token of %2.").arg(who, session)
        : tr("%1 wants a token of %2: %3.", "a program, a session, who is signed in there")
              .arg(who, session, question.account);
}

QString QuestionWords::deed(Permission::What what)
{
    switch (what) {
    case Permission::Token:
        return tr("&Allow");
    case Permission::Trust:
        return tr("&Trust this certificate");
    case Permission::SignOut:
        return tr("&Sign out");
    case Permission::Forget:
        return tr("&Remove");
    case Permission::OtherAccount:
        return tr("&Change the account");
    case Permission::Rename:
        return tr("&Rename");
    case Permission::SignIn:
        return tr("&Add the session");
    }
    Q_UNREACHABLE();
}

QString QuestionWords::account(const QString &user, const QString &role)
{
    return role.isEmpty() ? escaped(user)
                          : tr("%1, %2", "a user, the role").arg(escaped(user), escaped(role));
}

} // namespace latchkey::ui
