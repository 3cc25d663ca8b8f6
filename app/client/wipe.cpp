// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "client/wipe.h"

#include <cstdlib>
#include <new>

namespace latchkey::ctl {

void wipe(std::string &text) noexcept
{
    text.resize(text.capacity());
    overwrite(text.data(), text.size());
    text.clear();
}

} // namespace latchkey::ctl

// A string that grows leaves its old buffer behind, and libraries copy as they like. So this
// program wipes all memory that it frees, including passwords and tokens. The sanitizers use their
// own allocator, which stays in place.
#if !defined(__SANITIZE_ADDRESS__)

void *operator new(std::size_t size)
{
    if (void *memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void *memory) noexcept
{
    if (memory != nullptr) {
        latchkey::ctl::overwrite(memory, latchkey::ctl::heapSize(memory));
        std::free(memory);
    }
}

void operator delete(void *memory, std::size_t) noexcept
{
    operator delete(memory);
}

#endif
