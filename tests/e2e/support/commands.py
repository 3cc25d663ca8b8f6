# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The main loop of a program that plays a service of the bus and is told what to do by lines."""

import sys

from gi.repository import GLib


def obey_lines(obey, *greeting):
    """Prints what `obey` returns for each line of stdin, until that ends. Prints `greeting` once
    the loop runs."""
    loop = GLib.MainLoop()

    def on_line(channel, _condition):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        print(obey(line.strip()), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP,
                      on_line)
    for line in greeting:
        GLib.idle_add(lambda line=line: print(line, flush=True))
    loop.run()
