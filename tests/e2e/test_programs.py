# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""latchkeyd and latchkeyctl as processes, with a real keychain, over real TLS."""

import json
import os
import signal
import subprocess
import unittest

from appliance import PASSWORD, bin_folder
from desktopsandbox import end, wait_until
from programs import Daemon, ProgramCase, ctl, doctor, show, wait_for_state
from vault import Vault


class Case(ProgramCase):
    def sign_in_whole(self, name="prod", user="operator", *options):
        return self.sign_in(name, user, "--trust", self.appliance.fingerprint, *options)

    def files_with(self, text):
        """Every file below the sandbox's folder that contains the text."""
        needle = text.encode()
        for folder, _, names in os.walk(self.sandbox.folder):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        if needle in file.read():
                            yield path


    def keychain_items(self):
        found = self.sandbox.call_bus(
            "org.freedesktop.secrets", "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.SearchItems",
            "dict:string:string:server,io.github.latchkey.Latchkey")
        return found.count("object path")


class SignIn(Case):
    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.sandbox)

    def test_asks_for_certificate_then_code_and_hands_out_a_good_token(self):
        refused = self.sign_in(user="alenka", exits=8)
        self.assertIn(self.appliance.fingerprint, refused.stderr)
        self.assertEqual(self.appliance.requests(), [], "something was sent before the decision")
        self.ctl("trust", "prod", self.appliance.fingerprint, exits=9)
        self.ctl("code", "prod", "000000", exits=9)
        self.ctl("code", "prod", self.appliance.code())
        token = self.ctl("token", "prod").stdout
        self.assertTrue(token.endswith("\n") and token.count("\n") == 1)
        self.assertTrue(self.appliance.accepts(token.strip()))
        fields = self.appliance.requests()[0]["form"]
        self.assertEqual(fields["Password"], PASSWORD)

    def test_shows_who_is_signed_in(self):
        self.sign_in_whole("prod", "alenka", "--code", self.appliance.code())
        told = show(self.sandbox, "prod")
        self.assertEqual(told["state"], "active")
        self.assertEqual((told["user"], told["role"], told["userType"], told["mfa"]),
                         ("alenka", "PortalAdmin", "Internal", True))
        self.assertEqual((told["tokenType"], told["latestNewsShown"]), ("bearer", True))
        self.assertLess(told["appliance"]["issuedAt"], told["appliance"]["expiresAt"])
        self.assertIsNone(told["reason"])
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")

    def test_refused_password_says_so(self):
        answer = self.ctl("sign-in", "prod", "--kind", "azure", "--server", self.appliance.url,
                          "--user", "operator", "--password-stdin", "--trust",
                          self.appliance.fingerprint, stdin="wrong", exits=5)
        self.assertIn("refused the user name or the password", answer.stderr)
        self.assertEqual(show(self.sandbox, "prod")["reason"]["kind"], "rejected")

    def test_refused_password_does_not_lose_the_session_before(self):
        self.sign_in_whole()
        self.ctl("sign-in", "prod", "--kind", "azure", "--server", self.appliance.url, "--user",
                 "operator", "--password-stdin", stdin="wrong", exits=5)
        wait_for_state(self.sandbox, "prod", "active")
        self.assertTrue(self.appliance.accepts(self.ctl("token", "prod").stdout.strip()))

    def test_name_of_another_user_is_a_usage_error(self):
        self.sign_in_whole()
        self.sign_in("prod", "reader", exits=2)

    def test_several_sessions_side_by_side(self):
        self.sign_in_whole("one", "operator")
        self.sign_in_whole("two", "alenka", "--code", self.appliance.code())
        self.assertEqual(len(self.ctl("list").stdout.splitlines()), 2)
        self.assertNotEqual(self.ctl("token", "one").stdout, self.ctl("token", "two").stdout)

    def test_unreachable_appliance_is_told_in_time(self):
        self.appliance.tell("/outage", on=True)
        self.sign_in(exits=6)

    def test_http_is_refused_but_to_loopback(self):
        answer = self.ctl("sign-in", "prod", "--kind", "azure", "--server", "http://192.0.2.1",
                          "--user", "u", "--password-stdin", stdin="x", exits=2)
        self.assertIn("https", answer.stderr)

    def test_second_daemon_leaves_the_first_alone(self):
        second = self.sandbox.run(os.path.join(bin_folder(), "latchkeyd"))
        self.assertEqual(second.returncode, 1)
        self.assertIn("already running", second.stderr)
        self.ctl("list")


