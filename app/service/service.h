// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/access/consent.h"
#include "agent/access/ledger.h"
#include "agent/access/presencelock.h"
#include "agent/agentserver.h"
#include "service/ownership.h"
#include "session/accounts.h"
#include "session/drain.h"
#include "session/sentences.h"
#include "session/sessionmodel.h"
#include "vault/filequeue.h"
#include "vault/vaultcheck.h"
#include "vault/vaultkey.h"
#include "wire/http/network.h"
#include "wire/http/proxymemory.h"
#include "wire/oauth/refreshthrottle.h"

#include <QCoreApplication>
#include <QObject>

namespace latchkey {

class ClockWatch;
class NetworkWatch;
class ScreenLock;
class SleepWatch;

struct ServiceOptions {
    //! Where `accounts.json` and `programs.json` are.
    QString configFolder;
    //! Where each session's `vault/NAME.sealed` and `history/NAME.jsonl` are, what is known of the
    //! key to them (`vault.json`), and `ledger.jsonl`.
    QString dataFolder;
    //! Where the agent listens.
    QString agentAddress;
    //! `latchkey` or `latchkeyd`.
    QString program;
    //! No keychain at all.
    bool memoryOnly = false;
    bool hasWindows = false;
    //! The process that people are told: it ends this one.
    qint64 pid = QCoreApplication::applicationPid();

    //! The user's own folders.
    [[nodiscard]] static ServiceOptions forUser(const QString &program);

    //! Makes both folders for their owner alone, before a Service uses them. The one that belongs
    //! to another user, if any: then there must be none.
    [[nodiscard]] std::optional<QString> folderOfAnother() const;
};

//! Builds and wires the engine and the agent; the only place that makes adapters.
class Service : public QObject {
    Q_OBJECT
public:
    explicit Service(ServiceOptions options, QObject *parent = nullptr);
    ~Service() override;

    //! Loads the accounts and restores their sessions, but only as the one who has the data folder
    //! and the agent's socket: two programs must never use the same refresh token.
    [[nodiscard]] AgentServer::Start start();
    //! Who has the sessions where somebody is AlreadyRunning, as far as that one tells.
    [[nodiscard]] Owner otherOwner() const;

    //! Follows the network, the clock, the screen's lock and sleep from now on. start() does that
    //! by itself where there are no windows: the first of those is not to wait for it.
    void watchTheMachine();

    [[nodiscard]] SessionModel &sessions() { return m_sessions; }
    [[nodiscard]] Clock clock() const;
    //! Lets what is under way come to its end, for a few seconds at most; ended() follows.
    void end();
    //! A person does something that needs the keychain: it may ask once more to be unlocked.
    void allowUnlockPrompt() { m_vaultKey->allowPrompt(); }
    //! Where a person can be asked which programs may have tokens.
    void setConsentPrompt(ConsentPrompt *prompt) { m_consent.setPrompt(prompt); }
    //! Whether programs get tokens while the screen is locked, too.
    void setLocksWithScreen(bool locks) { m_lock.setEnabled(locks); }
    [[nodiscard]] Ledger &ledger() { return m_ledger; }
    //! Told where the list of accounts could not be read in full at the start; nothing elsewhere.
    [[nodiscard]] std::optional<Sentence> listProblem() const;

Q_SIGNALS:
    void raiseRequested();
    void ended();

private:
    [[nodiscard]] AgentInfo agentInfo();
    [[nodiscard]] Network network();
    void onAboutToSleep();
    void onWokeUp();
    [[nodiscard]] std::unique_ptr<Session> makeSession(const Account &account);
    [[nodiscard]] std::unique_ptr<SecretStore> makeStore(const Account &account);
    [[nodiscard]] QString sealedPathOf(const Account &account) const;
    [[nodiscard]] bool isDisputed(const Account &account) const;
    [[nodiscard]] std::unique_ptr<Doctor> makeDoctor();
    [[nodiscard]] std::unique_ptr<VaultCheck> makeVaultCheck();
    void restoreAll();

    ServiceOptions m_options;
    //! Before all that reads a file.
    Ownership m_ownership;
    DeadlineQueue m_deadlines;
    RefreshThrottle m_throttle;
    FileQueue m_files;
    std::unique_ptr<VaultKey> m_vaultKey;
    ProxyMemory m_proxies;
    Accounts m_accounts;
    //! Where it was put aside.
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
