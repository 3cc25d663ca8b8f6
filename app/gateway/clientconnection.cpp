// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/clientconnection.h"

#include "client/process.h"
#include "gateway/rules/headers.h"
#include "gateway/rules/path.h"
#include "gateway/rules/text.h"
#include "protocol/escaped.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <utility>

namespace latchkey::ctl {

namespace {

namespace http = beast::http;
using asio::ip::tcp;

constexpr std::size_t largestBody = std::size_t{16} * 1024 * 1024;
constexpr std::size_t piece = std::size_t{64} * 1024;
constexpr std::size_t usualHead = 4096;

using Answer = http::response<http::buffer_body>;

std::string text(beast::string_view view)
{
    return {view.data(), view.size()};
}

std::string_view viewOf(beast::string_view view)
{
    return {view.data(), view.size()};
}

template<typename Fields>
std::vector<std::string_view> allOf(const Fields &fields, std::string_view name)
{
    std::vector<std::string_view> values;
    const auto [first, last] = fields.equal_range(beast::string_view(name.data(), name.size()));
    for (auto field = first; field != last; ++field)
        values.push_back(viewOf(field->value()));
    return values;
}

template<typename Head> Credentials credentialsOf(const Head &head)
{
    return {viewOf(head.target()), allOf(head, "Host"), allOf(head, "Origin"),
        allOf(head, "Sec-Fetch-Site"), allOf(head, "Latchkey-Key"),
        head.count("Service-Worker") > 0};
}

HttpError bodyTooLarge()
{
    return {413, "The body is larger than 16 MiB."};
}

//! Copies the headers that `isWanted` accepts, except those that a Connection header names.
template<typename From, typename To>
void copyHeaders(const From &from, To &to, bool (*isWanted)(std::string_view))
{
    const std::vector<std::string_view> connection = allOf(from, "Connection");
    for (const auto &field : from) {
        const std::string name = lowered(viewOf(field.name_string()));
        const bool isKept = std::any_of(connection.begin(), connection.end(),
            [&name](std::string_view value) { return isNamedIn(value, name); });
        if (isWanted(name) && !isKept)
            to.insert(field.name_string(), field.value());
    }
}

Answer answerFrom(const UpstreamReply &reply, const Appliance &appliance, const std::string &base)
{
    const auto &theirs = reply.get();
    Answer ours;
    ours.result(theirs.result_int());
    ours.reason(theirs.reason());
    copyHeaders(theirs, ours, isForClient);
    if (const auto location = theirs[http::field::location]; !location.empty())
        ours.set(http::field::location, appliance.localised(viewOf(location), base));
    ours.set("Referrer-Policy", "no-referrer");
    if (theirs[http::field::cache_control].empty())
        ours.set(http::field::cache_control, "no-store");
    return ours;
}

//! Uses the length of the appliance's answer if it is known, or else chunks, which HTTP/1.0 does
//! not have.
void frame(Answer &ours, const UpstreamReply &reply, bool isKept, const Limits &limits)
{
    const bool isOpenEnded = !reply.is_done() && !reply.content_length();
    const bool isOld = ours.version() < 11;
    if (isOpenEnded && !isOld)
        ours.chunked(true);
    else if (const auto length = reply.content_length())
        ours.content_length(*length); // also for an answer to HEAD
    ours.keep_alive(isKept && !(isOpenEnded && isOld));
    if (ours.keep_alive()) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(limits.idle).count();
        ours.set(http::field::connection, "keep-alive");
        ours.set(http::field::keep_alive, "timeout=" + std::to_string(seconds));
    }
    ours.body().data = nullptr;
    ours.body().more = !reply.is_done();
}

bool hasBody(const http::request_parser<http::empty_body> &request)
{
    return request.chunked() || request.content_length().value_or(0) > 0;
}

void logLine(const std::string &line)
{
    writeError(protocol::escaped(line) + "\n");
}

} // namespace

ClientConnection::ClientConnection(tcp::socket socket, const Context &context)
    : m_stream(std::move(socket))
    , m_context(context)
{
}

Task<void> ClientConnection::run()
{
    bool goesOn = true;
    while (goesOn)
        goesOn = co_await serveNext();
}

