// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/client.h"

#include "client/failures.h"
#include "client/rpc.h"

#include <utility>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds grace{2};

//! The agent ends a watch by itself if we are too slow for it.
Failure endedBy(const json &params)
{
    const std::string text = params.is_object() ? memberText(params, "text") : "";
    return text.empty() ? unexplainedEnd() : Failure(ExitCode::Failed, text);
}

} // namespace

TimePoint limitOf(Seconds deadline)
{
    return std::chrono::steady_clock::now() + std::chrono::ceil<std::chrono::milliseconds>(deadline)
        + grace;
}

Client::Client(Seconds deadline)
    : m_deadline(deadline)
{
}

Client::Client(Seconds deadline, NativeConnection native)
    : m_deadline(deadline)
    , m_connection(std::in_place, native)
{
}

Connection &Client::connection(TimePoint limit)
{
    if (!m_connection)
        m_connection.emplace(limit);
    return *m_connection;
}

void Client::connect()
{
    static_cast<void>(call("agent.info", json::object()));
}

json Client::call(const std::string &method, json params)
{
    const TimePoint end = limitOf(m_deadline);
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
        const json message = parsedLine(*line);
        if (isAnswerTo(id, message))
            return resultOf(message);
    }
    throw closedWithoutAnswer();
}

std::optional<json> Client::nextNotification(const std::string &method)
{
    m_connection->endWithOutput();
    while (const auto line = m_connection->readLine(TimePoint::max())) {
        json message = parsedLine(*line);
        if (memberText(message, "method") == method && message.contains("params"))
            return std::move(message["params"]);
        if (memberText(message, "method") == "session.watchEnded")
            throw endedBy(message.value("params", json()));
    }
    return std::nullopt;
}

} // namespace latchkey::ctl
