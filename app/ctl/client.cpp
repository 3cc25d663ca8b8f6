// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include "failure.h"

#include <utility>

namespace latchkey::ctl {
namespace {

using nlohmann::json;

// The agent keeps the deadline; this is how much longer we believe that it will.
constexpr std::chrono::seconds grace{2};
// The agent cuts longer lines off.
constexpr std::size_t maximumRequest = std::size_t{64} * 1024;

std::string requestLine(int id, const std::string &method, json params)
{
    const json request{
        {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
    std::string line;
    try {
        line = request.dump();
    } catch (const json::type_error &) {
        throw Failure(ExitCode::Usage, "What was given is not valid UTF-8.");
    }
    if (line.size() >= maximumRequest) {
        throw Failure(ExitCode::Usage, "What was given is too long.");
    }
    line += '\n';
    return line;
}

Failure nonsense()
{
    return {ExitCode::Failed, "Latchkey sent an answer that makes no sense."};
}

json parsed(const std::string &line)
{
    json message = json::parse(line, nullptr, false);
    if (!message.is_object()) {
        throw nonsense();
    }
    return message;
}

bool isAnswerTo(int id, const json &message)
{
    const auto found = message.find("id");
    if (found == message.end()) {
        return false;
    }
    // JSON-RPC 2.0, 5: the id is null when the request could not be read.
    return *found == id || (found->is_null() && message.contains("error"));
}

std::string textOf(const json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

AgentError errorFrom(const json &error)
{
    if (!error.is_object()) {
        return {ExitCode::Failed, nonsense().what(), json::object()};
    }
    json data = error.value("data", json::object());
    if (!data.is_object()) {
        data = json::object();
    }
    const ExitCode code = exitCodeFor(textOf(data, "reason"));
    const std::string sentence = textOf(error, "message");
    return {code, sentence.empty() ? "Latchkey refused and did not say why." : sentence,
        std::move(data)};
}

//! The agent ends a watch by itself when we were too slow for it.
Failure endedBy(const json &params)
{
    const std::string text = params.is_object() ? textOf(params, "text") : "";
    return {ExitCode::Failed, text.empty() ? "Latchkey ended the watch." : text};
}

} // namespace

Client::Client(Seconds deadline)
    : m_deadline(deadline)
{
}

TimePoint Client::limit() const
{
    return std::chrono::steady_clock::now()
        + std::chrono::ceil<std::chrono::milliseconds>(m_deadline) + grace;
}

Connection &Client::connection(TimePoint limit)
{
    if (!m_connection) {
        m_connection.emplace(limit);
    }
    return *m_connection;
}

void Client::connect()
{
    connection(limit());
}

json Client::call(const std::string &method, json params)
{
    const TimePoint end = limit();
    const int id = ++m_lastId;
    const std::string line = requestLine(id, method, std::move(params));
    connection(end).send(line, end);
    return answerTo(id, end);
}

json Client::callThatWaits(const std::string &method, json params)
{
    params["deadline"] = m_deadline.count();
    return call(method, std::move(params));
}

json Client::answerTo(int id, TimePoint limit)
{
    while (const auto line = m_connection->readLine(limit)) {
        const json message = parsed(*line);
        if (!isAnswerTo(id, message)) {
            continue;
        }
        if (const auto error = message.find("error"); error != message.end()) {
            throw errorFrom(*error);
        }
        if (const auto result = message.find("result"); result != message.end()) {
            return *result;
        }
        throw nonsense();
    }
    throw ConnectionBroken(ExitCode::Failed, "Latchkey closed the connection without an answer.");
}

std::optional<json> Client::nextNotification(const std::string &method)
{
    m_connection->endWithOutput();
    while (const auto line = m_connection->readLine(TimePoint::max())) {
        json message = parsed(*line);
        if (textOf(message, "method") == method && message.contains("params")) {
            return std::move(message["params"]);
        }
        if (textOf(message, "method") == "session.watchEnded") {
            throw endedBy(message.value("params", json()));
        }
    }
    return std::nullopt;
}

} // namespace latchkey::ctl
