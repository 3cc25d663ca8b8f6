// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "session/sessionsnapshot.h"
#include "session/transitions.h"
#include "vault/rotationjournal.h"

#include <QObject>

#include <memory>

namespace latchkey {

//! One account being kept signed in. Owns its state, its client and its place in the vault;
//! everything that varies comes in through the constructor. Whatever happens goes through
//! step() and is then told by exactly one changed().
//!
//! All commands return at once. Where one means nothing in the present state, it does nothing.
class Session : public QObject {
    Q_OBJECT
public:
    Session(Account account, std::unique_ptr<TokenClient> client,
        std::unique_ptr<RotationJournal> journal, RefreshPolicy policy, Timeline timeline,
        DeadlineQueue &deadlines, QObject *parent = nullptr);

    [[nodiscard]] const Account &account() const { return m_account; }
    [[nodiscard]] const SessionState &state() const { return m_state; }
    [[nodiscard]] Phase::Value phase() const { return phaseOf(m_state); }
    [[nodiscard]] const TokenSet *tokens() const { return tokensOf(m_state); }
    [[nodiscard]] SessionSnapshot snapshot() const;
    [[nodiscard]] Instant now() const { return m_deadlines.now(); }
    //! Nobody was ever signed in: the account may be a mistake and is not worth keeping.
    [[nodiscard]] bool isProvisional() const { return m_isProvisional; }
    void setProvisional() { m_isProvisional = true; }
    //! The vault works on the newest tokens. A rotation that it has not taken yet would be lost
    //! with the program, so nothing is renewed early meanwhile; but for a few seconds only, because
    //! a vault that waits for a person may take for ever.
    [[nodiscard]] bool isHeldUpByVault() const { return m_isStoring && m_heldUp.at().has_value(); }
    //! A renewal waits for the vault, and begins as soon as it may.
    [[nodiscard]] bool isRenewalPending() const { return m_renewNext.has_value(); }
    //! Ending the program now would lose a token, or leave one that was to be forgotten.
    [[nodiscard]] bool isUnfinished() const;

    void setPolicy(HandOutPolicy::Value policy);

    //! The vault learnt which keychain holds the item.
    void noteKeychain(Keychain keychain);

    void restore();
    //! Instead of restore(), for an account that was signed out: empties its place in the vault.
    void forgetStored() { forget(); }
    //! A refresh under way comes to its end first: its answer may hold the only good token.
    void signIn(const Secret &password, bool shortLived);
    void submitCode(const Secret &code);
    //! Pins the certificate in question, if \a fingerprint is its own.
    void trust(const Fingerprint &fingerprint);
    void decline();
    void demand();
    void refreshNow();
    void cancel();
    //! Says good-bye to the appliance and forgets the tokens, whether it hears us or not.
    void signOut();

    //! What happened to it is not kept either.
    void discardHistory() { m_timeline.forget(); }

    //! Without a network nothing is sent but what a person asks for, unless the appliance is on
    //! this machine.
    void setNetwork(bool isThere);
    //! Asleep, nothing is sent by itself.
    void setAsleep(bool isAsleep);
    //! Gives up the request under way: its answer would not come before the machine wakes up.
    void dropRequest();
    //! What had to wait may go now, for this reason.
    void lookAgain(Cause::Value why);

Q_SIGNALS:
    //! The state, or something else that snapshot() tells, is different.
    void changed();
    //! The account learnt something that is to be kept: a pin, a keychain, a policy.
    void accountChanged();
    //! After signOut(): the appliance has been told, or could not be; the vault has forgotten.
    void farewellSaid();

private:
    [[nodiscard]] Situation situation() const;
    void renewEarly(const SessionEvent &event);
    void endHoldUp();
    [[nodiscard]] bool isReadingVault() const;
    void apply(const SessionEvent &event);
    bool transit(const SessionEvent &event);
    void keepAccount();
    void perform(const Effect &effect);
    void record();
    void forget();
    void tryVaultAgain();
    void onRestored(const Secret &record);
    void onRecorded();
    void onForgotten();
    void onStoreFailed(StoreError error);
    void onLoggedOut();
    void noteState(const SessionEvent &event);
    void sayFarewell();

    Account m_account;
    std::unique_ptr<TokenClient> m_client;
    std::unique_ptr<RotationJournal> m_journal;
    RefreshPolicy m_policy;
    DeadlineQueue &m_deadlines;
    Deadline m_wake;
    Deadline m_storeAgain;
    Deadline m_heldUp;
    SessionState m_state;
    Timeline m_timeline;
    //! An earlier run of the program left a refresh without an answer.
    bool m_isRenewalInDoubt = false;
    std::optional<WallTime> m_reasonAt;
    bool m_hasNetwork = true;
    bool m_isAsleep = false;
    int m_storeFailures = 0;
    //! The vault may hold tokens that nobody has seen yet, because it did not answer.
    bool m_isVaultUnread = false;
    bool m_isRecorded = false;
    bool m_isForgetting = false;
    bool m_isStoring = false;
    bool m_isProvisional = false;
    std::optional<event::SignIn> m_signInNext;
    std::optional<SessionEvent> m_renewNext;
    bool m_isLoggingOut = false;
    std::optional<StoreError> m_storeError;
    std::optional<WallTime> m_storeErrorAt;
};

} // namespace latchkey
