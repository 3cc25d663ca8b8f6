#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# build.sh FOLDER: builds for Windows, into FOLDER, what needs no Qt there, and the tests of it.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$1
libraries=$folder/libraries

# Libraries of headers only are the same on every system: this machine's, without what else is beside them.
mkdir -p "$libraries/include"
ln -sfn /usr/include/CLI /usr/include/nlohmann "$libraries/include/"
if [[ ! $folder/.configured -nt CMakePresets.json || ! -e $folder/build.ninja ]]; then
    cmake --preset release -B "$folder" -DLATCHKEY_QT=OFF -DLATCHKEY_WERROR=ON \
        -DCMAKE_TOOLCHAIN_FILE="$PWD/packaging/windows/toolchain.cmake" -DLATCHKEY_WINDOWS_LIBRARIES="$libraries" \
        -DCMAKE_CROSSCOMPILING_EMULATOR=wine
    touch "$folder/.configured"
fi
cmake --build "$folder" --parallel "$(nproc)"
