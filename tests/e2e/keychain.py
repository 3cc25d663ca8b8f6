# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What a desk's real keychain holds of Latchkey's, read past Latchkey."""

import re

from gi.repository import Gio, GLib

SERVICE = "io.github.latchkey.Latchkey"
SECRETS = "org.freedesktop.secrets"


class Keychain:
    def __init__(self, desk):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self._bus = Gio.DBusConnection.new_for_address_sync(
            desk.env["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
        plain = GLib.Variant("(sv)", ("plain", GLib.Variant("s", "")))
        self._session = self._ask("OpenSession", plain).unpack()[1]

    def close(self):
        self._bus.close_sync(None)

    def refresh_tokens(self):
        """The refresh tokens in the keychain, a set for each user. A session may have two items:
        the record that is current and the one before or after it."""
        attributes = GLib.Variant("(a{ss})", ({"server": SERVICE},))
        items, locked = self._ask("SearchItems", attributes).unpack()
        if locked:
            raise RuntimeError("the keychain is locked")
        secrets = self._ask("GetSecrets", GLib.Variant("(aoo)", (items, self._session)))
        tokens = {}
        for _, secret in secrets.get_child_value(0).unpack().items():
            record = bytes(secret[2]).decode()
            user, token = (re.search(f'"{key}":"([^"]*)"', record)
                           for key in ("user", "refreshToken"))
            if user and token:
                tokens.setdefault(user[1], set()).add(token[1])
        return tokens

    def descriptions(self):
        """What anybody on the bus sees of each item without unlocking it."""
        attributes = GLib.Variant("(a{ss})", ({"server": SERVICE},))
        unlocked, locked = self._ask("SearchItems", attributes).unpack()
        return [self._properties(item) for item in unlocked + locked]

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
