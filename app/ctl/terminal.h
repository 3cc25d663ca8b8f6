// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey::ctl {

//! The person at the terminal. A signal that arrives while a question is open takes effect once the
//! terminal is restored. After a stop, the question is asked again. One source file per operating
//! system.
class Terminal {
public:
    //! Nothing if nobody can be asked: stdin is not a terminal, or there is no way to it.
    [[nodiscard]] static std::optional<Terminal> open();

    Terminal(Terminal &&other) noexcept;
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    Terminal &operator=(Terminal &&) = delete;
    ~Terminal();

    void say(std::string_view text) const;

    //! Throws a Failure if the person ends the input (Ctrl-D, or Ctrl-Z on Windows).
    [[nodiscard]] std::string ask(std::string_view question) const;
    [[nodiscard]] std::string askHidden(std::string_view question) const;

    //! Only `y` and `yes` count as yes. What was typed before the question is ignored.
    [[nodiscard]] bool confirm(std::string_view question) const;

private:
    struct Device;
    explicit Terminal(std::unique_ptr<Device> device);

    std::unique_ptr<Device> m_device;
};

} // namespace latchkey::ctl
