// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/doctor.h"
#include "agent/params.h"
#include "agent/pendingcall.h"
#include "session/sessionmodel.h"

#include <functional>

namespace latchkey {

//! Who runs the agent: `agent.info`, `agent.doctor`.
struct AgentInfo {
    QString program;
    bool hasWindows = false;
    DoctorFactory makeDoctor = {};
};

//! The agent's methods that are about sessions (design §6): reads the parameters, acts on the
//! model, and answers now or later.
class Methods : public QObject {
    Q_OBJECT
public:
    //! Called exactly once, unless the session's program ends first.
    using Reply = std::function<void(const RpcAnswer &)>;

    Methods(SessionModel &sessions, DeadlineQueue &deadlines, AgentInfo info,
        QObject *parent = nullptr);

    //! False when there is no method of that name. \a caller owns what waits for an answer.
    [[nodiscard]] bool call(const RpcRequest &request, QObject *caller, const Reply &reply);

private:
    struct Call {
        Params params;
        QObject *caller;
        Reply reply;
    };
    using Handler = void (Methods::*)(Call);

    void info(Call call);
    void doctor(Call call);
    void list(Call call);
    void get(Call call);
    void token(Call call);
    void refresh(Call call);
    void signIn(Call call);
    void submitCode(Call call);
    void trust(Call call);
    void signOut(Call call);
    void forget(Call call);

    //! The session that `name` means; answers itself when there is none.
    [[nodiscard]] Session *sessionOf(Call &call);
    [[nodiscard]] Instant deadlineOf(Params &params, Milliseconds otherwise) const;
    void await(const Call &call, Session &session, PendingCall::Judge judge,
        const Instant &deadline, std::function<RpcAnswer(const RpcAnswer &)> finish = {});

    SessionModel &m_sessions;
    DeadlineQueue &m_deadlines;
    AgentInfo m_info;
};

} // namespace latchkey
