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
    //! It ended before anything could leave.
    bool wasHeldBack = false;
    //! What it went through; see ProxyChoice::name().
    QString proxy = {};
    //! What the proxy said in place of opening the way; 0 where it said nothing of the kind.
    int proxyStatus = 0;
    //! What was said in place of TLS; see TlsLook. Nothing where nobody looked.
    std::optional<QByteArray> greeting = {};

    [[nodiscard]] bool isSuccess() const;
};

//! An error of that kind, with all that the outcome has to say about it.
[[nodiscard]] AuthError errorOf(AuthError::Kind kind, const HttpOutcome &outcome);

//! What kept an answer from coming; nothing where one came.
[[nodiscard]] std::optional<AuthError> transportErrorFrom(const HttpOutcome &outcome);

} // namespace latchkey
