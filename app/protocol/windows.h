// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::protocol {

// What Windows alone needs, on both sides of the agent's pipe. Text is UTF-8 with us and UTF-16
// with the system. A HANDLE is passed as a void pointer, so that nobody has to include windows.h
// for this.

[[nodiscard]] std::wstring wide(std::string_view text);
[[nodiscard]] std::string narrow(std::wstring_view text);

//! Empty if there is none of that name.
[[nodiscard]] std::string environmentVariable(const wchar_t *name);

//! Closes a HANDLE when it goes.
class Handle {
public:
    explicit Handle(void *handle)
        : m_handle(handle)
    {
    }
    ~Handle();
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    //! Neither null nor INVALID_HANDLE_VALUE, with which functions of the system report an error.
    explicit operator bool() const;
    [[nodiscard]] void *get() const { return m_handle; }

private:
    void *m_handle;
};

//! The user whose program \a process is, as `S-1-5-21-…`. Empty if the system does not tell.
[[nodiscard]] std::string userOf(void *process);
//! Our own.
[[nodiscard]] std::string ourUser();

//! The owner of a pipe, as userOf().
[[nodiscard]] std::string ownerOf(void *pipe);

//! How much the system trusts a process: a browser's sandbox has less than 0x2000, a program that
//! was started as usual has that, one that runs as administrator has more.
[[nodiscard]] std::optional<unsigned long> integrityOf(void *process);

//! The same of a pipe: that of the process which made it, or lower.
[[nodiscard]] std::optional<unsigned long> integrityOfPipe(void *pipe);

} // namespace latchkey::protocol
