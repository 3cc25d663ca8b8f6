// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "platform/peer.h"

#include <optional>

namespace latchkey {

//! Whose share of the connections one takes: a program's, by its file and that of who started it,
//! however often it forks. All programs whose file is not known for sure count as one; those with
//! process numbers of their own as another one, so that a container takes nothing from the rest.
struct Holder {
    std::optional<FileId> program;
    //! Nothing where it is not known for sure.
    std::optional<FileId> parent = {};
    bool hasOwnNumbers = false;

    [[nodiscard]] static Holder of(const Program &program);
    friend bool operator==(const Holder &, const Holder &) = default;
};

[[nodiscard]] std::size_t qHash(const Holder &holder, std::size_t seed = 0);

} // namespace latchkey
