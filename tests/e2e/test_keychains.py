# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The vault key in the real gnome-keyring and in a wallet, which may be locked, restarted,
replaced, late, or without a password."""

import os
import unittest

from desktopsandbox import DesktopSandbox, end, wait_until
from teller import Teller

PLAIN = """[keyring]
display-name=Login
ctime=0
mtime=0
lock-on-idle=false
lock-after=false
"""


class KeychainTest(unittest.TestCase):
    def sandbox(self, **options):
        sandbox = DesktopSandbox(keychain=False, **options)
        self.addCleanup(sandbox.leave)
        return sandbox

    def made(self):
        """A sandbox whose keychain holds a new key; returns the sandbox, the teller and the key."""
        sandbox = self.sandbox()
        sandbox.start_keychain()
        teller = Teller(sandbox)
        teller.say("make")
        return sandbox, teller, teller.wait_for("key")

    def made_in_wallet(self):
        """The same with a wallet, of which the record has been written."""
        sandbox = self.sandbox()
        sandbox.be_kde()
        sandbox.start_wallet()
        teller = Teller(sandbox)
        teller.say("make")
        key = teller.wait_for("key")
        wait_until(lambda: os.path.exists(teller.record_path), "the record")
        return sandbox, teller, key

    def start_locked_keychain(self, sandbox):
        """As after a login without a password: existing keyrings stay locked."""
        sandbox.keychain = sandbox.start("gnome-keyring-daemon", "--foreground",
                                         "--components=secrets")
        sandbox.wait_for_name("org.freedesktop.secrets")

    def test_it_is_made_once_and_comes_back(self):
        sandbox = self.sandbox()
        sandbox.start_keychain()
        teller = Teller(sandbox)
        teller.say("make", "make")
        key = teller.wait_for("key")
        wait_until(lambda: os.path.exists(teller.record_path), "the record")
        teller.again()
        teller.say("make")
        self.assertEqual(teller.wait_for("key"), key)
        found = sandbox.run("secret-tool", "search", "--all", "server",
                            "io.github.latchkey.Latchkey")
        self.assertEqual(found.stdout.count("secret = latchkey-vault-key-1:"), 1, found.stdout)

    def test_locked_is_told_and_unlocked_is_noticed(self):
        sandbox, teller, key = self.made()
        sandbox.lock_keychain()
        teller.again()
        teller.say("fetch")
        teller.wait_for("trouble denied")  # nobody could show the question
        sandbox.unlock_keychain()
        self.assertEqual(teller.wait_for("key"), key)

    def test_a_key_in_memory_carries_on_without_its_keychain(self):
        sandbox, teller, key = self.made()
        sandbox.lock_keychain()
        teller.say("fetch", "make")
        sandbox.stop_keychain()
        teller.say("fetch", "make")
        self.assertEqual(teller.told(), [key])

    def test_a_daemon_that_was_replaced_is_used(self):
        """QtKeychain has used the old daemon, and the key has not been read yet."""
        sandbox, teller, key = self.made()
        item = sandbox.run("secret-tool", "lookup", "server", "io.github.latchkey.Latchkey").stdout
        self.store(sandbox, "something else")
        teller.again()
        teller.say("fetch")
        teller.wait_for("trouble key-missing")
        sandbox.stop_keychain()
        sandbox.start_keychain()
        self.store(sandbox, item)
        teller.wait_for("key")
        self.assertEqual(teller.told()[-1], key)

    @staticmethod
    def store(sandbox, text):
        sandbox.run("secret-tool", "store", "--label", "Latchkey", "xdg:schema", "org.qt.keychain",
                    "user", "vault key", "server", "io.github.latchkey.Latchkey", "type",
                    "plaintext", input=text).check_returncode()

    def test_a_keyring_without_a_password_keeps_what_others_put_there(self):
        sandbox = self.sandbox()
        folder = os.path.join(sandbox.env["XDG_DATA_HOME"], "keyrings")
        os.makedirs(folder, mode=0o700)
        for name, text in (("Login.keyring", PLAIN), ("default", "Login")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.start_locked_keychain(sandbox)
        sandbox.run("secret-tool", "store", "--label", "Mail", "app", "mail",
                    input="somebody else's password").check_returncode()
        teller = Teller(sandbox)
        teller.say("make")
        key = teller.wait_for("key")
        self.assertIn("latchkey-vault-key-1:", self.read(folder, "Login.keyring"))
        for _ in range(2):
            teller.end()
            end(sandbox.keychain)
            self.start_locked_keychain(sandbox)
            other = sandbox.run("secret-tool", "lookup", "app", "mail")
            self.assertEqual(other.stdout, "somebody else's password")
            teller.start()
            teller.say("make")
            self.assertEqual(teller.wait_for("key"), key)

    @staticmethod
    def read(folder, name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()

    def test_no_keyring_yet_asks_once(self):
        sandbox = self.sandbox()
        self.start_locked_keychain(sandbox)
        teller = Teller(sandbox)
        teller.say("fetch")
        teller.wait_for("trouble key-missing")
        teller.say("make")
        teller.wait_for("trouble denied")  # nobody could show the question
        for _ in range(3):
            count = len(teller.told())
            teller.say("make")
            wait_until(lambda before=count: len(teller.told()) > before, "an answer")
            self.assertEqual(teller.told()[-1], "trouble denied")

    def test_a_wallet_that_is_late_is_waited_for(self):
        sandbox, teller, key = self.made_in_wallet()
        self.assertIn("kdewallet", self.read(sandbox.folder, "vault.json"))
        teller.end()
        sandbox.stop_wallet()
        sandbox.start_keychain()
        teller.start()
        teller.say("make")
        teller.wait_for("trouble elsewhere")
        sandbox.start_wallet(2)
        self.assertEqual(teller.wait_for("key"), key)
        self.assertEqual(len(sandbox.wallet_entries()), 1)

    def test_a_wallet_that_hides_what_is_in_it_has_not_lost_it(self):
        sandbox, teller, key = self.made_in_wallet()
        before = sandbox.wallet_entries()
        teller.end()
        sandbox.stop_wallet()
        sandbox.start_wallet("closed")
        teller.start()
        teller.say("make")
        self.assertEqual(teller.wait_for("key"), key)
        self.assertEqual(sandbox.wallet_entries(), before)


if __name__ == "__main__":
    unittest.main()
