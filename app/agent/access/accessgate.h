// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/consent.h"
#include "agent/access/ledger.h"
#include "agent/access/presencelock.h"
#include "agent/rpc.h"
#include "session/account.h"

#include <functional>

namespace latchkey {

//! What every access token passes on its way to a program: the lock, the session's policy and, if
//! that says so, a person's consent. Writes down in the ledger what came of it. A person's consent
//! is also what a program needs to do more.
class AccessGate : public QObject {
    Q_OBJECT
public:
    //! Nothing: the program may have the token.
    using Decided = std::function<void(const std::optional<RpcError> &refusal)>;

    AccessGate(DeadlineQueue &deadlines, PresenceLock &lock, Consent &consent, Ledger &ledger,
        QObject *parent = nullptr);

    //! What keeps all programs from the session's token now, whoever asks.
    [[nodiscard]] std::optional<RpcError> refusal(const Account &account) const;
    //! \a decided is called once: at once, or when a person has decided, at \a deadline at the
    //! latest; never once \a caller is gone.
    void pass(const Account &account, const Program &program, const Instant &deadline,
        QObject *caller, const Decided &decided);
    //! The same for what is more than a token: whatever the policy says, a person is asked, and
    //! each time anew.
    void confirm(const QString &session, const Permission &permission, const Program &program,
        const Instant &deadline, QObject *caller, const Decided &decided);
    //! For how long a program that was let pass may use what it was given without coming back; see
    //! RememberedConsents. None where a person allowed it this once.
    [[nodiscard]] Milliseconds timeToHold(const Account &account, const Program &program) const;
    [[nodiscard]] bool isLocked() const { return m_lock.isLocked(); }

    void note(const QString &session, const Program &program, const RpcAnswer &answer);
    //! It has used what it was given so many times more.
    void noteUse(const QString &session, const Program &program, qint64 requests);

    [[nodiscard]] const Ledger &ledger() const { return m_ledger; }

Q_SIGNALS:
    //! Who was let pass may be refused from now on, or the other way round.
    void changed();

private:
    void ask(const QString &session, const Permission &permission, const Program &program,
        const Instant &deadline, QObject *caller, const Decided &decided);

    DeadlineQueue &m_deadlines;
    PresenceLock &m_lock;
    Consent &m_consent;
    Ledger &m_ledger;
};

} // namespace latchkey