class Restart(Case):
    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.sandbox)

    def keep(self, *options):
        self.sign_in_whole("prod", "operator", *options)
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")

    def test_session_is_back_without_a_password_after_an_end_and_after_a_kill(self):
        self.keep()
        token = self.ctl("token", "prod").stdout
        sent = len(self.appliance.requests())
        for stop in (self.daemon.end, self.daemon.kill):
            stop()
            self.daemon.start()
            wait_for_state(self.sandbox, "prod", "active")
            self.assertEqual(self.ctl("token", "prod").stdout, token)
        self.assertEqual(len(self.appliance.requests()), sent, "a good token was not reused")

    def test_good_token_is_served_after_a_restart_while_the_appliance_is_down(self):
        self.keep()
        token = self.ctl("token", "prod").stdout
        self.daemon.kill()
        self.appliance.tell("/outage", on=True)
        self.daemon.start()
        self.assertEqual(self.ctl("token", "prod").stdout, token)

    def test_rotated_token_survives_a_kill(self):
        self.keep()
        for _ in range(3):
            self.ctl("refresh", "prod")
            wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
            self.daemon.kill()
            self.daemon.start()
            wait_for_state(self.sandbox, "prod", "active")
        self.ctl("refresh", "prod")

    def test_lapsed_token_is_renewed_at_start(self):
        self.appliance.switch(accessLife=4)
        self.keep()
        token = self.ctl("token", "prod").stdout.strip()
        self.daemon.kill()
        wait_until(lambda: not self.appliance.accepts(token), "the token to lapse")
        self.appliance.switch(accessLife=3600)
        self.daemon.start()
        wait_until(lambda: show(self.sandbox, "prod")["access"]["expiresIn"] > 3000, "a renewal")

    def test_end_in_the_middle_of_a_renewal_loses_nothing(self):
        self.keep()
        self.appliance.switch(delayMs=700, delayWhere="afterGrant")
        renewal = self.sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "refresh", "prod",
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: show(self.sandbox, "prod")["state"] == "refreshing", "the renewal")
        self.assertEqual(self.daemon.end(), 0)
        renewal.wait(20)
        self.appliance.switch(delayMs=0)
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.ctl("refresh", "prod")

    def test_sign_out_with_a_locked_keychain_is_final_too(self):
        self.keep()
        self.sandbox.lock_keychain()
        self.ctl("sign-out", "prod")
        self.daemon.end()
        self.sandbox.unlock_keychain()
        self.daemon.start()
        self.assertEqual(show(self.sandbox, "prod")["state"], "signed-out")
        self.assertEqual(Vault(self.sandbox).names(), set())

    def test_account_that_was_never_signed_in_may_be_corrected(self):
        self.sign_in("other", "opertor", "--trust", self.appliance.fingerprint, exits=5)
        self.sign_in("other", "operator", "--trust", self.appliance.fingerprint)

    def test_revoked_refresh_token_signs_out_and_says_why(self):
        self.keep()
        self.appliance.revoke("operator")
        answer = self.ctl("refresh", "prod", exits=5)
        self.assertIn("Sign in again", answer.stderr)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["state"], told["reason"]["kind"]), ("signed-out", "expired"))
        self.assertIn(told["reason"]["httpStatus"], (400, 401))
        self.ctl("token", "prod", exits=5)
        for stop in (self.daemon.end, self.daemon.kill):  # a restart does not make it a sign-out
            stop()
            self.daemon.start()
            wait_for_state(self.sandbox, "prod", "signed-out")
            again = show(self.sandbox, "prod")
            self.assertEqual((again["headline"], again["reason"]),
                             ("Ended by the appliance", told["reason"]))

    def test_memory_only_session_is_gone_after_a_restart_but_its_account_is_not(self):
        self.sign_in_whole("prod", "operator", "--memory-only")
        self.assertFalse(show(self.sandbox, "prod")["persisted"])
        self.daemon.end()
        self.daemon.start()
        self.assertEqual(show(self.sandbox, "prod")["state"], "signed-out")

    def test_wrong_password_changes_nothing_whatever_was_to_be_different(self):
        self.keep()
        token = self.ctl("token", "prod").stdout
        for options in ((), ("--memory-only",), ("--short-lived",)):
            refused = self.ctl("sign-in", "prod", "--password-stdin", *options, stdin="wrong",
                               exits=5)
            self.assertIn("refused the user name or the password", refused.stderr)
        self.assertEqual(Vault(self.sandbox).names(), {"prod"})
        self.daemon.kill()
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.assertEqual(self.ctl("token", "prod").stdout, token)

    def test_sign_in_without_keeping_removes_what_was_kept(self):
        self.keep()
        self.sign_in_whole("prod", "operator", "--memory-only")
        self.assertEqual(Vault(self.sandbox).names(), set())
        self.assertFalse(show(self.sandbox, "prod")["persisted"])
        self.ctl("refresh", "prod")
        self.assertEqual(Vault(self.sandbox).names(), set())

    def test_sign_out_is_final(self):
        self.keep()
        self.ctl("sign-out", "prod")
        self.assertEqual(Vault(self.sandbox).names(), set())
        self.daemon.end()
        self.daemon.start()
        self.assertEqual(show(self.sandbox, "prod")["state"], "signed-out")

    def test_forgotten_session_leaves_nothing(self):
        self.keep()
        self.ctl("sign-out", "prod", "--forget")
        self.ctl("show", "prod", exits=4)
        self.assertEqual(Vault(self.sandbox).names(), set())


