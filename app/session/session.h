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

//! One account that is kept signed in. Owns its state, its client and its place in the vault;
//! everything that varies comes in through the constructor. Every event goes through step() and is
//! then announced by exactly one changed().
//!
//! All commands return at once. A command that makes no sense in the present state does nothing.
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
    //! Nobody was ever signed in here, so the account may be a mistake and is not worth keeping.
    [[nodiscard]] bool isProvisional() const { return m_isProvisional; }
    void setProvisional() { m_isProvisional = true; }
    //! The tokens are being written to disk or, if they are not to be kept, being erased from it.
    //! Success is announced once that is done or has failed.
    [[nodiscard]] bool isBeingKept() const;
    //! How long a new token is held back so that the vault can keep it first.
    static constexpr Milliseconds longestHold{250};
    [[nodiscard]] bool isTokenOnHold() const { return m_vault.isWriting() && m_holdEnd.at(); }
    //! All that it has, to be looked for where none may be.
    [[nodiscard]] QList<Secret> secrets() const;
    //! Why the tokens do not outlive the program although they should.
    [[nodiscard]] std::optional<StoreError> keepingError() const;
    //! After signOut(): the appliance has not answered yet, or the vault is still erasing.
    [[nodiscard]] bool isLoggingOut() const { return m_isLoggingOut; }
    [[nodiscard]] bool isLeaving() const { return m_isLoggingOut || m_vault.isErasing(); }
    //! The appliance did not confirm the last signOut(): it was not told, because the access token
    //! had expired or the vault had not answered, or it did not reply that the session is over.
    [[nodiscard]] bool isFarewellUnheard() const { return m_isFarewellUnheard; }
    //! Ending the program now would lose a token, or leave one behind that should be erased.
    [[nodiscard]] bool isUnfinished() const;

    void setPolicy(HandOutPolicy::Value policy) { changePolicy(policy, false); }
    //! Sets the policy on behalf of a program, which may only make it stricter. If the sealed
    //! policy is not known yet, it also only makes that one stricter.
    void tightenPolicy(HandOutPolicy::Value policy) { changePolicy(policy, true); }
    //! Nothing is under way that goes by the name, and its new name can be sealed.
    [[nodiscard]] bool canBeRenamed() const;
    //! renamed() follows, then changed(). What is kept stays where it is.
    void rename(const QString &name);
    //! Repeats on \a other what people have changed here before the record could be read.
    void handChangesTo(Session &other) const;
    //! The list of accounts was edited from outside: notes it in the history and has the list
    //! corrected.
    void noteEdited();
    //! The vault's record may have an older policy or pin, and the next start goes by the record.
    [[nodiscard]] bool isSealBehind() const { return m_vault.isBehind(); }

    [[nodiscard]] bool isAccountSaved() const { return m_isAccountSaved; }
    //! Why the account is not saved, if saving failed.
    [[nodiscard]] const std::optional<StoreError> &accountError() const { return m_accountError; }
    //! The list of accounts was written with \a written in it, or could not be written.
    void noteSaved(const Account &written);
    void noteNotSaved(StoreError error);

    void restore();
    //! The list of accounts and the sealed record may disagree about whose account this is, and
    //! only the record can settle it. Until it is read, nobody can sign in and nothing is erased.
    //! If the list is wrong, keptForAnother() follows.
    void restoreDisputed()
    {
        m_isDisputed = true;
        apply(event::Restore{});
    }
    [[nodiscard]] bool isDisputed() const { return m_isDisputed; }
    //! For an account that was signed out, instead of restore(): erases its place in the vault.
    void forgetStored() { m_vault.erase(); }
    //! The place in the vault now belongs to a new session of the same name.
    void leaveVault() { m_vault.leave(); }
    //! Waits for a refresh under way, whose answer may hold the only good token. Also waits for the
    //! vault to be read, unless the vault has trouble: the record tells which certificate to trust.
    //! Until the sign-in succeeds, account, tokens and vault stay as they were.
    //! Without a client secret, that of the present tokens is used.
    //! With \a pin, only that certificate is trusted; it is the account's own once it has
    //! succeeded.
    void signIn(const Credentials &credentials, bool shortLived, bool keepSignedIn = true,
        const Fingerprint &pin = {});
    void submitCode(const Secret &code) { apply(event::Code{code}); }
    //! Pins the certificate in question if its fingerprint is \a fingerprint, the administrator has
    //! not decided for another one, and signing in there is allowed.
    void trust(const Fingerprint &fingerprint);
    //! The administrator's decision: from now on this certificate alone counts, whatever anybody
    //! says or was sealed. A sign-in that was sent under another one is given up. With an empty
    //! one, people decide again.
    void setFixedPin(const Fingerprint &fingerprint);
    [[nodiscard]] bool mayTrust(const Fingerprint &fingerprint) const
    {
        return m_fixedPin.isEmpty() || fingerprint == m_fixedPin;
    }
    //! Signing in there is forbidden, or the policy is not known: no certificate is trusted, not by
    //! a person either. What is signed in stays so.
    void setForbidden(bool isForbidden) { m_isForbidden = isForbidden; }
    void decline() { apply(event::Decline{}); }
    //! Gives up a sign-in that is under way, asks for something or waits for its turn.
    void cancelSignIn();
    void demand() { apply(event::Demand{}); }
    void refreshNow() { apply(event::RefreshNow{}); }
    //! If a sign-in is waiting for its turn, cancels that and nothing else.
    void cancel()
    {
        if (!std::exchange(m_signInNext, {}))
            apply(event::Cancel{});
    }
    //! Tells the appliance and forgets the tokens, whether the appliance hears it or not.
    void signOut();

    //! Deletes the session's history as well.
    void discardHistory() { m_history.forget(); }

    //! Without a network, attempts are rarer, unless the appliance is on this machine.
    void setNetwork(bool isThere) { m_hasNetwork = isThere; }
    //! While asleep, the session sends nothing by itself.
    void setAsleep(bool isAsleep);
    //! Gives up the request under way, whose answer would not arrive before the machine wakes up.
    void dropRequest() { apply(event::Sleep{}); }
    //! Lets work that had to wait go ahead; \a why goes into the history.
    void lookAgain(Cause::Value why) { apply(event::Recheck{why}); }

