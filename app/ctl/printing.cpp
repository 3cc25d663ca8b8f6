// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/printing.h"

#include "client/output.h"
#include "ctl/jsonwords.h"
#include "ctl/words.h"

#include "protocol/escaped.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace latchkey::ctl {

namespace {

using nlohmann::json;

//! `network-back` as `network back`.
std::string spaced(std::string word)
{
    std::replace(word.begin(), word.end(), '-', ' ');
    return word;
}

std::string timeLeft(const json &session)
{
    const json &seconds = member(member(session, "access"), "expiresIn");
    if (!seconds.is_number())
        return "-";
    return seconds.get<double>() > 0 ? durationInWords(seconds.get<double>()) + " left" : "expired";
}

std::string until(const json &token)
{
    const std::string end = moment(member(token, "expiresAt"));
    return end == "-" ? end : "until " + end;
}

std::string accessToken(const json &session)
{
    const std::string end = until(member(session, "access"));
    return end == "-" ? end : end + ", " + timeLeft(session);
}

std::string clock(const json &offset)
{
    if (!offset.is_number())
        return "-";
    const double seconds = offset.get<double>();
    if (std::abs(seconds) < 1)
        return "the same as here";
    return durationInWords(std::abs(seconds)) + (seconds > 0 ? " ahead" : " behind");
}

std::string kept(const json &persisted)
{
    if (!persisted.is_boolean())
        return "-";
    return persisted.get<bool>() ? "on this computer, sealed" : "in memory only";
}

void appendReason(std::vector<Row> &rows, const json &reason)
{
    if (!reason.is_object())
        return;
    std::string why = textOf(reason, "text");
    if (why == "-")
        why = textOf(reason, "kind");
    const std::string at = moment(member(reason, "at"));
    rows.push_back({"Reason", at == "-" ? why : why + " (" + at + ")"});
}

std::string keychain(const json &told)
{
    std::string words = textOf(told, "backend");
    if (const std::string state = textOf(told, "state"); words == "-")
        words = state;
    else if (words != "memory")
        words += ", " + state;
    const json &round = member(told, "roundTrip");
    if (member(round, "ok") == true) {
        words += ", " + textOf(round, "bytes") + " bytes written to the data folder and read in "
            + textOf(round, "milliseconds") + " ms";
    }
    return words;
}

std::string trust(const json &tls)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words{{
        {"system", "trusted by this system"},
        {"pinned", "trusted by you"},
        {"no", "not trusted"},
    }};
    const std::string told = textOf(tls, "trusted");
    const auto found = std::find_if(
        words.begin(), words.end(), [&told](const auto &word) { return word.first == told; });
    return found == words.end() ? told : std::string(found->second);
}

void appendCertificate(std::vector<Row> &rows, const json &tls)
{
    if (!tls.is_object())
        return;
    const std::string protocol = textOf(tls, "protocol");
    rows.push_back({"Connection", (protocol == "-" ? "" : protocol + ", ") + trust(tls)});
    rows.push_back({"Certificate", textOf(tls, "sha256")});
    rows.push_back({"Valid until", moment(member(tls, "validUntil"))});
}

void appendProblem(std::vector<Row> &rows, const json &about)
{
    if (const std::string problem = textOf(about, "problem"); problem != "-")
        rows.push_back({"Problem", problem});
}

//! A proxy as `own proxy.example.com 3128`.
std::string settingInWords(const json &value)
{
    if (!value.is_object())
        return text(value);
    std::string words;
    for (const char *name : {"use", "host", "port", "user"}) {
        if (const std::string word = textOf(value, name); word != "-")
            words += (words.empty() ? "" : " ") + word;
    }
    return words;
}

//! What is allowed, or set up; nothing where the administrator says nothing of it.
void appendList(std::vector<Row> &rows, const char *title, const json &list)
{
    if (!list.is_array())
        return;
    std::string words;
    for (const json &entry : list)
        words += (words.empty() ? "" : ", ") + text(entry);
    rows.push_back({title, words.empty() ? "none" : words});
}

//! The cause, then the reason as a sentence, then what the appliance said.
std::string eventInWords(const json &event)
{
    std::string words = spaced(textOf(event, "cause"));
    if (const std::string why = textOf(member(event, "reason"), "text"); why != "-")
        words += ": " + why;
    if (const std::string said = textOf(event, "words"); said != "-")
        words += " It said: " + said;
    return words;
}

//! The newest last, as in a log.
std::string historyLines(const json &history)
{
    constexpr std::size_t most = 10;
    std::vector<Row> rows;
    for (const json &event : history) {
        rows.push_back({" ", moment(member(event, "at")), spaced(textOf(event, "state")),
            eventInWords(event)});
    }
    if (rows.empty())
        return "";
    rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(std::min(most, rows.size())));
    return "What happened\n" + lines(rows);
}

} // namespace

std::string explanation(const AgentError &error)
{
    const bool isAboutTrust = error.data().is_object() && error.data().contains("sha256");
    return errorLine(error.what()) + (isAboutTrust ? fingerprints(error.data()) : "")
        + candidateLines(member(error.data(), "candidates"));
}

