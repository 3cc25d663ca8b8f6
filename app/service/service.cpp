// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/service.h"

#include "base/logging.h"
#include "base/wholefile.h"
#include "platform/agentaddress.h"
#include "platform/autostart.h"
#include "platform/clockwatch.h"
#include "platform/diskfiles.h"
#include "platform/linux/desktopkeychain.h"
#include "platform/networkwatch.h"
#include "platform/openfiles.h"
#include "platform/screenlock.h"
#include "platform/sleepwatch.h"
#include "platform/suspendclock.h"
#include "platform/tcpowner.h"
#include "service/keptfiles.h"
#include "service/plainlog.h"
#include "vault/keychainkey.h"
#include "vault/memorystore.h"
#include "vault/qtkeychainitem.h"
#include "vault/sealedstore.h"
#include "wire/oauth/httptokenclient.h"
#include "wire/oauth/kindsearch.h"
#include "wire/oauth/throttledtokenclient.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QSet>
#include <QSettings>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

//! At the keychains, before one is named.
constexpr Milliseconds longestLook = 5s;

KeychainKey::Where whereTheKeyIs(const ServiceOptions &options)
{
    return {QStringLiteral(LATCHKEY_ID), u"vault key"_s, preferredKeychain(),
        options.dataFolder + u"/vault.json"_s};
}

std::unique_ptr<VaultKey> makeVaultKey(const ServiceOptions &options, DeadlineQueue &deadlines)
{
    const KeychainKey::Where where = whereTheKeyIs(options);
    return std::make_unique<KeychainKey>(where,
        std::make_unique<QtKeychainItem>(where.service, where.key), watchKeychains(), deadlines);
}

} // namespace

