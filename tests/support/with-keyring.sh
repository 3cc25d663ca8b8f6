#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# with-keyring.sh COMMAND [ARGUMENT...]
#
# Runs the command beside a real gnome-keyring whose login collection is unlocked, in a D-Bus
# session and a home of its own. Nothing is left behind, and nobody's own keyring is touched.
set -eu

if [ "${1-}" != --inside ]; then
    for program in dbus-run-session dbus-send gnome-keyring-daemon; do
        command -v "$program" >/dev/null || { echo "with-keyring.sh: $program is missing" >&2; exit 1; }
    done
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    trap 'exit 1' HUP INT TERM
    mkdir -m 0700 "$home/config" "$home/data" "$home/cache" "$home/run"
    unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL DISPLAY WAYLAND_DISPLAY
    HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data \
        XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run \
        dbus-run-session -- "$0" --inside "$@"
    exit
fi

shift
# In the foreground it stays our child: we know its process, and end no other.
fifo=$XDG_RUNTIME_DIR/password
mkfifo "$fifo"
gnome-keyring-daemon --foreground --unlock --components=secrets <"$fifo" >/dev/null 2>&1 &
keyring=$!
trap 'kill "$keyring" 2>/dev/null || true; wait "$keyring" 2>/dev/null || true' EXIT
trap 'exit 1' HUP INT TERM
printf pw >"$fifo"

# Whoever asks too early would have D-Bus start a second daemon, with nothing unlocked.
owned() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'
}
tries=0
until owned; do
    tries=$((tries + 1))
    if [ "$tries" -eq 200 ] || ! kill -0 "$keyring"; then
        echo "with-keyring.sh: the keyring did not start" >&2
        exit 1
    fi
    sleep 0.05
done
"$@"
