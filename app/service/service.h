// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/access/consent.h"
#include "agent/access/ledger.h"
#include "agent/access/presencelock.h"
#include "agent/agentserver.h"
#include "platform/systemfolder.h"
#include "service/ownership.h"
#include "session/accounts.h"
#include "session/drain.h"
#include "session/sessionmodel.h"
#include "session/words/sentences.h"
#include "vault/filequeue.h"
#include "vault/vaultcheck.h"
#include "vault/vaultkey.h"
#include "wire/http/network.h"
#include "wire/http/proxymemory.h"
#include "wire/oauth/kinds.h"
#include "wire/oauth/refreshthrottle.h"

#include <QCoreApplication>
#include <QObject>

namespace latchkey {

class ApplianceProbe;
class ClockWatch;
class KindSearch;
class NetworkWatch;
class ScreenLock;
class SleepWatch;

struct ServiceOptions {
    //! Where `accounts.json` and `programs.json` are.
    QString configFolder;
    //! Where each session's `vault/NAME.sealed` and `history/NAME.jsonl` are; also `vault.json`,
    //! which says where the vault key is, and `ledger.jsonl`.
    QString dataFolder;
    //! The path of the agent's socket.
    QString agentAddress;
    //! `latchkey` or `latchkeyd`.
    QString program;
    //! Uses no keychain, and keeps no tokens.
    bool memoryOnly = false;
    bool hasWindows = false;
    //! The process that a person would end: this one, or the parent that ends with it.
    qint64 pid = QCoreApplication::applicationPid();

    //! Kinds of appliance are in its folder `kinds/`, and in that of `configFolder`.
    QString systemFolder = administratorsFolder();

    //! The user's own folders.
    [[nodiscard]] static ServiceOptions forUser(const QString &program);

    //! Makes both folders, mode 0700; to be called before a Service uses them. Returns the one that
    //! belongs to another user, if any: no Service may be made then.
    [[nodiscard]] std::optional<QString> folderOfAnother() const;
};

//! Builds and wires the engine and the agent; the only class that makes adapters. Owned by main().
class Service : public QObject {
    Q_OBJECT
public:
    explicit Service(ServiceOptions options, QObject *parent = nullptr);
    ~Service() override;

    //! Loads the accounts and restores their sessions, but only where no other Latchkey has the
    //! data folder or the agent's socket: two programs must never use the same refresh token.
    [[nodiscard]] AgentServer::Start start();
    //! After AlreadyRunning: who has the sessions, as far as it tells.
    [[nodiscard]] Owner otherOwner() const;

    [[nodiscard]] SessionModel &sessions() { return m_sessions; }
    [[nodiscard]] Clock clock() const;
    //! Lets requests and writes that are under way end, for five seconds at most; ended() follows.
    void end();
    //! For what a person does that needs the keychain: it may ask once more to be unlocked.
    void allowUnlockPrompt() { m_vaultKey->allowPrompt(); }
    //! The prompt that asks a person which programs may have tokens; see Consent::setPrompt().
    void setConsentPrompt(ConsentPrompt *prompt) { m_consent.setPrompt(prompt); }
    //! Whether programs get no tokens while the screen is locked; on by default.
    void setLocksWithScreen(bool locks) { m_lock.setEnabled(locks); }
    [[nodiscard]] Ledger &ledger() { return m_ledger; }
    [[nodiscard]] const Kinds &kinds() const { return m_kinds; }
    [[nodiscard]] std::unique_ptr<KindSearch> makeKindSearch(const Fingerprint &pin = {});
    [[nodiscard]] std::unique_ptr<ApplianceProbe> makeProbe(const Account &account);
    //! Calls \a found once, not any more after \a context is gone, with what people call the
    //! keychain that holds the vault key or will hold it; with nothing where there is none.
    void nameKeychain(QObject *context, const std::function<void(const QString &name)> &found);
    //! What to say where the list of accounts could not be read in full at the start; else nothing.
    [[nodiscard]] std::optional<Sentence> listProblem() const;

Q_SIGNALS:
    //! \a server and \a user are for a sign-in, if either is given.
    void raiseRequested(const QString &server, const QString &user);
    void ended();

private:
    [[nodiscard]] AgentInfo agentInfo();
    [[nodiscard]] Network network();
    //! Follows the network, the clock, the screen's lock and sleep from now on.
    void watchTheMachine();
    void onAboutToSleep();
    void onWokeUp();
    [[nodiscard]] std::unique_ptr<Session> makeSession(const Account &account);
    [[nodiscard]] QString sealedPathOf(const Account &account) const;
    //! By their places.
    using Owners = QHash<QString, Account>;
    [[nodiscard]] Owners sealedOwners(const QList<Account> &listed) const;
    [[nodiscard]] static bool isDisputed(const Account &account, const Owners &owners);
    [[nodiscard]] std::unique_ptr<Doctor> makeDoctor();
    [[nodiscard]] std::unique_ptr<VaultCheck> makeVaultCheck();
    void restoreAll();
    //! Of a row in m_sessions.
    void onInserted(const Session &session);
    void restore(const Account &account, bool isDisputed);
    void eraseForgotten(const QList<Account> &accounts);
    void erase(const QString &path);
    [[nodiscard]] QList<Account> unlisted(const QList<Account> &listed) const;

    ServiceOptions m_options;
    //! Must be made before anything that reads a file.
    Ownership m_ownership;
    DeadlineQueue m_deadlines;
    RefreshThrottle m_throttle;
    FileQueue m_files;
    std::unique_ptr<VaultKey> m_vaultKey;
    ProxyMemory m_proxies;
    Kinds m_kinds;
    Accounts m_accounts;
    //! The path of the copy; empty where the list could be read.
    QString m_damagedList;
    SessionModel m_sessions;
    Drain m_beforeEnd;
    Drain m_beforeSleep;
    std::unique_ptr<SleepWatch> m_sleepWatch;
    std::unique_ptr<NetworkWatch> m_networkWatch;
    std::unique_ptr<ClockWatch> m_clockWatch;
    std::unique_ptr<ScreenLock> m_screenLock;
    bool m_isEnding = false;
    Ledger m_ledger;
    PresenceLock m_lock;
    Consent m_consent;
    AccessGate m_gate;
    AgentServer m_agent;
};

} // namespace latchkey
