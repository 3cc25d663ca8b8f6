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
    //! When the request left. The lives of tokens count from here.
    Instant sentAt;
    //! The appliance's clock minus ours, taken as read halfway between request and reply. Nothing
    //! when the reply tells no time.
    std::optional<std::chrono::seconds> clockOffset;
    ReplyTrace trace = {};
    //! For the next request, also in a later run of the program.
    RequestContext context = {};
};
//! The password was right, and now the appliance wants the code of a second factor.
struct CodeAsked {
    Secret ticket;
    ReplyTrace trace = {};
};
//! Nothing was sent, because the certificate is not trusted: it is not the pinned one or, where
//! there is no pin, the system does not trust it.
struct Untrusted {
    Certificate certificate;
};
using TokenAnswer = std::variant<Granted, CodeAsked, Untrusted, AuthError>;

//! Port to one appliance's token endpoint, for one session. One grant at a time: send() cancels
//! the one before.
//!
//! send() returns at once; exactly one answered() follows from the event loop, or none after
//! cancel(). logOut() returns at once; exactly one loggedOut() follows from the event loop, and
//! says whether the appliance has confirmed it. A kind without logout confirms nothing.
//! \a pin is empty where there is none; see HttpExchange.
class TokenClient : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void send(const Grant &grant, const Fingerprint &pin) = 0;
    //! Sends a request that still waits its turn, because somebody waits for its answer.
    virtual void expedite() { }
    //! Whether the request still waits its turn. To cancel it then loses nothing.
    [[nodiscard]] virtual bool isQueued() const { return false; }
    virtual void logOut(const Farewell &farewell, const Fingerprint &pin) = 0;
    //! These tokens are in use although no answered() brought them: they come from the vault, with
    //! the context of their last request. What the appliance says is not told if a secret of them
    //! is in it.
    virtual void know(const Secret & /*accessToken*/, const Secret & /*refreshToken*/,
        const RequestContext & /*context*/)
    {
    }
    //! Ends the grant under way. A logOut() goes on.
    virtual void cancel() = 0;

Q_SIGNALS:
    void answered(const latchkey::TokenAnswer &answer);
    void loggedOut(bool isDone);
};

} // namespace latchkey
