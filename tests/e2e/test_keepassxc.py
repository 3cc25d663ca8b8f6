# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The vault key in the real KeePassXC with its default settings: it asks before it unlocks a
database and before an entry is read. Latchkey causes one question, and no other until a person does
something; it recovers by itself when the right database is opened."""

import os
import shutil
import unittest

from desktopsandbox import DesktopSandbox, wait_until
from keepassxc import PASSWORD, KeePassXC
from teller import Teller

UNLOCK = "Unlock Database"
ALLOW = "Access Request"


class KeePassXCTest(unittest.TestCase):
    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=False, display=True, tray=False)
        self.addCleanup(self.sandbox.leave)
        self.keepassxc = KeePassXC(self.sandbox)
        self.keepassxc.make_database("right")
        shutil.copy(self.keepassxc.path("right"), self.keepassxc.path("other"))
        self.keepassxc.start()
        self.keepassxc.open("right")
        self.teller = Teller(self.sandbox)
        self.teller.say("make")
        self.key = self.teller.wait_for("key")

    def restart_with(self, *opened, locked=False):
        """The next run of Latchkey, with these databases open."""
        self.teller.end()
        self.keepassxc.close_all()
        for name in opened:
            self.keepassxc.open(name)
        if locked:
            self.keepassxc.lock()
        self.teller.start()

    def entries(self):
        """The entries in the database's file."""
        listed = self.sandbox.run("keepassxc-cli", "ls", "-R", self.keepassxc.path("right"),
                                  input=f"{PASSWORD}\n")
        return listed.stdout.splitlines()

    def questions(self):
        return [title for title in self.keepassxc.dialogs() if UNLOCK in title or ALLOW in title]

    def wait_for_question(self, title):
        wait_until(lambda: any(title in question for question in self.questions()), title)
        self.assertEqual(len(self.questions()), 1, self.questions())

    def answer(self, title, *keys):
        self.keepassxc.press(title, *keys)
        wait_until(lambda: not any(title in question for question in self.questions()),
                   f"{title} to go away")

    def assert_quiet(self, trouble):
        """Later requests for the key get the same error, and no question is asked."""
        for word in ("fetch", "make", "fetch"):
            count = len(self.teller.told())
            self.teller.say(word)
            wait_until(lambda: len(self.teller.told()) > count, "an answer")
            self.assertEqual(self.teller.told()[-1], f"trouble {trouble}")
        self.assertEqual(self.questions(), [])

    def test_a_new_key_asks_nothing_and_is_one_entry(self):
        self.assertEqual(self.questions(), [])
        wait_until(lambda: self.entries() == ["io.github.latchkey.Latchkey"], "the entry on disk")
        self.assertTrue(os.path.exists(self.teller.record_path))

    def test_one_question_is_asked_before_it_is_read(self):
        self.restart_with("right")
        self.teller.say("fetch", "fetch", "make")
        self.wait_for_question(ALLOW)
        self.teller.wait_for("trouble slow")  # the question stays open
        self.teller.say("fetch", "make", "allow", "make")
        self.assertEqual(len(self.questions()), 1)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)
        self.assertEqual(self.questions(), [])

    def test_a_key_in_memory_outlives_a_lock_and_the_end_of_the_keychain(self):
        self.keepassxc.lock()
        self.teller.say("fetch", "make")
        self.keepassxc.end()
        self.teller.say("fetch", "make")
        self.assertEqual(self.teller.told(), [self.key])

    def test_a_dismissed_question_is_not_asked_again(self):
        self.restart_with("right")
        self.teller.say("fetch")
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Escape")
        self.teller.wait_for("trouble denied")
        self.assert_quiet("denied")
        self.teller.say("allow", "make")
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)

    def test_a_locked_database_is_asked_for_once(self):
        self.restart_with("right", locked=True)
        self.teller.say("fetch", "fetch", "make")
        self.wait_for_question(UNLOCK)
        self.answer(UNLOCK, "Escape")
        self.teller.wait_for("trouble denied")
        self.assert_quiet("denied")
        self.keepassxc.open("right")  # as its owner might at any time
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)

    def test_a_locked_database_is_unlocked_by_the_question(self):
        self.restart_with("right", locked=True)
        self.teller.say("fetch")
        self.wait_for_question(UNLOCK)
        self.keepassxc.type(UNLOCK, PASSWORD)
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)

    def test_a_database_unlocked_past_the_open_question(self):
        self.restart_with("right", locked=True)
        self.teller.say("fetch")
        self.wait_for_question(UNLOCK)
        self.teller.wait_for("trouble slow")
        self.keepassxc.open("right")
        wait_until(lambda: any(ALLOW in title for title in self.questions()), ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)

    def test_another_database_is_told_and_nobody_asked(self):
        self.restart_with("other")
        self.teller.say("fetch")
        self.teller.wait_for("trouble elsewhere")
        self.assert_quiet("elsewhere")
        self.keepassxc.open("right")
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)

    def test_another_locked_database_is_not_asked_for(self):
        self.restart_with("other", locked=True)
        self.teller.say("make")
        self.teller.wait_for("trouble elsewhere")
        self.assert_quiet("elsewhere")

    def test_no_database_is_told_and_nobody_asked(self):
        self.restart_with()
        self.teller.say("fetch")
        self.teller.wait_for("trouble elsewhere")
        self.assert_quiet("elsewhere")

    def test_it_ends_and_starts_again(self):
        self.teller.end()
        self.keepassxc.end()
        self.teller.start()
        self.teller.say("fetch")
        self.teller.wait_for("trouble unavailable")
        self.keepassxc.start()
        self.teller.wait_for("trouble locked")  # KeePassXC reopens the last database, locked
        self.assertEqual(self.questions(), [])
        self.keepassxc.open("right")
        self.wait_for_question(ALLOW)
        self.answer(ALLOW, "Return")
        self.assertEqual(self.teller.wait_for("key"), self.key)


if __name__ == "__main__":
    unittest.main()
