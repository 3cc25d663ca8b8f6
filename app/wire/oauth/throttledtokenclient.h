// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/pace.h"
#include "wire/tokenclient.h"

#include <memory>

namespace latchkey {

//! Lets refreshes wait their turn before another client sends them. What a person waits for,
//! a password or a code, goes at once.
class PacedTokenClient final : public TokenClient {
    Q_OBJECT
public:
    //! \a pace outlives this.
    PacedTokenClient(std::unique_ptr<TokenClient> client, Pace &pace, QObject *parent = nullptr);
    ~PacedTokenClient() override;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void hurry() override;
    [[nodiscard]] bool isWaitingItsTurn() const override { return m_pace.holds(m_ticket); }
    void logOut(const Secret &accessToken, const Fingerprint &pin) override;
    void cancel() override;

private:
    std::unique_ptr<TokenClient> m_client;
    Pace &m_pace;
    //! 0 while nothing waits.
    quint64 m_ticket = 0;
};

} // namespace latchkey
