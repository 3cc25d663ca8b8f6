// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gateway/asio.h"
#include "gateway/forwarder.h"
#include "gateway/patientstream.h"
#include "gateway/rules/allowrule.h"
#include "gateway/rules/authenticator.h"
#include "gateway/rules/budget.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/limits.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/serializer.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace latchkey::ctl {

//! What all connections share.
struct Context {
    const Authenticator &authenticator;
    const std::vector<AllowRule> &rules;
    Forwarder &forwarder;
    Budget &bodies;
    Limits limits;
    bool isVerbose = false;
    std::function<void(const Failure &)> sessionGone; //!< the agent knows no such session
};

//! One client's connection. Its requests are handled one after the other: each is admitted or
//! refused, passed on to the appliance, and answered. The body of an answer is never held in memory
//! as a whole.
class ClientConnection {
public:
    //! The context must outlive this object.
    ClientConnection(asio::ip::tcp::socket socket, const Context &context);

    [[nodiscard]] Task<void> run();

    //! Answers the first request with `reason`, whatever it asks for.
    [[nodiscard]] Task<void> turnAway(HttpError reason);

    //! The client has shown the key.
    [[nodiscard]] bool isProven() const { return m_isProven; }

    //! Since when the client has sent no next request; nothing during a request.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> idleSince() const
    {
        return m_idleSince;
    }

    //! Closes the connection; no further answer is sent.
    void end() { m_stream.close(); }

private:
    using Request = beast::http::request_parser<beast::http::empty_body>;
    using AnswerSerializer = beast::http::response_serializer<beast::http::buffer_body>;

    //! Properties of the answer.
    struct Wish {
        unsigned version = 11;
        bool isKept = false; //!< the connection stays open after it
        std::string base; //!< as in Admission
    };

    //! What the log says about a request once it is finished.
    struct Record {
        std::string method;
        std::string path;
        unsigned status = 0;
        std::chrono::steady_clock::time_point start;
    };

    [[nodiscard]] Task<bool> serveNext();
    [[nodiscard]] Task<bool> awaitRequest();
    [[nodiscard]] Task<bool> readHead(Request &request);
    [[nodiscard]] Task<bool> serve(Request &request);
    [[nodiscard]] Task<UpstreamRequest> readWhole(Request &request, Budget::Share &share);
    [[nodiscard]] Task<void> inviteBody(const Request &request);
    [[nodiscard]] Task<bool> relay(UpstreamResponse &response, const Wish &wish);
    [[nodiscard]] Task<void> send(AnswerSerializer &serializer);
    [[nodiscard]] Task<void> refuse(HttpError refused);
    [[nodiscard]] Task<void> leave();
    void breakOff();
    void tell() const;

    PatientStream m_stream;
    beast::flat_buffer m_buffer;
    std::vector<char> m_piece; // of an answer; reused, because freeing it would wipe it
    const Context &m_context;
    Record m_record;
    std::optional<std::chrono::steady_clock::time_point> m_idleSince;
    bool m_isProven = false;
};

} // namespace latchkey::ctl
