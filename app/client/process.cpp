// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/process.h"

#include "client/failures.h"
#include "client/output.h"
#include "client/wipe.h"

#include <algorithm>
#include <array>

namespace latchkey::ctl {

namespace {

constexpr std::size_t maximumInput = std::size_t{32} * 1024;

//! Text that holds so many newlines, or all that there is.
std::string readUntilLines(std::size_t count)
{
    std::string text;
    std::array<char, 1024> chunk{};
    text.reserve(chunk.size()); // on the heap even if short, so that moves leave no copy behind
    while (text.size() <= maximumInput
        && std::count(text.begin(), text.end(), '\n') < static_cast<std::ptrdiff_t>(count)) {
        const std::size_t got = readInput(chunk);
        if (got == 0)
            break;
        text.append(chunk.data(), got);
    }
    overwrite(chunk.data(), chunk.size());
    if (text.size() > maximumInput)
        throw inputTooLong();
    return text;
}

} // namespace

int runToEnd(const std::function<int()> &program)
{
    try {
        return program();
    } catch (const OutputClosed &) {
        return static_cast<int>(ExitCode::Failed);
    } catch (const Failure &failure) {
        writeError(errorLine(failure.what()));
        return static_cast<int>(failure.code());
    } catch (const std::exception &error) {
        writeError(errorLine(std::string("Something unexpected happened: ") + error.what()));
        return static_cast<int>(ExitCode::Failed);
    }
}

std::vector<std::string> readInputLines(std::size_t count)
{
    std::string text = readUntilLines(count);
    std::vector<std::string> lines;
    for (std::size_t start = 0; lines.size() < count;) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        if (end < text.size() && lines.back().ends_with('\r'))
            lines.back().pop_back();
        start = std::min(end + 1, text.size());
    }
    wipe(text);
    return lines;
}

} // namespace latchkey::ctl
