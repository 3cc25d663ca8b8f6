// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/refreshthrottle.h"
#include "wire/oauth/tokenclient.h"

#include <memory>

namespace latchkey {

//! Passes everything on to another client. A refresh waits its turn in the throttle first; a
//! password or a code, for which a person waits, does not.
class ThrottledTokenClient final : public TokenClient {
    Q_OBJECT
public:
    //! \a throttle outlives this.
    ThrottledTokenClient(
        std::unique_ptr<TokenClient> client, RefreshThrottle &throttle, QObject *parent = nullptr);
    ~ThrottledTokenClient() override;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void expedite() override;
    [[nodiscard]] bool isQueued() const override { return m_throttle.holds(m_ticket); }
    void logOut(const Farewell &farewell, const Fingerprint &pin) override;
    void know(const Secret &accessToken, const Secret &refreshToken,
        const RequestContext &context) override;
    void cancel() override;

private:
    std::unique_ptr<TokenClient> m_client;
    RefreshThrottle &m_throttle;
    //! Of the last refresh, which may still wait; 0 before the first.
    quint64 m_ticket = 0;
};

} // namespace latchkey