class Keychain(Case):
    def test_one_key_in_it_under_our_id_and_nothing_secret_in_clear_on_disk(self):
        daemon = Daemon(self.sandbox)
        self.sign_in_whole()
        self.assertTrue(show(self.sandbox, "prod")["persisted"])
        self.assertEqual(self.keychain_items(), 1)
        token = self.ctl("token", "prod").stdout.strip()
        vault = Vault(self.sandbox)
        self.assertEqual(vault.record(vault.accounts()[0])["accessToken"], token)
        self.assertEqual(list(self.files_with(PASSWORD)), [])
        self.assertEqual(list(self.files_with(token[:200])), [])
        self.assertNotIn(token[:200], daemon.log())

    def test_locked_keychain_is_waited_for_and_never_a_sign_out(self):
        daemon = Daemon(self.sandbox)
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        daemon.end()
        self.sandbox.lock_keychain()
        daemon.start()
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now, "a reason")
        self.assertEqual((told["state"], told["reason"]["kind"]), ("restoring", "store-denied"))
        self.ctl("token", "prod", "--deadline", "1", exits=7)
        self.sandbox.unlock_keychain()
        wait_for_state(self.sandbox, "prod", "active")

    def test_session_made_while_it_was_locked_is_kept_once_it_opens(self):
        daemon = Daemon(self.sandbox)
        self.sandbox.lock_keychain()
        self.sign_in_whole()
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now, "a reason")
        self.assertEqual((told["state"], told["reason"]["kind"]), ("active", "store-denied"))
        self.sandbox.unlock_keychain()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        daemon.kill()
        daemon.start()
        wait_for_state(self.sandbox, "prod", "active")

    def test_absent_keychain_leaves_the_session_in_memory_and_says_so(self):
        self.sandbox.stop_keychain()
        self.sandbox.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        Daemon(self.sandbox)
        self.sign_in_whole()
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now, "a reason")
        self.assertEqual(told["state"], "active")
        self.assertEqual(told["reason"]["kind"], "store-unavailable")
        self.assertFalse(told["persisted"])
        self.ctl("token", "prod")


