# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Copied tokens on X11, beside a program that pastes and one that hangs."""

import os
import signal
import subprocess
import time
import unittest

from appliance import bin_folder
from copying import MAIN, CopyCase
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import ctl


class Clipboard(CopyCase):
    @staticmethod
    def make_desktop():
        return DesktopSandbox(keychain=False, display=True)

    def setUp(self):
        super().setUp()
        self.sign_in()

    def paste(self):
        return self.sandbox.run("xclip", "-selection", "clipboard", "-o").stdout

    def hang(self):
        """Copies something else by a program that then answers nobody."""
        owner = self.sandbox.start("xclip", "-quiet", "-selection", "clipboard",
                                   stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        owner.stdin.write(b"something else")
        owner.stdin.close()
        wait_until(lambda: self.paste() == "something else", "the other copy")
        owner.send_signal(signal.SIGSTOP)
        self.addCleanup(owner.kill)

    def test_gives_the_token_to_one_paste(self):
        self.copy()
        self.assert_pasted_once(self.paste)

    def test_a_copied_command_reaches_the_appliance(self):
        def choose_curl():
            self.reader.key("u")
            return "curl knows the appliance by its key" in self.reader.words(MAIN)

        self.reader.press(MAIN, "Copy in another form")
        wait_until(choose_curl, "the command")
        command = self.paste() + "api/v8/system/about"
        told = self.sandbox.run("env", f"PATH={bin_folder()}:{os.environ['PATH']}", "sh", "-c",
                                command, cwd="/")
        self.assertIn("serverVersion", told.stdout, told.stderr)
        self.assertEqual(self.copies(), 0)

    def test_quits_although_the_owner_of_the_clipboard_hangs(self):
        self.copy()
        self.hang()
        began = time.monotonic()
        end(self.process, patience=60)
        self.assertLess(time.monotonic() - began, 5)

    def test_answers_although_the_owner_of_the_clipboard_hangs(self):
        self.addCleanup(self.appliance.switch, accessLife=3600)
        self.appliance.switch(accessLife=6)
        self.assertEqual(ctl(self.sandbox, "refresh", "prod").returncode, 0)
        self.copy()
        self.hang()
        until = time.monotonic() + 8  # past the token's end, when the copy is taken back
        while (began := time.monotonic()) < until:
            self.assertEqual(ctl(self.sandbox, "list").returncode, 0)
            self.assertLess(time.monotonic() - began, 3)


if __name__ == "__main__":
    unittest.main()
