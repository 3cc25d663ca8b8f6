// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/pacedtokenclient.h"

namespace latchkey {

PacedTokenClient::PacedTokenClient(std::unique_ptr<TokenClient> client, Pace &pace, QObject *parent)
    : TokenClient(parent)
    , m_client(std::move(client))
    , m_pace(pace)
{
    connect(m_client.get(), &TokenClient::answered, this, &TokenClient::answered);
    connect(m_client.get(), &TokenClient::loggedOut, this, &TokenClient::loggedOut);
}

PacedTokenClient::~PacedTokenClient()
{
    m_pace.leave(m_ticket);
}

void PacedTokenClient::send(const Grant &grant, const Fingerprint &pin)
{
    cancel();
    if (typeOf(grant) != GrantType::Refresh)
        return m_client->send(grant, pin);
    m_ticket = m_pace.enter([this, grant, pin] { m_client->send(grant, pin); });
}

void PacedTokenClient::hurry()
{
    m_pace.hurry(m_ticket);
}

void PacedTokenClient::logOut(const Secret &accessToken, const Fingerprint &pin)
{
    m_client->logOut(accessToken, pin);
}

void PacedTokenClient::cancel()
{
    m_pace.leave(m_ticket);
    m_client->cancel();
}

} // namespace latchkey
