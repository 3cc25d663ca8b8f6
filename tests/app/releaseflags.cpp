// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

//! Compiled with the flags of a release in every build, to check that the compiler obeys them.

#include <cstdio>
#include <cstdlib>

namespace {

constexpr int size = 256;

[[gnu::noinline]] void soilTheStack()
{
    volatile unsigned char bytes[size];
    for (auto &byte : bytes)
        byte = 0x55;
}

//! Reads the stack where soilTheStack() has written.
[[gnu::noinline]] bool isStackClean()
{
    volatile unsigned char bytes[size];
    for (const auto &byte : bytes) {
        if (byte != 0)
            return false;
    }
    return true;
}

int misses(bool isThere, const char *what)
{
    if (!isThere)
        std::fprintf(stderr, "A release has no %s.\n", what);
    return isThere ? 0 : 1;
}

} // namespace

int main()
{
    int missing = 0;
#if defined(__x86_64__)
#if defined(__CET__)
    constexpr int cet = __CET__;
#else
    constexpr int cet = 0;
#endif
    missing += misses(cet == 3, "-fcf-protection=full");
#endif
#if defined(__GLIBC__)
    missing += misses(__USE_FORTIFY_LEVEL == 3, "_FORTIFY_SOURCE=3");
#endif
    soilTheStack();
    missing += misses(isStackClean(), "-ftrivial-auto-var-init=zero");
    return missing;
}