Q_SIGNALS:
    //! Something that snapshot() tells has changed: the state or anything else.
    void changed();
    //! The account has changed and must be saved, such as its pin or policy.
    void accountChanged();
    void renamed(const QString &before);
    //! The sealed record belongs to \a sealed: another session must take over the record.
    void keptForAnother(const latchkey::Account &sealed);
    //! After signOut(): the appliance has answered, or will not, and the vault has erased the
    //! tokens.
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
    //! Under which a request goes out, if somebody named \a named for it.
    [[nodiscard]] Fingerprint pinFor(const Fingerprint &named) const
    {
        return named.isEmpty() || !m_fixedPin.isEmpty() ? m_account.pin : named;
    }
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
    void noteReason(const std::optional<AuthError> &before);
    void noteState(const SessionEvent &event);
    void sayFarewell();

    Account m_account;
    std::unique_ptr<TokenClient> m_client;
    VaultSync m_vault;
    RefreshPolicy m_policy;
    DeadlineQueue &m_deadlines;
    Deadline m_wake;
    //! Until then, a new token is held back.
    Deadline m_holdEnd;
    SessionState m_state;
    SessionHistory m_history;
    //! An earlier run of the program sent a refresh and did not see the answer.
    bool m_isRenewalInDoubt = false;
    std::optional<WallTime> m_reasonAt;
    //! A change is under way; it is announced once it is complete.
    bool m_isApplying = false;
    bool m_hasNetwork = true;
    bool m_isAsleep = false;
    bool m_isProvisional = false;
    bool m_isAccountSaved = false;
    std::optional<StoreError> m_accountError;
    TermChanges m_changes;
    //! The account has had the sealed terms, or its own are being sealed. From then on only a
    //! record with newer tokens, which another Latchkey has left, says anything about them.
    bool m_hasTerms = false;
    bool m_isDisputed = false;
    bool m_isForbidden = false;
    std::optional<event::SignIn> m_signInNext;
    Fingerprint m_fixedPin;
    //! The options of the last sign-in that began.
    struct {
        bool shortLived = false;
        bool keepSignedIn = true;
    } m_choice;
    bool m_isLoggingOut = false;
    bool m_owesFarewell = false;
    bool m_isFarewellUnheard = false;
};

} // namespace latchkey
