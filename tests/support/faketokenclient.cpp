// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/faketokenclient.h"

namespace latchkey::test {

void FakeTokenClient::send(const Grant &grant, const Fingerprint &pin)
{
    m_remembered.append(grant);
    m_pins.append(pin);
    m_mostInFlight = std::max(m_mostInFlight, ++m_inFlight);
}

void FakeTokenClient::logOut(const Farewell &farewell, const Fingerprint &)
{
    m_logOuts.append(farewell.accessToken);
}

void FakeTokenClient::know(
    const Secret &accessToken, const Secret &refreshToken, const RequestContext &)
{
    m_known = {accessToken, refreshToken};
}

void FakeTokenClient::cancel()
{
    m_cancelled += m_inFlight;
    m_inFlight = 0;
}

bool FakeTokenClient::answer(const TokenAnswer &answer)
{
    if (m_inFlight == 0)
        return false;
    --m_inFlight;
    Q_EMIT answered(answer);
    return true;
}

} // namespace latchkey::test
