// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QMap>
#include <QObject>
#include <QString>
#include <QUuid>

#include <optional>

namespace latchkey {

//! What an exchange leaves behind for whoever asks later what happened. Holds no secret.
struct ReplyTrace {
    //! The request's id, which we made and sent with it (W3C Trace Context), so that it is found
    //! in the logs of the appliance and of the proxies before it. Null where there was no request.
    QUuid requestId;
    //! The appliance's own words, as applianceMessage() tells them.
    QString words;
    //! The appliance's clock when it answered.
    std::optional<WallTime> applianceTime;
    //! The proxy that it went through, `proxy.example.com:3128`; told of errors only.
    QString proxy = {};
    //! Of OtherUser: where they listen, `127.0.0.1:8080`.
    QString othersPlace = {};
    //! Of a refused password: what people should know about this kind of appliance, by language.
    QMap<QString, QString> hint = {};

    friend bool operator==(const ReplyTrace &, const ReplyTrace &) = default;
};

//! Why there is no token: one of a small closed set, each of which leaves the operator something
//! else to do. The sentences for people are in session/words/sentences.h.
struct AuthError {
    Q_GADGET
public:
    enum class Type {
        Offline, //!< the appliance cannot be reached
        Timeout, //!< it was reached, but did not answer in time
        ServerBusy, //!< it asks to come back later: 429, 5xx
        Rejected, //!< user name or password refused; if httpStatus is 200, the user has no
                  //!< password because they sign in through an identity provider
        ClientRejected, //!< the client's id or secret refused, whatever the user's password is
        CodeRejected, //!< verification code refused, another may be tried
        Expired, //!< refresh token or second factor's ticket refused: sign in again
        KindMissing, //!< the file of the appliance's kind is gone
        KindChanged, //!< it is another one than at the sign-in
        VersionRefused, //!< it takes no version of its API that the kind knows
        BadReply, //!< whatever answered does not speak like an appliance
        TlsUntrusted, //!< neither the system nor a pin vouches for the certificate
        TlsTooOld, //!< it speaks no TLS that is still safe
        TlsRefused, //!< it broke off the handshake; it may want a client certificate or other
                    //!< ciphers, or have crashed
        PlainHttp, //!< what answers speaks http, not https
        NotTls, //!< what answers speaks something else
        Unproven, //!< the refresh token was refused, but without TLS by who knows whom
        OtherUser, //!< another user of this computer listens at the appliance's address
        ProxyUnreachable, //!< the proxy cannot be reached, or does not answer
        ProxyRefused, //!< the proxy lets nothing through; httpStatus is its own, 0 if it sent none
        ProxyUnusable, //!< what is set as proxy, or answers there, is no proxy that we can use
        StoreUnavailable, //!< this and all below: see StoreError (vault/storeerror.h)
        StoreLocked,
        StoreDenied,
        StoreSlow,
        StoreElsewhere,
        StoreKeyMissing,
        StoreDiskFull,
        StoreNotWritable,
        StoreDamaged,
    };
    Q_ENUM(Type)

    Type type = Type::BadReply;
    //! 0 when no HTTP reply came. The proxy's when the proxy refused.
    int httpStatus = 0;
    //! How long the appliance asked us to wait (RFC 9110 §10.2.3).
    std::optional<std::chrono::seconds> retryAfter;
    //! For the log, in English. Never holds a body or a token.
    QString detail;
    //! The appliance may have carried the request out, but no usable answer came. With Expired, it
    //! is an earlier refresh with the same token whose answer was lost.
    bool answerLost = false;
    ReplyTrace trace = {};

    //! What scripts call the type: `server-busy`.
    [[nodiscard]] QString name() const;

    friend bool operator==(const AuthError &, const AuthError &) = default;
};

} // namespace latchkey
