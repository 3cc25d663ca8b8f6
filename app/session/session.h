// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/deadline.h"
#include "session/sessionsnapshot.h"
#include "session/termchanges.h"
#include "session/transitions.h"
#include "session/vaultsync.h"

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
        std::unique_ptr<SecretStore> store, RefreshPolicy policy, SessionHistory history,
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
    //! What it holds is on its way to the disk, or off it where it is not to be kept: success is
    //! told when that is done, or cannot be.
    [[nodiscard]] bool isBeingKept() const;
    //! A token that has just come is not handed out yet: for that long, the vault goes first.
    static constexpr Milliseconds longestHold{250};
    [[nodiscard]] bool isTokenOnHold() const;
    //! Why what it holds does not outlive the program, where it should.
    [[nodiscard]] std::optional<StoreError> keepingError() const;
    //! After signOut(): the appliance has not answered yet, or the vault still empties its place.
    [[nodiscard]] bool isLoggingOut() const { return m_isLoggingOut; }
    [[nodiscard]] bool isLeaving() const { return m_isLoggingOut || m_vault.isErasing(); }
    //! The appliance has not ended the session of the last signOut(): it was not told, because the
    //! access token had expired or the vault had not answered, or it did not say that it is done.
    [[nodiscard]] bool isFarewellUnheard() const { return m_isFarewellUnheard; }
    //! Ending the program now would lose a token, or leave one that was to be forgotten.
    [[nodiscard]] bool isUnfinished() const;

    void setPolicy(HandOutPolicy::Value policy) { changePolicy(policy, false); }
    //! The same for a program, which may make it stricter only than it is, or turns out to be once
    //! what is sealed can be read.
    void tightenPolicy(HandOutPolicy::Value policy) { changePolicy(policy, true); }
    //! Has what was changed here, before what is sealed could be read, hold for \a other as well.
    void handChangesTo(Session &other) const;
    //! The list of accounts was not as it was left: that is to be remembered, and mended.
    void noteEdited();
    //! What the vault holds may have another policy or pin, and what is sealed counts at the next
    //! start.
    [[nodiscard]] bool isSealBehind() const { return m_vault.isBehind(); }

    [[nodiscard]] bool isAccountSaved() const { return m_isAccountSaved; }
    //! Why it is not, when it could not be.
    [[nodiscard]] const std::optional<StoreError> &accountError() const { return m_accountError; }
    //! The list of accounts was written, with this one in it, or could not be.
    void noteSaved(const Account &written);
    void noteNotSaved(StoreError error);

    void restore();
    //! The list of accounts says otherwise whose it is than what is kept does. Only the seal can
    //! tell who is right: until it has, nobody is to sign in, and nothing is erased. Where it is
    //! not the list, keptForAnother() follows.
    void restoreDisputed();
    [[nodiscard]] bool isDisputed() const { return m_isDisputed; }
    //! Instead of restore(), for an account that was signed out: empties its place in the vault.
    void forgetStored() { m_vault.erase(); }
    //! Its place in the vault is a successor's of the same name now.
    void leaveVault() { m_vault.leave(); }
    //! A refresh under way comes to its end first: its answer may hold the only good token. So does
    //! reading the vault, unless that has trouble: what is sealed tells which certificate to trust.
    //! Until it succeeds, account, tokens and vault are as they were.
    void signIn(const Secret &password, bool shortLived, bool keepSignedIn = true);
    void submitCode(const Secret &code) { apply(event::Code{code}); }
    //! Pins the certificate in question, if \a fingerprint is its own.
    void trust(const Fingerprint &fingerprint);
    void decline() { apply(event::Decline{}); }
    void demand() { apply(event::Demand{}); }
    void refreshNow() { apply(event::RefreshNow{}); }
    //! A sign-in that waits for its turn is given up alone.
    void cancel();
    //! Says good-bye to the appliance and forgets the tokens, whether it hears us or not.
    void signOut();

    //! What happened to it is not kept either.
    void discardHistory() { m_history.forget(); }

    //! Without a network attempts are rarer, unless the appliance is on this machine.
    void setNetwork(bool isThere) { m_hasNetwork = isThere; }
    //! Asleep, nothing is sent by itself.
    void setAsleep(bool isAsleep);
    //! Gives up the request under way: its answer would not come before the machine wakes up.
    void dropRequest() { apply(event::Sleep{}); }
    //! What had to wait may go now, for this reason.
    void lookAgain(Cause::Value why) { apply(event::Recheck{why}); }

Q_SIGNALS:
    //! The state, or something else that snapshot() tells, is different.
    void changed();
    //! The account learnt something that is to be kept: a pin, a policy.
    void accountChanged();
    //! The account as it was sealed: another session is to go on with what is kept.
    void keptForAnother(const latchkey::Account &sealed);
    //! After signOut(): the appliance has answered, or will not; the vault has forgotten.
    void signedOut();

private:
    [[nodiscard]] Situation situation() const;
    void apply(const SessionEvent &event);
    bool transit(const SessionEvent &event);
    [[nodiscard]] bool mustSignInWait() const;
    void tellChange();
    void keepAccount();
    void changeAccount();
    void changePolicy(HandOutPolicy::Value policy, bool isLeast);
    void pin(const Fingerprint &fingerprint);
    void changeTerms();
    void adoptTerms(const Account &sealed);
    void adoptChoice();
    void perform(const Effect &effect);
    void record();
    void seal();
    void onLoaded(const Secret &record);
    void onVaultFailed(StoreError error);
    void onVaultChanged();
    void onLoggedOut(bool isDone);
    void noteState(const SessionEvent &event);
    void sayFarewell();

    Account m_account;
    std::unique_ptr<TokenClient> m_client;
    VaultSync m_vault;
    RefreshPolicy m_policy;
    DeadlineQueue &m_deadlines;
    Deadline m_wake;
    //! Until then, a token that has just come is on hold.
    Deadline m_holdEnd;
    SessionState m_state;
    SessionHistory m_history;
    //! An earlier run of the program left a refresh without an answer.
    bool m_isRenewalInDoubt = false;
    std::optional<WallTime> m_reasonAt;
    //! In the midst of a change, which is told once it is whole.
    bool m_isApplying = false;
    bool m_hasNetwork = true;
    bool m_isAsleep = false;
    bool m_isProvisional = false;
    bool m_isAccountSaved = false;
    std::optional<StoreError> m_accountError;
    TermChanges m_changes;
    bool m_isDisputed = false;
    std::optional<event::SignIn> m_signInNext;
    //! What the last sign-in that began wants of the account.
    struct {
        bool shortLived = false;
        bool keepSignedIn = true;
    } m_choice;
    bool m_isLoggingOut = false;
    bool m_owesFarewell = false;
    bool m_isFarewellUnheard = false;
};

} // namespace latchkey
