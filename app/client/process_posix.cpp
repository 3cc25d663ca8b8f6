// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/process.h"

#include "client/failures.h"
#include "client/output.h"
#include "protocol/filepath.h"
#include "protocol/ownprograms.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace latchkey::ctl {

namespace {

//! False, with errno, if not everything could be written.
bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written >= 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            return false;
    }
    return true;
}

//! In the form that exec wants; exec does not change the strings. The pointers are valid as long as
//! `command`.
std::vector<char *> argumentsOf(const std::vector<std::string> &command)
{
    std::vector<char *> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string &argument : command)
        arguments.push_back(const_cast<char *>(argument.c_str()));
    arguments.push_back(nullptr);
    return arguments;
}

// Empty if it cannot be determined. Looked up once, because the ledger asks for each of its lines.
const std::filesystem::path &ourFile()
{
    static const std::filesystem::path ours = [] {
        std::error_code error;
        const auto file = std::filesystem::read_symlink("/proc/self/exe", error);
        return error || !file.is_absolute() ? std::filesystem::path() : file;
    }();
    return ours;
}

std::string ourFolder()
{
    return protocol::textOf(ourFile().parent_path());
}

} // namespace

std::vector<std::string> programArguments(int argc, char **argv)
{
    return {argv + std::min(argc, 1), argv + argc};
}

void occupyStandardStreams()
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            // The wrong direction on purpose: using a closed stream must remain an error.
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

void writeOutput(std::string_view text)
{
    if (writeAll(STDOUT_FILENO, text))
        return;
    // Only reached if SIGPIPE is ignored.
    if (errno == EPIPE)
        throw OutputClosed();
    throw cannotWrite(errno);
}

void closeOutput()
{
    if (const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC); nothing >= 0) {
        dup2(nothing, STDOUT_FILENO);
        close(nothing);
    }
}

std::size_t readInput(std::span<char> chunk)
{
    for (;;) {
        const ssize_t got = read(STDIN_FILENO, chunk.data(), chunk.size());
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno != EINTR)
            throw cannotRead(errno);
    }
}

std::string systemMessage(int error)
{
    return std::system_category().message(error);
}

void writeError(std::string_view text)
{
    static_cast<void>(writeAll(STDERR_FILENO, text));
}

int becomeCommand(
    const std::vector<std::string> &command, const std::string &token, const std::string &server)
{
    setenv("LATCHKEY_TOKEN", token.c_str(), 1);
    setenv("LATCHKEY_SERVER", server.c_str(), 1);
    const std::vector<char *> arguments = argumentsOf(command);
    execvp(arguments.front(), arguments.data());
    const int error = errno;
    writeError(errorLine(cannotRun(command.front(), error).what()));
    return error == ENOENT ? 127 : 126;
}

void becomeHelper(const std::string &name, const std::vector<std::string> &arguments)
{
    const auto places = protocol::placesOf(name, ourFolder());
    if (places.empty())
        throw cannotFind(name);
    std::vector<std::string> command{name};
    command.insert(command.end(), arguments.begin(), arguments.end());
    for (const auto &place : places) {
        command.front() = place;
        const std::vector<char *> pointers = argumentsOf(command);
        execv(pointers.front(), pointers.data());
    }
    throw cannotRun(command.front(), errno);
}

bool isOurProgram(const std::string &path)
{
    const auto ours = protocol::goBetweens(ourFolder());
    return protocol::pathFrom(path) == ourFile()
        || std::find(ours.begin(), ours.end(), path) != ours.end();
}

} // namespace latchkey::ctl
