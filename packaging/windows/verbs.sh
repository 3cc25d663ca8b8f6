# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# The verb "package windows" of ./dev, which reads this.
# shellcheck disable=SC2154 # the names that are not here are there

windows_packages=( # the cross compiler, what makes the MSI, and what builds the libraries from Debian's sources
    g++-mingw-w64-x86-64-posix mingw-w64-tools wixl msitools python3 git
    dpkg-dev debian-archive-keyring autoconf automake libtool make perl xz-utils
)

# The presets take the libraries from the environment.
windows_libraries() {
    need "${build_packages[@]}" "${windows_packages[@]}"
    say "Libraries for Windows"
    LATCHKEY_WINDOWS_LIBRARIES=$(packaging/windows/libraries.sh)
    export LATCHKEY_WINDOWS_LIBRARIES
    echo "$LATCHKEY_WINDOWS_LIBRARIES"
}

windows_programs=(latchkey latchkeyd latchkeyctl latchkey-gateway latchkey-handover)

make_windows_package() {
    local folder=build/windows msi version
    windows_libraries
    SOURCE_DATE_EPOCH=$(git -c safe.directory='*' log -1 --format=%ct 2>/dev/null || date +%s)
    export SOURCE_DATE_EPOCH # the same commit gives the same package
    grep -qsx "LATCHKEY_WINDOWS_LIBRARIES:.*=$LATCHKEY_WINDOWS_LIBRARIES" "$folder/CMakeCache.txt" || rm -rf "$folder"
    configure windows "$folder" -DBUILD_TESTING=OFF
    cmake --build "$folder" --parallel "$jobs" --target "${windows_programs[@]}"
    version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$folder/CMakeCache.txt")
    msi=$folder/msi/latchkey-$version-windows-x86_64.msi
    rm -rf "$folder/msi"
    mkdir -p "$folder/msi"
    say "MSI"
    "$python" -B packaging/windows/msi.py --bin "$folder/bin" --libraries "$LATCHKEY_WINDOWS_LIBRARIES" \
        --version "$version" --output "$msi" \
        --homepage "$(sed -n 's/^CMAKE_PROJECT_HOMEPAGE_URL:STATIC=//p' "$folder/CMakeCache.txt")"
    say "The package"
    echo "$root/$msi"
}
