#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# under-wine.sh PREFIX COMMAND…: runs a command that starts Windows programs by wine, with the prefix PREFIX, which it
# makes if there is none, and a screen that stays until the command ends.

set -euo pipefail

export WINEPREFIX=$1 WINEDEBUG=${WINEDEBUG--all} WINEARCH=win64 WINEDLLOVERRIDES=mscoree,mshtml=
shift
if [[ -z ${UNDER_WINE-} ]]; then
    export UNDER_WINE=1
    exec xvfb-run -a -s '-screen 0 1280x800x24' "$0" "$WINEPREFIX" "$@"
fi

mkdir -p "$WINEPREFIX"
trap 'wineserver -k || true' EXIT
if [[ ! -e $WINEPREFIX/made ]]; then
    # It may say that services did not start in time; the prefix works all the same.
    wine wineboot -i >"$WINEPREFIX/wineboot.log" 2>&1 || cat "$WINEPREFIX/wineboot.log" >&2
    wine winecfg /v win10 # else it is an older Windows, with fewer functions
    touch "$WINEPREFIX/made"
fi
"$@"
