// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/agentsession.h"

#include "client/handout.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <time.h>

namespace latchkey::ctl {

namespace {

using namespace std::chrono_literals;

//! If a token was accepted at first and is refused later, another refresh is worth a try, but no
//! client may cause one refresh after the other.
constexpr auto shortestRefresh = 60s;
constexpr auto tellPause = 1s;
constexpr int mostChanges = 8; // during one request for a token

std::chrono::nanoseconds sinceStart()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

//! If the agent does not say how long a token may be held, it is asked each time.
std::chrono::seconds holdTime(const nlohmann::json &answer)
{
    const auto found = answer.find("holdFor");
    const bool isThere = found != answer.end() && found->is_number_integer();
    return std::chrono::seconds(
        isThere ? std::clamp<std::int64_t>(found->get<std::int64_t>(), 0, 86400) : 0);
}

std::string userOf(const nlohmann::json &told)
{
    const auto found = told.find("user");
    return found != told.end() && found->is_string() ? found->get<std::string>() : std::string();
}

//! Recognises a token without storing it.
std::size_t hashOf(const std::string &token)
{
    return std::hash<std::string>()(token);
}

} // namespace

AgentSession::AgentSession(
    asio::any_io_executor executor, std::string name, Seconds patience, ConnectToAgent connect)
    : m_executor(executor)
    , m_name(std::move(name))
    , m_patience(patience)
    , m_connect(std::move(connect))
    , m_line(executor, m_name, patience, m_connect, [this] { onNews(); })
    , m_tellAt(executor)
{
}

void AgentSession::begin()
{
    Client client(m_patience, m_connect(limitOf(m_patience)));
    const nlohmann::json session = client.callThatWaits("session.get", {{"name", m_name}});
    m_appliance = Appliance::from(session);
    m_user = userOf(session);
}

Task<SharedAccess> AgentSession::access()
{
    for (int attempt = 0; attempt < mostChanges; ++attempt) {
        m_line.hear();
        if (isHeldGood()) {
            noteUse();
            co_return m_held;
        }
        const bool isFirst = !m_asking.isUnderWay();
        const Joint<SharedAccess>::Work work = [this] {
            return askForToken();
        };
        const SharedAccess given = co_await m_asking.run(m_executor, work);
        m_line.hear();
        if (given->news != m_line.news())
            continue; // the answer may be out of date
        if (!isFirst)
            noteUse();
        co_return given;
    }
    throw Failure(ExitCode::Failed, "The session changes all the time. Try again.");
}

Task<SharedAccess> AgentSession::accessStill(SharedAccess earlier)
{
    m_line.hear();
    const bool isOver = earlier->until > 0s && sinceStart() >= earlier->until;
    if (isOver || earlier->news != m_line.news())
        earlier = co_await access();
    co_return earlier;
}

//! The uses so far are those of the session as it was: after a rename, its name is another's.
void AgentSession::onNews()
{
    m_held = nullptr;
    tellUse();
}

bool AgentSession::isHeldGood() const
{
    return m_held && m_line.isConnected() && m_held->news == m_line.news()
        && sinceStart() < m_held->until;
}

Task<SharedAccess> AgentSession::askForToken()
{
    const std::chrono::nanoseconds asked = sinceStart();
    const nlohmann::json params{{"withProxy", true}};
    const AgentAnswer answer = co_await m_line.ask("session.token", params);
    const std::chrono::seconds holdFor = holdTime(answer.result);
    const auto access =
        std::make_shared<Access>(Access{Appliance::from(answer.result), tokenFrom(answer.result),
            tokenPathsFrom(answer.result), answer.news, holdFor > 0s ? asked + holdFor : 0s});
    const std::string user = userOf(answer.result);
    const bool isAnothers = !user.empty() && user != m_user;
    if (!access->appliance.isWhere(m_appliance) || isAnothers) {
        throw Failure(ExitCode::NoSession,
            "'" + m_name
                + "' has become a session of another appliance or user. Start the gateway anew.");
    }
    if (answer.news == m_line.news() && sinceStart() < access->until)
        m_held = access;
    co_return access;
}

Task<SharedAccess> AgentSession::accessAfter(std::string refused)
{
    auto &mending = m_mendings[refused];
    if (!mending)
        mending = std::make_shared<Joint<SharedAccess>>();
    const auto joint = mending;
    const Joint<SharedAccess>::Work work = [this, &refused] {
        return mend(refused);
    };
    std::exception_ptr failure;
    SharedAccess access;
    try {
        access = co_await joint->run(m_executor, work);
    } catch (...) {
        failure = std::current_exception();
    }
    if (const auto found = m_mendings.find(refused);
        found != m_mendings.end() && found->second == joint) {
        m_mendings.erase(found);
    }
    if (failure)
        std::rethrow_exception(failure);
    co_return access;
}

Task<SharedAccess> AgentSession::mend(std::string refused)
{
    const SharedAccess now = co_await askForToken();
    if (now->token != refused)
        co_return now;
    if (isRefreshInVain(refused))
        co_return nullptr;
    static_cast<void>(co_await m_line.ask("session.refresh"));
    const SharedAccess next = co_await askForToken();
    noteRefreshed(next->token);
    co_return next->token != refused ? next : nullptr;
}

bool AgentSession::isRefreshInVain(const std::string &refused) const
{
    const bool isRecent = std::chrono::steady_clock::now() - m_refreshedAt < shortestRefresh;
    return hashOf(refused) == m_refreshed && (!m_isRefreshedGood || isRecent);
}

void AgentSession::noteRefreshed(const std::string &token)
{
    m_refreshed = hashOf(token);
    m_isRefreshedGood = false;
    m_refreshedAt = std::chrono::steady_clock::now();
}

void AgentSession::noteAccepted(const std::string &token)
{
    m_isRefreshedGood = m_isRefreshedGood || hashOf(token) == m_refreshed;
}

//! Reports the use to the agent's ledger, within a short time if not at once.
void AgentSession::noteUse()
{
    ++m_untold;
    if (std::exchange(m_isTelling, true))
        return;
    m_tellAt.expires_after(tellPause);
    m_tellAt.async_wait([this](const ErrorCode &error) {
        m_isTelling = false;
        if (!error)
            tellUse();
    });
}

void AgentSession::tellUse()
{
    if (m_untold > 0 && m_line.isConnected())
        m_line.tell("session.tokenUsed", {{"requests", std::exchange(m_untold, 0)}});
}

Task<void> AgentSession::tellLastUse()
{
    if (m_untold > 0) {
        const nlohmann::json params{{"requests", std::exchange(m_untold, 0)}};
        static_cast<void>(co_await m_line.ask("session.tokenUsed", params));
    }
}

HttpError refusedBy(const Failure &failure)
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
