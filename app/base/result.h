// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <variant>

namespace latchkey {

//! A value, or the error in its place (std::expected needs C++23).
template<typename Value, typename Error> class [[nodiscard]] Result {
public:
    Result(Value value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool isOk() const { return m_content.index() == 0; }
    explicit operator bool() const { return isOk(); }

    //! Throws std::bad_variant_access when there is an error.
    [[nodiscard]] const Value &value() const & { return std::get<0>(m_content); }
    [[nodiscard]] Value &&value() && { return std::get<0>(std::move(m_content)); }
    const Value *operator->() const { return &std::get<0>(m_content); }
    const Value &operator*() const { return std::get<0>(m_content); }

    //! Throws std::bad_variant_access when there is a value.
    [[nodiscard]] const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<Value, Error> m_content;
};

} // namespace latchkey
