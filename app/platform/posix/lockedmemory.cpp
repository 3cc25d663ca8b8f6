// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/lockedmemory.h"

#include <cstring>
#include <new>

#include <sys/mman.h>

namespace latchkey {

namespace {

//! Whole pages, straight from the system.
class LockedPages final : public std::pmr::memory_resource {
private:
    void *do_allocate(std::size_t bytes, std::size_t) override
    {
        void *pages =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) // NOLINT: the system's own cast
            throw std::bad_alloc();
        // Neither call is vital: setrlimit(2) may allow little or no locked memory.
        static_cast<void>(mlock(pages, bytes));
        static_cast<void>(madvise(pages, bytes, MADV_DONTDUMP));
        return pages;
    }

    void do_deallocate(void *pages, std::size_t bytes, std::size_t) override
    {
        explicit_bzero(pages, bytes);
        munmap(pages, bytes);
    }

    [[nodiscard]] bool do_is_equal(const memory_resource &other) const noexcept override
    {
        return this == &other;
    }
};

} // namespace

std::pmr::memory_resource *lockedMemory()
{
    // Never destroyed: any object that outlives main() may still hold a secret.
    static auto *pages = new LockedPages;
    static auto *pool = new std::pmr::unsynchronized_pool_resource({16, 16 * 1024}, pages);
    return pool;
}

} // namespace latchkey
