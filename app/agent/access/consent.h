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

//! What a program may do only after a person's yes.
struct Permission {
    enum What {
        Token,
        Trust, //!< in a certificate
        SignOut,
        Forget,
        OtherAccount, //!< to sign in to another appliance or user under a name that is known
        Rename,
        SignIn, //!< under a name that is new
    };
    //! Who signs in where, and how.
    struct Login {
        QString server = {};
        QString user = {};
        QString kind = {}; //!< its name for people
        QString clientId = {};

        friend bool operator==(const Login &, const Login &) = default;
    };
    What what = Token;
    // What the question shows besides the session; empty where it has nothing to do with it.
    Login login = {};
    Login loginBefore = {};
    QString sha256 = {};
    QString trustedBefore = {};
    QString newName = {};

    friend bool operator==(const Permission &, const Permission &) = default;
};

//! Port to the window that asks a person, one question at a time. Owned by the windows, so
//! latchkeyd has none.
class ConsentPrompt : public QObject {
    Q_OBJECT
public:
    struct Question {
        QString session;
        Program program;
        //! Only Once and Deny may be offered, because it is not certain which program this is.
        bool isOnceOnly = false;
        //! How many more questions wait.
        qsizetype others = 0;
        //! Only Once and Deny may be offered, unless it is Token.
        Permission permission = {};
        //! Who is signed in, in words; empty where that is not known.
        QString account = {};
    };
    using QObject::QObject;

    //! Shows \a question in place of the one that is shown, if any. decided() follows when a person
    //! has decided, unless hide() comes first.
    virtual void show(const Question &question) = 0;
    virtual void hide() = 0;

Q_SIGNALS:
    void decided(latchkey::Decision decision);
};

//! One program's wait for a decision; a child of whoever wants the decision. Emits finished()
//! exactly once, at the deadline at the latest, and deletes itself.
class ConsentCall : public QObject {
    Q_OBJECT
public:
    enum class Outcome { Allowed, Refused, TooLate, SessionGone, TooMany };

    ConsentCall(DeadlineQueue &deadlines, const Instant &deadline, QObject *parent);
    void finish(Outcome outcome);

Q_SIGNALS:
    void finished(latchkey::ConsentCall::Outcome outcome);

private:
    Deadline m_deadline;
    bool m_isFinished = false;
};

//! Asks a person whether a program may have a session's token, or may do what a Permission names.
//! One question is shown at a time. A decision ends all calls of the same program for the same
//! session and the same thing. Decisions about tokens that hold for longer are kept in
//! RememberedConsents.
class Consent : public QObject {
    Q_OBJECT
public:
    //! Questions that are open at a time. No program is to keep the others from being asked about.
    static constexpr qsizetype mostOfAProgram = 4;
    static constexpr qsizetype mostQuestions = 32;

    Consent(DeadlineQueue &deadlines, const QString &consentsPath, QObject *parent = nullptr);

    //! Null where there is nobody to ask. Not owned; it must outlive this, or be set to null first.
    void setPrompt(ConsentPrompt *prompt);
    [[nodiscard]] bool canAsk() const { return m_prompt; }

    [[nodiscard]] bool isGiven(const QString &session, const Program &program) const
    {
        return timeLeft(session, program).has_value();
    }
    //! For how much longer the program may have tokens without a question: as in
    //! RememberedConsents.
    [[nodiscard]] std::optional<Milliseconds> timeLeft(
        const QString &session, const Program &program) const;
    //! A person has said no to the same within the last `RememberedConsents::denialTime`, whatever
    //! else the question showed.
    [[nodiscard]] bool isDenied(const QString &session, const Program &program,
        Permission::What what = Permission::Token) const;
    //! \a call ends with the decision, at its own deadline, or through refuseAll() or forget(); at
    //! once, as one too many, where it would make a question and so many are open already.
    void ask(const QString &session, const Program &program, ConsentCall *call,
        const Permission &permission = {});
    //! Ends what was allowed until the screen locks.
    void endUntilLock();
    //! Ends all calls that wait, as refused.
    void refuseAll();
    //! \a session is a new one: what was decided about an earlier one of that name, or one in which
    //! nobody was ever signed in, does not count for it.
    void begin(const QString &session);
    //! Forgets what was decided about \a session, and ends the calls that wait for it.
    void forget(const QString &session);
    //! What was decided about the session goes with it. Calls that wait end: they asked for a name
    //! that is no more.
    void rename(const QString &session, const QString &name);

    //! What is allowed now.
    [[nodiscard]] QList<RememberedConsents::Entry> allowed() const;
    //! As in RememberedConsents; holds at once, also for who has a token to hold.
    qsizetype revoke(const QString &asker, const QString &session = {});
    //! The same, and ends the calls of \a asker that wait, as refused.
    bool block(const QString &asker);
    bool unblock(const QString &asker);
    [[nodiscard]] const QStringList &blocked() const { return m_remembered.blocked(); }
    [[nodiscard]] bool isBlocked(const Program &program) const
    {
        return m_remembered.isBlocked(program);
    }

Q_SIGNALS:
    //! Something that was allowed has ended before its time, or a program was blocked.
    void narrowed();
    //! allowed() or blocked() have changed.
    void changed();

private:
    struct Question {
        QString session;
        Program program;
        Permission permission;
        std::optional<ProgramIdentity> identity;
        QList<QPointer<ConsentCall>> calls;
    };
    //! The one that is open, or a new one; null where that would be one too many.
    [[nodiscard]] Question *questionFor(
        const QString &session, const Program &program, const Permission &permission);
    void onDecided(Decision decision);
    [[nodiscard]] bool isDenied(const Question &question) const;
    void onChanged();
    //! Removes \a finished, and the calls that were deleted before they had ended.
    void drop(const ConsentCall *finished);
    void endQuestionsOf(const QString &session);
    void endQuestions(
        const std::function<bool(const Question &)> &which, ConsentCall::Outcome outcome);
    void showNext();

    DeadlineQueue &m_deadlines;
    RememberedConsents m_remembered;
    //! When the next hour is over for which something was allowed.
    Deadline m_nextEnd;
    QPointer<ConsentPrompt> m_prompt;
    //! The first is the one that is shown.
    std::vector<Question> m_questions;
};

} // namespace latchkey
