// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service/service.h"

#include "agent/kindjson.h"
#include "base/logging.h"
#include "base/wholefile.h"
#include "platform/agentaddress.h"
#include "platform/clockwatch.h"
#include "platform/diskfiles.h"
#include "platform/linux/desktopkeychain.h"
#include "platform/networkwatch.h"
#include "platform/openfiles.h"
#include "platform/privatefolder.h"
#include "platform/screenlock.h"
#include "platform/sleepwatch.h"
#include "platform/suspendclock.h"
#include "platform/tcpowner.h"
#include "service/healthcheck.h"
#include "vault/keychainkey.h"
#include "vault/memorystore.h"
#include "vault/qtkeychainitem.h"
#include "vault/sealedstore.h"
#include "wire/oauth/httptokenclient.h"
#include "wire/oauth/kindsearch.h"
#include "wire/oauth/throttledtokenclient.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSet>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QUrl>

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

//! Names may hold signs that file systems do not take, so they are percent-encoded; long ones
//! become a hash, with a `=` before it, which the encoding never writes.
QString fileNameFor(const Account &account)
{
    const QByteArray name = QUrl::toPercentEncoding(account.name, {}, "~.");
    constexpr qsizetype longest = 200; // file systems take 255 bytes, with our extension
    const QByteArray file = name.size() <= longest
        ? name
        : '=' + QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(file);
}

//! Whose a sealed file is. A file that is found under another name counts as damaged.
SealOwner ownerFrom(const Account &account)
{
    QJsonArray head{
        account.name, account.server.toString(QUrl::FullyEncoded), account.user, account.kind};
    if (!account.clientId.isEmpty())
        head.append(account.clientId);
    return {account.name.toUtf8(), QJsonDocument(head).toJson(QJsonDocument::Compact)};
}

//! Whose the file at \a path says it is; that is not checked against its seal.
std::optional<Account> ownerIn(const QString &path)
{
    const auto head = headOf(readWhole(path).value_or(QByteArray()));
    const QJsonDocument owner = QJsonDocument::fromJson(head.value_or(QByteArray()));
    Account draft;
    draft.name = owner[0].toString();
    draft.user = owner[2].toString();
    draft.kind = owner[3].toString();
    draft.clientId = owner[4].toString();
    const auto account = Account::make(draft, owner[1].toString());
    return account ? std::optional(*account) : std::nullopt;
}

} // namespace

ServiceOptions ServiceOptions::forUser(const QString &program)
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return {config + u"/latchkey"_s, data + u"/latchkey"_s, latchkey::agentAddress(), program};
}

std::optional<QString> ServiceOptions::folderOfAnother() const
{
    for (const QString &folder : {configFolder, dataFolder}) {
        if (!makePrivateFolder(folder))
            return folder;
    }
    return {};
}

Service::Service(ServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_ownership(m_options.dataFolder,
          Owner::self(m_options.program, m_options.agentAddress, m_options.pid))
    , m_deadlines(readClocks)
    , m_throttle(m_deadlines)
    , m_files(diskFiles())
    , m_vaultKey(makeVaultKey(m_options, m_deadlines))
    , m_kinds({m_options.systemFolder + u"/kinds"_s, m_options.configFolder + u"/kinds"_s})
    , m_accounts(m_options.configFolder + u"/accounts.json"_s, m_files, m_deadlines)
    , m_sessions([this](const Account &account) { return makeSession(account); })
    , m_beforeEnd(m_sessions, m_deadlines)
    , m_beforeSleep(m_sessions, m_deadlines)
    , m_ledger(m_deadlines, m_options.dataFolder + u"/ledger.jsonl"_s)
    , m_lock(m_deadlines)
    , m_consent(m_deadlines, m_options.configFolder + u"/programs.json"_s)
    , m_gate(m_deadlines, m_lock, m_consent, m_ledger)
    , m_agent(m_sessions, m_gate, m_deadlines, m_kinds, agentInfo())
{
    connect(&m_accounts, &Accounts::saved, &m_sessions, &SessionModel::noteSaved);
    connect(&m_accounts, &Accounts::failed, &m_sessions, &SessionModel::noteNotSaved);
    connect(&m_sessions, &SessionModel::sessionForgotten, &m_consent, &Consent::forget);
    connect(&m_beforeEnd, &Drain::done, this, &Service::ended);
    connect(&m_agent, &AgentServer::raiseRequested, this, &Service::raiseRequested);
}

Service::~Service() = default;

//! Each connection may take two file descriptors; the rest of Latchkey needs some as well.
AgentInfo Service::agentInfo()
{
    constexpr int ourOwn = 128;
    return {m_options.program, m_options.hasWindows, [this] { return makeDoctor(); },
        (raiseOpenFileLimit() - ourOwn) / 2, [this] { allowUnlockPrompt(); },
        [this](const QUrl &server) { return m_proxies.last(server).url(); },
        [this](const Fingerprint &pin) { return makeKindSearch(pin); }, m_options.pid};
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
        if (const auto remark = remarkOn(m_options.agentAddress))
            qCWarning(agentLog).noquote() << *remark;
        watchTheMachine();
        restoreAll();
    }
    return started;
}