Service::Service(ServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_ownership(m_options.dataFolder,
          Owner::self(m_options.program, m_options.agentAddress, m_options.pid))
    , m_administration(makePolicySource(m_options.systemFolder))
    , m_settingsFile(Settings::fileIn(m_options.configFolder))
    , m_settings(*m_settingsFile, m_administration)
    , m_log({m_options.dataFolder + u"/log.txt"_s, m_options.configFolder + u"/log.json"_s})
    , m_deadlines(readClocks)
    , m_throttle(m_deadlines)
    , m_files(diskFiles())
    , m_vaultKey(makeVaultKey(m_options, m_deadlines))
    , m_proxies([this](const QUrl &server) {
        return m_settings.value(&SettingValues::proxy).choiceFor(server);
    })
    , m_kinds({m_options.systemFolder + u"/kinds"_s, m_options.configFolder + u"/kinds"_s})
    , m_accounts(m_options.configFolder + u"/accounts.json"_s, m_files, m_deadlines)
    , m_sessions([this](const Account &account) { return makeSession(account); })
    , m_beforeEnd(m_sessions, m_deadlines)
    , m_beforeSleep(m_sessions, m_deadlines)
    , m_ledger(m_deadlines, m_options.dataFolder + u"/ledger.jsonl"_s)
    , m_lock(m_deadlines)
    , m_consent(m_deadlines, m_options.configFolder + u"/programs.json"_s)
    , m_gate(m_deadlines, m_lock, m_consent, m_ledger)
    , m_rules(m_administration, m_kinds, m_sessions, m_gate)
    , m_diagnosis({m_options, *m_settingsFile, m_sessions, m_kinds, m_administration, *m_vaultKey,
          m_proxies, m_log, m_deadlines,
          [this](const Account &account) { return makeProbe(account); },
          [this] {
              return m_options.memoryOnly ? nullptr : makeVaultCheck();
          }})
    , m_agent(m_sessions, m_gate, m_deadlines, m_kinds, agentInfo())
{
    connect(&m_accounts, &Accounts::saved, &m_sessions, &SessionModel::noteSaved);
    connect(&m_accounts, &Accounts::failed, &m_sessions, &SessionModel::noteNotSaved);
    connect(&m_sessions, &SessionModel::rowsInserted, this,
        [this](const QModelIndex &, int row) { onInserted(*m_sessions.at(row)); });
    connect(&m_sessions, &SessionModel::sessionForgotten, &m_consent, &Consent::forget);
    connect(&m_sessions, &SessionModel::sessionRenamed, &m_consent, &Consent::rename);
    connect(&m_sessions, &SessionModel::sessionRenamed, &m_ledger, &Ledger::rename);
    connect(&m_beforeEnd, &Drain::done, this, &Service::ended);
    connect(&m_agent, &AgentServer::raiseRequested, this, &Service::raiseRequested);
    if (m_options.withoutLock)
        m_settings.overrule(&SettingValues::lock, false);
    connect(&m_settings, &Settings::changed, this, &Service::applySettings);
    applySettings();
}

Service::~Service()
{
    copyLogTo(nullptr);
}

//! Each connection may take two file descriptors; the rest of Latchkey needs some as well.
AgentInfo Service::agentInfo()
{
    constexpr int ourOwn = 128;
    return {m_options.program, m_options.hasWindows,
        [this](const QString &session) { return m_diagnosis.makeDoctor(session); },
        (raiseOpenFileLimit() - ourOwn) / 2, [this] { allowUnlockPrompt(); },
        [this](const QUrl &server) { return m_proxies.last(server).url(); },
        [this](const Fingerprint &pin) { return makeKindSearch(pin); },
        [this] { return m_settings.toJson(isAutostartEnabled()); }, m_options.pid, &m_log,
        [this](const QJsonObject &examined) {
            return m_diagnosis.report(examined);
        }};
}

void Service::applySettings()
{
    m_lock.setEnabled(m_settings.value(&SettingValues::lock));
    m_proxies.forget();
    m_sessions.setPolicyOfNew(m_settings.value(&SettingValues::newSessions));
    m_rules.apply();
}

//! Remembers which proxy each appliance is reached through, for programs that ask for it.
Network Service::network()
{
    Network network =
        networkOfThisMachine([this](const QUrl &server) { return m_proxies.find(server); });
    network.listenerOn = [](const QTcpSocket &socket) {
        return listenerOn({socket.peerAddress().toString().toStdString(), socket.peerPort()},
            {socket.localAddress().toString().toStdString(), socket.localPort()});
    };
    return network;
}

AgentServer::Start Service::start()
{
    if (m_ownership.state() == Ownership::State::Anothers)
        return AgentServer::Start::AlreadyRunning;
    const auto started = m_agent.start(m_options.agentAddress);
    if (started == AgentServer::Start::Listening) {
        m_log.begin();
        copyLogTo(&m_log);
        if (const auto remark = remarkOn(m_options.agentAddress))
            qCWarning(agentLog).noquote() << *remark;
        // With the first turn of the event loop, and so before any request: following the buses
        // would hold up the first window.
        QMetaObject::invokeMethod(this, &Service::watchTheMachine, Qt::QueuedConnection);
        restoreAll();
    }
    return started;
}

Owner Service::otherOwner() const
{
    const bool hasSaid =
        m_ownership.state() == Ownership::State::Anothers && !m_ownership.owner().address.isEmpty();
    return hasSaid ? m_ownership.owner() : Owner{{}, 0, 0, 0, {}, m_options.agentAddress};
}

void Service::watchTheMachine()
{
    m_clockWatch = std::make_unique<ClockWatch>();
    connect(m_clockWatch.get(), &ClockWatch::jumped, &m_deadlines, &DeadlineQueue::look);

    m_sleepWatch = std::make_unique<SleepWatch>();
    connect(m_sleepWatch.get(), &SleepWatch::aboutToSleep, this, &Service::onAboutToSleep);
    connect(m_sleepWatch.get(), &SleepWatch::wokeUp, this, &Service::onWokeUp);
    connect(&m_beforeSleep, &Drain::done, this, [this] {
        m_sessions.dropRequests();
        m_sleepWatch->letSleep();
    });

    m_screenLock = std::make_unique<ScreenLock>();
    connect(m_screenLock.get(), &ScreenLock::changed, &m_lock, &PresenceLock::setScreenLocked);

    m_networkWatch = std::make_unique<NetworkWatch>();
    m_sessions.setNetwork(m_networkWatch->hasNetwork());
    connect(m_networkWatch.get(), &NetworkWatch::changed, this, [this](bool hasNetwork) {
        m_sessions.setNetwork(hasNetwork);
        if (hasNetwork)
            m_sessions.lookAgain(Cause::NetworkBack);
    });
}

//! An answer that comes while the machine sleeps is lost, so requests that are under way may end
//! before it does.
void Service::onAboutToSleep()
{
    constexpr Milliseconds patience = 3s; // logind waits for 5 s
    m_lock.setAsleep(true);
    m_sessions.setAsleep(true);
    m_beforeSleep.start(patience);
}

void Service::onWokeUp()
{
    m_beforeSleep.cancel();
    m_lock.setAsleep(false);
    if (m_isEnding)
        return;
    m_sessions.setAsleep(false);
    m_deadlines.look();
    m_sessions.lookAgain(Cause::WokeUp);
}

Clock Service::clock() const
{
    return readClocks;
}

void Service::end()
{
    constexpr Milliseconds patience = 5s;
    m_isEnding = true;
    m_sessions.setAsleep(true); // nothing new is begun
    m_beforeEnd.start(patience);
}

void Service::restoreAll()
{
    QString damagedList;
    const QList<Account> listed = m_accounts.load(&damagedList);
    m_diagnosis.noteDamagedList(damagedList);
    const Owners owners = m_options.memoryOnly ? Owners() : sealedOwners(vaultFolder(), listed);
    const QList<Account> accounts = withSealedNames(listed, owners);
    for (const Account &account : accounts)
        restore(account, isDisputed(account, owners));
    const auto found =
        m_options.memoryOnly ? QList<Account>() : unlistedIn(vaultFolder(), accounts);
    for (const Account &account : found)
        restore(account, true); // only the seal can tell whether it is right
    eraseForgotten(accounts);
    m_rules.letPresetsIn();
    applySettings();
    m_sessions.noteSaved(listed);
    connect(&m_sessions, &SessionModel::accountsChanged, this,
        [this] { m_accounts.save(m_sessions.accounts()); });
    if (!found.isEmpty() || accounts != listed)
        m_accounts.save(m_sessions.accounts());
}

void Service::onInserted(const Session &session)
{
    if (session.isProvisional()) // else it was there before this start
        m_consent.begin(session.account().name);
}

void Service::restore(const Account &account, bool isDisputed)
{
    Session *session = m_sessions.add(account);
    if (!session)
        return;
    if (isDisputed)
        session->restoreDisputed();
    else
        account.isSignedOut ? session->forgetStored() : session->restore();
}

//! Files that could not be removed when their accounts were forgotten, or nobody tried: there was
//! no vault then. The old name of a renamed session is remembered, too, but the file is not its.
void Service::eraseForgotten(const QList<Account> &accounts)
{
    QSet<QString> inUse;
    for (const Account &account : accounts) {
        if (!account.isForgotten)
            inUse.insert(account.place());
    }
    for (const Account &account : m_options.memoryOnly ? QList<Account>() : accounts) {
        const QString path = sealedPathOf(account);
        if (inUse.contains(account.place()) || !QFileInfo::exists(path))
            continue;
        const auto owner = ownerIn(path);
        if (!owner || owner->name == account.name)
            erase(path);
    }
}

void Service::erase(const QString &path)
{
    m_files.run<std::optional<StoreError>>(
        path, [path](DurableFiles &files) { return files.remove(path); }, this,
        [](const std::optional<StoreError> &) {});
}

//! Whether the list of accounts and the sealed file name different appliances or users. Any program
//! could have written either; only the seal can tell which is right.
bool Service::isDisputed(const Account &account, const Owners &owners)
{
    const auto owner = owners.constFind(account.place());
    return !account.isForgotten && owner != owners.constEnd() && !owner->isSameUser(account);
}

std::unique_ptr<Session> Service::makeSession(const Account &account)
{
    auto client = std::make_unique<HttpTokenClient>(
        Endpoint{account.server, account.kind, account.clientId}, m_kinds, network(), m_deadlines);
    const RefreshPolicy policy([] { return QRandomGenerator::global()->generateDouble(); });
    const QString history = m_options.dataFolder + u"/history/"_s + fileNameFor(account);
    auto throttled = std::make_unique<ThrottledTokenClient>(std::move(client), m_throttle);
    const SessionHistory past(history + u".jsonl"_s);
    if (m_options.memoryOnly) {
        return std::make_unique<Session>(account, std::move(throttled),
            std::make_unique<MemoryStore>(), policy, past, m_deadlines);
    }
    auto store = std::make_unique<SealedStore>(
        SealedStore::Place{sealedPathOf(account), ownerFrom(account)}, *m_vaultKey, m_files);
    SealedStore *sealed = store.get();
    auto session = std::make_unique<Session>(
        account, std::move(throttled), std::move(store), policy, past, m_deadlines);
    connect(session.get(), &Session::accountChanged, sealed,
        [session = session.get(), sealed] { sealed->setHead(ownerFrom(session->account()).head); });
    return session;
}

std::unique_ptr<KindSearch> Service::makeKindSearch(const Fingerprint &pin)
{
    return std::make_unique<KindSearch>(m_kinds, network(), m_deadlines, pin);
}

std::unique_ptr<ApplianceProbe> Service::makeProbe(const Account &account)
{
    return std::make_unique<ApplianceProbe>(account.server, account.pin, network(), m_deadlines);
}

QString Service::sealedPathOf(const Account &account) const
{
    return sealedPath(vaultFolder(), account);
}

void Service::nameKeychain(QObject *context, const std::function<void(const QString &name)> &found)
{
    if (m_options.memoryOnly)
        return found({});
    VaultCheck *check = makeVaultCheck().release();
    check->setParent(context);
    connect(check, &VaultCheck::checked, context, [check, found](const VaultReport &report) {
        check->deleteLater();
        found(report.keychain ? nameOf(*report.keychain, report.program) : QString());
    });
    check->check(m_deadlines.now() + longestLook);
}

std::unique_ptr<VaultCheck> Service::makeVaultCheck()
{
    const KeychainKey::Where where = whereTheKeyIs(m_options);
    VaultCheck::Subject subject;
    subject.service = where.service;
    subject.key = where.key;
    subject.preferred = where.preferred;
    subject.place = KeyPlace::fromJson(readWhole(where.recordPath).value_or(QByteArray()));
    subject.hasKey = !m_vaultKey->key().isEmpty();
    subject.trouble = m_vaultKey->trouble();
    subject.folder = m_options.dataFolder;
    return std::make_unique<VaultCheck>(subject, watchKeychains(), m_files, m_deadlines);
}

} // namespace latchkey
