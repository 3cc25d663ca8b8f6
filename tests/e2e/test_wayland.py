# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Copied tokens on Wayland, where only the window with the keyboard may copy, and only after a
person has pressed something in it."""

import json
import subprocess
import unittest

from copying import CopyCase
from desktopsandbox import DesktopSandbox, wait_until


class Wayland(CopyCase):
    @staticmethod
    def make_desktop():
        return DesktopSandbox(keychain=False, wayland=True)

    def setUp(self):
        super().setUp()
        self.sign_in()
        wait_until(self.has_keyboard, "the window to have the keyboard")

    def has_keyboard(self):
        def focused(node):
            inside = node.get("nodes", []) + node.get("floating_nodes", [])
            return node.get("pid") and node["focused"] or any(map(focused, inside))
        return focused(json.loads(self.sandbox.run("swaymsg", "-r", "-t", "get_tree").stdout))

    def press_a_key(self):
        self.sandbox.run("wtype", "-k", "Shift_L").check_returncode()

    def paste(self):
        return self.sandbox.run("wl-paste", "--no-newline").stdout

    def test_gives_the_token_to_one_paste(self):
        self.press_a_key()
        self.copy()
        self.assertEqual(self.copies(), 1)
        self.assert_pasted_once(self.paste)

    def test_copies_while_no_window_of_ours_has_the_keyboard(self):
        self.press_a_key()
        self.sandbox.run("swaymsg", "workspace", "elsewhere").check_returncode()
        self.addCleanup(self.sandbox.run, "swaymsg", "workspace", "1")
        wait_until(lambda: not self.has_keyboard(), "the window to be without the keyboard")
        self.reader.press("Latchkey", "Copy token")
        wait_until(lambda: self.copies() == 1, "the copy")
        self.assert_pasted_once(self.paste)

    def test_says_where_nothing_was_copied(self):
        self.sandbox.start("wl-copy", "--foreground", "something else", stderr=subprocess.DEVNULL)
        wait_until(lambda: self.paste() == "something else", "the other copy")
        self.copy(told="Nothing was copied")
        self.assertEqual(self.copies(), 0)
        self.assertEqual(self.paste(), "something else")


if __name__ == "__main__":
    unittest.main()
