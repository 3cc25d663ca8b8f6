// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"

#include <optional>

namespace latchkey {

//! What one of a journal's two slots holds: a record, and how many records were made before it.
//! Written as one line, `latchkey 1 GENERATION SHA256-OF-THE-RECORD`, and the record after it, so
//! that a damaged slot is told from a whole one and an older one from a newer.
struct Slot {
    quint64 generation = 0;
    Secret record;

    [[nodiscard]] Secret toSecret() const;
    //! Nothing when \a stored is empty, cut short or otherwise not what was written. A record
    //! without that line is one of the first version, older than any other.
    [[nodiscard]] static std::optional<Slot> from(const Secret &stored);
};

} // namespace latchkey
