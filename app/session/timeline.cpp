// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/timeline.h"

namespace latchkey {

void Timeline::add(const Entry &entry)
{
    if (m_entries.size() == longest)
        m_entries.removeFirst();
    m_entries.append(entry);
}

} // namespace latchkey
