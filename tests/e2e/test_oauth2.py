# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The kind `oauth2` with a server that others wrote and that takes RFC 6749 at its word: it wants
clients, replaces refresh tokens, and knows revocation."""

import os
import unittest

from canaries import Canaries
from desktopsandbox import DesktopSandbox, wait_until
from oauthserver import CONFIDENTIAL, PASSWORD, PUBLIC, SECRET, USER, OAuthServer
from programs import Daemon, ctl, show, wait_for_state
from vault import Vault

WRONG = "falsch q+b tt&x"
DEAD = (400, {"error": "invalid_grant"})


class Case(unittest.TestCase):
    access_life = 3600

    def setUp(self):
        self.sandbox = DesktopSandbox()
        self.addCleanup(self.sandbox.leave)
        self.server = OAuthServer(self.sandbox, self.access_life)
        self.said = []
        self.daemon = Daemon(self.sandbox)

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(self.sandbox, *arguments, stdin=stdin)
        self.said.append(answer.stdout + answer.stderr)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def sign_in(self, *options, password=PASSWORD, client=CONFIDENTIAL, secret=SECRET, exits=0):
        return self.ctl("sign-in", "prod", "--server", self.server.url, "--user", USER,
                        "--client-id", client, "--password-stdin", "--client-secret-stdin",
                        "--trust", self.server.fingerprint, *options,
                        stdin=f"{password}\n{secret}\n", exits=exits)

    def token(self):
        answer = ctl(self.sandbox, "token", "prod")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return answer.stdout.strip()

    def refresh_token(self):
        return Vault(self.sandbox).refresh_tokens()["prod"]

    def assert_works(self):
        """Its access token lets a program in, and its refresh token gets another one."""
        self.assertTrue(self.server.is_bearer(self.token()))
        self.ctl("refresh", "prod")
        self.assertTrue(self.server.is_bearer(self.token()))


class SignIn(Case):
    def test_the_kind_is_found_and_a_client_needs_no_secret(self):
        self.ctl("sign-in", "prod", "--server", self.server.url, "--user", USER, "--client-id",
                 PUBLIC, "--password-stdin", "--trust", self.server.fingerprint, stdin=PASSWORD)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["kind"], told["server"]), ("oauth2", self.server.url))
        self.assertTrue(3500 < told["access"]["expiresIn"] <= 3600, told)
        self.assert_works()

    def test_the_kind_is_named_and_the_client_has_a_secret(self):
        self.sign_in("--kind", "oauth2")
        self.assertEqual(show(self.sandbox, "prod")["kind"], "oauth2")
        self.assert_works()

    def test_a_refused_user_and_a_refused_client_are_told_apart(self):
        self.assertIn("user name or the password", self.sign_in(password=WRONG, exits=5).stderr)
        self.assertIn("client secret", self.sign_in(secret=WRONG, exits=5).stderr)
        self.assertIn("client secret", self.sign_in(client="nobody", exits=5).stderr)


class Refresh(Case):
    def test_a_refresh_token_is_good_once(self):
        self.sign_in()
        first, access = self.refresh_token(), self.token()
        self.ctl("refresh", "prod")
        self.assertNotEqual(self.refresh_token(), first)
        self.assertEqual(self.server.refresh(first), DEAD)
        self.assertFalse(self.server.is_active(access))
        self.assert_works()

    def test_a_restart_loses_neither_tokens_nor_the_clients_secret(self):
        self.sign_in()
        access = self.token()
        self.daemon.end()
        self.daemon.start()
        wait_for_state(self.sandbox, "prod", "active")
        self.assertEqual(self.token(), access)
        self.assert_works()

    def test_a_restart_of_the_server_costs_nothing(self):
        self.sign_in()
        access = self.token()
        self.server.stop()
        self.ctl("refresh", "prod", exits=6)
        self.assertEqual(self.token(), access)
        self.server.start()
        self.assert_works()

    def test_a_refused_client_ends_no_session(self):
        self.sign_in()
        access = self.token()
        self.server.change_secret(WRONG)
        self.assertIn("client secret", self.ctl("refresh", "prod", exits=5).stderr)
        self.assertEqual(self.token(), access)
        self.server.change_secret(SECRET)
        self.assert_works()


class ShortLife(Case):
    access_life = 8

    def test_a_token_is_replaced_before_it_ends(self):
        self.sign_in()
        first, access = self.refresh_token(), self.token()
        wait_until(lambda: self.refresh_token() != first, "the next refresh token", self.access_life)
        self.assertNotEqual(self.token(), access)
        self.assert_works()


class End(Case):
    def test_a_revoked_refresh_token_ends_the_session(self):
        self.sign_in()
        self.server.revoke(self.refresh_token())
        self.assertIn("ended the session", self.ctl("refresh", "prod", exits=5).stderr)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["state"], told["reason"]["kind"]), ("signed-out", "expired"))

    def test_a_sign_out_revokes_the_tokens(self):
        for client, secret in ((PUBLIC, ""), (CONFIDENTIAL, SECRET)):
            with self.subTest(client):
                self.sign_in(client=client, secret=secret)
                refresh, access = self.refresh_token(), self.token()
                self.assertTrue(self.server.is_active(access))
                self.assertEqual(self.ctl("sign-out", "prod", "--forget").stderr, "")
                self.assertFalse(self.server.is_active(access))
                self.assertEqual(self.server.refresh(refresh, client, secret), DEAD)


class Secrets(Case):
    def setUp(self):
        super().setUp()
        self.daemon.end()
        self.sandbox.env["QT_LOGGING_RULES"] = "*=true"
        self.daemon.start()
        self.canaries = Canaries()
        for name, secret in (("password", PASSWORD), ("client secret", SECRET), ("slip", WRONG)):
            self.canaries.add(name, secret)

    def test_no_secret_is_said_logged_or_stored_in_the_clear(self):
        self.sign_in(password=WRONG, exits=5)
        self.sign_in(secret=WRONG, exits=5)
        self.sign_in()
        self.note_tokens()
        self.ctl("refresh", "prod")
        self.note_tokens()
        for command in (("list", "--json"), ("show", "prod", "--json"), ("doctor", "--json"),
                        ("ledger", "--json"), ("kinds", "--json")):
            self.ctl(*command)
        self.server.change_secret(WRONG)
        self.ctl("refresh", "prod", exits=5)
        self.server.change_secret(SECRET)
        self.search_files()
        self.ctl("sign-out", "prod")
        self.sign_in()
        self.note_tokens()
        self.server.revoke(self.refresh_token())
        self.ctl("refresh", "prod", exits=5)
        self.search_files()
        self.assert_unseen("latchkeyctl", "".join(self.said).encode())

    def note_tokens(self):
        self.canaries.add("refresh token", self.refresh_token())
        self.canaries.add("access token", self.token())

    def search_files(self):
        """All but the server's own."""
        for folder, folders, names in os.walk(self.sandbox.folder):
            folders[:] = [one for one in folders
                          if os.path.join(folder, one) != self.server.folder]
            for path in (os.path.join(folder, name) for name in names):
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.assert_unseen(path, file.read())

    def assert_unseen(self, place, data):
        self.assertEqual(self.canaries.search(data), [], place)


if __name__ == "__main__":
    unittest.main()