Task<void> ClientConnection::turnAway(HttpError reason)
{
    m_stream.setPatience(m_context.limits.leave);
    bool hasAsked = false;
    try {
        Request request;
        hasAsked = co_await awaitRequest() && co_await readHead(request);
    } catch (const HttpError &) { // NOLINT: malformed, but gets the same answer
        hasAsked = true;
    }
    if (hasAsked) {
        m_record.status = 0;
        co_await refuse(std::move(reason));
        co_await leave();
    }
}

Task<bool> ClientConnection::serveNext()
{
    m_record = {};
    Request request;
    std::optional<HttpError> refused;
    bool goesOn = false;
    try {
        goesOn = co_await awaitRequest() && co_await readHead(request) && co_await serve(request);
    } catch (const HttpError &reason) {
        refused = reason;
    } catch (const Failure &failure) {
        refused = refusedBy(failure);
        if (failure.code() == ExitCode::NoSession)
            m_context.sessionGone(failure);
    } catch (const std::exception &) { // NOLINT: the client has gone, or was disconnected
        breakOff();
    }
    if (refused)
        co_await refuse(*refused);
    tell();
    if (refused)
        co_await leave();
    co_return goesOn;
}

//! False if the client sends no more requests.
Task<bool> ClientConnection::awaitRequest()
{
    if (m_buffer.size() > 0)
        co_return true;
    const Limits &limits = m_context.limits;
    m_stream.setPatience(m_isProven ? limits.idle + limits.idleGrace : limits.head);
    m_idleSince = std::chrono::steady_clock::now();
    ErrorCode error;
    const std::size_t got =
        co_await m_stream.async_read_some(m_buffer.prepare(usualHead), into(error));
    m_buffer.commit(got);
    m_idleSince.reset();
    co_return !error;
}

Task<bool> ClientConnection::readHead(Request &request)
{
    request.header_limit(longestHead);
    request.body_limit(noLimit); // a client without the key is not told about limits
    m_stream.setPatience(m_context.limits.head);
    ErrorCode error;
    co_await http::async_read_header(m_stream, m_buffer, request, into(error));
    m_record.start = std::chrono::steady_clock::now();
    const bool isNonsense =
        error.category() == http::make_error_code(http::error::bad_method).category();
    if (error == http::error::end_of_stream || (error && !isNonsense))
        co_return false;
    if (error)
        throw HttpError(403, "This is a gateway for HTTP requests, and what was sent is none.");
    m_stream.setPatience(m_context.limits.silence);
    co_return true;
}

Task<bool> ClientConnection::serve(Request &request)
{
    const auto &head = request.get();
    m_record.method = text(head.method_string());
    const Admission admission = m_context.authenticator.admit(credentialsOf(head));
    m_isProven = true;
    m_record.path = admission.target.substr(0, admission.target.find('?'));
    requireAllowed(m_context.rules, m_record.method, decodedPath(admission.target));
    const Wish wish{head.version(), head.keep_alive(), admission.base};
    Budget::Share share(m_context.bodies);
    UpstreamRequest whole = co_await readWhole(request, share);
    m_stream.rest();
    UpstreamResponse response = co_await m_context.forwarder.carry(whole, admission.target);
    whole = UpstreamRequest(); // it holds the token, and perhaps megabytes
    share.giveBack();
    const bool isKept = co_await relay(response, wish);
    m_context.forwarder.giveBack(std::move(response));
    co_return isKept;
}

Task<UpstreamRequest> ClientConnection::readWhole(Request &request, Budget::Share &share)
{
    if (request.content_length().value_or(0) > largestBody)
        throw bodyTooLarge();
    if (hasBody(request)) {
        share.growTo(std::max<std::size_t>(request.content_length().value_or(0), 1));
        m_buffer.reserve(piece); // otherwise only 512 bytes are read at a time
        co_await inviteBody(request);
    }
    http::request_parser<http::string_body> whole(std::move(request));
    whole.body_limit(largestBody);
    ErrorCode error;
    while (!error && !whole.is_done()) {
        co_await http::async_read_some(m_stream, m_buffer, whole, into(error));
        share.growTo(whole.get().body().size());
    }
    if (error == http::error::body_limit)
        throw bodyTooLarge();
    if (error)
        throw HttpError(400, "The body cannot be read.");
    UpstreamRequest result;
    result.method_string(whole.get().method_string());
    copyHeaders(whole.get(), result, isForAppliance);
    result.body() = std::move(whole.get().body());
    result.prepare_payload();
    co_return result;
}

