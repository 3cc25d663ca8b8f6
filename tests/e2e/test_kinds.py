# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Every kind of appliance from sign-in to sign-out, by latchkeyctl, with the exit codes of
docs/agent-api.md §3. The tenth kind is one file, written while latchkeyd runs."""

import json
import os
import unittest

import nimbus
from appliance import PASSWORD, Appliance
from canaries import Canaries
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import Daemon, ctl, doctor, show, wait_for_state
from test_gateway import Gateway

#: Members that docs/agent-api.md §4 promises, whatever the appliance tells.
MEMBERS = {"name", "server", "kind", "user", "state", "mood", "headline", "reason", "role",
           "userType", "userId", "mfa", "shortLived", "latestNewsShown", "tokenType", "appliance",
           "access", "refresh", "nextRefreshAt", "clockOffset", "persisted", "policy", "pin",
           "certificate", "history"}
SECRET_FIELDS = {"password", "refresh_token", "mfa_token", "mfa_code"}

sandbox = daemon = None


def setUpModule():
    global sandbox, daemon
    sandbox = DesktopSandbox()
    daemon = Daemon(sandbox)


def tearDownModule():
    sandbox.leave()


class Case(unittest.TestCase):
    def setUp(self):
        self.said = []

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(sandbox, *arguments, stdin=stdin)
        self.said += [answer.stdout, answer.stderr]
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def token(self):
        answer = ctl(sandbox, "token", self.name)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return answer.stdout.strip()

    def restart(self):
        daemon.kill()
        daemon.start()
        return wait_for_state(sandbox, self.name, "active")

    def assert_nothing_leaked(self, secrets):
        canaries = Canaries()
        for number, secret in enumerate(sorted(secrets)):
            canaries.add(f"secret {number}", secret)
        texts = {"what was said": "\n".join(self.said).encode()}
        for folder, _, names in os.walk(sandbox.folder):
            for path in (os.path.join(folder, name) for name in names):
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        texts[path] = file.read()
        self.assertGreater(len(texts), 5)
        for place, text in texts.items():
            self.assertEqual(canaries.search(text), [], place)


class ShippedKinds(Case):
    """One test for each; what a kind has is taken from `latchkeyctl kinds`."""

    def live(self, kind, user="operator"):
        self.name = self.kind = kind
        self.appliance = Appliance(sandbox, "--kind", kind)
        told = json.loads(self.ctl("kinds", "--json").stdout)["kinds"]
        (self.has,) = [one for one in told if one["id"] == kind]
        self.user = "alenka" if self.has["secondFactor"] else user
        self.sign_in_wrongly()
        self.sign_in_without_naming_the_kind()
        self.renew()
        self.come_back_after_a_kill()
        self.lose_the_refresh_token()
        self.sign_in_and_out()
        secrets = {value for request in self.appliance.requests()
                   for field, value in request["form"].items()
                   if field.lower() in SECRET_FIELDS and value}
        self.assertIn(PASSWORD, secrets)
        self.assertGreater(len(secrets), 3)
        self.assert_nothing_leaked(secrets - {"wrong"})

    def sign_in(self, *options, stdin=PASSWORD, exits=0):
        return self.ctl("sign-in", self.name, "--server", self.appliance.url, "--user", self.user,
                        "--password-stdin", "--trust", self.appliance.fingerprint, *options,
                        stdin=stdin, exits=exits)

    def sign_in_wrongly(self):
        self.sign_in("--kind", self.kind, stdin="wrong", exits=5)
        self.sign_in("--kind", "toaster", exits=2)
        if not self.has["shortLived"]:
            answer = self.sign_in("--kind", self.kind, "--short-lived", exits=2)
            self.assertIn("has no short-lived sessions", answer.stderr)
        if not self.has["clients"]:
            self.sign_in("--kind", self.kind, "--client-id", "app", exits=2)

    def enter_code(self):
        if self.has["secondFactor"]:
            self.ctl("code", self.name, "000000", exits=9)
            self.ctl("code", self.name, self.appliance.code())

    def sign_in_without_naming_the_kind(self):
        answer = self.sign_in(exits=9 if self.has["secondFactor"] else 0)
        self.assertIn(f"{self.has['name']} ({self.kind}) at {self.appliance.url}\n", answer.stderr)
        if self.has["hint"]:
            self.assertIn(self.has["hint"], answer.stderr)
        self.enter_code()
        session = show(sandbox, self.name)
        self.said.append(json.dumps(session))
        self.assertEqual(session.keys(), MEMBERS)
        self.assertEqual(
            (session["kind"], session["server"], session["state"], session["persisted"]),
            (self.kind, self.appliance.url, "active", True))
        if self.has["secondFactor"]:
            self.assertTrue(session["mfa"])
        self.assertGreater(session["access"]["expiresIn"], 800)
        self.assertTrue(self.appliance.accepts(self.token()))

    def renew(self):
        before = self.token()
        self.ctl("refresh", self.name)
        self.assertNotEqual(self.token(), before)
        self.assertTrue(self.appliance.accepts(self.token()))

    def come_back_after_a_kill(self):
        self.restart()
        self.assertTrue(self.appliance.accepts(self.token()))
        self.renew()
        versions = self.appliance.ask("/state")["switches"]["versions"]
        if versions:
            self.keep_the_version_in_mind(versions.split(","))

    def keep_the_version_in_mind(self, versions):
        """What the appliance took last is tried first, also after a restart."""
        self.appliance.switch(versions=",".join(versions[1:]))
        self.renew()
        self.restart()
        count = len(self.appliance.requests())
        self.renew()
        self.assertEqual(len(self.appliance.requests()), count + 1)
        self.appliance.switch(versions=",".join(versions))

    def lose_the_refresh_token(self):
        self.appliance.revoke(self.user.rpartition("\\")[2])
        self.ctl("refresh", self.name, exits=5)
        self.assertEqual(show(sandbox, self.name)["state"], "signed-out")
        self.ctl("token", self.name, exits=5)

    def sign_in_and_out(self):
        self.sign_in("--kind", self.kind, exits=9 if self.has["secondFactor"] else 0)
        self.enter_code()
        self.ctl("sign-out", self.name)
        heard = [request for request in self.appliance.requests() if request["grant"] == "logout"]
        self.assertEqual([request["status"] // 100 for request in heard][-1:],
                         [2] if self.has["logout"] else [])
        self.ctl("token", self.name, exits=5)
        self.ctl("sign-out", self.name, "--forget")
        self.ctl("show", self.name, exits=4)

    def test_azure(self):
        self.live("azure")

    def test_aws(self):
        self.live("aws")

    def test_gcp(self):
        self.live("gcp")

    def test_vbr(self):
        self.live("vbr")
        self.user = "alenka"  # has a second factor, with which the API cannot be used
        answer = self.sign_in("--kind", "vbr", exits=5)
        self.assertIn("service account", answer.stderr)

    def test_m365(self):
        self.live("m365")

    def test_one(self):
        self.live("one", user="LAB\\operator")

    def test_vspc(self):
        self.live("vspc")

    def test_vro(self):
        self.live("vro")

    def test_oauth2(self):
        self.live("oauth2")

    def test_oauth2_with_a_client(self):
        self.name, self.user = "client", "operator"
        self.appliance = Appliance(sandbox, "--kind", "oauth2", "--set",
                                   "client=app:not a real secret")
        client = ("--client-id", "app", "--client-secret-stdin")
        self.sign_in("--kind", "oauth2", exits=5)
        self.sign_in("--kind", "oauth2", *client, stdin=f"{PASSWORD}\nwrong\n", exits=5)
        self.sign_in(*client, stdin=f"{PASSWORD}\nnot a real secret\n")
        self.ctl("refresh", self.name)
        self.restart()
        self.ctl("refresh", self.name)
        self.ctl("sign-out", self.name, "--forget")
        self.assert_nothing_leaked({PASSWORD, "not a real secret"})


class NoKind(Case):
    def test_a_web_server_is_unknown(self):
        site = nimbus.Server(nimbus.WebSite)
        self.addCleanup(site.close)
        answer = self.ctl("sign-in", "site", "--server", site.url, "--user", "u",
                          "--password-stdin", stdin="x", exits=2)
        self.assertIn("is unknown", answer.stderr)
        self.ctl("show", "site", exits=4)

    def test_nobody_there_is_unreachable(self):
        self.ctl("sign-in", "none", "--server", "https://127.0.0.1:9", "--user", "u",
                 "--password-stdin", stdin="x", exits=6)


class TenthKind(Case):
    """One JSON file, and no code."""
    name = "tenth"

    def setUp(self):
        super().setUp()
        self.nimbus = nimbus.Nimbus()
        self.addCleanup(self.nimbus.close)
        self.path = os.path.join(sandbox.env["XDG_CONFIG_HOME"], "latchkey/kinds/nimbus.json")
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        self.addCleanup(self.remove)

    def write(self, text):
        """As an editor does: another file takes its place."""
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(self.path + ".new", self.path)

    def remove(self):
        if os.path.exists(self.path):
            os.remove(self.path)

    def kinds(self):
        told = json.loads(self.ctl("kinds", "--json").stdout)
        return {kind["id"]: kind for kind in told["kinds"]}

    def write_kind(self):
        self.write(json.dumps(nimbus.KIND))
        wait_until(lambda: "nimbus" in self.kinds(), "the tenth kind")

    def sign_in(self):
        return self.ctl("sign-in", self.name, "--server", self.nimbus.url, "--user", nimbus.USER,
                        "--password-stdin", "--trust", self.nimbus.fingerprint,
                        stdin=nimbus.PASSWORD, exits=9)

    def test_from_sign_in_to_sign_out(self):
        wait_until(lambda: len(self.kinds()) == 9, "the kind of the test before to be gone")
        self.write_kind()
        self.assertEqual(self.kinds()["nimbus"]["file"], self.path)
        answer = self.sign_in()
        self.assertIn(f"Nimbus backup (nimbus) at {self.nimbus.url}\n"
                      "Nimbus wants your badge number.\n", answer.stderr)
        self.ctl("code", self.name, "135791", exits=9)
        self.ctl("code", self.name, nimbus.PIN)
        session = show(sandbox, self.name)
        self.assertEqual((session["kind"], session["role"], session["mfa"]),
                         ("nimbus", "Pilot", True))
        self.assertIn(self.token(), self.nimbus.keys)
        self.ctl("refresh", self.name)
        self.restart()
        self.ctl("refresh", self.name)
        self.assertEqual(self.nimbus.refreshes, 2)
        self.check_gateway()
        self.ctl("sign-out", self.name)
        self.assertEqual(self.nimbus.goodbyes, 1)
        self.ctl("sign-out", self.name, "--forget")
        self.assert_nothing_leaked({nimbus.PASSWORD, nimbus.PIN, "not-a-real-challenge",
                                    "not-a-real-ticket-1", "not-a-real-ticket-2"})

    def check_gateway(self):
        gateway = Gateway(sandbox, "--allow", "GET,POST /**", name=self.name)
        self.assertEqual(gateway.ask("/sky").status, 200)
        for shut in ("/auth/login", "/auth//Login/", "/auth/l%6fgin", "/auth/bye;x"):
            for method in ("GET", "POST"):
                self.assertEqual(gateway.ask(shut, method).status, 403, f"{method} {shut}")
        end(gateway.process)

    def test_a_kind_that_is_gone_comes_back_with_its_file(self):
        self.write_kind()
        self.sign_in()
        self.ctl("code", self.name, nimbus.PIN)
        self.remove()
        wait_until(lambda: "nimbus" not in self.kinds(), "the kind to be gone")
        self.assertIn("Put its kind file back", self.ctl("refresh", self.name, exits=1).stderr)
        report, code = doctor(sandbox)
        (session,) = [one for one in report["sessions"] if one["name"] == self.name]
        self.assertEqual(code, 1)
        self.assertIn("Put its kind file back", session["problem"])
        self.write_kind()
        self.ctl("refresh", self.name)
        self.ctl("sign-out", self.name, "--forget")

    def test_a_file_that_is_wrong_is_named_and_changes_nothing(self):
        self.write_kind()
        self.write(json.dumps({**nimbus.KIND, "grants": {"field": "type", "refresh": "again"}}))
        problem = {"file": self.path, "member": "grants.password", "reason": "is missing"}
        (told,) = wait_until(lambda: doctor(sandbox)[0]["kinds"], "the doctor to see it")
        self.assertEqual({**told, **problem}, told)
        answer = self.ctl("doctor", exits=1)
        self.assertRegex(answer.stdout, f"Problem +{self.path}: grants.password is missing[.]")
        self.assertIn("grants.password is missing", self.ctl("kinds").stdout)
        self.assertIn("nimbus", self.kinds())


if __name__ == "__main__":
    unittest.main()
