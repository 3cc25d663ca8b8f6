// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/oauth/throttledtokenclient.h"

namespace latchkey {

ThrottledTokenClient::ThrottledTokenClient(
    std::unique_ptr<TokenClient> client, RefreshThrottle &throttle, QObject *parent)
    : TokenClient(parent)
    , m_client(std::move(client))
    , m_throttle(throttle)
{
    m_throttle.join();
    connect(m_client.get(), &TokenClient::answered, this, &TokenClient::answered);
    connect(m_client.get(), &TokenClient::loggedOut, this, &TokenClient::loggedOut);
}

ThrottledTokenClient::~ThrottledTokenClient()
{
    m_throttle.leave(m_ticket);
    m_throttle.part();
}

void ThrottledTokenClient::send(const Grant &grant, const Fingerprint &pin)
{
    cancel();
    if (typeOf(grant) != GrantType::Refresh)
        return m_client->send(grant, pin);
    m_ticket = m_throttle.enter([this, grant, pin] { m_client->send(grant, pin); });
}

void ThrottledTokenClient::expedite()
{
    m_throttle.expedite(m_ticket);
}

void ThrottledTokenClient::logOut(const Farewell &farewell, const Fingerprint &pin)
{
    m_client->logOut(farewell, pin);
}

void ThrottledTokenClient::know(
    const Secret &accessToken, const Secret &refreshToken, const RequestContext &context)
{
    m_client->know(accessToken, refreshToken, context);
}

void ThrottledTokenClient::cancel()
{
    m_throttle.leave(m_ticket);
    m_client->cancel();
}

} // namespace latchkey
