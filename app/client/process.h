// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! Keeps files and sockets that we open off the numbers of closed standard streams: else
//! `latchkeyctl token prod >&-` would print the token into the agent's socket.
void occupyStandardStreams();

//! Throws OutputClosed when nobody reads, a Failure when it cannot be written.
void writeOutput(std::string_view text);

//! Nobody waits for more: who reads our output to its end gets it.
void closeOutput();

//! Runs the rest of a program: whatever it throws becomes a sentence on stderr, and the exit code.
[[nodiscard]] int runToEnd(const std::function<int()> &program);

//! What cannot be written here is lost: there is no other place to say it.
void writeError(std::string_view text);

//! The first line of stdin, without its newline (LF or CRLF).
[[nodiscard]] std::string readInputLine();

//! Becomes the command. Returns only when that fails: the shell's 127 (not found) or 126.
[[nodiscard]] int becomeCommand(
    const std::vector<std::string> &command, const std::string &token, const std::string &server);

//! Becomes a program of ours that is no command of its own: it lies beside us, or where it is
//! installed. Returns never, and throws a Failure when that fails.
[[noreturn]] void becomeHelper(const std::string &name, const std::vector<std::string> &arguments);

//! Whether that file is this program, or a helper of it where becomeHelper() looks. Another file of
//! the same name is not.
[[nodiscard]] bool isOurProgram(const std::string &path);

} // namespace latchkey::ctl