class TwoKeychains(Case):
    """On KDE, with a wallet that may be late and a running Secret Service."""

    def setUp(self):
        super().setUp()
        self.sandbox.be_kde()

    def keep(self):
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")

    def holder(self):
        """The keychain that holds the vault key."""
        path = os.path.join(self.sandbox.env["XDG_DATA_HOME"], "latchkey", "vault.json")
        with open(path, encoding="utf-8") as file:
            return json.load(file)["keychain"]

    def wait_for_trouble(self, kind):
        told = wait_until(lambda: (now := show(self.sandbox, "prod"))["reason"] and now, "a reason")
        self.assertEqual((told["state"], told["reason"]["kind"]), ("restoring", kind))

    def test_keychain_that_holds_the_key_is_remembered(self):
        self.sandbox.start_wallet()
        Daemon(self.sandbox)
        self.keep()
        self.assertEqual(self.holder(), "kwallet")
        self.assertEqual(len(self.sandbox.wallet_entries()), 1)
        self.assertEqual(self.keychain_items(), 0)

    def told_while_keeping(self, **variables):
        """All that latchkeyd prints while it keeps a session and finds the vault key again."""
        self.sandbox.env.update(variables)
        path = os.path.join(self.sandbox.folder, "told")
        for _ in range(2):
            with open(path, "ab") as told:
                process = self.sandbox.start(os.path.join(bin_folder(), "latchkeyd"), stdout=told,
                                             stderr=told)
            wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "latchkeyd's agent")
            if ctl(self.sandbox, "show", "prod").returncode != 0:
                self.keep()
            wait_for_state(self.sandbox, "prod", "active")
            end(process)
        with open(path, encoding="utf-8") as told:
            return told.read()

    def test_no_variable_makes_what_a_wallet_says_be_logged(self):
        self.sandbox.start_wallet()
        told = self.told_while_keeping(QDBUS_DEBUG="1")
        key, = self.sandbox.wallet_entries().values()
        self.assertNotIn(key, told)
        self.assertNotIn("QDBus", told)

    def test_no_variable_makes_what_a_keyring_says_be_logged(self):
        told = self.told_while_keeping(G_DBUS_DEBUG="all")
        self.assertEqual(self.holder(), "secret-service")
        self.assertNotIn("GDBus", told)

    def test_wallet_that_answers_too_late_for_others_is_waited_for(self):
        self.sandbox.start_wallet()
        daemon = Daemon(self.sandbox)
        self.keep()
        daemon.end()
        self.sandbox.stop_wallet()
        self.sandbox.start_wallet(2)  # QtKeychain waits only half a second
        daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.assertEqual(self.keychain_items(), 0)

    def test_wallet_that_is_late_is_waited_for(self):
        self.sandbox.start_wallet()
        daemon = Daemon(self.sandbox)
        self.keep()
        token = self.ctl("token", "prod").stdout
        daemon.end()
        self.sandbox.stop_wallet()
        daemon.start()
        self.wait_for_trouble("store-elsewhere")
        told, exits = doctor(self.sandbox)
        self.assertEqual((told["keychain"]["state"], exits), ("elsewhere", 1))
        self.assertIn("Open that one", told["keychain"]["problem"])
        self.assertIn("Open that one", told["sessions"][0]["problem"])
        self.sandbox.start_wallet()
        wait_for_state(self.sandbox, "prod", "active")
        self.assertEqual(self.ctl("token", "prod").stdout, token)
        told, exits = doctor(self.sandbox)
        self.assertEqual((told["keychain"]["backend"], exits), ("KWallet", 0))
        self.assertEqual(len(self.sandbox.wallet_entries()), 1)
        self.assertEqual(self.keychain_items(), 0)

    def test_key_that_rests_in_the_other_keychain_is_not_taken_for_none(self):
        daemon = Daemon(self.sandbox)  # no wallet, so the Secret Service is used
        self.keep()
        self.assertEqual(self.holder(), "secret-service")
        daemon.end()
        self.sandbox.start_wallet()
        daemon.start()
        self.wait_for_trouble("store-elsewhere")
        self.assertEqual(self.keychain_items(), 1)
        self.assertIn("Open that one", self.sign_in().stderr)
        self.assertEqual(self.holder(), "secret-service")


