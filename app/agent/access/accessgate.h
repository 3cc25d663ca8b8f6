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
//! the policy says so, a person's consent. What came of it goes into the ledger. What programs may
//! only do after a person's yes, such as a sign-out, is asked for here, too.
class AccessGate : public QObject {
    Q_OBJECT
public:
    //! Without a refusal, the program may.
    using Decided = std::function<void(const std::optional<RpcError> &refusal)>;

    AccessGate(DeadlineQueue &deadlines, PresenceLock &lock, Consent &consent, Ledger &ledger,
        QObject *parent = nullptr);

    //! Tokens of sessions that may not be signed in by it are given to no program.
    void setRule(AccountRule rule) { m_rule = std::move(rule); }
    //! What keeps every program from the session's token now; nothing where it depends on the
    //! program.
    [[nodiscard]] std::optional<RpcError> refusal(const Account &account) const;
    //! The same for one program: also whether a person has blocked it.
    [[nodiscard]] std::optional<RpcError> refusal(
        const Account &account, const Program &program) const;
    [[nodiscard]] std::optional<RpcError> whyBlocked(const Program &program) const;
    //! Calls \a decided once: before it returns, or later, when a person has decided, at \a
    //! deadline at the latest. Never after \a caller is gone.
    void pass(const Account &account, const Program &program, const Instant &deadline,
        QObject *caller, const Decided &decided);
    //! The same for what is more than a token. A person is asked each time, whatever the policy
    //! says, but not again within a minute of a no.
    void confirm(const QString &session, const Permission &permission, const Program &program,
        const Instant &deadline, QObject *caller, const Decided &decided);
    //! Why \a program may do nothing without a person's yes, whatever the policy; nothing where it
    //! may.
    [[nodiscard]] static std::optional<RpcError> whyNotAlone(const Program &program);
    //! For how long a program that was let pass may use its token without asking again; none where
    //! a person has allowed it once only, and Milliseconds::max() without an end.
    [[nodiscard]] Milliseconds timeToHold(const Account &account, const Program &program) const;
    [[nodiscard]] bool isLocked() const { return m_lock.isLocked(); }

    //! Into the ledger: how the program's asking for a token was answered.
    void note(const QString &session, const Program &program, const RpcAnswer &answer);
    //! Into the ledger: the program has used its token for so many more requests.
    void noteUse(const QString &session, const Program &program, qint64 requests);

    [[nodiscard]] const Ledger &ledger() const { return m_ledger; }
    [[nodiscard]] Consent &consent() { return m_consent; }

Q_SIGNALS:
    //! Programs that were let pass may be refused now, or, after an unlock, the other way round.
    void changed();

private:
    void ask(const QString &session, const Permission &permission, const Program &program,
        const Instant &deadline, QObject *caller, const Decided &decided);

    DeadlineQueue &m_deadlines;
    PresenceLock &m_lock;
    Consent &m_consent;
    Ledger &m_ledger;
    AccountRule m_rule = [](const Account &) {
        return std::nullopt;
    };
};

} // namespace latchkey
