// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/methods/signincall.h"

#include "agent/outcomes.h"
#include "agent/refusals.h"

#include <memory>
#include <utility>

namespace latchkey {

namespace {

//! Which tokens a session has.
struct Tokens {
    Instant grantedAt;
    Secret access;

    [[nodiscard]] static std::optional<Tokens> of(const Session &session)
    {
        const TokenSet *set = session.tokens();
        return set ? std::optional(Tokens{set->grantedAt, set->accessToken}) : std::nullopt;
    }
    friend bool operator==(const Tokens &, const Tokens &) = default;
};

//! Tells the tokens that the sign-in brings from those that were there before.
class SignInWatch {
public:
    SignInWatch(const Session &session, SignInWait wait, bool hasBegun)
        : m_wait(std::move(wait))
        , m_before(Tokens::of(session))
        , m_hasBegun(hasBegun)
    {
    }

    [[nodiscard]] std::optional<RpcAnswer> ask(Session &session)
    {
        if (m_wait.isReplaced())
            return RpcAnswer(signInReplaced());
        if (session.phase() == Phase::CodeNeeded && !m_wait.code.isEmpty()) {
            session.submitCode(std::exchange(m_wait.code, {}));
            return {};
        }
        if (session.phase() == Phase::SigningIn) {
            m_hasBegun = true;
            m_before = Tokens::of(session);
        }
        if (session.phase() != Phase::Active || hasBroughtTokens(session))
            return settled(session);
        const bool mayStillBegin = !m_hasBegun && Tokens::of(session) == m_before;
        return mayStillBegin ? std::nullopt : std::optional(RpcAnswer(signInGivenUp()));
    }

    [[nodiscard]] RpcAnswer lastWord(const Session &session) const
    {
        return hasBroughtTokens(session) ? settledLate(session) : RpcAnswer(tooLate(session));
    }

private:
    [[nodiscard]] bool hasBroughtTokens(const Session &session) const
    {
        return session.phase() == Phase::Active && m_hasBegun && Tokens::of(session) != m_before;
    }

    SignInWait m_wait;
    //! Those from before.
    std::optional<Tokens> m_before;
    bool m_hasBegun;
};

Outcome outcomeOf(const std::shared_ptr<SignInWatch> &watch, const Instant &deadline)
{
    return {[watch](Session &session) { return watch->ask(session); },
        [watch](const Session &session) { return watch->lastWord(session); }, deadline};
}

} // namespace

Outcome signInOutcome(const Session &session, const SignInWait &wait)
{
    return outcomeOf(std::make_shared<SignInWatch>(session, wait, false), wait.deadline);
}

Outcome resumedOutcome(const Session &session, const SignInWait &wait)
{
    return outcomeOf(std::make_shared<SignInWatch>(session, wait, true), wait.deadline);
}

} // namespace latchkey
