#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# with-small-disk.sh COMMAND [ARGUMENT...]
#
# Runs the command with LATCHKEY_SMALL_DISK naming a disk of 64 KiB that nobody else sees, where
# the system permits one, and without it elsewhere.
set -eu

if [ "${1-}" = --inside ]; then
    shift
    mount -t tmpfs -o size=64k none "$LATCHKEY_SMALL_DISK"
    exec "$@"
fi
disk=$(mktemp -d)
trap 'rmdir "$disk"' EXIT
trap 'exit 1' HUP INT TERM
if unshare --user --map-root-user --mount mount -t tmpfs none "$disk" 2>/dev/null; then
    LATCHKEY_SMALL_DISK=$disk unshare --user --map-root-user --mount "$0" --inside "$@"
else
    "$@"
fi