Owner Service::otherOwner() const
{
    const bool hasSaid =
        m_ownership.state() == Ownership::State::Anothers && !m_ownership.owner().address.isEmpty();
    return hasSaid ? m_ownership.owner() : Owner{{}, 0, 0, {}, m_options.agentAddress};
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
    const QList<Account> listed = m_accounts.load(&m_damagedList);
    for (const Account &account : listed)
        restore(account, isDisputed(account));
    const QList<Account> found = unlisted(listed);
    for (const Account &account : found)
        restore(account, true); // only the seal can tell whether it is right
    m_sessions.noteSaved(listed);
    connect(&m_sessions, &SessionModel::accountsChanged, this,
        [this] { m_accounts.save(m_sessions.accounts()); });
    if (!found.isEmpty())
        m_accounts.save(m_sessions.accounts());
}

void Service::restore(const Account &account, bool isDisputed)
{
    if (account.isForgotten)
        eraseKept(account);
    Session *session = m_sessions.add(account);
    if (!session)
        return;
    if (isDisputed)
        session->restoreDisputed();
    else
        account.isSignedOut ? session->forgetStored() : session->restore();
}

//! Its file could not be removed when it was forgotten, or nobody tried: there was no vault then.
void Service::eraseKept(const Account &forgotten)
{
    const QString path = sealedPathOf(forgotten);
    if (m_options.memoryOnly || !QFileInfo::exists(path))
        return;
    m_files.run<std::optional<StoreError>>(
        path, [path](DurableFiles &files) { return files.remove(path); }, this,
        [](const std::optional<StoreError> &) {});
}

//! The accounts of sealed files that belong to none of \a listed: the list was lost, damaged or
//! edited, and nobody was signed out by that.
QList<Account> Service::unlisted(const QList<Account> &listed) const
{
    QSet<QString> known;
    for (const Account &account : listed)
        known.insert(sealedPathOf(account));
    QList<Account> found;
    const QDir vault(m_options.dataFolder + u"/vault"_s);
    const QStringList files = vault.entryList({u"*.sealed"_s}, QDir::Files, QDir::Name);
    for (const QString &file : m_options.memoryOnly ? QStringList() : files) {
        const QString path = vault.filePath(file);
        const auto account = known.contains(path) ? std::nullopt : ownerIn(path);
        if (account && sealedPathOf(*account) == path)
            found.append(*account);
    }
    return found;
}

//! Whether the list of accounts and the sealed file name different appliances or users. Any program
//! could have written either; only the seal can tell which is right.
bool Service::isDisputed(const Account &account) const
{
    const auto owner = m_options.memoryOnly ? std::nullopt : ownerIn(sealedPathOf(account));
    return owner && owner->name == account.name && !owner->isSameUser(account);
}

std::unique_ptr<Session> Service::makeSession(const Account &account)
{
    auto client = std::make_unique<HttpTokenClient>(
        Endpoint{account.server, account.kind, account.clientId}, m_kinds, network(), m_deadlines);
    const RefreshPolicy policy([] { return QRandomGenerator::global()->generateDouble(); });
    const QString history = m_options.dataFolder + u"/history/"_s + fileNameFor(account);
    return std::make_unique<Session>(account,
        std::make_unique<ThrottledTokenClient>(std::move(client), m_throttle), makeStore(account),
        policy, SessionHistory(history + u".jsonl"_s), m_deadlines);
}

std::unique_ptr<KindSearch> Service::makeKindSearch(const Fingerprint &pin)
{
    return std::make_unique<KindSearch>(m_kinds, network(), m_deadlines, pin);
}

std::unique_ptr<SecretStore> Service::makeStore(const Account &account)
{
    if (m_options.memoryOnly)
        return std::make_unique<MemoryStore>();
    return std::make_unique<SealedStore>(
        SealedStore::Place{sealedPathOf(account), ownerFrom(account)}, *m_vaultKey, m_files);
}

QString Service::sealedPathOf(const Account &account) const
{
    return m_options.dataFolder + u"/vault/"_s + fileNameFor(account) + u".sealed"_s;
}

std::optional<Sentence> Service::listProblem() const
{
    return m_damagedList.isEmpty() ? std::nullopt
                                   : std::optional(sentenceForDamagedList(m_damagedList));
}

std::unique_ptr<Doctor> Service::makeDoctor()
{
    std::vector<HealthCheck::Subject> subjects;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        SessionSnapshot session = m_sessions.at(row)->snapshot();
        if (!m_kinds.find(session.account.kind))
            session.reason = AuthError{AuthError::Type::KindMissing, 0, {}, session.account.kind};
        auto probe = std::make_unique<ApplianceProbe>(
            session.account.server, session.account.pin, network(), m_deadlines);
        subjects.push_back({session, std::move(probe)});
    }
    QJsonObject facts{{u"program"_s, m_options.program},
        {u"version"_s, QStringLiteral(LATCHKEY_VERSION)}, {u"socket"_s, m_options.agentAddress},
        {u"kinds"_s, jsonFrom(m_kinds.problems())}};
    if (const auto problem = listProblem())
        facts.insert(u"problem"_s, problem->english);
    return std::make_unique<HealthCheck>(
        facts, m_options.memoryOnly ? nullptr : makeVaultCheck(), std::move(subjects));
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
