// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/doctor.h"

#include "client/arguments.h"
#include "client/client.h"
#include "client/failures.h"
#include "client/output.h"
#include "client/process.h"
#include "ctl/newfile.h"
#include "ctl/printing.h"
#include "protocol/agentaddress.h"

namespace latchkey::ctl {

namespace {

using nlohmann::json;

json examination(const CommonOptions &options)
{
    Client client(checkedSeconds(options.deadline, "--deadline"));
    try {
        return client.callThatWaits(
            "agent.doctor", options.name.empty() ? json::object() : json{{"name", options.name}});
    } catch (const Failure &failure) {
        if (failure.code() != ExitCode::NoAgent)
            throw;
        std::string places;
        for (const std::string &address : protocol::agentAddresses())
            places += (places.empty() ? "" : " or ") + address;
        throw notRunning(places);
    }
}

int problemOf(const json &about)
{
    const auto found = about.find("problem");
    return found != about.end() && !found->is_null() ? 1 : 0;
}

int problems(const json &report)
{
    const json none = json::object();
    int count = problemOf(report) + problemOf(report.value("policy", none))
        + problemOf(report.value("keychain", none));
    for (const json &file : report.value("kinds", json::array()))
        count += problemOf(file);
    for (const json &session : report.value("sessions", json::array()))
        count += problemOf(session);
    return count;
}

} // namespace

void doctor(const CommonOptions &options)
{
    const json report = examination(options);
    if (!report.is_object())
        throw senselessAnswer();
    writeOutput(options.json ? jsonText(report) : doctorReport(report));
    if (const int count = problems(report); count > 0)
        throw problemsFound(count);
}

void report(const CommonOptions &options, const std::string &path)
{
    Client client(checkedSeconds(options.deadline, "--deadline"));
    const json told = client.callThatWaits("agent.report", json::object());
    if (!told.is_object())
        throw senselessAnswer();
    writeNewFile(path, jsonText(told));
}

void log(const CommonOptions &options, const std::string &level)
{
    Client client(checkedSeconds(options.deadline, "--deadline"));
    const json told =
        client.call("agent.log", level.empty() ? json::object() : json{{"level", level}});
    writeOutput(options.json ? jsonText(told) : logLines(told));
}

} // namespace latchkey::ctl