class Doctor(Case):
    """latchkeyctl doctor, in words and as JSON."""

    def test_all_is_well(self):
        Daemon(self.sandbox)
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        sent = len(self.appliance.requests())
        told, exits = doctor(self.sandbox)
        self.assertEqual(exits, 0)
        self.assertEqual(sorted(told),
                         ["keychain", "kinds", "policy", "program", "sessions", "socket", "version"])
        self.assertEqual(told["program"], "latchkeyd")
        self.assertTrue(os.path.exists(told["socket"]))
        keychain = told["keychain"]
        self.assertEqual((keychain["backend"], keychain["state"], keychain["problem"]),
                         ("Secret Service (gnome-keyring)", "unlocked", None))
        round_trip = keychain["roundTrip"]
        self.assertEqual((round_trip["ok"], round_trip["bytes"]), (True, 8192))
        self.assertLess(round_trip["milliseconds"], 10000)
        session = told["sessions"][0]
        self.assertEqual(sorted(session), ["clockOffset", "name", "persisted", "problem",
                                           "reachable", "server", "tls"])
        self.assertEqual((session["name"], session["server"], session["reachable"],
                          session["problem"], session["persisted"]),
                         ("prod", self.appliance.url, True, None, True))
        self.assertLess(abs(session["clockOffset"]), 60)
        tls = session["tls"]
        self.assertEqual((tls["protocol"], tls["trusted"], tls["sha256"]),
                         ("TLSv1.3", "pinned", self.appliance.fingerprint))
        self.assertRegex(tls["validUntil"], r"^\d{4}-\d\d-\d\dT[\d:]+Z$")
        self.assertEqual(len(self.appliance.requests()), sent, "it asked for a token")
        self.assertEqual(self.keychain_items(), 1, "it left something behind")
        words = self.ctl("doctor").stdout
        self.assertIn("Secret Service (gnome-keyring), unlocked, 8192 bytes", words)
        self.assertNotIn("Problem", words)

    def test_locked_keychain(self):
        Daemon(self.sandbox)
        self.sandbox.lock_keychain()
        told, exits = doctor(self.sandbox)
        self.assertEqual(exits, 1)
        keychain = told["keychain"]
        self.assertEqual((keychain["state"], keychain["roundTrip"]["ok"]), ("locked", True))
        answer = self.ctl("doctor", exits=1)
        self.assertIn("Problem   The keychain is locked. Unlock it.\n", answer.stdout)
        self.assertIn("1 problem was found", answer.stderr)
        self.sandbox.unlock_keychain()
        self.ctl("doctor")

    def test_absent_keychain(self):
        self.sandbox.stop_keychain()
        self.sandbox.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        Daemon(self.sandbox)
        told, exits = doctor(self.sandbox)
        self.assertEqual(exits, 1)
        self.assertEqual((told["keychain"]["backend"], told["keychain"]["state"]),
                         (None, "absent"))
        self.assertIn("no keychain", told["keychain"]["problem"])

    def test_no_keychain_is_wanted(self):
        Daemon(self.sandbox, "--memory-only")
        told, exits = doctor(self.sandbox)
        self.assertEqual((told["keychain"]["backend"], exits), ("memory", 0))

    def test_appliance_that_is_down(self):
        Daemon(self.sandbox)
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        self.appliance.tell("/outage", on=True)
        told, exits = doctor(self.sandbox)
        session = told["sessions"][0]
        self.assertEqual((session["reachable"], session["tls"], exits), (False, None, 1))
        self.assertIn("cannot be reached", session["problem"])
        self.assertIsNotNone(session["clockOffset"])

    def test_changed_certificate(self):
        Daemon(self.sandbox)
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        seen = self.appliance.tell("/new-certificate")["sha256"]
        told, exits = doctor(self.sandbox)
        session = told["sessions"][0]
        self.assertEqual((session["reachable"], session["tls"]["trusted"],
                          session["tls"]["sha256"], exits), (True, "no", seen, 1))
        self.assertIn("certificate has changed", session["problem"])

    def test_clocks_that_are_apart(self):
        self.appliance.switch(clockSkew=600)
        Daemon(self.sandbox)
        self.sign_in_whole()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        told, exits = doctor(self.sandbox)
        self.assertGreater(told["sessions"][0]["clockOffset"], 500)
        self.assertIn("clocks", told["sessions"][0]["problem"])
        self.assertEqual(exits, 1)

    def test_no_agent(self):
        answer = self.ctl("doctor", exits=3)
        self.assertIn("not running", answer.stderr)
        self.assertIn(os.path.join(self.sandbox.env["XDG_RUNTIME_DIR"], "latchkey/agent.sock"),
                      answer.stderr)


