// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/methods/methodcall.h"
#include "agent/methods/tokencall.h"

namespace latchkey {

//! Hands access tokens to programs. Each call passes the gate, waits for a token that lives on for
//! long enough, passes the gate again, because the screen may be locked by then, and is noted in
//! the ledger.
class TokenHandOut : public QObject {
    Q_OBJECT
public:
    TokenHandOut(AccessGate &gate, DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! Answers \a call with a token that fulfils \a request, or with why there is none.
    void give(MethodCall call, Session &session, const TokenRequest &request);
    //! The caller has used the token of \a session, which it may hold (`holdFor`), for so many more
    //! requests.
    void noteUse(const MethodCall &call, const QString &session, qint64 requests);

private:
    void pass(const MethodCall &call, Session &session, const TokenRequest &request);
    void handOut(const MethodCall &call, Session &session, const TokenRequest &request);
    [[nodiscard]] QJsonValue holdable(const MethodCall &call, const QJsonValue &token,
        const Session &session, const TokenRequest &request);

    AccessGate &m_gate;
    DeadlineQueue &m_deadlines;
};

} // namespace latchkey
