// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/methodcall.h"
#include "agent/tokencall.h"

namespace latchkey {

//! How access tokens get to programs: past the gate, with one renewal if need be, past the gate
//! again, and into the ledger.
class TokenHandOut : public QObject {
    Q_OBJECT
public:
    TokenHandOut(AccessGate &gate, DeadlineQueue &deadlines, QObject *parent = nullptr);

    //! Answers \a call with a token that fulfils \a request, or with why there is none.
    void give(MethodCall call, Session &session, const TokenRequest &request);
    //! The caller has used the token of \a session, which it was given to be held, so many times.
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
