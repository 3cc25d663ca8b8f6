// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/rememberedconsents.h"
#include "base/deadline.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

namespace latchkey {

//! What a program needs a person's word for.
struct Permission {
    enum What {
        Token,
        Trust, //!< in a certificate
        SignOut,
        Forget,
        OtherAccount, //!< behind a name that is known
    };
    What what = Token;
    //! What that is about, as far as the session does not tell it; empty where it is not concerned.
    QString server = {};
    QString user = {};
    QString sha256 = {};
    QString trustedBefore = {};

    friend bool operator==(const Permission &, const Permission &) = default;
};

//! Port to the one prompt that asks a person. Owned by the windows; there is none without them.
class ConsentPrompt : public QObject {
    Q_OBJECT
public:
    struct Question {
        QString session;
        Program program;
        //! Only Once and Deny make sense: it is not known well enough who asks.
        bool isOnceOnly = false;
        //! How many more questions wait for their turn.
        qsizetype others = 0;
        //! But for a token, only Once and Deny make sense.
        Permission permission = {};
    };
    using QObject::QObject;

    //! Shows it, or puts it in the place of the one that is shown. decided() follows when a person
    //! has decided; nothing after hide().
    virtual void show(const Question &question) = 0;
    virtual void hide() = 0;

Q_SIGNALS:
    void decided(latchkey::Decision decision);
};

//! One program that waits for a decision; a child of whoever wants it. finished() once, then it
//! goes.
class ConsentCall : public QObject {
    Q_OBJECT
public:
    enum class Outcome { Allowed, Refused, TooLate, SessionGone };

    ConsentCall(DeadlineQueue &deadlines, const Instant &deadline, QObject *parent);
    void finish(Outcome outcome);

Q_SIGNALS:
    void finished(latchkey::ConsentCall::Outcome outcome);

private:
    Deadline m_deadline;
    bool m_isFinished = false;
};

//! Asks a person whether a program may have a session's token, or do more. One question is open at
//! a time, however many programs wait, and one decision answers all who wait with the same program
//! for the same. What is decided for longer, of tokens alone, is remembered in RememberedConsents.
class Consent : public QObject {
    Q_OBJECT
public:
    Consent(DeadlineQueue &deadlines, const QString &consentsPath, QObject *parent = nullptr);

    //! Null where there is nobody to ask. It must outlive this, or be taken back first.
    void setPrompt(ConsentPrompt *prompt);
    [[nodiscard]] bool canAsk() const { return m_prompt; }

    [[nodiscard]] bool isGiven(const QString &session, const Program &program) const
    {
        return timeLeft(session, program).has_value();
    }
    //! For how much longer the program may have tokens without a question; see RememberedConsents.
    [[nodiscard]] std::optional<Milliseconds> timeLeft(
        const QString &session, const Program &program) const;
    //! A person has said no a moment ago, and need not say it again.
    [[nodiscard]] bool isDenied(const QString &session, const Program &program) const;
    //! The call ends with the decision, by its own deadline, or refused by refuseAll().
    void ask(const QString &session, const Program &program, ConsentCall *call,
        const Permission &permission = {});
    //! What was allowed until the screen locks is over.
    void endUntilLock();
    void refuseAll();
    void forget(const QString &session);

Q_SIGNALS:
    //! What was allowed to some program is so no more, before its time.
    void narrowed();

private:
    struct Question {
        QString session;
        Program program;
        Permission permission;
        std::optional<ProgramIdentity> identity;
        QList<QPointer<ConsentCall>> calls;
    };
    [[nodiscard]] Question &questionFor(
        const QString &session, const Program &program, const Permission &permission);
    void onDecided(Decision decision);
    //! With those that went without an end.
    void drop(const ConsentCall *finished);
    void endQuestions(
        const std::function<bool(const Question &)> &which, ConsentCall::Outcome outcome);
    void showNext();

    DeadlineQueue &m_deadlines;
    RememberedConsents m_remembered;
    QPointer<ConsentPrompt> m_prompt;
    //! The first is the one that is shown.
    std::vector<Question> m_questions;
};

} // namespace latchkey
