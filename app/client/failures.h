// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client/failure.h"

#include <string>

namespace latchkey::ctl {

//! What latchkeyctl says for itself when a command fails: the exit code and the sentence, always
//! in English. What the agent says is passed on as it came. \a error is the system's number: errno,
//! or that of GetLastError().

// What was given.
[[nodiscard]] Failure wrongCode();
[[nodiscard]] Failure wrongFingerprint();
[[nodiscard]] Failure wrongSeconds(const std::string &option);
[[nodiscard]] Failure wrongUtf8();
[[nodiscard]] Failure requestTooLong();
[[nodiscard]] Failure inputTooLong();
[[nodiscard]] Failure nothingGiven(const std::string &what, const std::string &option);
[[nodiscard]] Failure noPassword();
[[nodiscard]] Failure emptyPassword();
//! None fits what answers at \a server, or several do.
[[nodiscard]] AgentError noSingleKind(const std::string &server, const nlohmann::json &candidates);
[[nodiscard]] Failure nothingToRun();
[[nodiscard]] Failure nothingAllowed(const std::string &program);
[[nodiscard]] Failure notBlocked(const std::string &program);

// The way to the agent.
[[nodiscard]] Failure notRunning();
//! \a places as a list in words: where nobody listens.
[[nodiscard]] Failure notRunning(const std::string &places);
[[nodiscard]] Failure notReachable(const std::string &path, int error);
[[nodiscard]] Failure socketPathTooLong(const std::string &path);
[[nodiscard]] Failure socketOfAnother();
[[nodiscard]] Failure agentOfSandbox(const std::string &path);
[[nodiscard]] Failure agentLessTrusted(const std::string &path);
[[nodiscard]] Failure noAnswer();
[[nodiscard]] ConnectionBroken connectionBroke(int error);
[[nodiscard]] ConnectionBroken closedWithoutAnswer();
[[nodiscard]] ConnectionBroken closedAfterAnswer();
[[nodiscard]] Failure hasStopped();

// What it answered.
[[nodiscard]] Failure senselessAnswer();
[[nodiscard]] Failure answerTooLong();
[[nodiscard]] Failure noUsableToken();
[[nodiscard]] Failure noAppliance();
//! Nor is it one that anything can be sent to.
[[nodiscard]] Failure unusableAppliance();
[[nodiscard]] Failure unexplainedRefusal(ExitCode code);
[[nodiscard]] Failure unexplainedEnd();
[[nodiscard]] Failure problemsFound(int count);

// This computer.
[[nodiscard]] Failure cannotWrite(int error);
[[nodiscard]] Failure cannotWriteTo(const std::string &path, int error);
[[nodiscard]] Failure fileIsThere(const std::string &path);
[[nodiscard]] Failure cannotRead(int error);
[[nodiscard]] Failure cannotFind(const std::string &program);
[[nodiscard]] Failure cannotRun(const std::string &program, int error);
//! A batch file cannot be given what was to be given to it.
[[nodiscard]] Failure unsafeForBatch(const std::string &program);
[[nodiscard]] Failure cannotHide();
[[nodiscard]] Failure cancelled();

} // namespace latchkey::ctl
