// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/access/accessgate.h"
#include "agent/access/consent.h"
#include "agent/access/ledger.h"
#include "agent/access/presencelock.h"
#include "agent/agentserver.h"
#include "base/messagelog.h"
#include "config/settings.h"
#include "service/accountrules.h"
#include "service/diagnosis.h"
#include "service/ownership.h"
#include "service/serviceoptions.h"
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

#include <QObject>

class QSettings;

namespace latchkey {

class ApplianceProbe;
class ClockWatch;
class KindSearch;
class NetworkWatch;
class ScreenLock;
class SleepWatch;

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
    [[nodiscard]] Consent &consent() { return m_consent; }
    [[nodiscard]] Settings &settings() { return m_settings; }
    //! What the settings are in. Windows remember in there what nobody sets, such as their places.
    [[nodiscard]] QSettings &settingsFile() { return *m_settingsFile; }
    [[nodiscard]] Ledger &ledger() { return m_ledger; }
    [[nodiscard]] const Kinds &kinds() const { return m_kinds; }
    [[nodiscard]] std::unique_ptr<KindSearch> makeKindSearch(const Fingerprint &pin = {});
    [[nodiscard]] std::unique_ptr<ApplianceProbe> makeProbe(const Account &account);
    //! Calls \a found once, not any more after \a context is gone, with what people call the
    //! keychain that holds the vault key or will hold it; with nothing where there is none.
    void nameKeychain(QObject *context, const std::function<void(const QString &name)> &found);
    //! What is wrong, and what to say of it to whoever can help.
    [[nodiscard]] Diagnosis &diagnosis() { return m_diagnosis; }
    [[nodiscard]] MessageLog &log() { return m_log; }

Q_SIGNALS:
    //! \a server and \a user are for a sign-in, if either is given.
    void raiseRequested(const QString &server, const QString &user);
    void ended();

private:
    [[nodiscard]] AgentInfo agentInfo();
    //! The parts of which settings decide take them over.
    void applySettings();
    [[nodiscard]] Network network();
    //! Follows the network, the clock, the screen's lock and sleep from now on.
    void watchTheMachine();
    void onAboutToSleep();
    void onWokeUp();
    [[nodiscard]] std::unique_ptr<Session> makeSession(const Account &account);
    [[nodiscard]] QString vaultFolder() const
    {
        return m_options.dataFolder + QStringLiteral("/vault");
    }
    [[nodiscard]] QString sealedPathOf(const Account &account) const;
    //! By their places.
    using Owners = QHash<QString, Account>;
    [[nodiscard]] static bool isDisputed(const Account &account, const Owners &owners);
    [[nodiscard]] std::unique_ptr<VaultCheck> makeVaultCheck();
    void restoreAll();
    //! Of a row in m_sessions.
    void onInserted(const Session &session);
    void restore(const Account &account, bool isDisputed);
    void eraseForgotten(const QList<Account> &accounts);
    void erase(const QString &path);

    ServiceOptions m_options;
    //! Must be made before anything that reads a file.
    Ownership m_ownership;
    Administration m_administration;
    std::unique_ptr<QSettings> m_settingsFile;
    Settings m_settings;
    MessageLog m_log;
    DeadlineQueue m_deadlines;
    RefreshThrottle m_throttle;
    FileQueue m_files;
    std::unique_ptr<VaultKey> m_vaultKey;
    ProxyMemory m_proxies;
    Kinds m_kinds;
    Accounts m_accounts;
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
    AccountRules m_rules;
    Diagnosis m_diagnosis;
    AgentServer m_agent;
};

} // namespace latchkey
