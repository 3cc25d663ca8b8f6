#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# `./dev test packages`; ./dev reads this file, whose functions use those of ./dev.
# shellcheck disable=SC2154 # what ./dev sets

# test_packages [OLDER.deb]: the version to upgrade from.
test_packages() {
    local older=${1:+$(realpath "$1")}
    need "${desktop_packages[@]}" "${wayland_packages[@]}" "${keychain_packages[@]}" debootstrap
    make_package
    build asan latchkey-demo-appliance
    say "Tests of the packages"
    # In a mount namespace, so that what the tests mount ends with them.
    as_root env PYTHONPATH=tests/e2e/support:tests/e2e HOME="$HOME" ASAN_OPTIONS=detect_leaks=0 \
        LATCHKEY_BIN="$root/build/asan/bin" LATCHKEY_PACKAGES="$root/build/package" LATCHKEY_OLDER_DEB="$older" \
        unshare --mount "$python" -B -W ignore tests/packages/test_packages.py -v </dev/null
}
