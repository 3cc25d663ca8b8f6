// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "tickets.h"

#include "switches.h"

#include <QRandomGenerator>

namespace latchkey::appliance {

namespace {

QString newToken()
{
    QByteArray bytes(32, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(bytes.toHex().toUpper().toBase64());
}

} // namespace

QString Tickets::give(const QString &user, bool isShortLived)
{
    const QString token = newToken();
    m_tickets.insert(token,
        {.user = user,
            .isShortLived = isShortLived,
            .end = now() + m_switches.seconds(Switch::TicketLife),
            .triesLeft = m_switches.number(Switch::TicketTries)});
    return token;
}

std::optional<Ticket> Tickets::find(const QString &token) const
{
    const auto ticket = m_tickets.find(token);
    if (ticket == m_tickets.end() || ticket->triesLeft <= 0 || ticket->end <= now())
        return std::nullopt;
    return *ticket;
}

void Tickets::use(const QString &token)
{
    m_tickets.remove(token);
}

void Tickets::countWrongCode(const QString &token)
{
    if (const auto ticket = m_tickets.find(token); ticket != m_tickets.end())
        --ticket->triesLeft;
}

} // namespace latchkey::appliance
