#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# What `./dev package` makes on Linux. ./dev reads this file, whose functions use those of ./dev.
# shellcheck disable=SC2154 # what ./dev sets

# The time of the commit in all that is packed: the same commit gives the same bytes.
export_commit_time() {
    SOURCE_DATE_EPOCH=$(git -c safe.directory='*' log -1 --format=%ct 2>/dev/null || date +%s)
    export SOURCE_DATE_EPOCH
}

# build_package FOLDER [OPTION...]: configured each time, as the commit's date is in the files.
build_package() {
    local folder=$1
    cmake --preset release -B "$folder" -DCMAKE_INSTALL_PREFIX=/usr -DBUILD_TESTING=OFF "${@:2}"
    cmake --build "$folder" --parallel "$jobs"
}

# pack GENERATOR FOLDER: prints nothing but its trouble.
pack() {
    local log=$2/cpack.log
    (cd "$2" && cpack -G "$1") >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

make_deb() {
    pack DEB build/package
    say "lintian"
    lintian --fail-on error,warning --allow-root build/package/*.deb
}

make_rpm() {
    pack RPM build/portable
    mv build/portable/*.rpm build/package/
    say "rpmlint"
    rpmlint --strict --rpmlintrc packaging/linux/rpmlintrc build/package/*.rpm
}

# The deb is for one family of distributions and its library names; what is for all is built beside it.
package_linux() {
    need "${build_packages[@]}" "${package_packages[@]}"
    export_commit_time
    build_package build/package
    build_package build/portable -DLATCHKEY_STATIC_SODIUM=ON
    rm -f build/package/*.{deb,rpm,tar.xz} build/portable/*.rpm
    make_deb
    make_rpm
    "$python" -B packaging/linux/portable.py --build build/portable --out build/package
    say "The packages"
    ls -l build/package/*.{deb,rpm,tar.xz}
}
