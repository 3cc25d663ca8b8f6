# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The part of a desktop's portal that tells programs whether to be light or dark. Run as a program,
this is the service, which takes a number a line: 1 for dark, 2 for light, 0 for no wish."""

import subprocess
import sys

from gi.repository import Gio, GLib

from commands import obey_lines
from desktopsandbox import read_line

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
GROUP, KEY = "org.freedesktop.appearance", "color-scheme"
NO_WISH, DARK, LIGHT = range(3)


class FakePortal:
    def __init__(self, sandbox, scheme):
        self._process = sandbox.start(sys.executable, "-B", __file__, str(scheme),
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        read_line(self._process.stdout, "the portal")

    def turn(self, scheme):
        self._process.stdin.write(f"{scheme}\n".encode())
        read_line(self._process.stdout, "the portal")


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    interface = Gio.DBusNodeInfo.new_for_xml(f"""<node><interface name='{SETTINGS}'>
        <method name='Read'><arg type='s' direction='in'/><arg type='s' direction='in'/>
          <arg type='v' direction='out'/></method>
        <signal name='SettingChanged'><arg type='s'/><arg type='s'/><arg type='v'/></signal>
        </interface></node>""").interfaces[0]
    facts = {"scheme": int(sys.argv[1])}

    def value():
        return GLib.Variant("v", GLib.Variant("u", facts["scheme"]))

    def answer(_bus, _sender, _path, _interface, _method, arguments, call):
        if arguments.unpack() == (GROUP, KEY):
            call.return_value(GLib.Variant.new_tuple(GLib.Variant("v", value())))
        else:
            call.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such setting")

    def turn(line):
        facts["scheme"] = int(line)
        bus.emit_signal(None, PATH, SETTINGS, "SettingChanged",
                        GLib.Variant.new_tuple(GLib.Variant("s", GROUP), GLib.Variant("s", KEY),
                                               value()))
        bus.flush_sync(None)
        return "turned"

    bus.register_object(PATH, interface, answer, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print("ready", flush=True), None)
    obey_lines(turn)


if __name__ == "__main__":
    main()
