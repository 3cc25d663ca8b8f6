// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/sessionstate.h"

#include <QList>

#include <optional>

namespace latchkey {

//! What happened to a session: one entry for each change of state, oldest first, at most
//! `longest` of them. Holds no secret.
class Timeline {
public:
    static constexpr qsizetype longest = 100;

    struct Entry {
        WallTime at;
        Phase::Value phase = Phase::SignedOut;
        std::optional<AuthError> reason;

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    void add(const Entry &entry);
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }

private:
    QList<Entry> m_entries;
};

} // namespace latchkey
