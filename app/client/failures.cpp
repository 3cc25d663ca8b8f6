// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/failures.h"

#include "client/process.h"
#include "protocol/agentaddress.h"
#include "protocol/input.h"

namespace latchkey::ctl {

namespace {

Failure usage(const std::string &sentence)
{
    return {ExitCode::Usage, sentence};
}

Failure failed(const std::string &sentence)
{
    return {ExitCode::Failed, sentence};
}

//! "The connection broke: Bad file descriptor."
std::string because(const std::string &what, int error)
{
    return what + ": " + systemMessage(error) + ".";
}

} // namespace

Failure wrongCode()
{
    return usage(std::string(protocol::codeRule));
}

Failure wrongFingerprint()
{
    return usage(std::string(protocol::fingerprintRule));
}

Failure wrongSeconds(const std::string &option)
{
    return usage(option + " takes seconds, from 0 to 86400 (a day).");
}

Failure wrongUtf8()
{
    return usage("What was given is not valid UTF-8.");
}

Failure requestTooLong()
{
    return usage("What was given is too long.");
}

Failure inputTooLong()
{
    return usage("The line on stdin is too long.");
}

Failure nothingGiven(const std::string &what, const std::string &option)
{
    return usage("Say which " + what + ": give " + option + ".");
}

Failure noPassword()
{
    return usage("No password: give it on stdin with --password-stdin.");
}

Failure emptyPassword()
{
    return usage("The password is empty.");
}

AgentError noSingleKind(const std::string &server, const nlohmann::json &candidates)
{
    const std::string sentence = candidates.empty()
        ? "What answers at " + server
            + " is unknown: no kind of appliance that Latchkey knows. Look at the address, or give "
              "--kind; see: latchkeyctl kinds"
        : "Several kinds of appliance fit. Choose one with --kind and --server:";
    return {ExitCode::Usage, sentence, {{"candidates", candidates}}};
}

Failure nothingToRun()
{
    return usage("Say what to run: latchkeyctl exec NAME -- COMMAND");
}

Failure nothingAllowed(const std::string &program)
{
    return failed("Nothing was allowed to " + program + ". See: latchkeyctl programs");
}

Failure notBlocked(const std::string &program)
{
    return failed(program + " is not blocked. See: latchkeyctl programs");
}

Failure notRunning()
{
    return {ExitCode::NoAgent, "Latchkey is not running. Start Latchkey, or run latchkeyd."};
}

Failure notRunning(const std::string &places)
{
    return {
        ExitCode::NoAgent, std::string(notRunning().what()) + " Nobody listens at " + places + "."};
}

Failure notReachable(const std::string &path, int error)
{
    return failed(because("Cannot reach Latchkey at " + path, error));
}

Failure socketPathTooLong(const std::string &path)
{
    return failed("The path of the agent's socket is too long, the system takes "
        + std::to_string(protocol::longestAddress()) + " bytes: " + path);
}

Failure socketOfAnother()
{
    return failed("The agent's socket belongs to another user.");
}

Failure agentOfSandbox(const std::string &path)
{
    return failed("What listens at " + path
        + " runs in a container or sandbox with process numbers of its own and may not be "
          "Latchkey, so nothing was sent to it. Call latchkeyctl in there, or keep that sandbox "
          "from writing to this folder and start Latchkey anew.");
}

Failure agentLessTrusted(const std::string &path)
{
    return failed("What listens at " + path
        + " is trusted less by the system than programs that you start, as a browser's sandbox is, "
          "and may not be Latchkey, so nothing was sent to it. End it, and start Latchkey anew.");
}

Failure noAnswer()
{
    return failed("Latchkey does not answer.");
}

ConnectionBroken connectionBroke(int error)
{
    return {ExitCode::Failed, because("The connection to Latchkey broke", error)};
}

ConnectionBroken closedWithoutAnswer()
{
    return {ExitCode::Failed, "Latchkey closed the connection without an answer."};
}

ConnectionBroken closedAfterAnswer()
{
    return {ExitCode::Failed, "Latchkey closed the connection."};
}

Failure hasStopped()
{
    return {ExitCode::NoAgent, "Latchkey has stopped."};
}

Failure senselessAnswer()
{
    return failed("Latchkey sent an answer that makes no sense.");
}

Failure answerTooLong()
{
    return failed("Latchkey sent an answer that is too long.");
}

Failure noUsableToken()
{
    return failed("Latchkey sent an answer without a usable token.");
}

Failure noAppliance()
{
    return failed("Latchkey did not say which appliance this is.");
}

Failure unusableAppliance()
{
    return failed("Nothing can be sent to the appliance's address.");
}

Failure unexplainedRefusal(ExitCode code)
{
    return {code, "Latchkey refused and did not say why."};
}

Failure unexplainedEnd()
{
    return failed("Latchkey ended the watch.");
}

Failure problemsFound(int count)
{
    const std::string what =
        count == 1 ? "1 problem was" : std::to_string(count) + " problems were";
    return failed(what + " found; the report says what to do.");
}

Failure cannotWrite(int error)
{
    return failed(because("Cannot write", error));
}

Failure cannotWriteTo(const std::string &path, int error)
{
    return failed(because("Cannot write to " + path, error));
}

Failure fileIsThere(const std::string &path)
{
    return failed(path + " is there already. Name a file that is not.");
}

Failure cannotRead(int error)
{
    return failed(because("Cannot read stdin", error));
}

Failure cannotFind(const std::string &program)
{
    return failed("Cannot find out where " + program + " is.");
}

Failure cannotRun(const std::string &program, int error)
{
    return failed(because("Cannot run " + program, error));
}

Failure unsafeForBatch(const std::string &program)
{
    return failed(program
        + " is a batch file, and cannot be given arguments with quotes, percent signs, exclamation "
          "marks or line breaks.");
}

Failure cannotHide()
{
    return failed("The terminal cannot hide what is typed.");
}

Failure cancelled()
{
    return failed("Cancelled.");
}

} // namespace latchkey::ctl
