# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The address is enough: each kind is found at its own port and at 443 behind a proxy. In a network
of our own, where these ports are free."""

import json
import unittest

import ownnetwork
from appliance import PASSWORD, Appliance
from desktopsandbox import DesktopSandbox, end
from nginx import TLS, Nginx
from programs import Daemon, ctl, show

#: Each kind with its default port, and how long a search may take: 3 s, and what a slow machine
#: adds.
PORTS = {"azure": 443, "aws": 11005, "gcp": 13140, "vbr": 9419, "m365": 4443, "one": 1239,
         "vspc": 1280, "vro": 9898, "oauth2": 443}
PROXY_ADDRESS = "127.0.0.2"

sandbox = None


def setUpModule():
    global sandbox
    ownnetwork.enter()
    sandbox = DesktopSandbox(keychain=False)
    Daemon(sandbox, "--memory-only")


def tearDownModule():
    sandbox.leave()


class Ports(unittest.TestCase):
    def sign_in(self, name, server, fingerprint, exits=0):
        answer = ctl(sandbox, "sign-in", name, "--server", server, "--user", "operator",
                     "--password-stdin", "--trust", fingerprint, stdin=PASSWORD)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def test_ports_are_those_of_the_kinds(self):
        told = json.loads(ctl(sandbox, "kinds", "--json").stdout)["kinds"]
        self.assertEqual({one["id"]: one["port"] for one in told}, PORTS)

    def test_each_is_found_at_its_own_port(self):
        for kind, port in PORTS.items():
            with self.subTest(kind=kind):
                appliance = Appliance(sandbox, "--kind", kind, "--port", str(port))
                self.sign_in(kind, "127.0.0.1", appliance.fingerprint)
                session = show(sandbox, kind)
                self.assertEqual(session["kind"], kind)
                ending = "" if port == 443 else f":{port}"
                self.assertEqual(session["server"], "https://127.0.0.1" + ending)
                end(appliance.process)

    def test_each_is_found_at_443_behind_a_proxy(self):
        for kind in PORTS:
            with self.subTest(kind=kind):
                appliance = Appliance(sandbox, "--kind", kind)
                proxy = Nginx(sandbox, f"before-{kind}", TLS, PROXY_ADDRESS, 443,
                              answer=f"proxy_pass {appliance.url};")
                name = f"{kind}-443"
                self.sign_in(name, f"https://{PROXY_ADDRESS}", proxy.fingerprint)
                session = show(sandbox, name)
                self.assertEqual(session["kind"], kind)
                ending = "" if PORTS[kind] == 443 else ":443"
                self.assertEqual(session["server"], f"https://{PROXY_ADDRESS}" + ending)
                ctl(sandbox, "refresh", name).check_returncode()
                end(proxy.process)
                end(appliance.process)

    def test_other_servers_are_unknown(self):
        pages = {"page": "default_type text/html; return 200 '<html>Hello</html>';",
                 "refusal": "default_type application/json; return 401 '{}';",
                 "redirect": "return 302 https://127.0.0.1/;", "nothing": "return 404;"}
        for name, answer in pages.items():
            with self.subTest(server=name):
                server = Nginx(sandbox, name, TLS, PROXY_ADDRESS, 443, answer=answer)
                refused = self.sign_in(name, PROXY_ADDRESS, server.fingerprint, exits=2)
                self.assertIn("--kind", refused.stderr)
                self.assertEqual(ctl(sandbox, "show", name).returncode, 4)
                end(server.process)

    def test_two_appliances_at_one_address_are_told(self):
        first = Appliance(sandbox, "--kind", "vbr", "--port", str(PORTS["vbr"]))
        second = Appliance(sandbox, "--kind", "one", "--port", str(PORTS["one"]))
        refused = self.sign_in("both", "127.0.0.1", first.fingerprint, exits=2)
        for words in ("vbr", "one", f":{PORTS['vbr']}", f":{PORTS['one']}"):
            self.assertIn(words, refused.stderr)
        for appliance in (first, second):
            self.assertEqual([request for request in appliance.requests()
                              if PASSWORD in request["form"].values()], [])
            end(appliance.process)


if __name__ == "__main__":
    unittest.main()
