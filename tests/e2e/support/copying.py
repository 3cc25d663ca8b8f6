# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Tests of copied tokens, which need a desktop, Latchkey's window and the demo appliance."""

import json
import os
import subprocess
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import end, wait_until
from programs import answered, ctl
from screenreader import ScreenReader

MAIN = "Latchkey"


class CopyCase(unittest.TestCase):
    """Each test has a Latchkey of its own, on the desktop of its class."""

    @classmethod
    def setUpClass(cls):
        cls.sandbox = cls.make_desktop()
        cls.addClassCleanup(cls.sandbox.leave)
        cls.reader = ScreenReader(cls.sandbox)
        cls.certificate = os.path.join(cls.sandbox.folder, "prod.pem")
        cls.appliance = Appliance(cls.sandbox, "--certificate-out", cls.certificate)

    def setUp(self):
        self.process = self.sandbox.start(os.path.join(bin_folder(), "latchkey"), "--memory-only",
                                          stderr=subprocess.DEVNULL)
        self.addCleanup(end, self.process)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "the agent")
        self._before = 0
        self._before = self.copies()

    def sign_in(self):
        done = answered(self.sandbox, self.reader, "Trust this certificate", "sign-in", "prod",
                        "--kind", "azure", "--server", self.appliance.url, "--user", "operator",
                        "--trust", self.appliance.fingerprint, "--password-stdin", stdin=PASSWORD)
        self.assertEqual(done.returncode, 0, done.stderr)

    def copy(self, told="Token copied."):
        self.reader.press(MAIN, "Copy token")
        self.reader.wait_for_words(MAIN, told)

    def copies(self):
        """How many copies the ledger tells of since the test began."""
        entries = json.loads(ctl(self.sandbox, "ledger", "--json").stdout)
        return sum(entry["requests"] for entry in entries
                   if entry["answer"] == "copied") - self._before

    def assert_pasted_once(self, paste):
        """Whoever asks more often than this watches the clipboard, and gets nothing."""
        token = wait_until(paste, "the token", pause=1)
        self.assertTrue(self.appliance.accepts(token), token)
        wait_until(lambda: not paste(), "the clipboard to be empty", patience=5)
