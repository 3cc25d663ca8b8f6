# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""A program that plays KDE's wallet (kwalletd5) on the session bus. Its first argument is the JSON
file of the entries. The wallet is open, or with `closed` as its second argument closed until it is
to be opened; until then it says that it has no item, as one does that GPG encrypts. With a number
as its second argument, its first answer takes so many seconds, as that of the real one does while a
session starts."""

import json
import os
import sys

from gi.repository import Gio, GLib

INTERFACE = """
<node><interface name="org.kde.KWallet">
  <method name="networkWallet"><arg type="s" direction="out"/></method>
  <method name="isOpen"><arg type="s" direction="in"/><arg type="b" direction="out"/></method>
  <method name="open"><arg type="s" direction="in"/><arg type="x" direction="in"/>
    <arg type="s" direction="in"/><arg type="i" direction="out"/></method>
  <method name="keyDoesNotExist"><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="b" direction="out"/></method>
  <method name="entryType"><arg type="i" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="i" direction="out"/></method>
  <method name="readPassword"><arg type="i" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="out"/></method>
  <method name="writePassword"><arg type="i" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="i" direction="out"/></method>
  <method name="removeEntry"><arg type="i" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="i" direction="out"/></method>
</interface></node>
"""
PASSWORD = 1


class Wallet:
    def __init__(self, path, is_open):
        self._path = path
        self._is_open = is_open

    def answer(self, method, arguments):
        if method == "networkWallet":
            return GLib.Variant("(s)", ("kdewallet",))
        if method == "isOpen":
            return GLib.Variant("(b)", (self._is_open,))
        if method == "open":
            self._is_open = True
            return GLib.Variant("(i)", (1,))
        entries = self._read()
        key = "/".join(arguments[1:3])
        if method == "keyDoesNotExist":
            return GLib.Variant("(b)", (key not in entries or not self._is_open,))
        if method == "entryType":
            return GLib.Variant("(i)", (PASSWORD if key in entries else 0,))
        if method == "readPassword":
            return GLib.Variant("(s)", (entries.get(key, ""),))
        if method == "writePassword":
            entries[key] = arguments[3]
        else:
            entries.pop(key, None)
        self._write(entries)
        return GLib.Variant("(i)", (0,))

    def _read(self):
        if not os.path.exists(self._path):
            return {}
        with open(self._path, encoding="utf-8") as file:
            return json.load(file)

    def _write(self, entries):
        with open(self._path, "w", encoding="utf-8") as file:
            json.dump(entries, file)


def main():
    wallet = Wallet(sys.argv[1], "closed" not in sys.argv)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    is_late = [float(second) for second in sys.argv[2:] if second != "closed"]

    def on_call(_bus, _sender, _path, _interface, method, arguments, invocation):
        def answer():
            invocation.return_value(wallet.answer(method, arguments.unpack()))
            return GLib.SOURCE_REMOVE

        GLib.timeout_add(int(1000 * is_late.pop()) if is_late else 0, answer)

    interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    bus.register_object("/modules/kwalletd5", interface, on_call, None, None)
    Gio.bus_own_name_on_connection(bus, "org.kde.kwalletd5", Gio.BusNameOwnerFlags.NONE,
                                   None, None)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
