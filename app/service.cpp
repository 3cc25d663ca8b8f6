// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service.h"

#include "base/wholefile.h"
#include "examination.h"
#include "platform/agentaddress.h"
#include "platform/clockwatch.h"
#include "platform/dbuskeychainprobe.h"
#include "platform/dbuskeychainwatch.h"
#include "platform/networkwatch.h"
#include "platform/openfiles.h"
#include "platform/screenlock.h"
#include "platform/sleepwatch.h"
#include "platform/suspendclock.h"
#include "vault/memorystore.h"
#include "wire/httptokenclient.h"
#include "wire/pacedtokenclient.h"

#include <QCryptographicHash>
#include <QNetworkProxyFactory>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

//! Renewals whose tokens may be on their way into the keychain at once: what is not in there yet
//! would be lost with the program, and keychains are slow.
constexpr qsizetype mostInTheVault = 10;

std::unique_ptr<QNetworkAccessManager> makeNetwork()
{
    return std::make_unique<QNetworkAccessManager>();
}

} // namespace

ServiceOptions ServiceOptions::forUser(const QString &program)
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return {config + u"/latchkey"_s, data + u"/latchkey"_s, latchkey::agentAddress(), program,
        false, false};
}

Service::Service(ServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_deadlines(readClocks)
    , m_pace(m_deadlines,
          {[this] { return m_sessions.rowCount(); },
              [this] {
                  return m_sessions.heldUpByVault() >= mostInTheVault;
              }})
    , m_accounts(m_options.configFolder + u"/accounts.json"_s)
    , m_keychainChoice(std::make_shared<KeychainChoice>(preferredKeychain()))
    , m_sessions([this](const Account &account) { return makeSession(account); })
    , m_beforeEnd(m_sessions, m_deadlines)
    , m_beforeSleep(m_sessions, m_deadlines)
    , m_ledger(m_deadlines, m_options.dataFolder + u"/ledger.jsonl"_s)
    , m_lock(m_deadlines)
    , m_consent(m_deadlines, m_options.configFolder + u"/programs.json"_s)
    , m_gate(m_deadlines, m_lock, m_consent, m_ledger)
    , m_agent(m_sessions, m_gate, m_deadlines, agentInfo())
{
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    connect(m_keychainChoice.get(), &KeychainChoice::found, this,
        [this](const QString &account, Keychain holder) {
            if (Session *session = m_sessions.find(account))
                session->noteKeychain(holder);
        });
    connect(&m_sessions, &SessionModel::sessionForgotten, m_keychainChoice.get(),
        &KeychainChoice::forget);
    connect(&m_sessions, &SessionModel::sessionForgotten, &m_consent, &Consent::forget);
    connect(&m_beforeEnd, &Drain::done, this, &Service::ended);
    connect(&m_agent, &AgentServer::raiseRequested, this, &Service::raiseRequested);
}

Service::~Service() = default;

//! Each connection takes two of what the system counts; the rest of Latchkey needs some as well.
AgentInfo Service::agentInfo()
{
    constexpr int ourOwn = 128;
    return {m_options.program, m_options.hasWindows, [this] { return makeDoctor(); },
        (raiseOpenFileLimit() - ourOwn) / 2,
        [this] {
            return m_isSaved;
        }};
}

AgentServer::Start Service::start()
{
    const auto started = m_agent.start(m_options.agentAddress);
    if (started == AgentServer::Start::Listening) {
        if (!m_options.hasWindows)
            watchTheMachine();
        restoreAll();
    }
    return started;
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
    connect(m_screenLock.get(), &ScreenLock::changed, &m_lock, &HandOutLock::setScreenLocked);

    m_networkWatch = std::make_unique<NetworkWatch>();
    m_sessions.setNetwork(m_networkWatch->hasNetwork());
    connect(m_networkWatch.get(), &NetworkWatch::changed, this, [this](bool hasNetwork) {
        m_sessions.setNetwork(hasNetwork);
        if (hasNetwork)
            m_sessions.lookAgain(Cause::NetworkBack);
    });
}

//! What is under way ends first, if it is quick: an answer that comes while we sleep is lost.
void Service::onAboutToSleep()
{
    constexpr Milliseconds patience = 3s; // logind waits for 5
    m_lock.setAsleep(true);
    m_sessions.setAsleep(true);
    m_beforeSleep.start(patience);
}

void Service::onWokeUp()
{
    m_beforeSleep.cancel();
    m_lock.setAsleep(false);
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
    m_sessions.setAsleep(true); // nothing new is begun
    m_beforeEnd.start(patience);
}

void Service::restoreAll()
{
    const QList<Account> accounts = m_accounts.load();
    for (const Account &account : accounts) {
        if (account.keychain)
            m_keychainChoice->remember(account.name, *account.keychain);
    }
    for (const Account &account : accounts) {
        Session *session = m_sessions.add(account);
        account.isSignedOut ? session->forgetStored() : session->restore();
    }
    connect(&m_sessions, &SessionModel::accountsChanged, this,
        [this] { m_isSaved = m_accounts.save(m_sessions.accounts()); });
}

std::unique_ptr<Session> Service::makeSession(const Account &account)
{
    // Account::make() has seen to it that the kind is one of ours.
    Kind kind = Kind::shipped(account.kind).value();
    auto client = std::make_unique<HttpTokenClient>(
        account.server, std::move(kind), makeNetwork, m_deadlines);
    const RefreshPolicy policy([] { return QRandomGenerator::global()->generateDouble(); });
    // No name of an account has a slash in it.
    auto journal = std::make_unique<RotationJournal>(
        makeStore(account, account.name), makeStore(account, account.name + u"/2"_s));
    return std::make_unique<Session>(account,
        std::make_unique<PacedTokenClient>(std::move(client), m_pace), std::move(journal), policy,
        Timeline(historyPath(account)), m_deadlines);
}

std::unique_ptr<SecretStore> Service::makeStore(const Account &account, const QString &key) const
{
    if (m_options.memoryOnly || !account.keepSignedIn)
        return std::make_unique<MemoryStore>();
    return makeKeychainStore(key);
}

//! Names may hold anything but slashes; file names of some systems may not.
QString Service::historyPath(const Account &account) const
{
    const QByteArray name = QUrl::toPercentEncoding(account.name, {}, "~.");
    constexpr qsizetype longest = 200; // file systems end at 255
    const QByteArray file = name.size() <= longest
        ? name
        : QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return m_options.dataFolder + u"/history/"_s + QString::fromLatin1(file) + u".jsonl"_s;
}

std::unique_ptr<KeychainStore> Service::makeKeychainStore(const QString &key) const
{
    return std::make_unique<KeychainStore>(QStringLiteral(LATCHKEY_ID), key,
        std::make_unique<DBusKeychainProbe>(), m_unlockPrompt, m_keychainChoice);
}

std::unique_ptr<Doctor> Service::makeDoctor()
{
    std::vector<Examination::Subject> subjects;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        const SessionSnapshot session = m_sessions.at(row)->snapshot();
        auto probe = std::make_unique<ApplianceProbe>(
            session.account.server, session.account.pin, makeNetwork, m_deadlines);
        subjects.push_back({session, std::move(probe)});
    }
    const QJsonObject facts{{u"program"_s, m_options.program},
        {u"version"_s, QStringLiteral(LATCHKEY_VERSION)}, {u"socket"_s, m_options.agentAddress}};
    return std::make_unique<Examination>(
        facts, m_options.memoryOnly ? nullptr : makeVaultCheck(), std::move(subjects));
}

std::unique_ptr<VaultCheck> Service::makeVaultCheck()
{
    VaultCheck::Subject subject;
    subject.service = QStringLiteral(LATCHKEY_ID);
    subject.key = u"vault key"_s;
    subject.preferred = preferredKeychain();
    subject.place = KeyPlace::fromJson(
        readWhole(m_options.dataFolder + u"/vault.json"_s).value_or(QByteArray()));
    subject.folder = m_options.dataFolder;
    return std::make_unique<VaultCheck>(
        subject, std::make_unique<DBusKeychainWatch>(), m_deadlines);
}

} // namespace latchkey
