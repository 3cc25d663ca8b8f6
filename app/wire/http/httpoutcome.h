// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/autherror.h"

#include <QByteArray>
#include <QNetworkReply>

namespace latchkey {

//! Everything that one HTTP exchange can bring back.
struct HttpOutcome {
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    //! 0 when no status line came.
    int status = 0;
    QByteArray contentType;
    QByteArray retryAfter;
    QByteArray body;
    bool timedOut = false;
    bool tooLarge = false;
    //! It ended before a byte of the request was sent.
    bool wasHeldBack = false;
    //! Without TLS, so nothing proves that it was the appliance who answered.
    bool isPlain = false;
    //! The proxy that it went through (ProxyChoice::name()); empty when there was none.
    QString proxy = {};
    //! The status with which the proxy refused to open the way; 0 when it did not.
    int proxyStatus = 0;
    //! The address and port at which another user of this machine listens; nothing was sent there.
    QString othersPlace = {};
    //! The first bytes of what came in place of TLS; nothing when TlsLook was not asked.
    std::optional<QByteArray> greeting = {};

    [[nodiscard]] bool isSuccess(int wanted = 200) const;
    //! The content type in lower case, without parameters.
    [[nodiscard]] QByteArray mediaType() const;
};

//! An error of that type, with status, detail and proxy from the outcome.
[[nodiscard]] AuthError errorOf(AuthError::Type type, const HttpOutcome &outcome);

//! Why no answer of an appliance came; nothing when one did.
[[nodiscard]] std::optional<AuthError> transportErrorFrom(const HttpOutcome &outcome);

} // namespace latchkey
