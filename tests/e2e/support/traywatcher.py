# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""A tray of the newer kind, as Plasma and GNOME's extension have it: the registrar on the session
bus of a sandbox, and whether a tray uses it. Run as a program, this is the registrar."""

import subprocess
import sys

from gi.repository import Gio, GLib

from commands import obey_lines
from desktopsandbox import read_line

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"
INTERFACE = f"""<node><interface name='{NAME}'>
  <method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>
  <property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
  <property name='ProtocolVersion' type='i' access='read'/>
  <signal name='StatusNotifierHostRegistered'/>
  <signal name='StatusNotifierHostUnregistered'/>
</interface></node>"""


class TrayWatcher:
    """Runs as a program of its own, so that whoever asks it does not wait for itself."""

    def __init__(self, sandbox):
        self._process = sandbox.start(sys.executable, "-B", __file__, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        read_line(self._process.stdout, "the registrar of trays")

    def set_tray(self, is_there):
        self._tell("on" if is_there else "off")

    def leave(self):
        """Leaves without a word, as one that was killed."""
        self._process.kill()
        self._process.wait()

    def icon(self):
        """The bus name of the icon that registered last and is still there, or None."""
        name = self._tell("icon")
        return None if name == "none" else name

    def tool_tip(self):
        return self._tell("tool tip")

    def menu(self):
        """The menu as the icon describes it, with all labels, on one line."""
        return self._tell("menu")

    def _tell(self, line):
        self._process.stdin.write(line.encode() + b"\n")
        return read_line(self._process.stdout, "the registrar of trays")


class Registrar:
    def __init__(self):
        self._bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self._has_tray = False
        self._icons = []
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self._bus.register_object(PATH, interface, self._on_register, self._on_get, None)
        Gio.bus_own_name_on_connection(self._bus, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: print("ready", flush=True), None)

    def obey(self, line):
        if line in ("on", "off"):
            self._has_tray = line == "on"
            signal = "Registered" if self._has_tray else "Unregistered"
            self._bus.emit_signal(None, PATH, NAME, f"StatusNotifierHost{signal}", None)
            return "done"
        icon = next((name for name in reversed(self._icons) if self._tool_tip(name)), None)
        if line == "icon" or not icon:
            return str(icon).lower()
        return str(self._tool_tip(icon) if line == "tool tip" else self._menu(icon))

    def _tool_tip(self, icon):
        return self._ask(icon, "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "ToolTip")))

    def _menu(self, icon):
        return self._ask(icon, "/MenuBar", "com.canonical.dbusmenu", "GetLayout",
                         GLib.Variant("(iias)", (0, -1, ["label", "visible"])))

    def _ask(self, *call):
        """The answer, or nothing: the icon may have gone although its program is still there."""
        try:
            answer = self._bus.call_sync(*call, None, Gio.DBusCallFlags.NONE, 2000, None)
        except GLib.Error:
            return None
        return answer.unpack()

    def _on_register(self, _bus, _sender, _path, _interface, _method, arguments, call):
        self._icons.append(arguments.unpack()[0])
        call.return_value(None)

    def _on_get(self, _bus, _sender, _path, _interface, name):
        if name == "IsStatusNotifierHostRegistered":
            return GLib.Variant("b", self._has_tray)
        return GLib.Variant("i", 0)


def main():
    registrar = Registrar()
    obey_lines(registrar.obey)


if __name__ == "__main__":
    main()
