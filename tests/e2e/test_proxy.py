# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Sessions behind a proxy from the environment. Its credentials are shown to nobody but a program
that asks for them together with a token."""

import os
import unittest

from agent import Agent
from appliance import PASSWORD, Appliance
from canaries import Canaries
from desktopsandbox import DesktopSandbox
from programs import Daemon, ctl, doctor, show
from proxy import Proxy

USER, SECRET = "kanari user", "Kräh@p:a ss/w=ö%25"
ENCODED = "kanari%20user:Kr%C3%A4h%40p%3Aa%20ss%2Fw%3D%C3%B6%2525"


class Case(unittest.TestCase):
    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        self.proxy = Proxy(f"{USER}:{SECRET}")
        self.addCleanup(self.proxy.close)
        self.name = f"127.0.0.1:{self.proxy.port}"
        self.canaries = Canaries()
        self.canaries.add("proxy password", SECRET)
        self.canaries.add("proxy password, encoded", ENCODED.split(":")[1])

    def start(self, **variables):
        self.sandbox.env.update(variables, QT_LOGGING_RULES="*=true")
        self.daemon = Daemon(self.sandbox, "--memory-only")

    def sign_in(self, exits=0):
        answer = ctl(self.sandbox, "sign-in", "prod", "--kind", "azure", "--server",
                     self.appliance.url, "--user", "operator", "--password-stdin", "--trust",
                     self.appliance.fingerprint, stdin=PASSWORD)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer.stderr

    def target(self):
        return self.appliance.url.removeprefix("https://")


class Passed(Case):
    def test_all_goes_through_it_and_tokens_tell_so(self):
        self.start(https_proxy=f"{ENCODED}@{self.name}")
        self.sign_in()
        agent = Agent(self.sandbox)
        self.addCleanup(agent.close)
        agent.call("session.refresh", name="prod")
        self.assertEqual(set(self.proxy.asked), {self.target()})
        self.assertNotIn("proxy", agent.call("session.token", name="prod"))
        token = agent.call("session.token", name="prod", withProxy=True)
        self.assertTrue(token["proxy"].startswith("http://kanari%20user:"), token["proxy"])
        self.assertTrue(token["proxy"].endswith("@" + self.name), token["proxy"])

        said = [ctl(self.sandbox, *command) for command in (
            ("token", "prod"), ("header", "prod"), ("list", "--json"), ("show", "prod", "--json"),
            ("doctor", "--json"), ("ledger", "--json"), ("refresh", "prod"), ("sign-out", "prod"))]
        for answer in said:
            self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assert_unseen("".join(answer.stdout + answer.stderr for answer in said))
        self.assert_unseen(self.daemon.log())
        self.assert_unseen_in_files()

    def test_what_is_exempt_goes_without(self):
        self.start(https_proxy=f"http://{ENCODED}@{self.name}", no_proxy="127.0.0.0/8")
        self.sign_in()
        agent = Agent(self.sandbox)
        self.addCleanup(agent.close)
        self.assertIsNone(agent.call("session.token", name="prod", withProxy=True)["proxy"])
        self.assertEqual(self.proxy.asked, [])

    def assert_unseen(self, text):
        self.assertEqual(self.canaries.search(text.encode()), [])

    def assert_unseen_in_files(self):
        for folder, _, names in os.walk(self.sandbox.folder):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.assertEqual(self.canaries.search(file.read()), [], path)


class Refused(Case):
    def test_a_wrong_password_is_told(self):
        self.start(https_proxy=f"http://kanari:{ENCODED.split(':')[1]}@{self.name}")
        said = self.sign_in(exits=6)
        self.assertIn(f"proxy {self.name} wants", said)
        self.assertEqual(self.canaries.search(said.encode()), [])

    def test_a_refusal_is_told_and_ends_no_session(self):
        self.start(all_proxy=f"http://{ENCODED}@{self.name}")
        self.sign_in()
        for refusal, words in (("403 Forbidden", "refuses to connect"),
                               ("503 Busy", "cannot reach the appliance")):
            with self.subTest(refusal):
                self.proxy.refusal = refusal
                answer = ctl(self.sandbox, "refresh", "prod")
                self.assertEqual(answer.returncode, 6, answer.stderr)
                self.assertIn(f"proxy {self.name} {words}", answer.stderr)
                self.assertIn(refusal.split()[0], answer.stderr)
                reason = show(self.sandbox, "prod")["reason"]
                self.assertEqual(reason["kind"], "proxy-refused")
                self.assertEqual(reason["httpStatus"], int(refusal.split()[0]))
                problem = doctor(self.sandbox)[0]["sessions"][0]["problem"]
                self.assertIn(f"proxy {self.name} {words}", problem)
        self.proxy.refusal = None
        self.assertEqual(ctl(self.sandbox, "refresh", "prod").returncode, 0)

    def test_a_dead_proxy_is_told(self):
        self.proxy.close()
        self.start(HTTPS_PROXY=f"{ENCODED}@{self.name}")
        self.assertIn(f"proxy {self.name} cannot be reached", self.sign_in(exits=6))


if __name__ == "__main__":
    unittest.main()
