# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Kept means kept: if latchkeyctl has reported success, the result survives kill -9, whatever the
keychain does in the meantime. Trouble with the disk or the keychain is reported, and what was not
kept is kept later."""

import json
import os
import shutil
import subprocess
import time
import unittest

from appliance import Appliance, bin_folder
from desktopsandbox import read_line, wait_until
from keychain import Keychain
from programs import Daemon, ProgramCase, ctl, show, wait_for_state
from vault import Vault

ROUNDS = 12
UNTIL_THEN = "Until then, this session ends with Latchkey."


class Case(ProgramCase):
    switches = ("--set", "rotation=strict")

    def setUp(self):
        super().setUp()
        self.vault = Vault(self.sandbox)

    def sign_in(self, name="prod", user="operator", *options, exits=0):
        return super().sign_in(name, user, "--trust", self.appliance.fingerprint, *options,
                               exits=exits)

    def grants(self, kind):
        return [one for one in self.appliance.requests() if one["grant"] == kind]

    def comes_back(self, name="prod"):
        """Whether the session comes back with a token that the appliance accepts."""
        wait_for_state(self.sandbox, name, "active")
        token = self.ctl("token", name).stdout.strip()
        return self.appliance.accepts(token)


class KillAtOnce(Case):
    """Kills latchkeyd right after each exit 0."""

    def test_nothing_is_lost_no_password_asked_for_no_token_sent_twice(self):
        daemon = Daemon(self.sandbox)
        back = 0
        for number in range(ROUNDS):
            name = f"s{number}"
            passwords = len(self.grants("Password"))
            self.sign_in(name)
            back += self.is_back_after_a_kill(daemon, name, passwords + 1)
            self.ctl("refresh", name)
            back += self.is_back_after_a_kill(daemon, name, passwords + 1)
            self.sign_in(name + "c", "alenka", exits=9)
            self.ctl("code", name + "c", self.appliance.code())
            back += self.is_back_after_a_kill(daemon, name + "c", passwords + 2)
        print(f"\n{back} of {3 * ROUNDS} back", flush=True)
        self.assertEqual(back, 3 * ROUNDS)
        sent = [one["form"]["refresh_token"] for one in self.grants("Refresh_token")]
        self.assertEqual(len(sent), len(set(sent)), "a refresh token was sent twice")

    def is_back_after_a_kill(self, daemon, name, passwords):
        daemon.kill()
        daemon.start()
        is_back = self.comes_back(name)
        return is_back and len(self.grants("Password")) == passwords


class SignOut(Case):
    def test_the_appliance_has_heard_when_the_command_returns(self):
        Daemon(self.sandbox)
        for number in range(ROUNDS):
            self.sign_in()
            token = self.ctl("token", "prod").stdout.strip()
            self.appliance.switch(delayMs=50 * (number % 3))
            answer = self.ctl("sign-out", "prod")
            self.appliance.switch(delayMs=0)
            self.assertFalse(self.appliance.accepts(token))
            self.assertEqual(answer.stderr, "")
            self.assertEqual(self.vault.names(), set())

    def test_one_that_is_not_heard_is_said(self):
        Daemon(self.sandbox)
        self.sign_in()
        self.appliance.process.kill()
        answer = self.ctl("sign-out", "prod")
        self.assertIn("The appliance has not confirmed it", answer.stderr)
        self.assertEqual(show(self.sandbox, "prod")["state"], "signed-out")


class Rename(Case):
    """A session that was renamed is the same session, whenever Latchkey is killed."""

    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.sandbox)
        self.sign_in()
        self.ctl("policy", "prod", "never")
        self.ctl("policy", "prod", "allow")
        self.ctl("token", "prod")

    def names(self):
        return [one["name"] for one in json.loads(self.ctl("list", "--json").stdout)]

    def is_whole(self, name):
        """There is this session only, and its tokens are good."""
        self.assertEqual(self.names(), [name])
        self.assertTrue(self.comes_back(name))
        self.ctl("refresh", name)
        self.assertEqual(len(self.grants("Password")), 1)
        sent = [one["form"]["refresh_token"] for one in self.grants("Refresh_token")]
        self.assertEqual(len(sent), len(set(sent)), "a refresh token was sent twice")

    def test_survives_a_kill_and_the_old_name_is_none(self):
        self.ctl("rename", "prod", "prod-eu")
        self.daemon.kill()
        self.daemon.start()
        self.is_whole("prod-eu")
        self.ctl("token", "prod", exits=4)
        self.ctl("rename", "prod", "test", exits=4)
        causes = [event["cause"] for event in show(self.sandbox, "prod-eu")["history"]]
        self.assertEqual(causes[0], "sign-in-asked")
        ledger = json.loads(self.ctl("ledger", "--json").stdout)
        self.assertEqual({entry["session"] for entry in ledger if entry["answer"] == "given"},
                         {"prod-eu"})

    def test_is_one_session_after_a_kill_at_any_moment(self):
        began = time.monotonic()
        self.ctl("rename", "prod", "other")
        took = time.monotonic() - began
        name = "other"
        for number in range(ROUNDS):
            renaming = self.sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "rename",
                                          name, f"s{number}", start_new_session=True,
                                          stderr=subprocess.DEVNULL)
            time.sleep(took * number / ROUNDS)
            self.daemon.kill()
            told = renaming.wait(30)
            self.daemon.start()
            (now,) = self.names()
            self.assertIn(now, {f"s{number}"} if told == 0 else {name, f"s{number}"})
            name = now
            self.is_whole(name)

    def test_a_list_that_is_edited_or_lost_changes_no_name(self):
        self.ctl("rename", "prod", "prod-eu")
        self.sign_in("prod")
        path = os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json")
        self.daemon.kill()
        accounts = self.vault.accounts()
        accounts[0]["name"], accounts[1]["name"] = accounts[1]["name"], accounts[0]["name"]
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"version": 1, "accounts": accounts}, file)
        places = {one["name"]: one.get("keptAs", one["name"]) for one in accounts}
        for _ in range(2):
            self.daemon.start()
            self.assertEqual(set(self.names()), {"prod", "prod-eu"})
            self.assertTrue(self.comes_back("prod") and self.comes_back("prod-eu"))
            wait_until(lambda: {one["name"]: one["keptAs"] for one in self.vault.accounts()}
                       == {"prod": places["prod-eu"], "prod-eu": places["prod"]},
                       "the list to be put right")
            self.daemon.kill()
            os.remove(path)

    def test_a_name_that_is_taken_or_no_name_is_refused(self):
        self.sign_in("test")
        self.ctl("rename", "prod", "test", exits=2)
        self.ctl("rename", "prod", "with blank", exits=2)
        self.ctl("rename", "nobody", "new", exits=4)
        self.assertEqual(set(self.names()), {"prod", "test"})

    def test_one_that_is_signed_out_keeps_its_new_name(self):
        self.ctl("sign-out", "prod")
        self.ctl("rename", "prod", "prod-eu")
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.names(), ["prod-eu"])


class EditedAccounts(Case):
    """Another program changes the list of accounts while Latchkey is not running."""

    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.sandbox)
        self.sign_in()
        self.ctl("policy", "prod", "never")

    def edit(self, **members):
        path = os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json")
        with open(path, encoding="utf-8") as file:
            accounts = json.load(file)
        accounts["accounts"][0].update(members)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(accounts, file)

    def test_policy_and_pin_are_put_right_and_the_history_tells_of_it(self):
        self.daemon.kill()
        self.edit(policy="allow", pin=":".join(["AB"] * 32))
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.ctl("token", "prod", exits=7)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["policy"], told["pin"]), ("never", self.appliance.fingerprint))
        self.assertIn("account-edited", [event["cause"] for event in told["history"]])
        right, = wait_until(lambda: [one for one in self.vault.accounts()
                                     if one["policy"] == "never"], "the list to be put right")
        self.assertEqual(right["pin"], self.appliance.fingerprint)
        self.ctl("refresh", "prod")

    def start_at_another_appliance(self, **members):
        """Starts with a list that names another appliance, which must not get the session's
        secrets."""
        self.daemon.kill()
        other = Appliance(self.sandbox)
        self.edit(server=other.url, user="alenka", pin=other.fingerprint, policy="allow", **members)
        self.daemon.start()
        return other

    def is_put_right(self, other):
        wait_until(lambda: [one for one in self.vault.accounts()
                            if (one["server"], one["user"], one["pin"], one["policy"])
                            == (self.appliance.url, "operator", self.appliance.fingerprint,
                                "never")], "the list to be put right")
        told = show(self.sandbox, "prod")
        self.assertIn("account-edited", [event["cause"] for event in told["history"]])
        self.assertEqual((told["server"], told["user"]), (self.appliance.url, "operator"))
        self.assertEqual(other.requests(), [])

    def test_appliance_and_user_are_those_that_were_sealed(self):
        other = self.start_at_another_appliance()
        wait_for_state(self.sandbox, "prod", "active")
        self.ctl("token", "prod", exits=7)
        self.ctl("refresh", "prod")
        self.is_put_right(other)
        self.daemon.kill()
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")

    def test_nobody_signs_in_before_the_seal_is_open(self):
        self.sandbox.lock_keychain()
        other = self.start_at_another_appliance()
        wait_for_state(self.sandbox, "prod", "restoring")
        for server, user in ((other.url, "alenka"), (self.appliance.url, "operator")):
            refused = ctl(self.sandbox, "sign-in", "prod", "--kind", "azure", "--server", server,
                          "--user", user, "--password-stdin", stdin="plainly-fake-password")
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("Unlock the keychain", refused.stderr)
        # A keychain that is unlocked while its own question is open may stay locked.
        wait_until(lambda: show(self.sandbox, "prod")["reason"], "the keychain's question to end")
        self.sandbox.unlock_keychain()
        wait_for_state(self.sandbox, "prod", "active")
        self.is_put_right(other)

    def test_one_that_was_to_end_ends_and_is_signed_in_to_where_it_was(self):
        """As after a removal that the disk refused. Whoever can edit the list could do that
        anyway."""
        for members in ({"signedOut": True}, {"keepSignedIn": False}):
            other = self.start_at_another_appliance(**members)
            wait_until(lambda: not self.vault.names(), "the sealed file to be removed")
            self.is_put_right(other)
            self.assertEqual(show(self.sandbox, "prod")["state"], "signed-out")
            self.sign_in()
            self.assertEqual(other.requests(), [])

    def test_a_list_that_is_lost_or_damaged_loses_no_session(self):
        path = os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json")
        self.sign_in("two")
        for damage in (b"", b'{"version": 1, "acc', b'{"version": 1, "accounts": []}', None):
            self.daemon.kill()
            os.remove(path)
            if damage is not None:
                with open(path, "wb") as file:
                    file.write(damage)
            self.daemon.start()
            self.assertTrue(self.comes_back("two"), damage)
            wait_for_state(self.sandbox, "prod", "active")
            self.ctl("token", "prod", exits=7)
            self.assertEqual(show(self.sandbox, "prod")["policy"], "never")
            wait_until(lambda: {one["name"] for one in self.vault.accounts()} == {"prod", "two"},
                       "the list to be written again")

    def test_what_was_forgotten_stays_so_with_a_lost_list(self):
        self.sign_in("two")
        self.ctl("sign-out", "two", "--forget")
        self.daemon.kill()
        os.remove(os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json"))
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.ctl("show", "two", exits=4)

    def test_a_file_of_the_first_format_opens(self):
        self.daemon.kill()
        account, = self.vault.accounts()
        self.vault.seal_as_before(account)
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.ctl("refresh", "prod")
        self.assertEqual(self.vault.record(account)["policy"], "never")


class KeychainInTheWay(Case):
    def refresh_thrice_and_kill(self, daemon):
        for _ in range(3):
            answer = self.ctl("refresh", "prod")
            self.assertEqual(answer.stderr, "")
        self.assertTrue(show(self.sandbox, "prod")["persisted"])
        daemon.kill()

    def test_locked_while_it_runs(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        self.sandbox.lock_keychain()
        self.refresh_thrice_and_kill(daemon)
        daemon.start()
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now,
                          "the reason")
        self.assertEqual(told["state"], "restoring")
        self.sandbox.unlock_keychain()
        self.assertTrue(self.comes_back())

    def test_replaced_while_it_runs(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        self.sandbox.stop_keychain()
        self.sandbox.start_keychain()
        self.refresh_thrice_and_kill(daemon)
        daemon.start()
        self.assertTrue(self.comes_back())

    def test_only_one_small_line_is_in_it(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        self.sign_in("other", "operator")
        keychain = Keychain(self.sandbox)
        before = keychain.secrets({"server": "io.github.latchkey.Latchkey"})
        self.ctl("refresh", "prod")
        after = keychain.secrets({"server": "io.github.latchkey.Latchkey"})
        keychain.close()
        self.assertEqual(before, after)
        self.assertEqual(list(after), ["vault key"])
        self.assertTrue(after["vault key"].isprintable() and after["vault key"].isascii())
        daemon.kill()

    def test_key_that_is_gone_is_the_reason(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        daemon.kill()
        self.sandbox.run("secret-tool", "clear", "server", "io.github.latchkey.Latchkey",
                         "user", "vault key").check_returncode()
        daemon.start()
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now,
                          "the reason")
        self.assertEqual((told["state"], told["reason"]["kind"]),
                         ("signed-out", "store-key-missing"))
        self.assertIn("Sign in again", told["reason"]["text"])
        self.assertTrue(os.path.exists(self.vault.path("prod")))
        self.sign_in()
        daemon.kill()
        daemon.start()
        self.assertTrue(self.comes_back())


class Damage(Case):
    def test_is_told_and_put_aside(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        self.sign_in("other", "operator")
        daemon.kill()
        path = self.vault.path("prod")
        for damage in ("another account", "another user", "flipped", "cut short"):
            if damage == "another account":
                shutil.copy(self.vault.path("other"), path)
            elif damage == "another user":
                with open(path, "rb") as file:
                    edited = file.read().replace(b'"operator"', b'"somebody"', 1)
                with open(path, "wb") as file:
                    file.write(edited)
            elif damage == "flipped":
                with open(path, "r+b") as file:
                    file.seek(-60, os.SEEK_END)
                    byte = file.read(1)[0]
                    file.seek(-60, os.SEEK_END)
                    file.write(bytes([byte ^ 1]))
            else:
                os.truncate(path, os.path.getsize(path) - 1)
            with open(path, "rb") as file:
                damaged = file.read()
            daemon.start()
            told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now, damage)
            self.assertEqual((told["state"], told["reason"]["kind"]),
                             ("signed-out", "store-damaged"), damage)
            aside = sorted(file for file in os.listdir(self.vault.folder) if "damaged" in file)
            kept = []
            for file in aside:
                with open(os.path.join(self.vault.folder, file), "rb") as content:
                    kept.append(content.read())
            self.assertIn(damaged, kept, damage)
            self.assertTrue(self.comes_back("other"))
            self.sign_in()
            daemon.kill()


class Disk(Case):
    def small_disk(self, folder):
        """Mounts a small disk of its own on the folder, which the test can fill."""
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", folder],
                       check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", folder], check=True)

    def fill(self, path):
        with open(path, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 1024)
            except OSError:
                pass

    def test_full_is_said_and_written_again_when_there_is_room(self):
        daemon = Daemon(self.sandbox)
        self.sign_in("first")
        os.makedirs(self.vault.folder, exist_ok=True)
        self.small_disk(self.vault.folder)
        filler = os.path.join(self.vault.folder, "filler")
        self.fill(filler)
        answer = self.sign_in()
        self.assertIn("The disk is full", answer.stderr)
        self.assertIn(UNTIL_THEN, answer.stderr)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["state"], told["persisted"], told["reason"]["kind"]),
                         ("active", False, "store-disk-full"))
        self.assertTrue(self.appliance.accepts(self.ctl("token", "prod").stdout.strip()))
        self.assertIn("The disk is full", self.ctl("refresh", "prod").stderr)
        os.remove(filler)
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the disk to be tried again",
                   patience=90)
        daemon.kill()
        daemon.start()
        self.assertTrue(self.comes_back())

    def test_folder_that_is_read_only_is_said_and_written_again(self):
        daemon = Daemon(self.sandbox)
        self.sign_in("first")
        self.small_disk(self.vault.folder)
        subprocess.run(["mount", "-o", "remount,ro", self.vault.folder], check=True)
        answer = self.sign_in()
        self.assertIn("data folder cannot be used", answer.stderr)
        self.assertIn(UNTIL_THEN, answer.stderr)
        self.assertFalse(show(self.sandbox, "prod")["persisted"])
        subprocess.run(["mount", "-o", "remount,rw", self.vault.folder], check=True)
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the disk to be tried again",
                   patience=90)
        daemon.kill()
        daemon.start()
        self.assertTrue(self.comes_back())

    def test_folder_that_vanished_is_made_again(self):
        daemon = Daemon(self.sandbox)
        self.sign_in()
        shutil.rmtree(self.vault.folder)
        answer = self.ctl("refresh", "prod")
        self.assertEqual(answer.stderr, "")
        daemon.kill()
        daemon.start()
        self.assertTrue(self.comes_back())

    def test_no_place_at_all_is_said(self):
        """The home is a file: neither accounts nor tokens can be kept."""
        home = os.path.join(self.sandbox.folder, "no-home")
        with open(home, "w", encoding="utf-8"):
            pass
        self.sandbox.env.update(HOME=home, XDG_CONFIG_HOME=home + "/config",
                                XDG_DATA_HOME=home + "/data")
        Daemon(self.sandbox)
        answer = self.sign_in()
        self.assertIn(UNTIL_THEN, answer.stderr)
        self.assertEqual(answer.stderr.count("\n"), 1, answer.stderr)
        self.assertFalse(show(self.sandbox, "prod")["persisted"])

    def test_sync_of_five_seconds_holds_nobody_up(self):
        """strace delays each fsync of one session's file that long. This excludes the sanitizers'
        leak check, which cannot run while traced, and needs root, because strace attaches to a
        running process."""
        self.sandbox.env["ASAN_OPTIONS"] = "detect_leaks=0"
        worker = Daemon(self.sandbox).worker
        slow = os.path.join(self.vault.folder, "slow.sealed.new")
        strace = self.sandbox.start("strace", "-f", "-o",
                                    os.path.join(self.sandbox.folder, "strace.log"), "-P", slow,
                                    "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=5000000",
                                    "-p", str(worker), stderr=subprocess.PIPE)
        self.assertIn("attached", read_line(strace.stderr, "strace"))
        self.sign_in("quick")
        began = time.monotonic()
        self.sign_in("slow")
        self.assertGreaterEqual(time.monotonic() - began, 4.9, "the sync was not slow")
        refresh = subprocess.Popen([os.path.join(bin_folder(), "latchkeyctl"), "refresh", "slow"],
                                   env=self.sandbox.env, stdout=subprocess.DEVNULL)
        wait_until(lambda: not show(self.sandbox, "slow")["persisted"], "the slow sync to begin")
        while refresh.poll() is None:
            self.ctl("token", "slow", "--deadline", "2")
            self.ctl("token", "quick", "--deadline", "2")
            self.ctl("refresh", "quick", "--deadline", "4")
        self.assertEqual(refresh.returncode, 0)
        self.assertTrue(show(self.sandbox, "slow")["persisted"])


class NoKeychain(Case):
    keychain = False

    def test_sign_in_says_so_and_ends_well(self):
        self.sandbox.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        Daemon(self.sandbox)
        answer = self.sign_in()
        self.assertIn("There is no keychain", answer.stderr)
        self.assertIn(UNTIL_THEN, answer.stderr)
        self.assertEqual(answer.stderr.count("\n"), 1, answer.stderr)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["state"], told["persisted"]), ("active", False))
        self.assertEqual(self.vault.names(), set())

    def test_memory_only_says_nothing(self):
        Daemon(self.sandbox, "--memory-only")
        self.assertEqual(self.sign_in().stderr, "")
        self.assertEqual(json.loads(self.ctl("show", "prod", "--json").stdout)["reason"], None)


if __name__ == "__main__":
    unittest.main()
