// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace latchkey {

//! One visitor out of several lambdas, for std::visit.
template<typename... Visitors> struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template<typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace latchkey
