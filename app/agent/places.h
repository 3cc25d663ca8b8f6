// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "agent/agentconnection.h"

#include <QHash>
#include <QList>

namespace latchkey {

//! The places for connections to the agent, and who gives way when they are taken. No program is to
//! shut the others out. Owns no connection.
class Places {
public:
    //! Of all programs together that are not known for sure, and again of all with process numbers
    //! of their own.
    static constexpr int mostOfUnknown = 128;

    //! For \a most connections.
    explicit Places(int most)
        : m_most(most)
    {
    }

    //! Oldest first.
    [[nodiscard]] const QList<AgentConnection *> &connections() const { return m_connections; }
    [[nodiscard]] bool hasRoomFor(const Holder &newcomer) const;
    //! Which connection gives way to one of \a newcomer, where there is no room: one of whoever
    //! holds the most. Null where the newcomer holds as many as any, and none of theirs is silent.
    [[nodiscard]] AgentConnection *whoGivesWayTo(const Holder &newcomer) const;
    void take(AgentConnection *connection);
    void leave(AgentConnection *connection);

private:
    [[nodiscard]] qsizetype share(const Holder &holder) const { return m_shares[holder].size(); }
    [[nodiscard]] bool isShareUp(const Holder &holder) const;

    int m_most;
    QList<AgentConnection *> m_connections;
    //! By who holds them, oldest first.
    QHash<Holder, QList<AgentConnection *>> m_shares;
};

} // namespace latchkey
