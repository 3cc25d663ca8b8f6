# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The machine as Latchkey sees it: logind and NetworkManager on a system bus of the sandbox's own.
Run as a program, this is the two services. It takes commands on stdin, one a line, and answers
each with a line on stdout. As a module it has the class FakeLogind, which starts it and gives it
commands."""

import select
import socket
import subprocess
import sys

from gi.repository import Gio, GLib

from commands import obey_lines

LOGIND = """<node><interface name='org.freedesktop.login1.Manager'>
  <method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>
    <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='h' direction='out'/>
  </method>
  <signal name='PrepareForSleep'><arg type='b'/></signal>
</interface></node>"""

USER = """<node><interface name='org.freedesktop.login1.User'>
  <property name='Display' type='(so)' access='read'/>
</interface></node>"""

SESSION = """<node><interface name='org.freedesktop.login1.Session'>
  <property name='LockedHint' type='b' access='read'/>
  <signal name='Lock'/>
  <signal name='Unlock'/>
</interface></node>"""
SESSION_PATH = "/org/freedesktop/login1/session/_31"

NETWORK_MANAGER = """<node><interface name='org.freedesktop.NetworkManager'>
  <property name='State' type='u' access='read'/>
  <property name='Connectivity' type='u' access='read'/>
  <property name='Metered' type='u' access='read'/>
  <property name='PrimaryConnectionType' type='s' access='read'/>
</interface></node>"""

DISCONNECTED, CONNECTED = 20, 70  # NMState


class FakeLogind:
    """Starts the two services, and gives them commands."""

    def __init__(self, sandbox):
        bus = sandbox.start("dbus-daemon", "--session", "--nofork", "--print-address=1",
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        sandbox.env["DBUS_SYSTEM_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self._services = sandbox.start(sys.executable, "-B", __file__, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)
        self._answer()

    def sleep(self):
        self._tell("sleep")

    def wake_up(self):
        self._tell("wake")

    def lock_screen(self):
        self._tell("lock")

    def unlock_screen(self):
        self._tell("unlock")

    def leave_screen(self):
        """The user's session on the screen ends."""
        self._tell("leave screen")

    def come_to_screen(self):
        self._tell("come to screen")

    def lock_screen_unsaid(self):
        """Locks it without a signal, so that only who asks can know."""
        self._tell("lock unsaid")

    def ask_to_lock(self):
        """Asks as `loginctl lock-session` does, which a desktop may obey or not."""
        self._tell("ask to lock")

    def ask_to_unlock(self):
        self._tell("ask to unlock")

    def looks(self):
        """How often somebody has asked whether the screen is locked."""
        return int(self._tell("looks"))

    def unplug(self):
        self._tell("offline")

    def plug_in(self):
        self._tell("online")

    def sleep_waits(self):
        """Whether somebody still holds up the sleep."""
        return self._tell("held") == "yes"

    def _tell(self, line):
        self._services.stdin.write(line.encode() + b"\n")
        return self._answer()

    def _answer(self):
        return self._services.stdout.readline().decode().strip()


class Services:
    def __init__(self):
        self._bus = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
        self._locks = []
        self._state = CONNECTED
        self._own("org.freedesktop.login1", "/org/freedesktop/login1", LOGIND, self._on_call, None)
        self._is_locked = False
        self._looks = 0
        self._has_screen = True
        for path, xml in (("/org/freedesktop/login1/user/self", USER), (SESSION_PATH, SESSION)):
            self._register(path, xml, None, self._on_get)
        self._own("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager",
                  NETWORK_MANAGER, None, self._on_get)

    def obey(self, line):
        if line in ("sleep", "wake"):
            self._bus.emit_signal(None, "/org/freedesktop/login1",
                                  "org.freedesktop.login1.Manager", "PrepareForSleep",
                                  GLib.Variant("(b)", (line == "sleep",)))
        elif line in ("lock", "unlock"):
            self._is_locked = line == "lock"
            self._tell_change(SESSION_PATH, "org.freedesktop.login1.Session",
                              LockedHint=GLib.Variant("b", self._is_locked))
        elif line in ("leave screen", "come to screen"):
            self._has_screen = line == "come to screen"
            self._tell_change("/org/freedesktop/login1/user/_1000", "org.freedesktop.login1.User",
                              Display=self._display())
        elif line == "lock unsaid":
            self._is_locked = True
        elif line in ("ask to lock", "ask to unlock"):
            self._bus.emit_signal(None, SESSION_PATH, "org.freedesktop.login1.Session",
                                  "Lock" if line == "ask to lock" else "Unlock", None)
        elif line == "looks":
            return str(self._looks)
        elif line in ("offline", "online"):
            self._state = DISCONNECTED if line == "offline" else CONNECTED
            self._tell_change("/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager",
                              State=GLib.Variant("u", self._state))
        elif line == "held":
            return "yes" if any(self._is_held(lock) for lock in self._locks) else "no"
        return "done"

    def _tell_change(self, path, interface, **changed):
        self._bus.emit_signal(None, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                              GLib.Variant("(sa{sv}as)", (interface, changed, [])))

    def _register(self, path, xml, on_call, on_get):
        interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        self._bus.register_object(path, interface, on_call, on_get, None)

    def _own(self, name, path, xml, on_call, on_get):
        self._register(path, xml, on_call, on_get)
        Gio.bus_own_name_on_connection(self._bus, name, Gio.BusNameOwnerFlags.NONE, None, None)

    def _on_call(self, _bus, _sender, _path, _interface, _method, _arguments, call):
        ours, theirs = socket.socketpair()
        self._locks.append(ours)
        handles = Gio.UnixFDList.new()
        handle = handles.append(theirs.fileno())
        theirs.close()
        call.return_value_with_unix_fd_list(GLib.Variant("(h)", (handle,)), handles)

    def _display(self):
        return GLib.Variant("(so)", ("1", SESSION_PATH) if self._has_screen else ("", "/"))

    def _on_get(self, _bus, _sender, _path, _interface, name):
        self._looks += name == "LockedHint"
        return {"Display": self._display(),
                "LockedHint": GLib.Variant("b", self._is_locked),
                "State": GLib.Variant("u", self._state),
                "PrimaryConnectionType": GLib.Variant("s", "802-3-ethernet"),
                }.get(name, GLib.Variant("u", 0))

    @staticmethod
    def _is_held(lock):
        """A lock is held while the other end of its pipe is open: then nothing can be read."""
        readable, _, _ = select.select([lock], [], [], 0)
        return not readable


def main():
    services = Services()
    obey_lines(services.obey, "ready")


if __name__ == "__main__":
    main()
