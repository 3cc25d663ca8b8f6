// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/session.h"

#include "base/logging.h"
#include "base/overloaded.h"
#include "session/history/historyentry.h"

namespace latchkey {

namespace {

//! By a person, and worth a line in the history even where the state stays.
bool isDecision(const SessionEvent &event)
{
    return std::holds_alternative<event::Trust>(event)
        || std::holds_alternative<event::Decline>(event)
        || std::holds_alternative<event::Cancel>(event);
}

} // namespace

Session::Session(Account account, std::unique_ptr<TokenClient> client,
    std::unique_ptr<SecretStore> store, RefreshPolicy policy, SessionHistory history,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_account(std::move(account))
    , m_client(std::move(client))
    , m_vault(std::move(store), deadlines)
    , m_policy(std::move(policy))
    , m_deadlines(deadlines)
    , m_wake(deadlines)
    , m_holdEnd(deadlines)
    , m_history(std::move(history))
    , m_isRenewalInDoubt(m_history.endsInDoubt())
{
    connect(m_client.get(), &TokenClient::answered, this, [this](const TokenAnswer &answer) {
        std::visit([this](const auto &a) { apply(a); }, answer);
    });
    connect(m_client.get(), &TokenClient::loggedOut, this, &Session::onLoggedOut);
    connect(&m_vault, &VaultSync::loaded, this, &Session::onLoaded);
    connect(&m_vault, &VaultSync::failed, this, &Session::onVaultFailed);
    connect(&m_vault, &VaultSync::changed, this, &Session::onVaultChanged);
    connect(&m_wake, &Deadline::reached, this, [this] { apply(event::Due{}); });
    connect(&m_holdEnd, &Deadline::reached, this, &Session::changed);
}

QList<Secret> Session::secrets() const
{
    QList<Secret> secrets = secretsOf(m_state);
    if (m_signInNext)
        secrets += secretsOf(m_signInNext->grant);
    return secrets;
}

SessionSnapshot Session::snapshot() const
{
    SessionSnapshot snapshot = SessionSnapshot::of(m_state, m_deadlines.now());
    snapshot.account = m_account;
    snapshot.reasonAt = m_reasonAt;
    snapshot.isPersisted = m_vault.isKept() && m_isAccountSaved;
    snapshot.isBeingKept = isBeingKept();
    snapshot.storeError = keepingError();
    if (const auto trouble = m_vault.trouble())
        snapshot.storeErrorAt = onTheWall(trouble->since, m_deadlines.now());
    snapshot.isPinFixed = !m_fixedPin.isEmpty();
    snapshot.history = m_history.entries();
    return snapshot;
}

bool Session::isBeingKept() const
{
    const bool isRemoved = m_vault.isErasing() && m_vault.isBusy();
    return tokens() && (m_vault.isWriting() || isRemoved || (!m_isAccountSaved && !m_accountError));
}

std::optional<StoreError> Session::keepingError() const
{
    const auto trouble = m_vault.trouble();
    return trouble && !m_vault.isUnread() ? std::optional(trouble->error) : m_accountError;
}

void Session::noteSaved(const Account &written)
{
    const bool isSaved = written == m_account;
    const bool isNews = std::exchange(m_isAccountSaved, isSaved) != isSaved || m_accountError;
    m_accountError.reset();
    if (isNews)
        tellChange();
}

void Session::noteNotSaved(StoreError error)
{
    if (m_isAccountSaved || std::exchange(m_accountError, error) == error)
        return;
    tellChange();
}

void Session::changeAccount()
{
    m_isAccountSaved = false;
    m_accountError.reset();
    Q_EMIT accountChanged();
}

void Session::restore()
{
    if (!m_account.keepSignedIn)
        m_vault.erase(); // a crash may have left a record that was to be erased
    apply(event::Restore{});
}

void Session::signIn(
    const Credentials &credentials, bool shortLived, bool keepSignedIn, const Fingerprint &pin)
{
    const bool hasSecret = tokens() && credentials.clientSecret.isEmpty();
    const Secret clientSecret =
        hasSecret ? tokens()->context.clientSecret : credentials.clientSecret;
    const event::SignIn event{{m_account.user, credentials.password, shortLived, clientSecret},
        keepSignedIn, mayTrust(pin) ? pin : m_fixedPin};
    if (mustSignInWait())
        m_signInNext = event;
    else
        apply(event);
}

bool Session::mustSignInWait() const
{
    const bool isAnswerDue = phase() == Phase::Refreshing && !m_client->isQueued();
    return isAnswerDue || (m_vault.isUnread() && !m_vault.trouble());
}

void Session::trust(const Fingerprint &fingerprint)
{
    const Certificate *certificate = certificateInQuestion(m_state);
    const bool isIt = certificate && certificate->fingerprint == fingerprint;
    if (isIt && mayTrust(fingerprint) && !m_isForbidden)
        apply(event::Trust{});
}

void Session::cancelSignIn()
{
    const auto *question = std::get_if<state::TrustNeeded>(&m_state);
    const bool isAsking = question && std::holds_alternative<SignInAttempt>(question->resume);
    if (m_signInNext || isAsking || phase() == Phase::SigningIn || phase() == Phase::CodeNeeded)
        cancel();
}

void Session::signOut()
{
    m_signInNext.reset();
    m_isDisputed = false;
    m_account.isSignedOut = true;
    m_isFarewellUnheard = tokens() || phase() == Phase::Restoring; // until the appliance confirms
    m_owesFarewell = true;
    changeAccount();
    apply(event::SignOut{});
}

void Session::setAsleep(bool isAsleep)
{
    m_isAsleep = isAsleep;
    if (isAsleep)
        apply(event::HoldBack{});
}

bool Session::isUnfinished() const
{
    const bool isAsked = phase() == Phase::Refreshing && !m_client->isQueued();
    return isAsked || m_vault.isBusy() || isBeingKept() || m_isLoggingOut;
}

void Session::apply(const SessionEvent &event)
{
    const bool isOutermost = !std::exchange(m_isApplying, true);
    bool isNews = transit(event);
    if (m_signInNext && !mustSignInWait())
        isNews |= transit(*std::exchange(m_signInNext, {}));
    if (!isOutermost)
        return;
    m_isApplying = false;
    if (isNews)
        tellChange();
}

void Session::tellChange()
{
    if (m_isApplying)
        return;
    Q_EMIT changed();
    sayFarewell();
}

Situation Session::situation() const
{
    const bool hasNetwork = m_hasNetwork || m_account.isOnThisMachine();
    return {
        m_deadlines.now(), m_account.pin, m_policy, m_isAsleep, hasNetwork, !m_client->isQueued()};
}

bool Session::transit(const SessionEvent &event)
{
    std::optional<Step> next = step(m_state, event, situation());
    if (!next)
        return false;
    const bool isNews = isDecision(event) || phaseOf(next->state) != phase()
        || reasonOf(next->state) != reasonOf(m_state);
    const bool isSignedIn = phase() == Phase::SigningIn && std::holds_alternative<Granted>(event);
    if (const auto *begun = std::get_if<event::SignIn>(&event))
        m_choice = {begun->grant.shortLived, begun->keepSignedIn};
    const auto before = standingReasonOf(std::exchange(m_state, std::move(next->state)));
    noteReason(before);
    if (isSignedIn)
        adoptChoice();
    if (isNews)
        noteState(event); // before the effects, so that a crash during them leaves a trace
    for (const Effect &effect : std::as_const(next->effects))
        perform(effect);
    m_wake.set(dueAt(m_state, m_deadlines.now()));
    return true;
}

//! A sign-in succeeded: the options that it was given now hold for the account.
void Session::adoptChoice()
{
    const bool wasKept = std::exchange(m_account.keepSignedIn, m_choice.keepSignedIn);
    const bool wasShortLived = std::exchange(m_account.shortLived, m_choice.shortLived);
    if (wasKept && !m_account.keepSignedIn)
        m_vault.erase();
    if (wasKept != m_account.keepSignedIn || wasShortLived != m_account.shortLived)
        changeAccount();
}

//! Somebody is signed in, so the account is real and no longer signed out.
void Session::keepAccount()
{
    const bool wasSignedOut = std::exchange(m_account.isSignedOut, false);
    const bool wasProvisional = std::exchange(m_isProvisional, false);
    m_account.isPreset = false;
    m_history.keep();
    if (wasSignedOut || wasProvisional)
        changeAccount();
}

void Session::perform(const Effect &effect)
{
    std::visit(Overloaded{
                   [this](const effect::Send &e) { m_client->send(e.grant, pinFor(e.pin)); },
                   [this](const effect::CancelRequest &) { m_client->cancel(); },
                   [this](const effect::Expedite &) { m_client->expedite(); },
                   [this](const effect::LogOut &e) {
                       m_isLoggingOut = true;
                       m_client->logOut(e.farewell, m_account.pin);
                   },
                   [this](const effect::ReadVault &) { m_vault.read(); },
                   [this](const effect::LeaveUnread &) { m_vault.stopReading(); },
                   [this](const effect::Record &) {
                       keepAccount();
                       record();
                   },
                   [this](const effect::Forget &) { m_vault.erase(); },
                   [this](const effect::Pin &e) { pin(e.fingerprint); },
               },
        effect);
}

void Session::record()
{
    if (m_account.keepSignedIn)
        m_holdEnd.set(m_deadlines.now() + longestHold);
    seal();
}

void Session::seal()
{
    const TokenSet *set = tokens();
    if (!set || !m_account.keepSignedIn)
        return;
    m_changes = {};
    m_hasTerms = true;
    m_vault.write(set->toRecord(m_account, m_deadlines.now()));
}

void Session::onLoaded(const Secret &record)
{
    const bool wasDisputed = std::exchange(m_isDisputed, false);
    const Account sealed = TokenSet::sealedAccount(record, m_changes.listed.value_or(m_account));
    if (wasDisputed && !sealed.isSameUser(m_account)) {
        Q_EMIT keptForAnother(sealed);
        return;
    }
    auto set = TokenSet::fromRecord(record, m_account, m_deadlines.now());
    if (!set) {
        const auto end = m_history.endByAppliance();
        return apply(event::NothingStored{end ? end->reason() : std::nullopt});
    }
    set->isRenewalInDoubt = std::exchange(m_isRenewalInDoubt, false);
    m_history.keep();
    const Fingerprint pin = m_account.pin;
    const bool isNewer = tokens() && tokens()->isSucceededBy(*set);
    if (!std::exchange(m_hasTerms, true) || isNewer)
        adoptTerms(sealed);
    const bool isPinOther = m_account.pin != pin;
    if (isPinOther && m_signInNext)
        m_signInNext->pin = {}; // it was judged beside the other one
    m_client->know(set->accessToken, set->refreshToken, set->context);
    apply(event::Restored{*set, isPinOther});
    if (m_account.policy != sealed.policy || m_account.pin != sealed.pin)
        seal();
}

void Session::onVaultFailed(StoreError error)
{
    if (error == StoreError::Damaged || error == StoreError::KeyMissing)
        m_isDisputed = false; // no sealed record is left to contradict the list
    apply(event::StoreFailed{error});
}

void Session::onVaultChanged()
{
    if (!m_vault.isWriting())
        m_holdEnd.set({});
    tellChange();
}

void Session::onLoggedOut(bool isDone)
{
    m_isLoggingOut = false;
    m_isFarewellUnheard = !isDone;
    tellChange();
}

void Session::sayFarewell()
{
    if (phase() == Phase::SignedOut && !isLeaving() && std::exchange(m_owesFarewell, false))
        Q_EMIT signedOut();
}

//! A reason is as old as its kind. That the appliance has ended the session may be older than the
//! program's start.
void Session::noteReason(const std::optional<AuthError> &before)
{
    const auto reason = standingReasonOf(m_state);
    if (!reason)
        return m_reasonAt.reset();
    if (before && before->type == reason->type)
        return;
    const auto end = m_history.endByAppliance();
    const bool isOfBefore = end && reason->type == AuthError::Type::Expired;
    m_reasonAt = isOfBefore ? end->at : m_deadlines.now().wall;
}

void Session::noteState(const SessionEvent &event)
{
    const auto reason = reasonOf(m_state);
    const SessionHistory::Entry entry = entryFor(event, m_state, m_deadlines.now().wall);
    m_history.add(entry);
    qCInfo(sessionLog).noquote() << m_account.name << scriptName(entry.phase)
                                 << scriptName(entry.cause)
                                 << (reason ? reason->name() + u' ' + reason->detail : QString());
}

} // namespace latchkey
