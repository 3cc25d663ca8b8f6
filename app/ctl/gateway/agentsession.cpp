// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "ctl/gateway/agentsession.h"

#include "ctl/handout.h"

#include <utility>

namespace latchkey::ctl {
namespace {

using namespace std::chrono_literals;

// A token that was good at first and is refused later is worth another refresh, but no client may
// cause one after the other.
constexpr auto shortestRefresh = 60s;

} // namespace

AgentSession::AgentSession(std::string name, Seconds patience)
    : m_name(std::move(name))
    , m_patience(patience)
{
}

void AgentSession::begin()
{
    m_appliance = Appliance::from(ask("session.get"));
}

Access AgentSession::access()
{
    const nlohmann::json answer = ask("session.token");
    Access access{Appliance::from(answer), tokenFrom(answer)};
    if (!access.appliance.isWhere(m_appliance)) {
        throw Failure(ExitCode::NoSession,
            "'" + m_name + "' has become a session of another appliance. Start the gateway anew.");
    }
    return access;
}

std::optional<Access> AgentSession::accessAfter(const std::string &refused)
{
    Access current = access();
    if (current.token != refused) {
        return current;
    }
    if (isRefreshInVain(refused)) {
        return std::nullopt;
    }
    static_cast<void>(ask("session.refresh"));
    current = access();
    noteRefreshed(current.token);
    return current.token != refused ? std::optional(std::move(current)) : std::nullopt;
}

bool AgentSession::isRefreshInVain(const std::string &refused)
{
    const std::lock_guard lock(m_factsMutex);
    const bool isRecent = std::chrono::steady_clock::now() - m_refreshedAt < shortestRefresh;
    return refused == m_refreshed && (!m_isRefreshedGood || isRecent);
}

void AgentSession::noteRefreshed(const std::string &token)
{
    const std::lock_guard lock(m_factsMutex);
    m_refreshed = token;
    m_isRefreshedGood = false;
    m_refreshedAt = std::chrono::steady_clock::now();
}

void AgentSession::noteAccepted(const std::string &token)
{
    const std::lock_guard lock(m_factsMutex);
    m_isRefreshedGood = m_isRefreshedGood || token == m_refreshed;
}

nlohmann::json AgentSession::ask(const std::string &method)
{
    if (std::unique_ptr<Client> client = takeClient()) {
        try {
            return askBy(std::move(client), method);
        } catch (const ConnectionBroken &) { // NOLINT: an agent that has started anew knows us not
        }
    }
    return askBy(std::make_unique<Client>(m_patience), method);
}

nlohmann::json AgentSession::askBy(std::unique_ptr<Client> client, const std::string &method)
{
    const auto keep = [this, &client] {
        const std::lock_guard lock(m_clientsMutex);
        m_clients.push_back(std::move(client));
    };
    try {
        nlohmann::json answer = client->callThatWaits(method, {{"name", m_name}});
        keep();
        return answer;
    } catch (const AgentError &) {
        keep();
        throw;
    }
}

std::unique_ptr<Client> AgentSession::takeClient()
{
    const std::lock_guard lock(m_clientsMutex);
    if (m_clients.empty()) {
        return nullptr;
    }
    std::unique_ptr<Client> client = std::move(m_clients.back());
    m_clients.pop_back();
    return client;
}

Refused refusedBy(const Failure &failure)
{
    switch (failure.code()) {
    case ExitCode::NoAgent:
    case ExitCode::NoSession:
    case ExitCode::SignInNeeded:
    case ExitCode::TrustNeeded:
    case ExitCode::CodeNeeded:
        return {503, failure.what()};
    case ExitCode::Denied:
        return {403, failure.what()};
    case ExitCode::Unreachable:
        return {504, failure.what()};
    case ExitCode::Done:
    case ExitCode::Failed:
    case ExitCode::Usage:
        return {502, failure.what()};
    }
    return {502, failure.what()};
}

} // namespace latchkey::ctl
