// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/oauth/tokenclient.h"

#include <QList>

namespace latchkey::test {

//! A TokenClient that answers on command and within the call, so that the test is its event loop.
//! Records all requests, and the largest number of requests under way at one time.
class FakeTokenClient final : public TokenClient {
    Q_OBJECT
public:
    using TokenClient::TokenClient;

    void send(const Grant &grant, const Fingerprint &pin) override;
    void logOut(const Farewell &farewell, const Fingerprint &pin) override;
    void know(const Secret &accessToken, const Secret &refreshToken,
        const RequestContext &context) override;
    void cancel() override;

    //! Answers the request under way; false if there is none.
    bool answer(const TokenAnswer &answer);
    void answerLogOut(bool isDone = true) { Q_EMIT loggedOut(isDone); }

    [[nodiscard]] const Grant &lastGrant() const { return m_remembered.last(); }
    template<typename GrantKind> [[nodiscard]] const GrantKind *lastGrantAs() const
    {
        return m_remembered.isEmpty() ? nullptr : std::get_if<GrantKind>(&m_remembered.last());
    }

    [[nodiscard]] const QList<Grant> &grants() const { return m_remembered; }
    [[nodiscard]] const QList<Fingerprint> &pins() const { return m_pins; }
    [[nodiscard]] const QList<Secret> &logOuts() const { return m_logOuts; }
    //! The access token and the refresh token that it was told of last.
    [[nodiscard]] const QList<Secret> &known() const { return m_known; }
    [[nodiscard]] bool isAsked() const { return m_inFlight > 0; }
    [[nodiscard]] int mostInFlight() const { return m_mostInFlight; }
    [[nodiscard]] int cancelled() const { return m_cancelled; }

private:
    QList<Grant> m_remembered;
    QList<Fingerprint> m_pins;
    QList<Secret> m_logOuts;
    QList<Secret> m_known;
    int m_inFlight = 0;
    int m_mostInFlight = 0;
    int m_cancelled = 0;
};

} // namespace latchkey::test
