// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! The person at the terminal. Signals that come while a question is open restore the terminal
//! first and then do what they always do; after a stop the question is asked again.
class Terminal {
public:
    //! Nothing where nobody can be asked: stdin is no terminal, or there is no /dev/tty.
    [[nodiscard]] static std::optional<Terminal> open();

    Terminal(Terminal &&other) noexcept;
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    Terminal &operator=(Terminal &&) = delete;
    ~Terminal();

    void say(std::string_view text) const;

    //! Throws a Failure when the person ends the input (Ctrl-D).
    [[nodiscard]] std::string ask(std::string_view question) const;
    [[nodiscard]] std::string askHidden(std::string_view question) const;

    //! Only `y` and `yes` are a yes. What was typed before the question does not count.
    [[nodiscard]] bool confirm(std::string_view question) const;

private:
    explicit Terminal(int descriptor);

    int m_descriptor;
};

} // namespace latchkey::ctl
