// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionquestions.h"

#include "sessions/actiontext.h"
#include "widgets/messagebox.h"
#include "widgets/plaintext.h"

#include "session/sessionmodel.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <functional>

namespace latchkey::ui {

namespace {

//! The translators' context of all that stands here.
class SessionQuestions {
    Q_DECLARE_TR_FUNCTIONS(SessionQuestions)
};

struct Question {
    QString title;
    QString text;
    QString consequence;
    QString button;
    bool isFinal = false;
};

//! What is safe is the default. Closes once the name is another session's, or nobody's.
void ask(SessionModel &sessions, const QString &name, const Question &question, QWidget *window,
    const std::function<void()> &act)
{
    QMessageBox *box = makeMessageBox(question.title, question.text, window).release();
    box->setAttribute(Qt::WA_DeleteOnClose);
    if (question.isFinal)
        showDanger(*box);
    box->setInformativeText(question.consequence);
    box->addButton(QMessageBox::Cancel);
    const QPushButton *yes = box->addButton(question.button, QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(yes, &QPushButton::clicked, box, act);
    const auto closeIfOurs = [box, name](const QString &gone) {
        if (gone == name)
            box->close();
    };
    QObject::connect(&sessions, &SessionModel::sessionForgotten, box, closeIfOurs);
    QObject::connect(&sessions, &SessionModel::sessionRenamed, box, closeIfOurs);
    box->open();
}

} // namespace

void askToSignOut(SessionModel &sessions, const QString &name, QWidget *window)
{
    const Question question{textOf(Action::SignOut),
        SessionQuestions::tr("Sign out of %1?").arg(name),
        SessionQuestions::tr("The appliance ends the session. Scripts that use this name get no "
                             "token until somebody signs in again."),
        textOf(Action::SignOut)};
    ask(sessions, name, question, window, [&sessions, name] {
        if (Session *session = sessions.find(name))
            session->signOut();
    });
}

void askToRemove(SessionModel &sessions, const QString &name, QWidget *window)
{
    const Question question{SessionQuestions::tr("Remove session"),
        SessionQuestions::tr("Remove the session %1?").arg(name),
        SessionQuestions::tr("This cannot be undone. Latchkey signs out of the appliance and "
                             "forgets the session with its tokens and its history. Scripts that "
                             "use this name will no longer get a token."),
        SessionQuestions::tr("Remove session"), true};
    ask(sessions, name, question, window, [&sessions, name] { sessions.forget(name); });
}

} // namespace latchkey::ui
