# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""A desktop's screen saver on the session bus of a sandbox."""

import subprocess
import sys

from gi.repository import Gio, GLib

from desktopsandbox import read_line

NAME = "org.freedesktop.ScreenSaver"
PATH = "/org/freedesktop/ScreenSaver"


class ScreenSaver:
    """Runs as a program of its own, so that whoever asks it does not wait for itself."""

    def __init__(self, sandbox, *options):
        """With the option `active` it is active from its start."""
        self._process = sandbox.start(sys.executable, "-B", __file__, *options,
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        read_line(self._process.stdout, "the screen saver")

    def set_active(self, is_active):
        self._tell("on" if is_active else "off")

    def leave(self):
        """Leaves without a word, as one that was killed."""
        self._process.kill()
        self._process.wait()

    def flush(self):
        """Returns once the bus has passed on all that was sent before."""
        self._tell("flush")

    def _tell(self, line):
        self._process.stdin.write(line.encode() + b"\n")
        read_line(self._process.stdout, "the screen saver")


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    interface = Gio.DBusNodeInfo.new_for_xml(f"""<node><interface name='{NAME}'>
        <method name='GetActive'><arg type='b' direction='out'/></method>
        <signal name='ActiveChanged'><arg type='b'/></signal>
        </interface></node>""").interfaces[0]
    facts = {"active": "active" in sys.argv}

    def answer(_bus, _sender, _path, _interface, _method, _arguments, call):
        call.return_value(GLib.Variant("(b)", (facts["active"],)))

    def on_line(channel, _condition):
        line = channel.readline().strip()
        if line != "flush":
            facts["active"] = line == "on"
            bus.emit_signal(None, PATH, NAME, "ActiveChanged",
                            GLib.Variant("(b)", (facts["active"],)))
        bus.flush_sync(None)
        print("done", flush=True)
        return True

    bus.register_object(PATH, interface, answer, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print("ready", flush=True), None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, on_line)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