Task<void> ClientConnection::inviteBody(const Request &request)
{
    const auto expected = request.get()[http::field::expect];
    if (beast::iequals(expected, "100-continue")) {
        http::response<http::empty_body> invitation(http::status::continue_, 11);
        co_await http::async_write(m_stream, invitation, asio::use_awaitable);
    }
}

//! False if the connection cannot be used again.
Task<bool> ClientConnection::relay(UpstreamResponse &response, const Wish &wish)
{
    UpstreamReply &reply = *response.reply;
    Answer answer = answerFrom(reply, response.upstream->appliance(), wish.base);
    answer.version(wish.version);
    frame(answer, reply, wish.isKept, m_context.limits);
    http::response_serializer<http::buffer_body> serializer(answer);
    m_record.status = answer.result_int();
    const auto most = std::min<std::uint64_t>(reply.content_length().value_or(piece), piece);
    if (!reply.is_done() && m_piece.size() < most)
        m_piece.resize(most);
    if (!response.upstream->isAhead())
        co_await http::async_write_header(m_stream, serializer, asio::use_awaitable);
    while (!serializer.is_done()) {
        std::size_t got = 0;
        if (!reply.is_done()) {
            m_stream.rest();
            got = co_await response.upstream->read(reply, m_piece);
        }
        answer.body().more = !reply.is_done();
        if (got == 0 && answer.body().more)
            continue; // an empty piece would end the body
        answer.body().data = got > 0 ? m_piece.data() : nullptr;
        answer.body().size = got;
        co_await send(serializer);
    }
    m_stream.rest();
    co_return answer.keep_alive();
}

//! Sends until the serializer needs the next piece.
Task<void> ClientConnection::send(AnswerSerializer &serializer)
{
    ErrorCode error;
    while (!error && !serializer.is_done())
        co_await http::async_write_some(m_stream, serializer, into(error));
    if (error && error != http::error::need_buffer)
        throw beast::system_error(error);
}

Task<void> ClientConnection::refuse(HttpError refused)
{
    if (m_record.status != 0) {
        breakOff(); // part of an answer was sent already: reset, so that it does not look complete
        co_return;
    }
    m_record.status = refused.status();
    http::response<http::string_body> answer;
    answer.version(11);
    answer.result(refused.status());
    answer.set(http::field::content_type, "text/plain; charset=utf-8");
    answer.set(http::field::cache_control, "no-store");
    answer.set("Referrer-Policy", "no-referrer");
    answer.set("X-Content-Type-Options", "nosniff");
    answer.keep_alive(false);
    answer.body() = protocol::escaped(refused.what()) + "\n";
    answer.prepare_payload();
    if (m_record.method == "HEAD")
        answer.body().clear();
    ErrorCode error;
    co_await http::async_write(m_stream, answer, into(error));
}

//! Reads what the client still sends. If the connection were closed while such bytes wait, it would
//! be reset, and the client might lose our answer.
Task<void> ClientConnection::leave()
{
    ErrorCode error;
    m_stream.socket().shutdown(tcp::socket::shutdown_send, error);
    m_stream.setPatience(m_context.limits.leave);
    std::vector<char> ignored(piece);
    while (!error)
        co_await m_stream.async_read_some(asio::buffer(ignored), into(error));
}

void ClientConnection::breakOff()
{
    ErrorCode ignored;
    m_stream.socket().set_option(asio::socket_base::linger(true, 0), ignored);
    m_stream.close();
}

void ClientConnection::tell() const
{
    if (!m_context.isVerbose || m_record.method.empty())
        return;
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - m_record.start);
    logLine(m_record.method + " " + (m_record.path.empty() ? "-" : m_record.path) + " "
        + std::to_string(m_record.status) + " " + std::to_string(span.count()) + " ms");
}

} // namespace latchkey::ctl
