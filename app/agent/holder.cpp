// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "agent/holder.h"

#include <QHash>

namespace latchkey {

Holder Holder::of(const Program &program)
{
    if (!program.file)
        return {{}, {}, program.hasOwnNumbers};
    return {program.file, program.parentFile};
}

std::size_t qHash(const Holder &holder, std::size_t seed)
{
    return qHashMulti(seed, holder.program.value_or(FileId()).inode,
        holder.parent.value_or(FileId()).inode, holder.hasOwnNumbers);
}

} // namespace latchkey
