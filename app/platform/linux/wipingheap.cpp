// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! Wipes all memory that the program gives back: ours is wiped anyway, but a token also passes
//! through the buffers of Qt, OpenSSL, D-Bus and the keychain's library, and those are not. Linked
//! into programs, these two take the place of the C library's own for everybody in the process
//! (https://sourceware.org/glibc/manual/latest/html_node/Replacing-malloc.html). The sanitizers
//! bring their own heap and keep it; they fill what is freed if they are asked to.

#include <cstdlib>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <malloc.h>

extern "C" {

void __libc_free(void *memory); // NOLINT: the C library's name

void free(void *memory) noexcept
{
    if (!memory)
        return;
    const int error = errno; // free() leaves it alone
    explicit_bzero(memory, malloc_usable_size(memory));
    __libc_free(memory);
    errno = error;
}

//! The C library's would give the old place back as it is.
void *realloc(void *memory, std::size_t size) noexcept
{
    if (!memory)
        return malloc(size);
    if (size == 0) {
        free(memory);
        return nullptr;
    }
    const std::size_t there = malloc_usable_size(memory);
    const bool fits = size <= there && size >= there / 2;
    void *moved = fits ? memory : malloc(size);
    if (moved && moved != memory) {
        std::memcpy(moved, memory, std::min(there, size));
        free(memory);
    }
    return moved;
}

} // extern "C"

namespace {

//! One heap for all threads. Ours mostly wait for the disk, and a heap for each of them would only
//! take memory.
[[gnu::constructor]] void shareOneHeap()
{
    mallopt(M_ARENA_MAX, 1);
}

} // namespace

#endif
