#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds the libraries that Latchkey needs on Windows from Debian's source packages, and prints the folder that they are
# in. A library that is there is not built again; a run that was stopped goes on where it was.
# Needs what ./dev installs before it calls this.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/latchkey/windows
export SOURCE_DATE_EPOCH=1 # into the headers of the libraries
host=x86_64-w64-mingw32
jobs=$(nproc)
export LC_ALL=C.UTF-8

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf 'libraries.sh: %s\n' "$*" >&2; exit 1; }

# Another compiler, another Qt on this machine (its moc must be of the same version) or another recipe: other libraries.
key() {
    {
        cat "$here/toolchain.cmake" "$here/libraries.sh"
        dpkg-query -W g++-mingw-w64-x86-64-posix qt6-base-dev qt6-svg-dev libsodium-dev libssl-dev
    } | sha256sum | head -c 12
}

prefix=$cache/$(key)
sources=$cache/sources
work=$prefix/work

# --- Sources -----------------------------------------------------------------------------------------------------

# The repositories of Debian that this machine uses, asked for sources; its own configuration stays as it is.
apt_options=(
    -q -o "Dir::Etc::SourceList=$sources/apt/sources.list" -o Dir::Etc::SourceParts=-
    -o "Dir::State::Lists=$sources/apt/lists" -o "Dir::Cache=$sources/apt/cache" -o APT::Sandbox::User=
    -o Acquire::Retries=3
)
sourcery() { apt-get "${apt_options[@]}" "$@" >&2; }

prepare_apt() {
    local repository
    mkdir -p "$sources/apt/lists/partial" "$sources/apt/cache/archives/partial"
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' 'Component: main' | sort -u >"$sources/apt/sources.list"
    # Debian 13's QtKeychain for all: older ones are not built for Windows with Qt 6.
    repository=$(grep -Ev ' [a-z]+-(security|updates) ' "$sources/apt/sources.list" | head -n 1)
    [[ -n $repository ]] || die "apt knows no repository of Debian"
    if ! grep -q ' trixie ' "$sources/apt/sources.list"; then
        awk '{ print $1, "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]", $2, "trixie", $4 }' \
            <<<"$repository" >>"$sources/apt/sources.list"
    fi
    sourcery update
}

