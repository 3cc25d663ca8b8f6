// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/places.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace latchkey {

namespace {

//! Orders connections by what they lose: nothing, the news, or an answer. Among the silent and
//! those that wait, the one comes first from which nothing was heard for the longest; among those
//! that watch, the newest.
std::tuple<int, qint64> lossOf(const AgentConnection &connection, qsizetype place)
{
    if (connection.waiting > 0)
        return {2, connection.heardAt};
    return connection.watchedName ? std::tuple(1, -qint64{place})
                                  : std::tuple(0, connection.heardAt);
}

//! Of one holder, which has one at least.
AgentConnection *leastLoss(const QList<AgentConnection *> &connections)
{
    qsizetype least = 0;
    for (qsizetype place = 1; place < connections.size(); ++place) {
        if (lossOf(*connections.at(place), place) < lossOf(*connections.at(least), least))
            least = place;
    }
    return connections.at(least);
}

} // namespace

bool Places::isShareUp(const Holder &holder) const
{
    return !holder.program && share(holder) >= mostOfUnknown;
}

bool Places::hasRoomFor(const Holder &newcomer) const
{
    return !isShareUp(newcomer) && m_connections.size() < m_most;
}

//! One that waits gives way to a smaller share only, and to nobody who would then have as many. An
//! unknown program may have forked all that wait in its share.
AgentConnection *Places::whoGivesWayTo(const Holder &newcomer) const
{
    if (isShareUp(newcomer))
        return leastLoss(m_shares[newcomer]);
    const qsizetype theirs = share(newcomer);
    QList<const QList<AgentConnection *> *> shares;
    for (const auto &connections : m_shares) {
        if (connections.size() >= theirs)
            shares.append(&connections);
    }
    std::ranges::sort(shares, std::ranges::greater(), [](const auto *s) { return s->size(); });
    for (const auto *connections : shares) {
        AgentConnection *first = leastLoss(*connections);
        if (first->waiting == 0 || connections->size() > theirs + 1)
            return first;
    }
    return nullptr;
}

void Places::take(AgentConnection *connection)
{
    m_connections.append(connection);
    m_shares[connection->holder].append(connection);
}

void Places::leave(AgentConnection *connection)
{
    m_connections.removeOne(connection);
    auto &share = m_shares[connection->holder];
    share.removeOne(connection);
    if (share.isEmpty())
        m_shares.remove(connection->holder);
}

} // namespace latchkey
