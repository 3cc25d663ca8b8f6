# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Copied tokens beside other programs that use the clipboard: one that pastes, and one that
hangs."""

import os
import signal
import subprocess
import time
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import answered, ctl
from screenreader import ScreenReader

MAIN = "Latchkey"

sandbox = reader = appliance = None


def setUpModule():
    global sandbox, reader, appliance
    sandbox = DesktopSandbox(keychain=False, display=True)
    reader = ScreenReader(sandbox)
    appliance = Appliance(sandbox)


def tearDownModule():
    sandbox.leave()


def paste():
    return sandbox.run("xclip", "-selection", "clipboard", "-o").stdout


class Clipboard(unittest.TestCase):
    def setUp(self):
        self.process = sandbox.start(os.path.join(bin_folder(), "latchkey"), "--memory-only",
                                     stderr=subprocess.DEVNULL)
        self.addCleanup(end, self.process)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")

    def copy(self):
        signed_in = answered(sandbox, reader, "Allow once", "sign-in", "prod", "--kind", "azure",
                             "--server", appliance.url, "--user", "operator", "--trust",
                             appliance.fingerprint, "--password-stdin", stdin=PASSWORD)
        self.assertEqual(signed_in.returncode, 0, signed_in.stderr)
        reader.press(MAIN, "Copy token")
        reader.wait_for_words(MAIN, "Token copied.")

    def hang(self):
        """Copies something else by a program that then answers nobody."""
        owner = sandbox.start("xclip", "-quiet", "-selection", "clipboard", stdin=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        owner.stdin.write(b"something else")
        owner.stdin.close()
        wait_until(lambda: paste() == "something else", "the other copy")
        owner.send_signal(signal.SIGSTOP)
        self.addCleanup(owner.kill)

    def test_gives_the_token_to_one_paste(self):
        self.copy()
        # Whoever asks more often watches the clipboard and gets nothing.
        self.assertTrue(appliance.accepts(wait_until(paste, "the token", pause=1)))
        wait_until(lambda: not paste(), "the clipboard to be empty", patience=5)

    def test_quits_although_the_owner_of_the_clipboard_hangs(self):
        self.copy()
        self.hang()
        began = time.monotonic()
        end(self.process, patience=60)
        self.assertLess(time.monotonic() - began, 5)

    def test_answers_although_the_owner_of_the_clipboard_hangs(self):
        self.addCleanup(appliance.switch, accessLife=3600)
        appliance.switch(accessLife=6)
        self.copy()
        self.hang()
        until = time.monotonic() + 8  # past the token's end, when the copy is taken back
        while (began := time.monotonic()) < until:
            self.assertEqual(ctl(sandbox, "list").returncode, 0)
            self.assertLess(time.monotonic() - began, 3)


if __name__ == "__main__":
    unittest.main()