class Renewal(Case):
    def test_short_lived_tokens_are_renewed_by_themselves(self):
        self.appliance.switch(accessLife=4)
        Daemon(self.sandbox)
        self.sign_in_whole()
        first = self.ctl("token", "prod").stdout
        second = wait_until(
            lambda: (now := self.ctl("token", "prod").stdout) != first and now, "a renewal")
        self.assertTrue(self.appliance.accepts(second.strip()))

    def test_changed_certificate_blocks_until_it_is_trusted(self):
        Daemon(self.sandbox)
        self.sign_in_whole()
        seen = self.appliance.tell("/new-certificate")["sha256"]
        sent = len(self.appliance.requests())
        answer = self.ctl("refresh", "prod", exits=8)
        self.assertIn(seen, answer.stderr)
        self.assertIn(self.appliance.fingerprint, answer.stderr)
        self.assertEqual(len(self.appliance.requests()), sent)
        self.ctl("trust", "prod", self.appliance.fingerprint, exits=8)
        self.ctl("trust", "prod", seen)
        self.ctl("refresh", "prod")

    def test_a_lost_answer_sends_nothing_twice(self):
        Daemon(self.sandbox)
        self.sign_in_whole()
        for fault in ("closeBeforeReply", "dropAfterCommit"):
            sent = len(self.appliance.requests())
            self.appliance.switch(fault=fault, faultCount=1)
            self.ctl("refresh", "prod", exits=6)
            self.assertEqual(len(self.appliance.requests()), sent + 1, fault)
            self.ctl("token", "prod")

    def test_outage_keeps_the_good_token_and_says_so_when_more_is_wanted(self):
        self.appliance.switch(accessLife=600)
        Daemon(self.sandbox)
        self.sign_in_whole()
        token = self.ctl("token", "prod").stdout
        self.appliance.tell("/outage", on=True)
        self.assertEqual(self.ctl("token", "prod").stdout, token)
        wait_until(lambda: show(self.sandbox, "prod")["access"]["expiresIn"] < 599, "a second")
        self.ctl("token", "prod", "--min-valid", "599", "--deadline", "2", exits=6)
        best = self.ctl("token", "prod", "--min-valid", "599", "--deadline", "2", "--or-best",
                        exits=6)
        self.assertEqual(best.stdout, token)


class Ending(Case):
    def test_ends_cleanly_when_asked(self):
        for ask in (signal.SIGTERM, signal.SIGINT):
            daemon = Daemon(self.sandbox, "--memory-only")
            daemon.process.send_signal(ask)
            self.assertEqual(daemon.process.wait(10), 0)

    def test_no_agent_is_told(self):
        self.assertIn("not running", self.ctl("list", exits=3).stderr)

    def test_wrong_option_is_told(self):
        answer = self.sandbox.run(os.path.join(bin_folder(), "latchkeyd"), "--nonsense",
                                  stdin=subprocess.DEVNULL)
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("nonsense", answer.stderr)


if __name__ == "__main__":
    unittest.main()
