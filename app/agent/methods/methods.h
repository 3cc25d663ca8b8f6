// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/methods/diagnosismethods.h"
#include "agent/methods/grantmethods.h"
#include "agent/methods/kindmethods.h"
#include "agent/methods/methodcontext.h"
#include "agent/methods/signinmethods.h"
#include "agent/methods/tokenhandout.h"

#include <QHash>

#include <functional>

namespace latchkey {

//! The agent's methods that are about sessions, kinds and grants (docs/agent-api.md §5). Each reads
//! its parameters, acts on the model, and answers now or later, once.
class Methods : public QObject {
    Q_OBJECT
public:
    using Reply = MethodCall::Reply;
    using Caller = MethodCall::Caller;

    Methods(SessionModel &sessions, AccessGate &gate, DeadlineQueue &deadlines, const Kinds &kinds,
        AgentInfo info, QObject *parent = nullptr);

    //! False when there is no method of that name; \a reply is not called then.
    [[nodiscard]] bool call(const RpcRequest &request, const Caller &caller, const Reply &reply);

private:
    void info(MethodCall call);
    void settings(MethodCall call);
    void list(MethodCall call);
    void get(MethodCall call);
    void token(MethodCall call);
    void tokenUsed(MethodCall call);
    void setPolicy(MethodCall call);
    void ledger(MethodCall call);
    void refresh(MethodCall call);
    void signOut(MethodCall call);
    void forget(MethodCall call);
    void rename(MethodCall call);

    [[nodiscard]] std::optional<RpcError> whyNotRenew(const Session &session, const Caller &caller);
    [[nodiscard]] std::function<QString(const QUrl &)> proxyFor(const Caller &caller) const;

    MethodContext m_context;
    TokenHandOut m_tokens;
    DiagnosisMethods m_diagnosis;
    SignInMethods m_signIns;
    KindMethods m_kinds;
    GrantMethods m_grants;
    //! By the methods' names.
    QHash<QString, std::function<void(const MethodCall &)>> m_handlers;
};

} // namespace latchkey
