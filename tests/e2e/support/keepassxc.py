# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The real KeePassXC as the keychain, in a sandbox with a display."""

import base64
import os
import subprocess
import uuid

from desktopsandbox import end, wait_until

PASSWORD = "database-password"
SERVICE = "org.keepassxc.KeePassXC.MainWindow"
ROOT = uuid.UUID("6c617463-686b-6579-2d74-657374726f6f")


class KeePassXC:
    """Its databases are made by its own command line, and offer their root group to the Secret
    Service. Settings are as a user finds them, but for those that switch the Secret Service on."""

    def __init__(self, sandbox):
        self._sandbox = sandbox
        self._settings = os.path.join(sandbox.folder, "keepassxc.ini")
        with open(self._settings, "w", encoding="utf-8") as settings:
            settings.write("[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n"
                           "[FdoSecrets]\nEnabled=true\n"
                           "[GUI]\nCheckForUpdates=false\n")
        self.process = None

    def make_database(self, name):
        group = base64.b64encode(ROOT.bytes).decode()
        xml = os.path.join(self._sandbox.folder, f"{name}.xml")
        with open(xml, "w", encoding="utf-8") as file:
            file.write(
                '<?xml version="1.0" encoding="utf-8"?><KeePassFile><Meta>'
                f"<DatabaseName>{name}</DatabaseName><CustomData><Item>"
                f"<Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{{{ROOT}}}</Value>"
                f"</Item></CustomData></Meta><Root><Group><UUID>{group}</UUID><Name>Root</Name>"
                "</Group></Root></KeePassFile>")
        made = self._sandbox.run("keepassxc-cli", "import", "-p", xml, self.path(name),
                                 input=f"{PASSWORD}\n{PASSWORD}\n")
        made.check_returncode()

    def path(self, name):
        return os.path.join(self._sandbox.folder, f"{name}.kdbx")

    def start(self, *names):
        """Starts it with these databases, locked."""
        self.process = self._sandbox.start(
            "keepassxc", "--config", self._settings, "--localconfig",
            self._settings + ".local", *map(self.path, names),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self._has_name("org.freedesktop.secrets"), "KeePassXC's Secret Service")

    def end(self):
        end(self.process)

    def open(self, name):
        """Opens and unlocks one as a person does in its window."""
        self._call("openDatabase", f"string:{self.path(name)}", f"string:{PASSWORD}")

    def lock(self):
        self._call("lockAllDatabases")

    def close_all(self):
        self._call("closeAllDatabases")

    def dialogs(self):
        """The titles of its windows, without the main one."""
        windows = self._sandbox.run("xdotool", "search", "--onlyvisible", "--class", "keepassxc")
        titles = [self._sandbox.run("xdotool", "getwindowname", window).stdout.strip()
                  for window in windows.stdout.split()]
        return [title for title in titles if title]

    def type(self, title, text):
        """Types a text into the window, and presses Return."""
        self.press(title)
        self._sandbox.run("xdotool", "type", text).check_returncode()
        self._sandbox.run("xdotool", "key", "Return").check_returncode()

    def press(self, title, *keys):
        """Waits until the window takes keys: it can be seen before the window manager knows it."""
        wait_until(lambda: self._activate(title), f"{title} to take keys")
        if keys:
            self._sandbox.run("xdotool", "key", *keys).check_returncode()

    def _activate(self, title):
        windows = self._sandbox.run("xdotool", "search", "--onlyvisible", "--name", title)
        # The window manager does not always know the window; the display does.
        return any(self._sandbox.run("xdotool", how, one).returncode == 0
                   for how in ("windowactivate", "windowfocus") for one in windows.stdout.split())

    def _has_name(self, name):
        return "boolean true" in self._sandbox.call_bus(
            "org.freedesktop.DBus", "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner", f"string:{name}")

    def _call(self, method, *arguments):
        self._sandbox.call_bus(SERVICE, "/keepassxc", f"{SERVICE}.{method}", *arguments)
