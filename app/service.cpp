// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "service.h"

#include "platform/agentaddress.h"
#include "platform/secretserviceprobe.h"
#include "platform/suspendclock.h"
#include "vault/memorystore.h"
#include "wire/httptokenclient.h"

#include <QNetworkProxyFactory>
#include <QRandomGenerator>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace latchkey {

ServiceOptions ServiceOptions::forUser(const QString &program)
{
    const QString config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return {config + u"/latchkey"_s, latchkey::agentAddress(), program, false, false};
}

Service::Service(ServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_deadlines(readClocks)
    , m_accounts(m_options.configFolder + u"/accounts.json"_s)
    , m_sessions([this](const Account &account) { return makeSession(account); })
    , m_endLook(m_deadlines)
    , m_agent(m_sessions, m_deadlines, {m_options.program, m_options.hasWindows})
{
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    connect(&m_endLook, &Deadline::reached, this, &Service::endWhenFinished);
    connect(&m_agent, &AgentServer::raiseRequested, this, &Service::raiseRequested);
}

AgentServer::Start Service::start()
{
    const auto started = m_agent.start(m_options.agentAddress);
    if (started == AgentServer::Start::Listening)
        restoreAll();
    return started;
}

Clock Service::clock() const
{
    return readClocks;
}

void Service::end()
{
    constexpr Milliseconds patience = std::chrono::seconds(5);
    m_endBy = m_deadlines.now() + patience;
    endWhenFinished();
}

void Service::endWhenFinished()
{
    constexpr Milliseconds pause = std::chrono::milliseconds(20);
    const Instant now = m_deadlines.now();
    if (m_sessions.isUnfinished() && remaining(*m_endBy, now) > Milliseconds::zero())
        m_endLook.set(now + pause);
    else
        Q_EMIT ended();
}

void Service::restoreAll()
{
    const QList<Account> accounts = m_accounts.load();
    for (const Account &account : accounts) {
        Session *session = m_sessions.add(account);
        account.isSignedOut ? session->forgetStored() : session->restore();
    }
    connect(&m_sessions, &SessionModel::accountsChanged, this,
        [this] { m_accounts.save(m_sessions.accounts()); });
}

std::unique_ptr<Session> Service::makeSession(const Account &account)
{
    // Account::make() has seen to it that the kind is one of ours.
    Kind kind = Kind::shipped(account.kind).value();
    auto client = std::make_unique<HttpTokenClient>(
        account.server, std::move(kind), [] { return std::make_unique<QNetworkAccessManager>(); },
        m_deadlines);
    const RefreshPolicy policy([] { return QRandomGenerator::global()->generateDouble(); });
    return std::make_unique<Session>(account, std::move(client),
        std::make_unique<RotationJournal>(makeStore(account)), policy, m_deadlines);
}

std::unique_ptr<SecretStore> Service::makeStore(const Account &account) const
{
    if (m_options.memoryOnly || !account.keepSignedIn)
        return std::make_unique<MemoryStore>();
    return std::make_unique<KeychainStore>(QStringLiteral(LATCHKEY_ID), account.name,
        std::make_unique<SecretServiceProbe>(), m_unlockPrompt);
}

} // namespace latchkey