std::string fingerprints(const json &errorData)
{
    std::vector<Row> rows{{"SHA-256:", textOf(errorData, "sha256")}};
    if (const std::string pinned = textOf(errorData, "pinned"); pinned != "-")
        rows.push_back({"Trusted before:", pinned});
    return lines(rows);
}

std::string noticeIn(const nlohmann::json &result)
{
    return result.is_object() && result.contains("notice") && result["notice"].is_string()
        ? result["notice"].get<std::string>()
        : std::string();
}

std::string sessionLines(const json &sessions)
{
    std::vector<Row> rows;
    for (const json &session : sessions) {
        rows.push_back({textOf(session, "name"), textOf(session, "headline"),
            textOf(session, "user"), textOf(session, "role"), timeLeft(session)});
    }
    return lines(rows);
}

std::string sessionDetails(const json &session)
{
    std::vector<Row> rows{
        {"Name", textOf(session, "name")}, {"State", textOf(session, "headline")}};
    appendReason(rows, member(session, "reason"));
    rows.insert(rows.end(),
        {
            {"Appliance", textOf(session, "server")},
            {"Kind", textOf(session, "kind")},
            {"User", textOf(session, "user")},
            {"User id", textOf(session, "userId")},
            {"Role", textOf(session, "role")},
            {"User type", textOf(session, "userType")},
            {"Second factor", textOf(session, "mfa")},
            {"Short-lived", textOf(session, "shortLived")},
            {"Access token", accessToken(session)},
            {"Refresh token", until(member(session, "refresh"))},
            {"Next refresh", moment(member(session, "nextRefreshAt"))},
            {"Appliance clock", clock(member(session, "clockOffset"))},
            {"Kept", kept(member(session, "persisted"))},
        });
    return lines(rows) + historyLines(member(session, "history"));
}

std::string policyLine(const json &session)
{
    return lines({Row{textOf(session, "policy")}});
}

std::string logLines(const json &told)
{
    return lines({Row{"Level", textOf(told, "level")}, Row{"File", textOf(told, "file")}});
}

std::string doctorReport(const json &report)
{
    std::vector<Row> rows{
        {"Program", textOf(report, "program") + " " + textOf(report, "version")},
        {"Socket", textOf(report, "socket")},
    };
    appendProblem(rows, report);
    appendProblem(rows, member(report, "policy"));
    for (const json &file : member(report, "kinds"))
        appendProblem(rows, file);
    rows.push_back({"Keychain", keychain(member(report, "keychain"))});
    appendProblem(rows, member(report, "keychain"));
    for (const json &session : member(report, "sessions")) {
        rows.insert(rows.end(),
            {
                {},
                {"Session", textOf(session, "name")},
                {"Appliance", textOf(session, "server")},
                {"Reachable", textOf(session, "reachable")},
            });
        appendCertificate(rows, member(session, "tls"));
        rows.push_back({"Appliance clock", clock(member(session, "clockOffset"))});
        rows.push_back({"Kept", kept(member(session, "persisted"))});
        appendProblem(rows, session);
    }
    return lines(rows);
}

std::string candidateLines(const json &candidates)
{
    std::string text;
    for (const json &candidate : candidates) {
        text += protocol::escaped(textOf(candidate, "name") + " (" + textOf(candidate, "kind")
                    + ") at " + textOf(candidate, "server"))
            + "\n";
    }
    return text;
}

std::string hintLine(const json &candidate)
{
    const std::string hint = textOf(candidate, "hint");
    return hint == "-" ? "" : protocol::escaped(hint) + "\n";
}

std::string kindLines(const json &told)
{
    std::vector<Row> rows{{"ID", "NAME", "PORT", "SECOND FACTOR", "SHORT-LIVED", "LOGOUT"}};
    for (const json &kind : member(told, "kinds")) {
        rows.push_back({textOf(kind, "id"), textOf(kind, "name"), textOf(kind, "port"),
            textOf(kind, "secondFactor"), textOf(kind, "shortLived"), textOf(kind, "logout")});
    }
    std::vector<Row> problems;
    for (const json &problem : member(told, "problems"))
        appendProblem(problems, problem);
    return lines(rows) + (problems.empty() ? "" : "\n" + lines(problems));
}

std::string settingLines(const json &told)
{
    std::vector<Row> rows;
    for (const auto &[name, setting] : member(told, "settings").items()) {
        rows.push_back({name, settingInWords(member(setting, "value"))});
        if (member(setting, "fixed") == true)
            rows.back().push_back("set by your administrator");
    }
    const json &policy = member(told, "policy");
    std::vector<Row> decided;
    appendList(decided, "Appliances", member(policy, "appliances"));
    appendList(decided, "Kinds", member(policy, "kinds"));
    appendList(decided, "Accounts", member(policy, "accounts"));
    appendProblem(decided, policy);
    return lines(rows) + (decided.empty() ? "" : "\n" + lines(decided));
}

} // namespace latchkey::ctl
