#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# Draws latchkey.ico anew, after a change of the SVG. It is kept in git, because Windows itself has nothing to draw it
# with. Needs librsvg2-bin and icoutils.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
drawn=$(mktemp -d)
trap 'rm -r "$drawn"' EXIT

for size in 16 20 24 32 40 48 64 256; do
    rsvg-convert -w "$size" -h "$size" ../../resources/icons/io.github.latchkey.Latchkey.svg -o "$drawn/$size.png"
done
cd "$drawn"
# The largest stays a PNG, which Windows takes at that size alone.
icotool -c -o latchkey.ico {16,20,24,32,40,48,64}.png --raw=256.png
mv latchkey.ico "$OLDPWD"
