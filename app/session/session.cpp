// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/session.h"

#include "base/logging.h"
#include "base/overloaded.h"

using namespace std::chrono_literals;

namespace latchkey {

namespace {

//! How long a renewal waits for the vault to take the one before.
constexpr Milliseconds storePatience = 5s;

//! Until the vault is tried again: 5 s, then longer and longer, while nobody unlocks it.
Milliseconds storePause(int failures)
{
    return std::min<Milliseconds>(5s * (1 << std::clamp(failures - 1, 0, 4)), 60s);
}

std::optional<WallTime> onTheWall(const std::optional<Instant> &at, const Instant &now)
{
    return at ? std::optional(latchkey::onTheWall(*at, now)) : std::nullopt;
}

//! What is to be remembered of a change.
Timeline::Entry entryFor(const SessionEvent &event, const SessionState &state, WallTime at)
{
    constexpr int ok = 200;
    Timeline::Entry entry{at, phaseOf(state), causeOf(event)};
    const auto note = [&entry](int status, const ReplyTrace &trace) {
        entry.httpStatus = status;
        entry.trace = trace;
    };
    if (const auto reason = reasonOf(state)) {
        entry.problem = reason->kind;
        entry.answerLost = reason->answerLost;
        // A refusal ends the session only once the vault has had its say, but it is the cause.
        if (entry.phase == Phase::SignedOut && reason->httpStatus != 0) {
            entry.cause = Cause::Failed;
            note(reason->httpStatus, reason->trace);
        }
    }
    std::visit(Overloaded{
                   [&](const Granted &e) { note(ok, e.trace); },
                   [&](const CodeAsked &e) { note(ok, e.trace); },
                   [&](const AuthError &e) { note(e.httpStatus, e.trace); },
                   [](const auto &) {},
               },
        event);
    return entry;
}

std::optional<Instant> nextRefresh(const SessionState &state)
{
    if (const auto *active = std::get_if<state::Active>(&state)) {
        const bool canRefresh = !active->tokens.refreshToken.isEmpty();
        return canRefresh ? std::optional(active->refreshAt) : std::nullopt;
    }
    if (const auto *waiting = std::get_if<state::Waiting>(&state))
        return waiting->retryAt;
    return {};
}

} // namespace

Session::Session(Account account, std::unique_ptr<TokenClient> client,
    std::unique_ptr<RotationJournal> journal, RefreshPolicy policy, Timeline timeline,
    DeadlineQueue &deadlines, QObject *parent)
    : QObject(parent)
    , m_account(std::move(account))
    , m_client(std::move(client))
    , m_journal(std::move(journal))
    , m_policy(std::move(policy))
    , m_deadlines(deadlines)
    , m_wake(deadlines)
    , m_storeAgain(deadlines)
    , m_heldUp(deadlines)
    , m_timeline(std::move(timeline))
    , m_isRenewalInDoubt(m_timeline.endsInDoubt())
{
    connect(m_client.get(), &TokenClient::answered, this, [this](const TokenAnswer &answer) {
        std::visit([this](const auto &a) { apply(a); }, answer);
    });
    connect(m_client.get(), &TokenClient::loggedOut, this, &Session::onLoggedOut);
    connect(m_journal.get(), &RotationJournal::restored, this, &Session::onRestored);
    connect(m_journal.get(), &RotationJournal::recorded, this, &Session::onRecorded);
    connect(m_journal.get(), &RotationJournal::forgotten, this, &Session::onForgotten);
    connect(m_journal.get(), &RotationJournal::failed, this, &Session::onStoreFailed);
    connect(&m_wake, &Deadline::reached, this, [this] { apply(event::Wake{}); });
    connect(&m_heldUp, &Deadline::reached, this, &Session::endHoldUp);
    connect(&m_storeAgain, &Deadline::reached, this, &Session::tryVaultAgain);
}

SessionSnapshot Session::snapshot() const
{
    const Instant now = m_deadlines.now();
    SessionSnapshot snapshot;
    snapshot.account = m_account;
    snapshot.phase = phase();
    snapshot.takenAt = now.wall;
    snapshot.reason = reasonOf(m_state);
    snapshot.reasonAt = m_reasonAt;
    snapshot.nextRefreshAt = onTheWall(nextRefresh(m_state), now);
    snapshot.isPersisted = m_isRecorded && m_journal->isDurable();
    snapshot.storeError = m_storeError;
    snapshot.storeErrorAt = m_storeErrorAt;
    snapshot.history = m_timeline.entries();
    if (const TokenSet *set = tokens()) {
        snapshot.identity = set->identity;
        snapshot.grantedAt = latchkey::onTheWall(set->grantedAt, now);
        snapshot.accessEnd = latchkey::onTheWall(set->accessEnd, now);
        snapshot.hasRefreshToken = !set->refreshToken.isEmpty();
        snapshot.refreshEnd = onTheWall(set->refreshEnd, now);
        snapshot.clockOffset = set->clockOffset;
    }
    if (const auto *trustNeeded = std::get_if<state::TrustNeeded>(&m_state))
        snapshot.certificate = trustNeeded->seen;
    return snapshot;
}

void Session::noteKeychain(Keychain keychain)
{
    if (std::exchange(m_account.keychain, keychain) != keychain)
        Q_EMIT accountChanged();
}

void Session::setPolicy(HandOutPolicy::Value policy)
{
    if (std::exchange(m_account.policy, policy) == policy)
        return;
    Q_EMIT accountChanged();
    Q_EMIT changed();
}

void Session::restore()
{
    m_isVaultUnread = true;
    apply(event::Restore{});
}

void Session::signIn(const Secret &password, bool shortLived)
{
    m_account.shortLived = shortLived;
    const event::SignIn event{{m_account.user, password, shortLived}};
    if (phase() == Phase::Refreshing && !m_client->isWaitingItsTurn())
        m_signInNext = event;
    else
        apply(event);
}

void Session::submitCode(const Secret &code)
{
    apply(event::Code{code});
}

void Session::trust(const Fingerprint &fingerprint)
{
    const auto *trustNeeded = std::get_if<state::TrustNeeded>(&m_state);
    if (trustNeeded && trustNeeded->seen.fingerprint == fingerprint)
        apply(event::Trust{});
}

void Session::decline()
{
    apply(event::Decline{});
}

void Session::demand()
{
    renewEarly(event::Demand{});
}

void Session::refreshNow()
{
    renewEarly(event::RefreshNow{});
}

//! Earlier than it is due: then there is time to wait for the vault.
void Session::renewEarly(const SessionEvent &event)
{
    if (phase() == Phase::Active && isHeldUpByVault())
        m_renewNext = event;
    else
        apply(event);
}

//! The vault has answered, or has been waited for long enough.
void Session::endHoldUp()
{
    m_heldUp.set({});
    if (m_renewNext)
        apply(*std::exchange(m_renewNext, {}));
}

void Session::cancel()
{
    if (phase() == Phase::Restoring)
        m_isVaultUnread = false;
    m_signInNext.reset();
    apply(event::Cancel{});
}

void Session::signOut()
{
    m_signInNext.reset();
    m_account.isSignedOut = true;
    Q_EMIT accountChanged();
    apply(event::SignOut{});
}

void Session::setNetwork(bool isThere)
{
    m_hasNetwork = isThere;
    if (situation().isOffline)
        apply(event::Offline{});
}

void Session::setAsleep(bool isAsleep)
{
    m_isAsleep = isAsleep;
    if (isAsleep)
        apply(event::Offline{});
}

void Session::dropRequest()
{
    apply(event::Sleep{});
}

void Session::lookAgain(Cause::Value why)
{
    apply(event::LookAgain{why});
}

bool Session::isUnfinished() const
{
    const bool isAsked = phase() == Phase::Refreshing && !m_client->isWaitingItsTurn();
    return isAsked || m_isStoring || m_isLoggingOut;
}

void Session::apply(const SessionEvent &event)
{
    if (!transit(event))
        return;
    if (phase() != Phase::Active)
        m_renewNext.reset();
    // A sign-in came to nothing before the vault could be read.
    if (phase() == Phase::SignedOut && m_isVaultUnread)
        m_storeAgain.set(m_deadlines.now() + storePause(1));
    if (m_signInNext && phase() != Phase::Refreshing)
        transit(*std::exchange(m_signInNext, {}));
    Q_EMIT changed();
}

Situation Session::situation() const
{
    const bool isOffline = m_isAsleep || (!m_hasNetwork && !m_account.isOnThisMachine());
    return {m_deadlines.now(), m_account.pin, m_policy, isOffline, !m_client->isWaitingItsTurn()};
}

bool Session::isReadingVault() const
{
    const auto *refreshing = std::get_if<state::Refreshing>(&m_state);
    return phase() == Phase::Restoring || (refreshing && refreshing->refusal);
}

bool Session::transit(const SessionEvent &event)
{
    std::optional<Step> next = step(m_state, event, situation());
    if (!next)
        return false;
    const bool isNews =
        phaseOf(next->state) != phase() || reasonOf(next->state) != reasonOf(m_state);
    m_state = std::move(next->state);
    if (isNews)
        noteState(event); // before what it asks for: a crash in the midst of that leaves a trace
    for (const Effect &effect : std::as_const(next->effects))
        perform(effect);
    m_wake.set(wakeAt(m_state, m_deadlines.now()));
    return true;
}

//! Somebody is signed in: the account is real, and no longer signed out.
void Session::keepAccount()
{
    const bool wasSignedOut = std::exchange(m_account.isSignedOut, false);
    const bool wasProvisional = std::exchange(m_isProvisional, false);
    m_timeline.keep();
    if (wasSignedOut || wasProvisional)
        Q_EMIT accountChanged();
}

void Session::perform(const Effect &effect)
{
    std::visit(Overloaded{
                   [this](const effect::Send &e) { m_client->send(e.grant, m_account.pin); },
                   [this](const effect::CancelRequest &) { m_client->cancel(); },
                   [this](const effect::Hurry &) { m_client->hurry(); },
                   [this](const effect::LogOut &e) {
                       m_isLoggingOut = true;
                       m_client->logOut(e.accessToken, m_account.pin);
                   },
                   [this](const effect::ReadVault &) {
                       m_isStoring = false; // what was to be stored is not what will be kept
                       m_journal->restore();
                   },
                   [this](const effect::Record &) {
                       keepAccount();
                       record();
                   },
                   [this](const effect::Forget &) { forget(); },
                   [this](const effect::Pin &e) {
                       m_account.pin = e.fingerprint;
                       Q_EMIT accountChanged();
                   },
               },
        effect);
}

//! Whatever the session holds by then; it may have been signed out since it was asked.
void Session::record()
{
    const TokenSet *set = tokens();
    if (!set)
        return;
    m_isRecorded = false;
    m_isForgetting = false;
    m_isStoring = true;
    m_isVaultUnread = false;
    m_storeAgain.set({});
    m_heldUp.set(m_deadlines.now() + storePatience);
    m_journal->record(set->toRecord(m_account, m_deadlines.now()));
}

void Session::tryVaultAgain()
{
    if (m_isForgetting)
        forget();
    else if (m_isVaultUnread && phase() == Phase::SignedOut)
        m_journal->restore();
    else
        record();
}

void Session::forget()
{
    m_isRecorded = false;
    m_isForgetting = true;
    m_isStoring = true;
    m_isVaultUnread = false;
    m_heldUp.set({});
    m_storeAgain.set({});
    m_journal->forget();
}

void Session::onRestored(const Secret &record)
{
    const bool isLate = phase() == Phase::SignedOut && m_isVaultUnread;
    if (!isReadingVault() && !isLate)
        return; // a sign-in is under way: where it comes to nothing, the vault is read again
    auto set = TokenSet::fromRecord(record, m_account, m_deadlines.now());
    m_isVaultUnread = false;
    m_isRecorded = set.has_value();
    if (!set)
        return apply(event::NothingStored{});
    set->isRenewalInDoubt = std::exchange(m_isRenewalInDoubt, false);
    m_timeline.keep();
    apply(event::Restored{*set});
}

void Session::onRecorded()
{
    m_isRecorded = true;
    m_isStoring = false;
    m_storeFailures = 0;
    m_storeError.reset();
    endHoldUp();
    Q_EMIT changed();
}

void Session::onForgotten()
{
    m_isForgetting = false;
    m_isStoring = false;
    m_storeFailures = 0;
    m_storeError.reset();
    Q_EMIT changed();
    sayFarewell();
}

void Session::onLoggedOut()
{
    m_isLoggingOut = false;
    sayFarewell();
}

//! The tokens live on in memory, and are offered to the vault again; what was to be forgotten is
//! tried again too.
void Session::onStoreFailed(StoreError error)
{
    m_isStoring = false;
    if (isReadingVault())
        return apply(event::StoreFailed{error});
    if (m_isVaultUnread && phase() == Phase::SignedOut)
        return m_storeAgain.set(m_deadlines.now() + storePause(++m_storeFailures));
    if (m_storeError != error)
        m_storeErrorAt = m_deadlines.now().wall;
    m_storeError = error;
    if (tokens() || m_isForgetting)
        m_storeAgain.set(m_deadlines.now() + storePause(++m_storeFailures));
    endHoldUp();
    Q_EMIT changed();
}

void Session::sayFarewell()
{
    if (!m_isForgetting && !m_isLoggingOut)
        Q_EMIT farewellSaid();
}

void Session::noteState(const SessionEvent &event)
{
    const auto reason = reasonOf(m_state);
    const Timeline::Entry entry = entryFor(event, m_state, m_deadlines.now().wall);
    m_reasonAt = reason ? std::optional(entry.at) : std::nullopt;
    m_timeline.add(entry);
    qCInfo(sessionLog).noquote() << m_account.name << scriptName(entry.phase)
                                 << scriptName(entry.cause)
                                 << (reason ? reason->name() + u' ' + reason->detail : QString());
}

} // namespace latchkey
