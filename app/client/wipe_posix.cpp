// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/wipe.h"

#include <malloc.h>
#include <string.h>

namespace latchkey::ctl {

void overwrite(void *memory, std::size_t size) noexcept
{
    explicit_bzero(memory, size);
}

std::size_t heapSize(void *memory) noexcept
{
    return malloc_usable_size(memory);
}

} // namespace latchkey::ctl
