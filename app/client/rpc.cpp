// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/rpc.h"

#include "client/failures.h"

#include <utility>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

//! The agent rejects longer lines.
constexpr std::size_t maximumRequest = std::size_t{64} * 1024;

AgentError errorFrom(const json &error)
{
    if (!error.is_object())
        return {ExitCode::Failed, senselessAnswer().what(), json::object()};
    json data = error.value("data", json::object());
    if (!data.is_object())
        data = json::object();
    const ExitCode code = protocol::exitCodeFor(memberText(data, "reason"));
    const std::string sentence = memberText(error, "message");
    return {code, sentence.empty() ? unexplainedRefusal(code).what() : sentence, std::move(data)};
}

} // namespace

std::string requestLine(int id, const std::string &method, json params)
{
    const json request{
        {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
    std::string line;
    try {
        line = request.dump();
    } catch (const json::type_error &) {
        throw wrongUtf8();
    }
    if (line.size() >= maximumRequest)
        throw requestTooLong();
    line += '\n';
    return line;
}

json parsedLine(const std::string &line)
{
    json message = json::parse(line, nullptr, false);
    if (!message.is_object())
        throw senselessAnswer();
    return message;
}

bool isAnswerTo(int id, const json &message)
{
    const auto found = message.find("id");
    if (found == message.end())
        return false;
    // JSON-RPC 2.0 §5: the id of an error is null if the request could not be read.
    return *found == id || (found->is_null() && message.contains("error"));
}

std::string memberText(const json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

json resultOf(const json &message)
{
    if (const auto error = message.find("error"); error != message.end())
        throw errorFrom(*error);
    if (const auto result = message.find("result"); result != message.end())
        return *result;
    throw senselessAnswer();
}

} // namespace latchkey::ctl
