// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace latchkey::ctl {

// One source file per operating system.

//! Fills memory with zeros, even if nobody reads it afterwards.
void overwrite(void *memory, std::size_t size) noexcept;
//! How many bytes malloc() has set apart for \a memory.
[[nodiscard]] std::size_t heapSize(void *memory) noexcept;

//! Overwrites the whole buffer and leaves the string empty.
void wipe(std::string &text) noexcept;

//! A password in memory, wiped when it is destroyed. Freed heap memory is wiped as well (wipe.cpp),
//! which covers the copies that JSON makes on the way to the socket.
class Secret {
public:
    explicit Secret(std::string &&text)
        : m_text(std::move(text))
    {
        wipe(text);
    }
    Secret(Secret &&other) noexcept
        : m_text(std::move(other.m_text))
    {
        wipe(other.m_text);
    }
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    Secret &operator=(Secret &&) = delete;
    ~Secret() { wipe(m_text); }

    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    std::string m_text;
};

} // namespace latchkey::ctl
