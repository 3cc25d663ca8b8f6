// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methodcall.h"
#include "agent/ratelimit.h"
#include "agent/shareddoctor.h"
#include "agent/signincall.h"
#include "agent/tokenhandout.h"
#include "session/sessionmodel.h"

#include <QCoreApplication>
#include <QHash>

#include <functional>

namespace latchkey {

//! Who runs the agent: `agent.info`, `agent.doctor`.
struct AgentInfo {
    QString program;
    bool hasWindows = false;
    DoctorFactory makeDoctor = {};
    //! Connections at a time. More are turned away before this process runs out of descriptors.
    int mostConnections = 400;
    //! A person signs in: the keychain may ask them once more.
    std::function<void()> allowPrompt = [] {
    };
    //! The URL of the proxy that the sessions of \a server go through, with its credentials; empty
    //! where there is none.
    std::function<QString(const QUrl &server)> proxyFor = {};
    //! The process that a person would end to end Latchkey.
    qint64 pid = QCoreApplication::applicationPid();
};

//! The agent's methods that are about sessions (docs/agent-api.md §5). Each reads its parameters,
//! acts on the model, and answers now or later, once.
class Methods : public QObject {
    Q_OBJECT
public:
    using Reply = MethodCall::Reply;
    using Caller = MethodCall::Caller;

    Methods(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines, AgentInfo info,
        QObject *parent = nullptr);

    //! False when there is no method of that name; \a reply is not called then.
    [[nodiscard]] bool call(const RpcRequest &request, const Caller &caller, const Reply &reply);

private:
    using Call = MethodCall;
    using Handler = void (Methods::*)(Call);

    void info(Call call);
    void doctor(Call call);
    void list(Call call);
    void get(Call call);
    void token(Call call);
    void tokenUsed(Call call);
    void setPolicy(Call call);
    void ledger(Call call);
    void refresh(Call call);
    void signIn(Call call);
    void submitCode(Call call);
    void trust(Call call);
    void signOut(Call call);
    void forget(Call call);

    //! Calls \a act when a person has said yes in a window; where there are no windows, at once,
    //! unless the program is too little known. Where the person says no, or nothing by \a deadline,
    //! it answers the call with the refusal.
    void confirm(const Call &call, const QString &name, const Permission &permission,
        const Instant &deadline, const std::function<void()> &act);
    void confirm(const Call &call, const Session &session, const Permission &permission,
        const Instant &deadline, const std::function<void(Session &)> &act);
    struct SignInRequest {
        Account account;
        Secret password;
        Secret code;
        Instant deadline;
    };
    //! \a given is what a person has allowed already.
    void beginSignIn(
        const Call &call, const SignInRequest &request, const std::optional<Permission> &given);
    [[nodiscard]] std::optional<Permission> neededToSignIn(const Account &account) const;
    void decideTrust(const Call &call, Session &session, const Fingerprint &fingerprint,
        const Instant &deadline, const std::optional<Permission> &given);
    //! The wait for the sign-in that is now the latest of that name.
    [[nodiscard]] SignInWait waitFor(
        const QString &name, const Instant &deadline, const Secret &code = {}) const;
    [[nodiscard]] bool isLimited(const Caller &caller) const;
    [[nodiscard]] std::optional<RpcError> whyNotRenew(const Session &session, const Caller &caller);
    [[nodiscard]] std::optional<RpcError> takeRenewal(const Session &session);
    [[nodiscard]] std::optional<RpcError> whyNotSignIn(
        const Account &account, const Caller &caller);

    //! The session that the parameter `name` means. Null where there is none, and the call has been
    //! answered with that.
    [[nodiscard]] Session *sessionOf(Call &call);
    [[nodiscard]] Instant deadlineOf(Params &params, Milliseconds otherwise) const;

    SessionModel &m_sessions;
    AccessGate &m_gate;
    DeadlineQueue &m_deadlines;
    AgentInfo m_info;
    TokenHandOut m_tokens;
    //! By session: else one program could have the appliance make tokens without end.
    RateLimit m_renewals;
    //! By session: how many sign-ins programs have begun.
    QHash<QString, int> m_signIns;
    SharedDoctor m_doctor;
};

} // namespace latchkey
