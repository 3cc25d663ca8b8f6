// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::ctl {

//! The arguments after the program's name, in UTF-8.
[[nodiscard]] std::vector<std::string> programArguments(int argc, char **argv);

//! Keeps files and sockets that we open from getting the numbers of closed standard streams.
//! Otherwise `latchkeyctl token prod >&-` would print the token into the agent's socket.
void occupyStandardStreams();

//! Throws OutputClosed if nobody reads, a Failure if the text cannot be written.
void writeOutput(std::string_view text);

//! Tells whoever reads our output to its end that there is no more.
void closeOutput();

//! Runs the rest of a program: an exception becomes a sentence on stderr and the exit code.
[[nodiscard]] int runToEnd(const std::function<int()> &program);

//! Text that cannot be written is lost, because there is no other place to report it.
void writeError(std::string_view text);

//! What the system calls an error of its own, in UTF-8.
[[nodiscard]] std::string systemMessage(int error);

//! How many bytes of stdin it has read; 0 at its end. Throws a Failure if it cannot be read.
[[nodiscard]] std::size_t readInput(std::span<char> chunk);

//! The first lines of stdin, each without its newline (LF or CRLF); empty where there are fewer.
[[nodiscard]] std::vector<std::string> readInputLines(std::size_t count);

//! Replaces this process by the command; where the system cannot do that, runs it and returns its
//! exit code. On failure, returns the shell's 127 (not found) or 126.
[[nodiscard]] int becomeCommand(
    const std::vector<std::string> &command, const std::string &token, const std::string &server);

//! Replaces this process by one of our programs that is not a command of its own; it is beside this
//! program or where it is installed. Throws a Failure if that fails. Where the system cannot
//! replace a process, ends this one as the other ends.
[[noreturn]] void becomeHelper(const std::string &name, const std::vector<std::string> &arguments);

//! Whether the file is this program, or a helper of it where becomeHelper() looks. A different file
//! of the same name does not count.
[[nodiscard]] bool isOurProgram(const std::string &path);

} // namespace latchkey::ctl
