// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "wire/http/certificate.h"
#include "wire/oauth/grant.h"
#include "wire/oauth/tokenreply.h"

#include <QObject>

#include <variant>

namespace latchkey {

//! The appliance granted tokens.
struct Granted {
    TokenReply reply;
    //! When the request left: ends of tokens count from here.
    Instant sentAt;
    //! The appliance's clock minus ours, halfway between request and reply; nothing when the
    //! reply tells no time.
    std::optional<std::chrono::seconds> clockOffset;
    ReplyTrace trace = {};
};
//! The password was right; now a second factor's code is wanted.
struct CodeAsked {
    Secret ticket;
    ReplyTrace trace = {};
};
//! Nothing was sent: the certificate is not the pinned one or, without a pin, not trusted by the
//! system.
struct Untrusted {
    Certificate certificate;
};
using TokenAnswer = std::variant<Granted, CodeAsked, Untrusted, AuthError>;

//! Port to one appliance's token endpoint. One request at a time.
//!
//! send() returns at once; exactly one answered() follows from the event loop, or none after
//! cancel(). logOut() needs a good access token; exactly one loggedOut() follows. It tells whether
//! the appliance said that it is done; what we held is gone by then in any case.
class TokenClient : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void send(const Grant &grant, const Fingerprint &pin) = 0;
    //! Somebody waits for the answer of a request that may still wait its turn.
    virtual void expedite() { }
    //! The request has not left yet: dropping it loses nothing.
    [[nodiscard]] virtual bool isQueued() const { return false; }
    virtual void logOut(const Secret &accessToken, const Fingerprint &pin) = 0;
    //! Forgets the request under way, but not a logOut().
    virtual void cancel() = 0;

Q_SIGNALS:
    void answered(const latchkey::TokenAnswer &answer);
    void loggedOut(bool isDone);
};

} // namespace latchkey
