// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instant.h"

#include <QHash>
#include <QString>

#include <optional>

namespace latchkey::appliance {

class Switches;

struct Ticket {
    QString user;
    bool isShortLived = false;
    Instant end;
    int triesLeft = 0;
};

//! The `mfa_token`s that wait for a code: base64 of 64 upper-case hex digits (docs/protocol.md §5).
class Tickets {
public:
    explicit Tickets(const Switches &switches)
        : m_switches(switches)
    {
    }

    [[nodiscard]] QString give(const QString &user, bool isShortLived);

    //! Nothing where the ticket is unknown, used or too old, or was tried too often.
    [[nodiscard]] std::optional<Ticket> find(const QString &token) const;

    void use(const QString &token);
    void countWrongCode(const QString &token);
    void clear() { m_tickets.clear(); }

private:
    const Switches &m_switches;
    QHash<QString, Ticket> m_tickets;
};

} // namespace latchkey::appliance