# fetch PACKAGE VERSION: unpacks PACKAGE, whose upstream version is VERSION or begins so, into $work/PACKAGE; with Debian's
# patches, if a mirror has them, and else as upstream has it.
fetch() {
    local package=$1 version=$2 found
    [[ ! -d $work/$package ]] || return 0
    [[ -s $sources/apt/sources.list ]] || prepare_apt
    mapfile -t found < <(apt-cache "${apt_options[@]}" showsrc --only-source "$package" |
        sed -n "s/^Version: \(${version//./\\.}[-.+~].*\)/\1/p" | sort -rVu)
    ((${#found[@]})) || die "apt knows no source of $package $version"
    say "Fetching $package ${found[*]}"
    try_fetch "$package" "${found[@]}" || die "no source of $package $version arrives"
}

try_fetch() {
    local package=$1 version
    shift
    for version; do
        (cd "$sources" && sourcery source --only-source --download-only "$package=$version") || continue
        dpkg-source --no-check -x "$sources/${package}_${version#*:}.dsc" "$work/unpacking" >&2 || return
        mv "$work/unpacking" "$work/$package"
        return
    done
    for version; do
        fetch_tar "$package=$version" || fetch_tar_elsewhere "$package=$version" || continue
        mkdir -p "$work/unpacking"
        tar -C "$work/unpacking" --strip-components 1 -xf "$sources/${package}_${version%-*}".orig.tar.*
        mv "$work/unpacking" "$work/$package"
        return
    done
    return 1
}

fetch_tar() { (cd "$sources" && sourcery source --only-source --download-only --tar-only "$1"); }

# Mirrors of Debian that keep only what somebody has asked them for may lack a source. Other distributions that come from
# Debian have the same upstream file; that it is the same, the checksum says, which is Debian's.
# LATCHKEY_OTHER_ARCHIVE is the address of one, with its folder `pool`.
fetch_tar_elsewhere() {
    local file checksum area
    [[ -n ${LATCHKEY_OTHER_ARCHIVE-} ]] || return 1
    read -r _ file _ checksum < <(apt-get "${apt_options[@]}" -qq source --print-uris --only-source --tar-only "$1" |
        grep "^'http") || return
    for area in main universe; do
        ! /usr/lib/apt/apt-helper "${apt_options[@]}" download-file \
            "$LATCHKEY_OTHER_ARCHIVE/pool/$area/${1:0:1}/${1%=*}/$file" "$sources/$file" "$checksum" >&2 || return 0
    done
    return 1
}

# The upstream version of an installed package.
installed() { dpkg-query -W -f='${source:Upstream-Version}' "$1" | sed 's/+dfsg.*//'; }

# --- Recipes -----------------------------------------------------------------------------------------------------

# cross_cmake PACKAGE [OPTION...]
cross_cmake() {
    local package=$1
    shift
    cmake -G Ninja -S "$work/$package" -B "$work/build-$package" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DLATCHKEY_WINDOWS_LIBRARIES="$prefix" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
        "$@" >&2
    cmake --build "$work/build-$package" --parallel "$jobs" >&2
    cmake --install "$work/build-$package" --strip >&2
}

make_libsodium() {
    fetch libsodium "$(installed libsodium-dev)"
    [[ -x $work/libsodium/configure ]] || (cd "$work/libsodium" && autoreconf -fi >&2)
    mkdir -p "$work/build-libsodium"
    cd "$work/build-libsodium"
    "$work/libsodium/configure" --host=$host --prefix="$prefix" --disable-shared --enable-static \
        CC="ccache $host-gcc-posix" >&2
    make -j "$jobs" >&2
    make install >&2
}

# Static, for the gateway alone. It loads neither modules nor a configuration; and were it to look for some, then where
# only administrators can write. A cross build takes that folder from make alone.
make_openssl() {
    local folder='C:/Program Files/Common Files/SSL'
    local places=(OPENSSLDIR="$folder" ENGINESDIR="$folder" MODULESDIR="$folder")
    fetch openssl "$(installed libssl-dev | cut -d. -f1-2)"
    mkdir -p "$work/build-openssl"
    cd "$work/build-openssl"
    [[ -e Makefile ]] ||
        CC="ccache $host-gcc-posix" perl ../openssl/Configure mingw64 --prefix="$prefix" --libdir=lib \
            no-shared no-module no-engine no-tests no-autoload-config no-comp >&2
    make -j "$jobs" "${places[@]}" build_generated >&2
    make -j "$jobs" "${places[@]}" libcrypto.a libssl.a >&2
    make "${places[@]}" install_dev >&2
}

# Off: what Latchkey has no use for, and all libraries of this machine. OpenGL twice: with opengl alone, the plug-in for
# Windows does not compile. Precompiled headers would keep ccache from its work.
make_qt6-base() {
    local off=(
        sql dbus printsupport tabletevent vulkan xml concurrent glib icu zstd openssl opengl opengl_dynamic
        androiddeployqt pkg_config system_zlib system_pcre2 system_png system_jpeg system_freetype system_harfbuzz
        system_doubleconversion
    )
    fetch qt6-base "$(installed qt6-base-dev)"
    off=("${off[@]/#/-DFEATURE_}")
    cross_cmake qt6-base "${off[@]/%/=OFF}" -DFEATURE_schannel=ON -DINPUT_opengl=no -DBUILD_WITH_PCH=OFF \
        -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF
}

make_qt6-svg() {
    fetch qt6-svg "$(installed qt6-svg-dev)"
    cross_cmake qt6-svg -DBUILD_WITH_PCH=OFF -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF
}

# One version on every Debian. It hands every compiler on Windows a flag that only MSVC knows.
make_qtkeychain() {
    fetch qtkeychain 0
    sed -i 's,add_definitions( /utf-8 -DUNICODE ),add_definitions( -DUNICODE ),' "$work/qtkeychain/qtkeychain/CMakeLists.txt"
    cross_cmake qtkeychain -DBUILD_WITH_QT6=ON -DBUILD_SHARED_LIBS=OFF -DBUILD_TRANSLATIONS=OFF -DBUILD_TESTING=OFF
}

# Headers only, the same on every system: this machine's.
make_headers() {
    mkdir -p "$prefix/include"
    ln -sfn /usr/include/boost /usr/include/CLI /usr/include/nlohmann "$prefix/include/"
}

# Of what goes into the programs or beside them. A library may have its text in several files.
keep_licences() {
    local library=$1 file
    local files=("$work/$library"/{debian/copyright,LICENSE,LICENSE.txt,COPYING} "$work/$library"/LICENSES/LGPL-3.0-only.txt)
    [[ $library != headers ]] || files=(/usr/share/doc/{libboost-dev,libcli11-dev,nlohmann-json3-dev}/copyright)
    mkdir -p "$prefix/licences"
    for file in "${files[@]}"; do
        [[ ! -e $file ]] || cat "$file"
    done >"$prefix/licences/$library.txt"
}

# The compiler's own, which is in every program.
keep_compiler_licences() {
    cat /usr/share/doc/{g++-mingw-w64-x86-64-posix,mingw-w64-x86-64-dev}/copyright >"$prefix/licences/compiler.txt"
}

# --- The work ----------------------------------------------------------------------------------------------------

mkdir -p "$work" "$sources"
exec 9>"$cache/lock"
flock 9
for library in headers libsodium qt6-base qtkeychain openssl qt6-svg; do
    [[ ! -e $prefix/made/$library ]] || continue
    say "Making $library in $prefix"
    rm -rf "$work/unpacking"
    export CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1
    (make_"$library") # not in a condition, where errors would not end it
    keep_licences "$library"
    mkdir -p "$prefix/made"
    touch "$prefix/made/$library"
    rm -rf "${work:?}/$library" "$work/build-$library"
done
keep_compiler_licences
rm -rf "$work"
echo "$prefix"
