// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! Wipes all memory that the program frees. Our own secrets are wiped anyway, but a token also
//! passes through buffers of Qt, OpenSSL, D-Bus and the keychain's library, which are not. Linked
//! into a program, these two functions replace those of the C library for the whole process
//! (https://sourceware.org/glibc/manual/latest/html_node/Replacing-malloc.html). The sanitizers
//! keep their own heap, which overwrites freed memory on request.

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
    const int error = errno; // free() must not change it
    explicit_bzero(memory, malloc_usable_size(memory));
    __libc_free(memory);
    errno = error;
}

//! The C library's realloc() would give the old block back without wiping it.
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

//! One heap for all threads. Our threads mostly wait for the disk, and a heap for each of them
//! would only cost memory.
[[gnu::constructor]] void shareOneHeap()
{
    mallopt(M_ARENA_MAX, 1);
}

} // namespace

#endif
