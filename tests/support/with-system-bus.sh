#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

# Runs a program with a private message bus in place of the system bus.
# shellcheck disable=SC2016 # the inner shell's own variables
exec dbus-run-session -- \
    sh -c 'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec "$@"' sh "$@"
