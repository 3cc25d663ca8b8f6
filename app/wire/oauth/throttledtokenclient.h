// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/refreshthrottle.h"
#include "wire/oauth/tokenclient.h"

#include <memory>

namespace latchkey {

//! Lets refreshes wait their turn before another client sends them. What a person waits for,
//! a password or a code, goes at once.
class ThrottledTokenClient final : public TokenClient {
    Q_OBJECT
public:
    //! \a pace outlives this.
    ThrottledTokenClient(
        std::unique_ptr<TokenClient> client, RefreshThrottle &pace, QObject *parent = nullptr);
    ~ThrottledTokenClient() override;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void expedite() override;
    [[nodiscard]] bool isQueued() const override { return m_throttle.holds(m_ticket); }
    void logOut(const Secret &accessToken, const Fingerprint &pin) override;
    void cancel() override;

private:
    std::unique_ptr<TokenClient> m_client;
    RefreshThrottle &m_throttle;
    //! 0 while nothing waits.
    quint64 m_ticket = 0;
};

} // namespace latchkey
