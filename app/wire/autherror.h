// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QObject>
#include <QString>
#include <QUuid>

#include <optional>

namespace latchkey {

//! What an exchange leaves behind for whoever asks later what happened. Holds no secret.
struct ReplyTrace {
    //! Ours, sent along as a trace id (W3C Trace Context) for the logs on the way.
    QUuid requestId;
    //! The appliance's own words, shortened; see applianceMessage().
    QString words;
    //! What its clock said.
    std::optional<WallTime> applianceTime;
    //! What it went through, `proxy.example.com:3128`, where something did not go well.
    QString proxy = {};

    friend bool operator==(const ReplyTrace &, const ReplyTrace &) = default;
};

//! Why there is no token: a small closed set that says what the operator can do. The words for
//! it are in session/sentences.h.
struct AuthError {
    Q_GADGET
public:
    enum class Kind {
        Offline, //!< the appliance cannot be reached
        Timeout, //!< it was reached, but did not answer in time
        ServerBusy, //!< it asks to come back later: 429, 5xx
        Rejected, //!< user name or password refused; single sign-on alone if httpStatus is 200
        CodeRejected, //!< verification code refused, another may be tried
        Expired, //!< refresh token or second factor's ticket refused: sign in again
        BadReply, //!< whatever answered does not speak like an appliance
        TlsUntrusted, //!< neither the system nor a pin vouches for the certificate
        TlsTooOld, //!< it speaks no TLS that is still safe
        TlsRefused, //!< it broke off the handshake: a client certificate, ciphers, a crash
        PlainHttp, //!< what answers speaks http, not https
        NotTls, //!< what answers speaks something else
        ProxyUnreachable, //!< the proxy cannot be reached, or does not answer
        ProxyRefused, //!< the proxy let nothing through, and httpStatus says why if it is not 0
        ProxyUnusable, //!< what is set as proxy, or answers there, is none that we can use
        StoreUnavailable, //!< from here on: what became of the vault, see StoreError
        StoreLocked,
        StoreDenied,
        StoreSlow,
        StoreElsewhere,
        StoreKeyMissing,
        StoreDiskFull,
        StoreNotWritable,
        StoreDamaged,
    };
    Q_ENUM(Kind)

    Kind kind = Kind::BadReply;
    //! 0 when there was no HTTP reply. Of ProxyRefused: the proxy's.
    int httpStatus = 0;
    //! How long the appliance asked us to wait.
    std::optional<std::chrono::seconds> retryAfter;
    //! For the log, in English. Never holds a body or a token.
    QString detail;
    //! The request may have been carried out, but no answer came that can be used. Of Expired:
    //! an earlier refresh with the same token had ended so.
    bool answerLost = false;
    ReplyTrace trace = {};

    //! The script name of the kind: `server-busy`.
    [[nodiscard]] QString name() const;

    friend bool operator==(const AuthError &, const AuthError &) = default;
};

} // namespace latchkey
