# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""dunst, a notification service of small desktops, in a sandbox with a display."""

import os
import subprocess

from desktopsandbox import end, wait_until

#: Notices stay until they are closed. The menu of a notice's buttons is a program that chooses one.
CONFIGURATION = """
[global]
dmenu = {choose}
[urgency_low]
timeout = 0
[urgency_normal]
timeout = 0
"""
CHOOSE = """#!/bin/sh
grep -F -f '{wanted}' | head -n 1
"""


class Dunst:
    def __init__(self, sandbox):
        self._sandbox = sandbox
        self._wanted, self._log = self._path("dunst-wanted"), self._path("dunst-log")
        choose, self._configuration = self._path("dunst-choose"), self._path("dunstrc")
        self._write(choose, CHOOSE.format(wanted=self._wanted))
        os.chmod(choose, 0o700)
        self._write(self._configuration, CONFIGURATION.format(choose=choose))
        self.start()

    def start(self):
        with open(self._log, "wb") as log:
            self._process = self._sandbox.start(
                "dunst", "-conf", self._configuration, "-print", stdout=log,
                stderr=subprocess.DEVNULL)
        self._sandbox.wait_for_name("org.freedesktop.Notifications")

    def end(self):
        end(self._process)

    def told(self):
        """All notices since its start, shown and closed ones."""
        with open(self._log, encoding="utf-8") as log:
            return log.read()

    def count(self):
        """How many are shown now."""
        return int(self._sandbox.run("dunstctl", "count", "displayed").stdout)

    def wait_for(self, *words, patience=30):
        """Waits until one notice is shown, and nothing but that, and these words were told."""
        wait_until(lambda: self.count() == 1 and all(word in self.told() for word in words),
                   f"a notice with {words}", patience=patience)

    def wait_until_closed(self):
        wait_until(lambda: self.count() == 0, "the notices to close")

    def press(self, label):
        """Presses a button of the notice that is shown."""
        self._write(self._wanted, label)
        self._sandbox.run("dunstctl", "context").check_returncode()

    def click(self):
        self._sandbox.run("dunstctl", "action").check_returncode()

    def _path(self, name):
        return os.path.join(self._sandbox.folder, name)

    @staticmethod
    def _write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
