#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# `./dev release`; ./dev reads this file, whose functions use those of ./dev.
# shellcheck disable=SC2154 # what ./dev sets

# shellcheck source=packaging/linux/package.sh
source packaging/linux/package.sh

version() { sed -n 's/^    VERSION \([0-9.]*\)$/\1/p' CMakeLists.txt; }

# release [--twice]
release() {
    local folder=build/release-files
    [[ ${1-} == '' || $1 == --twice ]] || die "a release knows no '$1': ./dev release [--twice]"
    grep -qx 'VERSION_CODENAME=bookworm' /etc/os-release ||
        warn "what is made here is not for Debian 12; a release should be made there, and is good for later ones, too"
    package_linux
    rm -rf "$folder"
    mkdir -p "$folder"
    cp build/package/*.{deb,rpm,tar.xz} "$folder"
    # The installer for Windows, as soon as there is one.
    if declare -F make_windows_package >/dev/null; then
        make_windows_package
        cp build/windows/msi/*.msi "$folder"
    fi
    "$python" -B packaging/sbom.py --version "$(version)" --deb-build build/package --portable-build build/portable \
        --out "build/latchkey-$(version).spdx.json" "$folder"/*
    mv build/*.spdx.json "$folder"
    (cd "$folder" && sha256sum -- * >SHA256SUMS)
    say "The release: $folder"
    cat "$folder/SHA256SUMS"
    [[ ${1-} != --twice ]] || release_again "$folder"
}

# release_again FOLDER: from another folder, and all compiled anew.
release_again() {
    local other
    [[ -z $(git -c safe.directory='*' status --porcelain) ]] || die "there are changes that are not in a commit"
    other=$(mktemp -d)
    say "The same again in $other"
    git -c safe.directory='*' clone -q "$root" "$other/latchkey"
    CCACHE_DIR=$other/ccache "$other/latchkey/dev" release
    diff "$1/SHA256SUMS" "$other/latchkey/build/release-files/SHA256SUMS" ||
        die "the second release differs; it is in $other"
    rm -rf "$other"
    say "Both are the same, byte by byte"
}
