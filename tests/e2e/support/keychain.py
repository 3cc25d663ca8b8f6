# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What the sandbox's real keychain holds for Latchkey, read without Latchkey."""

from gi.repository import Gio, GLib

SERVICE = "io.github.latchkey.Latchkey"
SECRETS = "org.freedesktop.secrets"


class Keychain:
    def __init__(self, sandbox):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self._bus = Gio.DBusConnection.new_for_address_sync(
            sandbox.env["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
        plain = GLib.Variant("(sv)", ("plain", GLib.Variant("s", "")))
        self._session = self._ask("OpenSession", plain).unpack()[1]

    def close(self):
        self._bus.close_sync(None)

    def secret(self, key):
        """The text of Latchkey's item with that key; None where there is none."""
        return self.secrets({"server": SERVICE, "user": key}).get(key)

    def secrets(self, attributes):
        """The texts of all items that have these attributes, by their key."""
        wanted = GLib.Variant("(a{ss})", (attributes,))
        items, locked = self._ask("SearchItems", wanted).unpack()
        if locked:
            raise RuntimeError("the keychain is locked")
        secrets = self._ask("GetSecrets", GLib.Variant("(aoo)", (items, self._session)))
        return {self._attributes(item).get("user", item): bytes(secret[2]).decode()
                for item, secret in secrets.get_child_value(0).unpack().items()}

    def descriptions(self):
        """What anybody on the bus can see of each item without unlocking it."""
        attributes = GLib.Variant("(a{ss})", ({"server": SERVICE},))
        unlocked, locked = self._ask("SearchItems", attributes).unpack()
        return [self._properties(item) for item in unlocked + locked]

    def _attributes(self, item):
        answer = self._bus.call_sync(
            SECRETS, item, "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", ("org.freedesktop.Secret.Item", "Attributes")), None,
            Gio.DBusCallFlags.NONE, -1, None)
        return answer.unpack()[0]

    def _properties(self, item):
        answer = self._bus.call_sync(
            SECRETS, item, "org.freedesktop.DBus.Properties", "GetAll",
            GLib.Variant("(s)", ("org.freedesktop.Secret.Item",)), None,
            Gio.DBusCallFlags.NONE, -1, None)
        return repr(answer.unpack()[0])

    def programs(self):
        """The unique names of all who are connected to the message bus."""
        answer = self._bus.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
            None, None, Gio.DBusCallFlags.NONE, -1, None)
        return {name for name in answer.unpack()[0] if name.startswith(":")}

    def _ask(self, method, arguments):
        return self._bus.call_sync(SECRETS, "/org/freedesktop/secrets",
                                   "org.freedesktop.Secret.Service", method, arguments, None,
                                   Gio.DBusCallFlags.NONE, -1, None)
