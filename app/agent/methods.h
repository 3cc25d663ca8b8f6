// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/handoutgate.h"
#include "agent/params.h"
#include "agent/pendingcall.h"
#include "agent/renewallimit.h"
#include "agent/shareddoctor.h"
#include "agent/tokencall.h"
#include "session/sessionmodel.h"

#include <QCoreApplication>

#include <functional>

namespace latchkey {

//! Who runs the agent: `agent.info`, `agent.doctor`.
struct AgentInfo {
    QString program;
    bool hasWindows = false;
    DoctorFactory makeDoctor = {};
    //! More are turned away, or the system would run out of what it gives to a process.
    int mostConnections = 400;
    //! A person signs in: the keychain may ask them once more.
    std::function<void()> allowPrompt = [] {
    };
    //! The proxy that the sessions of a server go through, for whoever is given a token; empty
    //! where there is none.
    std::function<QString(const QUrl &server)> proxyFor = {};
    //! The process to end, for who wants to.
    qint64 pid = QCoreApplication::applicationPid();
};

//! The agent's methods that are about sessions (docs/agent-api.md §5): reads the parameters, acts
//! on the model, and answers now or later.
class Methods : public QObject {
    Q_OBJECT
public:
    //! Called exactly once, unless the session's program ends first.
    using Reply = std::function<void(const RpcAnswer &)>;

    //! Who calls.
    struct Caller {
        //! Owns what waits for an answer.
        QObject *owner = nullptr;
        std::function<Program()> program;
        //! The sessions whose token it may use again; nothing for who does not come back.
        QSet<QString> *held = nullptr;
    };

    Methods(SessionModel &sessions, HandOutGate &gate, DeadlineQueue &deadlines, AgentInfo info,
        QObject *parent = nullptr);

    //! False when there is no method of that name.
    [[nodiscard]] bool call(const RpcRequest &request, const Caller &caller, const Reply &reply);

private:
    struct Call {
        Params params;
        Caller caller;
        Reply reply;
    };
    //! Has the last word on an answer.
    using Finish = std::function<RpcAnswer(const RpcAnswer &)>;
    using Handler = void (Methods::*)(Call);

    void info(Call call);
    void doctor(Call call);
    void list(Call call);
    void get(Call call);
    void token(Call call);
    void tokenUsed(Call call);
    void passAndHandOut(
        const Call &call, Session &session, const TokenWish &wish, const Reply &reply);
    void handOut(const Call &call, Session &session, const TokenWish &wish, const Reply &reply);
    [[nodiscard]] QJsonValue holdable(
        const Call &call, const QJsonValue &token, const Session &session, const TokenWish &wish);
    void setPolicy(Call call);
    void ledger(Call call);
    void refresh(Call call);
    void signIn(Call call);
    void submitCode(Call call);
    void trust(Call call);
    void signOut(Call call);
    void forget(Call call);

    //! Calls \a act at once where there are no windows, or when a person has said yes in one, by
    //! \a deadline; else answers itself.
    void confirm(const Call &call, const QString &name, const Permission &permission,
        const Instant &deadline, const std::function<void()> &act);
    void confirm(const Call &call, const Session &session, const Permission &permission,
        const Instant &deadline, const std::function<void(Session &)> &act);
    [[nodiscard]] std::optional<Permission> neededToSignIn(
        const Account &account, const std::optional<Fingerprint> &trusted) const;
    [[nodiscard]] std::optional<RpcError> whyNotRenew(const Session &session);

    //! The session that `name` means; answers itself when there is none.
    [[nodiscard]] Session *sessionOf(Call &call);
    [[nodiscard]] Instant deadlineOf(Params &params, Milliseconds otherwise) const;
    //! What a call waits for, and what it hears when that does not come in time.
    struct Outcome {
        PendingCall::Judge judge;
        PendingCall::LastWord lastWord;
        Instant deadline;
    };
    void await(const Call &call, Session &session, Outcome outcome, Finish finish = {},
        const Reply &reply = {});

    SessionModel &m_sessions;
    HandOutGate &m_gate;
    DeadlineQueue &m_deadlines;
    AgentInfo m_info;
    RenewalLimit m_renewals;
    SharedDoctor m_doctor;
};

} // namespace latchkey
