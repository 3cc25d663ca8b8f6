# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""latchkeyctl gateway with a real latchkeyd and the demo appliance, over real TLS."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse

import memory
from appliance import PASSWORD, Appliance, bin_folder
from between import DeadPlace, Forward, GoBetween, Proxy, uncommon_port, with_hosts
from desktopsandbox import DesktopSandbox, end, read_line, wait_until
from hammer import Hammer
from fakelogind import FakeLogind
from programs import Daemon, child_of, ctl

API = "/api/v8.1"
ECHO = f"{API}/demo/echo"
MEBIBYTE = 1 << 20


#: Connects to a port and hangs up, again and again. Prints a line once the crowd is there.
CROWD = """
import contextlib, itertools, socket, sys
for count in itertools.count():
    if count == 3000:
        print("there", flush=True)
    with contextlib.suppress(OSError), socket.socket() as client:
        client.connect(("127.0.0.1", int(sys.argv[1])))
"""


#: Listens at a port, and prints all bytes that it gets.
STRANGER = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("there", flush=True)
while True:
    client, _ = listener.accept()
    while got := client.recv(65536):
        print(got, flush=True)
"""


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class Gateway:
    """`latchkeyctl gateway` as a process; ready once it has printed its address."""

    def __init__(self, sandbox, *options, name="prod", stderr=None, env=None,
                 before=(), patience=30):
        command = [*before, os.path.join(bin_folder(), "latchkeyctl"), "gateway", name, "--json",
                   *options]
        # Freed memory must be given back, because the memory is measured.
        sanitizer = sandbox.env.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
        self.process = sandbox.start(*command, stdout=subprocess.PIPE, stderr=stderr,
                                     env={"ASAN_OPTIONS": sanitizer, **(env or {})})
        told = b""
        while b"}" not in told:
            told += read_line(self.process.stdout, "the gateway", patience).encode()
        self.told = json.loads(told)
        self.url, self.key = self.told["url"], self.told["key"]
        self.port = urllib.parse.urlsplit(self.url).port
        self.host = f"127.0.0.1:{self.port}"

    @classmethod
    def at(cls, gateway, port):
        """The same gateway, reached through a forwarded port."""
        there = cls.__new__(cls)
        there.key, there.port, there.host = gateway.key, port, f"127.0.0.1:{port}"
        return there

    def ask(self, path, method="GET", proof="prefix", body=None, headers=None, host=None,
            patience=60):
        """Sends one request with one of the three proofs of the key, or with none."""
        headers = {"Host": host or self.host, **(headers or {})}
        if proof == "prefix":
            path = f"/{self.key}{path}"
        elif proof == "header":
            headers["Latchkey-Key"] = self.key
        elif proof == "host":
            headers["Host"] = f"{self.key}.localhost:{self.port}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def raw(self, data, patience=30):
        """Sends these bytes and returns everything that comes until the gateway hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as client:
            client.sendall(data)
            came = b""
            while piece := client.recv(65536):
                came += piece
            return came

    def child(self):
        """The process that serves requests and holds the key and the tokens."""
        return child_of(self.process.pid)

    def memory(self, field="VmRSS"):
        """In bytes."""
        with open(f"/proc/{self.child()}/status", encoding="ascii") as status:
            return int(re.search(rf"{field}:\s+(\d+) kB", status.read()).group(1)) * 1024

    def work(self):
        """The processor time so far, in ticks."""
        with open(f"/proc/{self.child()}/stat", encoding="ascii") as stat:
            return sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))


def has_connection_to(port):
    with open("/proc/self/net/tcp", encoding="ascii") as table:
        ends = [line.split()[2:4] for line in table]
    return any(remote.endswith(f":{port:04X}") and state == "01" for remote, state in ends)


def be_odd(server):
    """An appliance that grants tokens, and names Content-Length in its Connection header."""
    tokens = json.dumps({"access_token": "odd", "token_type": "Bearer", "refresh_token": "odder",
                         "expires_in": 3600}).encode()
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        with client, client.makefile("rb") as lines:
            path = lines.readline().split()[1]
            while lines.readline().strip():
                pass
            body = tokens if path.endswith(b"/token") else b"{}"
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                           b"Connection: close, Content-Length\r\n"
                           b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass


def furnish(case, add_cleanup):
    case.sandbox = DesktopSandbox(keychain=False)
    add_cleanup(case.sandbox.leave)
    case.appliance = Appliance(case.sandbox)
    case.daemon = Daemon(case.sandbox, "--memory-only")
    sign_in(case).check_returncode()


def sign_in(case, appliance=None):
    appliance = appliance or case.appliance
    return ctl(case.sandbox, "sign-in", "prod", "--kind", "azure", "--server", appliance.url,
               "--user", "operator", "--password-stdin", "--trust", appliance.fingerprint,
               stdin=PASSWORD)


class Case(unittest.TestCase):
    """A sandbox, an appliance, a daemon and a session for each test."""

    def setUp(self):
        furnish(self, self.addCleanup)

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(self.sandbox, *arguments, stdin=stdin)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def token(self):
        return self.ctl("token", "prod").stdout.strip()

    def refreshes(self):
        return self.appliance.ask("/state")["requestsByGrant"].get("Refresh_token", 0)

    def resources(self):
        return self.appliance.ask("/state")["resourceRequests"]


class Steady(Case):
    """The same for all tests of the class, which leave everything as it was."""

    @classmethod
    def setUpClass(cls):
        furnish(cls, cls.addClassCleanup)

    def setUp(self):
        pass


class Proofs(Steady):
    def setUp(self):
        self.gateway = Gateway(self.sandbox)

    def test_each_of_the_three_is_enough(self):
        for proof in ("prefix", "header", "host"):
            with self.subTest(proof):
                echo = self.gateway.ask(f"{ECHO}?a=b", proof=proof)
                self.assertEqual(echo.status, 200, echo.body)
                told = echo.json()
                self.assertEqual((told["path"], told["query"]), (ECHO, {"a": "b"}))
                self.assertEqual(told["headers"]["authorization"], f"Bearer {self.token()}")
                self.assertEqual(told["headers"]["host"],
                                 self.appliance.url.removeprefix("https://"))

    def test_who_is_refused_hears_why(self):
        wrong = [
            ("key is missing or wrong", {"proof": None}),
            ("key is missing or wrong", {"proof": None, "headers": {"Latchkey-Key": "0" * 40}}),
            ("key is missing or wrong", {"proof": None, "path": f"/{'0' * 40}{ECHO}"}),
            ("key is missing or wrong", {"proof": None, "path": "/../x"}),
            ("key is missing or wrong", {"proof": None, "method": "POST", "body": b"x"}),
            ("this host's name",
             {"proof": None, "host": f"{'0' * 40}.localhost:{self.gateway.port}"}),
            ("this host's name", {"host": "evil.example"}),
            ("this host's name", {"host": f"evil.example:{self.gateway.port}"}),
            ("another web site", {"headers": {"Origin": "https://evil.example"}}),
            ("another web site", {"headers": {"Origin": "null"}}),
            ("another web site", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
            ("another web site", {"headers": {"Sec-Fetch-Site": "same-site"}}),
        ]
        before = self.resources()
        for why, request in wrong:
            answer = self.gateway.ask(request.pop("path", ECHO), **request)
            self.assertEqual((answer.status, answer.headers["Connection"]), (403, "close"))
            self.assertIn(why, answer.text())
        nonsense = self.gateway.raw(b"\x16\x03\x01 what?\r\n\r\n")
        self.assertIn(b" 403 ", nonsense)
        self.assertIn(b"gateway for HTTP", nonsense)
        self.assertEqual(self.resources(), before)

    def test_without_the_key_nothing_tells_of_it(self):
        """Other faults are reported first, whether the key is right or not."""
        for request in ({"host": "evil.example"}, {"headers": {"Origin": "null"}}):
            told = {self.gateway.ask(ECHO, proof=proof, **request).body
                    for proof in (None, "prefix", "header")}
            self.assertEqual(len(told), 1, told)

    def test_forwarded_port_works_with_the_key(self):
        forward = Forward(self.gateway.port)
        self.addCleanup(forward.close)
        there = Gateway.at(self.gateway, forward.port)
        for proof in ("prefix", "header", "host"):
            for host in (None, f"localhost:{forward.port}", "localhost", "192.0.2.7:80",
                         f"[::1]:{forward.port}"):
                with self.subTest(proof=proof, host=host):
                    if proof == "host" and host:
                        continue
                    self.assertEqual(there.ask(ECHO, proof=proof, host=host).status, 200)
        redirect = there.ask(f"{API}/demo/redirect?to=/x")
        self.assertEqual(redirect.headers["Location"],
                         f"http://127.0.0.1:{forward.port}/{self.gateway.key}/x")
        own = f"http://{self.gateway.key}.localhost:{forward.port}"
        page = there.ask(ECHO, proof="host", headers={"Origin": own,
                                                      "Sec-Fetch-Site": "same-origin"})
        self.assertEqual(page.status, 200)

    def test_forwarded_port_is_as_closed_to_pages_of_other_sites(self):
        forward = Forward(self.gateway.port)
        self.addCleanup(forward.close)
        there = Gateway.at(self.gateway, forward.port)
        here = f"127.0.0.1:{forward.port}"
        before = self.resources()
        for request in (
                {"host": f"evil.example:{forward.port}",  # the name now leads here
                 "headers": {"Origin": f"http://evil.example:{forward.port}"}},
                {"host": f"evil.example:{forward.port}"},
                {"headers": {"Origin": f"http://{self.gateway.host}"}},  # not the port it uses
                {"headers": {"Origin": "http://localhost:1", "Sec-Fetch-Site": "same-site"}},
                {"headers": {"Origin": f"https://{here}"}},
                {"headers": {"Sec-Fetch-Site": "cross-site"}},
                {"proof": None}):
            self.assertEqual(there.ask(ECHO, **request).status, 403, request)
        self.assertEqual(self.resources(), before)

    def test_own_pages_may_ask(self):
        own = f"http://{self.gateway.key}.localhost:{self.gateway.port}"
        answer = self.gateway.ask(ECHO, proof="host", headers={
            "Origin": own, "Sec-Fetch-Site": "same-origin", "Referer": own + "/"})
        self.assertEqual(answer.status, 200)
        self.assertNotIn("origin", answer.json()["headers"])
        self.assertNotIn("referer", answer.json()["headers"])

    def test_addresses_that_are_told_work(self):
        told = self.gateway.told
        self.assertEqual(told["url"], f"http://{self.gateway.host}/{told['key']}/")
        self.assertEqual(told["header"], f"Latchkey-Key: {told['key']}")
        self.assertEqual(told["browserUrl"],
                         f"http://{told['key']}.localhost:{self.gateway.port}/")
        about = f"{API}/system/about"
        for command in ([told["url"] + about[1:]],
                        ["-H", told["header"], f"http://{self.gateway.host}{about}"],
                        [told["browserUrl"] + about[1:]]):
            done = self.sandbox.run("curl", "-sS", "--fail", *command)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("serverVersion", done.stdout)


class Headers(Steady):
    def test_what_is_the_gateways_own_ends_there(self):
        gateway = Gateway(self.sandbox)
        echo = gateway.ask(ECHO, headers={
            "Authorization": "Bearer mine", "Cookie": "a=b", "Forwarded": "for=1",
            "X-Forwarded-For": "192.0.2.1", "X-HTTP-Method-Override": "DELETE", "TE": "trailers",
            "X-Hop": "1", "Connection": "keep-alive, X-Hop", "X-Kept": "2"})
        sent = echo.json()["headers"]
        self.assertEqual(sent["x-kept"], "2")
        self.assertEqual(sent["authorization"], f"Bearer {self.token()}")
        for name in ("cookie", "forwarded", "x-forwarded-for", "x-http-method-override", "te",
                     "x-hop", "connection", "latchkey-key"):
            self.assertNotIn(name, sent)
        self.assertEqual(echo.headers["X-Demo"], "echo")
        self.assertEqual(echo.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(echo.headers["Cache-Control"], "no-store")
        for name in ("Set-Cookie", "Access-Control-Allow-Origin", "Strict-Transport-Security"):
            self.assertNotIn(name, echo.headers)

    def test_every_connection_header_counts(self):
        gateway = Gateway(self.sandbox)
        came = gateway.raw(f"GET /{gateway.key}{ECHO} HTTP/1.1\r\nHost: {gateway.host}\r\n"
                           "Connection: close\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                           "X_HTTP_Method_Override: DELETE\r\nX_Kept: 2\r\n\r\n".encode())
        sent = json.loads(came.split(b"\r\n\r\n", 1)[1])["headers"]
        self.assertEqual(sent["x_kept"], "2")
        self.assertNotIn("x-hop", sent)
        self.assertNotIn("x_http_method_override", sent)

    def test_length_stays_though_the_appliance_takes_it_for_the_connections(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=be_odd, args=(server,), daemon=True)
            thread.start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}"
            answer = ctl(self.sandbox, "sign-in", "odd", "--kind", "azure", "--server", url,
                         "--user", "operator", "--password-stdin", stdin=PASSWORD)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            gateway = Gateway(self.sandbox, name="odd")
            answer = gateway.ask("/x")
            self.assertEqual((answer.headers["Content-Length"], answer.body), ("2", b"{}"))
            ctl(self.sandbox, "sign-out", "odd", "--forget")

    def test_redirects_are_rewritten_and_never_followed(self):
        gateway = Gateway(self.sandbox)
        here = f"http://{gateway.host}"
        targets = {f"{self.appliance.url}/x?y=1": f"{here}/{gateway.key}/x?y=1",
                   "/x": f"{here}/{gateway.key}/x",
                   "https://evil.example/x": "https://evil.example/x"}
        for target, expected in targets.items():
            before = self.resources()
            query = urllib.parse.urlencode({"to": target})
            answer = gateway.ask(f"{API}/demo/redirect?{query}")
            self.assertEqual((answer.status, answer.headers["Location"]), (302, expected))
            self.assertEqual(self.resources(), before + 1)
        answer = gateway.ask(f"{API}/demo/redirect?to=/x", proof="host")
        self.assertEqual(answer.headers["Location"],
                         f"http://{gateway.key}.localhost:{gateway.port}/x")


class Rules(Steady):
    def test_reading_alone_is_the_default(self):
        gateway = Gateway(self.sandbox)
        before = self.resources()
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = gateway.ask(ECHO, method, body=b"x")
            self.assertEqual(answer.status, 403)
            self.assertIn("GET,HEAD /**", answer.text())
        self.assertEqual(self.resources(), before)
        head = gateway.ask(f"{API}/demo/stream?bytes=77", "HEAD")
        self.assertEqual((head.status, head.headers["Content-Length"], head.body),
                         (200, "77", b""))

    def test_allow_says_what_else(self):
        gateway = Gateway(self.sandbox, "--allow", f"POST {API}/demo/*", "--allow",
                          f"GET {API}/system/**")
        echo = gateway.ask(ECHO, "POST", body=b"a body", headers={"Content-Type": "text/plain"})
        self.assertEqual((echo.status, echo.json()["method"], echo.json()["body"]),
                         (200, "POST", "a body"))
        self.assertEqual(gateway.ask(f"{API}/system/about").status, 200)
        refused = gateway.ask(ECHO)
        self.assertEqual(refused.status, 403)
        self.assertIn(f"POST {API}/demo/*", refused.text())

    def test_bodies_go_through_as_they_are(self):
        gateway = Gateway(self.sandbox, "--allow", "POST /**")
        form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
        kind = "multipart/form-data; boundary=x"
        for body in (form, iter([form[:9], form[9:]])):
            echo = gateway.ask(ECHO, "POST", body=body, headers={"Content-Type": kind}).json()
            self.assertEqual((echo["body"], echo["headers"]["content-type"]),
                             (form.decode(), kind))
            self.assertEqual(echo["headers"]["content-length"], str(len(form)))
        curl = self.sandbox.run("curl", "-sS", "-H", "Expect: 100-continue", "--data-binary",
                                "x" * 2000, gateway.url + ECHO[1:])
        self.assertEqual(json.loads(curl.stdout)["body"], "x" * 2000)

    def test_bodies_are_bounded(self):
        gateway = Gateway(self.sandbox, "--allow", "POST /**")
        answer = gateway.ask(ECHO, "POST", body=b"x" * (16 * MEBIBYTE + 1))
        self.assertEqual(answer.status, 413)
        answer = gateway.ask(ECHO, "POST", body=iter([b"x" * MEBIBYTE] * 17))
        self.assertEqual(answer.status, 413)

    def test_early_refusal_of_a_body_is_passed_on(self):
        """The appliance answers and hangs up while most of the body is still being sent."""
        gateway = Gateway(self.sandbox, "--allow", "POST /**")
        for _ in range(5):
            answer = gateway.ask(ECHO, "POST", body=b"x" * (15 * MEBIBYTE))
            self.assertEqual((answer.status, answer.json()["title"]), (413, "Payload Too Large"))
        self.assertEqual(gateway.ask(ECHO, "POST", body=b"x").status, 200)

    def test_token_endpoint_is_never_let_through(self):
        gateway = Gateway(self.sandbox, "--allow", "GET,POST,DELETE /**", "--allow",
                          "POST /api/oauth2/token")
        before = len(self.appliance.requests())
        for path in ("/api/oauth2/token", "/api/oauth2/token?x=1", "/api/OAuth2/%74oken/",
                     "/api//oauth2//token", "/api/v1/logout", "/api/oauth2/token/info",
                     "/api/v1/token/authorizationCode", "/v8/token/AuthCode", "/v7/Token/logout",
                     "/api/oauth2/authorize", "/api/revoke"):
            for method in ("GET", "POST", "DELETE"):
                answer = gateway.ask(path, method)
                self.assertEqual((path, answer.status), (path, 403))
                self.assertIn("token endpoint", answer.text())
        self.assertEqual(len(self.appliance.requests()), before)

    def test_paths_that_could_mean_another_are_refused(self):
        gateway = Gateway(self.sandbox, "--allow", f"GET {API}/system/**")
        before = self.resources()
        for path in (f"{API}/system/../demo/echo", f"{API}/system/%2e%2e/demo/echo",
                     f"{API}/system/%252e%252e/demo/echo", f"{API}/system%2f..%2fdemo/echo",
                     f"{API}/system/..%5cdemo", f"{API}/system\\about", f"{API}/system/%00",
                     f"{API}/system/..;/demo/echo", f"{API}/system/%256F", "/api/%256fauth2/x",
                     f"{API}/system/..%20/demo/echo", f"{API}/system/%ef%bc%8e./demo/echo"):
            self.assertEqual((path, gateway.ask(path).status), (path, 400))
        self.assertEqual(self.resources(), before)


class Tokens(Case):
    def setUp(self):
        super().setUp()
        self.gateway = Gateway(self.sandbox)

    def test_one_401_is_mended_by_one_refresh(self):
        first = self.token()
        self.appliance.switch(refuseAccess=1)
        before = self.resources()
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 200)
        self.assertNotEqual(answer.json()["headers"]["authorization"], f"Bearer {first}")
        self.assertEqual((self.refreshes(), self.resources()), (1, before + 2))

    def test_401_for_ever_is_passed_on_after_one_refresh(self):
        self.appliance.switch(refuseAccess=-1)
        for _ in range(5):
            answer = self.gateway.ask(ECHO)
            self.assertEqual(answer.status, 401)
            self.assertIn("WWW-Authenticate", answer.headers)
        self.assertEqual(self.refreshes(), 1)
        self.appliance.switch(refuseAccess=0)
        self.assertEqual(self.gateway.ask(ECHO).status, 200)

    def test_many_401s_at_once_cause_one_refresh(self):
        self.appliance.switch(refuseAccess=8)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: self.gateway.ask(ECHO).status, range(8)))
        self.assertLessEqual(self.refreshes(), 1)
        self.assertIn(200, answers)

    def test_sign_out_holds_at_once(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        before = self.resources()
        self.ctl("sign-out", "prod")
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("Sign in", answer.text())
        self.assertEqual(self.resources(), before)
        sign_in(self).check_returncode()
        self.assertEqual(self.gateway.ask(ECHO).status, 200)

    def test_token_is_asked_for_once(self):
        for _ in range(20):
            self.assertEqual(self.gateway.ask(ECHO).status, 200)
        entries = [entry for entry in self.ledger() if entry["program"]]
        self.assertEqual(len(entries), 1, entries)
        wait_until(lambda: sum(entry["requests"] for entry in self.ledger()) == 20,
                   "all that was served in the ledger")

    def test_uses_of_the_last_second_are_told(self):
        for ask in (signal.SIGTERM, signal.SIGINT):
            gateway = Gateway(self.sandbox)
            for _ in range(3):
                self.assertEqual(gateway.ask(ECHO).status, 200)
            gateway.process.send_signal(ask)
            self.assertEqual(gateway.process.wait(60), 0)
        last = self.ledger()[-4:]
        self.assertEqual({entry["program"] for entry in last},
                         {os.path.realpath(os.path.join(bin_folder(), "latchkey-gateway"))})
        self.assertEqual(sum(entry["requests"] for entry in last), 6)

    def test_nothing_of_a_token_is_left_where_it_may_be_used_no_more(self):
        wipes = {"ASAN_OPTIONS": f"{self.sandbox.env.get('ASAN_OPTIONS', '')}:{memory.WIPES}"}
        for act in (("policy", "prod", "never"), ("sign-out", "prod")):
            with self.subTest(act[0]):
                gateway = Gateway(self.sandbox, env=wipes)
                client, far = self.stream(gateway)
                self.assertEqual(gateway.ask(f"{API}/system/about").status, 200)
                secrets = {"token": self.token()}
                self.assertTrue(memory.search(gateway.child(), secrets), "nothing is found at all")
                self.ctl(*act)
                for process in (gateway.child(), gateway.process.pid):
                    wait_until(lambda: not memory.search(process, secrets),  # noqa: B023
                               "the memory to be wiped", patience=20, pause=1)
                self.assertTrue(far.read(MEBIBYTE))  # requests under way continue
                client.close()
                self.ctl("policy", "prod", "allow")

    def stream(self, gateway):
        """Starts a request that is served until the client leaves."""
        client = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=30)
        self.addCleanup(client.close)
        client.request("GET", f"/{gateway.key}{API}/demo/stream?bytes={1 << 40}")
        return client, client.getresponse()

    def ledger(self):
        return json.loads(self.ctl("ledger", "--json").stdout)

    def test_sign_out_holds_at_once_for_all_who_ask(self):
        self.hold_at_once(lambda: self.ctl("sign-out", "prod"), 503)

    def test_policy_holds_at_once_for_all_who_ask(self):
        self.hold_at_once(lambda: self.ctl("policy", "prod", "never"), 403)

    def hold_at_once(self, act, status):
        """A request that begins after the command has returned gets nothing any more."""
        with Hammer(self.gateway, ECHO) as hammer:
            hammer.wait_for_answers()
            self.assertEqual(hammer.answers(), {200})
            act()
            returned = time.monotonic()
            hammer.wait_for_answers(since=returned)
            served = self.resources()
            hammer.wait_for_answers(since=time.monotonic())
        self.assertEqual(hammer.answers(since=returned), {status})
        self.assertEqual(self.resources(), served)

    def test_new_token_is_taken_up_at_once(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        for _ in range(3):
            self.ctl("refresh", "prod")
            sent = self.gateway.ask(ECHO).json()["headers"]["authorization"]
            self.assertEqual(sent, f"Bearer {self.token()}")

    def test_nothing_is_sent_after_a_no_that_came_while_it_connected(self):
        port = urllib.parse.urlsplit(self.appliance.url).port
        for say, status in ((("policy", "prod", "never"), 403),
                            (("sign-out", "prod", "--deadline", "1"), 503)):
            with self.subTest(say), concurrent.futures.ThreadPoolExecutor() as pool:
                gateway = Gateway(self.sandbox)
                before = self.resources()
                os.kill(self.appliance.process.pid, signal.SIGSTOP)
                try:
                    answer = pool.submit(gateway.ask, ECHO)
                    wait_until(lambda: has_connection_to(port), "a connection")
                    self.ctl(*say)
                finally:
                    os.kill(self.appliance.process.pid, signal.SIGCONT)
                status_told = answer.result(60).status
                self.ctl("policy", "prod", "allow")
                self.assertEqual(status_told, status)
                self.assertEqual(self.resources(), before)

    def test_forgotten_session_ends_it(self):
        self.ctl("sign-out", "prod", "--forget")
        self.assertEqual(self.gateway.ask(ECHO).status, 503)
        self.assertEqual(self.gateway.process.wait(60), 4)

    def test_name_that_comes_to_mean_another_appliance_ends_it(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.ctl("sign-out", "prod", "--forget")
        other = Appliance(self.sandbox)
        sign_in(self, other).check_returncode()
        resources = self.resources()
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("another appliance", answer.text())
        self.assertEqual(self.gateway.process.wait(60), 4)
        self.assertEqual(self.resources(), resources)
        self.assertEqual(other.ask("/state")["resourceRequests"], 0)

    def test_name_that_comes_to_mean_another_user_ends_it(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.ctl("sign-out", "prod", "--forget")
        self.ctl("sign-in", "prod", "--server", self.appliance.url, "--user", "reader",
                 "--password-stdin", "--trust", self.appliance.fingerprint, stdin="reader")
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("another appliance or user", answer.text())
        self.assertEqual(self.gateway.process.wait(60), 4)

    def test_policy_holds_at_once_for_a_new_session_of_a_renamed_ones_name(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.ctl("rename", "prod", "former")
        self.ctl("sign-in", "prod", "--server", self.appliance.url, "--user", "operator",
                 "--password-stdin", "--trust", self.appliance.fingerprint, stdin=PASSWORD)
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.ctl("policy", "prod", "never")
        self.assertEqual(self.gateway.ask(ECHO).status, 403)

    def test_policy_holds_at_once(self):
        self.ctl("policy", "prod", "never")
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 403)
        self.assertNotIn("Forbidden.", answer.text())
        self.ctl("policy", "prod", "allow")
        self.assertEqual(self.gateway.ask(ECHO).status, 200)

    def test_agent_may_come_and_go(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.daemon.end()
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("not running", answer.text())
        self.daemon.start()
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("Sign in", answer.text())
        sign_in(self).check_returncode()
        self.assertEqual(self.gateway.ask(ECHO).status, 200)

    def test_changed_certificate_gets_nothing(self):
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        seen = self.appliance.tell("/new-certificate")["sha256"]
        before = self.appliance.ask("/state")["credentialBytes"]
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 502)
        self.assertIn("latchkeyctl trust", answer.text())
        self.ctl("refresh", "prod", exits=8)
        self.assertEqual(self.gateway.ask(ECHO).status, 502)
        self.assertEqual(self.appliance.ask("/state")["credentialBytes"], before)
        self.ctl("trust", "prod", seen)
        self.assertEqual(self.gateway.ask(ECHO).status, 200)

    def test_appliance_that_is_down(self):
        self.appliance.tell("/outage", on=True)
        answer = self.gateway.ask(ECHO)
        self.assertEqual(answer.status, 504)
        self.assertIn("cannot be reached", answer.text())
        self.appliance.tell("/outage", on=False)
        self.assertEqual(self.gateway.ask(ECHO).status, 200)


class Locking(unittest.TestCase):
    def test_lock_of_the_screen_holds_at_once_for_all_who_ask(self):
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)
        machine = FakeLogind(self.sandbox)
        self.appliance = Appliance(self.sandbox)
        Daemon(self.sandbox, "--memory-only")
        sign_in(self).check_returncode()
        with Hammer(Gateway(self.sandbox), ECHO) as hammer:
            for _ in range(3):
                opened = time.monotonic()
                hammer.wait_for_answers(since=opened)
                self.assertEqual(hammer.answers(since=opened), {200})
                machine.lock_screen()
                wait_until(lambda: ctl(self.sandbox, "token", "prod").returncode == 7, "the lock")
                locked = time.monotonic()
                hammer.wait_for_answers(since=locked)
                self.assertEqual(hammer.answers(since=locked), {403})
                machine.unlock_screen()
                wait_until(lambda: ctl(self.sandbox, "token", "prod").returncode == 0, "the unlock")


class Proxies(Case):
    """All traffic to the appliance goes through the proxy that the agent names."""

    def gateway(self, url):
        between = GoBetween(self.sandbox, url)
        self.addCleanup(between.close)
        return Gateway(self.sandbox, env={"LATCHKEY_SOCKET": between.path})

    def proxy(self, **options):
        proxy = Proxy(**options)
        self.addCleanup(proxy.close)
        return proxy

    def test_all_goes_through_it(self):
        proxy = self.proxy(user="al:ka", password="p@ss w%rd")
        gateway = self.gateway(f"http://al%3Aka:p%40ss%20w%25rd@127.0.0.1:{proxy.port}")
        for _ in range(3):
            self.assertEqual(gateway.ask(ECHO).status, 200)
        there = urllib.parse.urlsplit(self.appliance.url).netloc
        self.assertEqual(set(proxy.asked), {f"CONNECT {there}"})

    def test_its_refusals_are_told(self):
        proxy = self.proxy(user="alenka", password="right")
        for user_info, answer, status, words in (
                ("", None, 502, "wants a user name"),
                ("alenka:wrong@", None, 502, "does not accept"),
                ("", "403 Not here", 502, "403 Not here"),
                ("", "503 Busy", 504, "503 Busy")):
            with self.subTest(answer=answer, user_info=user_info):
                proxy.answer = answer
                gateway = self.gateway(f"http://{user_info}127.0.0.1:{proxy.port}")
                told = gateway.ask(ECHO)
                self.assertEqual(told.status, status, told.text())
                self.assertIn(f"The proxy 127.0.0.1:{proxy.port}", told.text())
                self.assertIn(words, told.text())
                self.assertNotIn("wrong", told.text().replace("wrong or", ""))

    def test_dead_one_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        told = self.gateway(f"http://alenka:secret@127.0.0.1:{port}").ask(ECHO)
        self.assertEqual(told.status, 504)
        self.assertIn(f"The proxy 127.0.0.1:{port} cannot be reached", told.text())
        self.assertNotIn("secret", told.text())


class Addresses(unittest.TestCase):
    def test_dead_one_of_two_is_passed_by(self):
        """Tests the gateway only: latchkeyd sees just the live address."""
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        dead = DeadPlace("127.0.0.1")
        self.addCleanup(dead.close)
        its_port = urllib.parse.urlsplit(self.appliance.url).port
        alive = Forward(its_port, ("127.0.0.2", dead.port))
        self.addCleanup(alive.close)
        self.sandbox.start(*with_hosts(self.sandbox, {"two.test": ["127.0.0.2"]}),
                           os.path.join(bin_folder(), "latchkeyd"), "--memory-only",
                           stderr=subprocess.DEVNULL)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "latchkeyd's agent")
        self.appliance.url = f"https://two.test:{dead.port}"
        sign_in(self).check_returncode()
        both = with_hosts(self.sandbox, {"two.test": ["127.0.0.1", "127.0.0.2"]})
        found = self.sandbox.run(*both, "getent", "ahosts", "two.test").stdout.split()
        self.assertEqual((found[0], "127.0.0.2" in found), ("127.0.0.1", True))
        gateway = Gateway(self.sandbox, "--allow", "GET,POST /**", before=both)
        for method in ("GET", "POST", "POST"):  # each POST makes a new connection
            self.assertEqual(gateway.ask(ECHO, method, body=b"x").status, 200)


class Load(Case):
    def setUp(self):
        super().setUp()
        self.gateway = Gateway(self.sandbox)

    def stream(self, size):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", f"/{self.gateway.key}{API}/demo/stream?bytes={size}")
        return connection, connection.getresponse()

    def test_large_answers_are_not_held(self):
        size = 300 * MEBIBYTE
        before = self.gateway.memory()
        _, response = self.stream(size)
        self.assertEqual(response.headers["Content-Length"], str(size))
        came = 0
        while piece := response.read(MEBIBYTE):
            came += len(piece)
        self.assertEqual(came, size)
        self.assertLess(self.gateway.memory("VmHWM") - before, 24 * MEBIBYTE)

    def test_client_that_leaves_ends_the_transfer(self):
        connection, response = self.stream(1 << 40)
        response.read(MEBIBYTE)
        response.close()
        connection.close()

        work = -1

        def is_idle():
            nonlocal work
            before, work = work, self.gateway.work()
            return work == before

        wait_until(is_idle, "the transfer's end", pause=0.5)

    def test_transfer_that_breaks_is_not_taken_for_whole(self):
        size = 1 << 34
        _, response = self.stream(size)
        came = len(response.read(MEBIBYTE))
        self.appliance.tell("/outage", on=True)
        with contextlib.suppress(ConnectionError):
            while piece := response.read(MEBIBYTE):
                came += len(piece)
        self.assertLess(came, size)

    def test_refresh_that_hangs_stops_nobody_else(self):
        gateway = Gateway(self.sandbox, "--deadline", "60")
        self.assertEqual(gateway.ask(ECHO).status, 200)
        self.appliance.switch(refuseAccess=12, delayMs=15000)
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            refused = [pool.submit(gateway.ask, ECHO, patience=120) for _ in range(12)]
            wait_until(lambda: self.appliance.ask("/state")["resourceRequests"] >= 13, "the 401s")
            self.assertEqual(gateway.ask(ECHO).status, 200)
            self.assertFalse(any(one.done() for one in refused))
            self.assertEqual({one.result().status for one in refused}, {200})
        self.assertEqual(self.refreshes(), 1)

    def test_agent_that_hangs_is_not_waited_for(self):
        gateway = Gateway(self.sandbox, "--deadline", "1")
        os.kill(self.daemon.worker, signal.SIGSTOP)
        try:
            answer = gateway.ask(ECHO)
            self.assertEqual(answer.status, 502)
            self.assertIn("does not answer", answer.text())
        finally:
            os.kill(self.daemon.worker, signal.SIGCONT)
        self.assertEqual(gateway.ask(ECHO).status, 200)

    def test_token_that_is_held_is_given_though_the_agent_hangs(self):
        """As with latchkeyctl, a good token is handed out, whatever else hangs."""
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        os.kill(self.daemon.worker, signal.SIGSTOP)
        try:
            self.assertEqual(self.gateway.ask(ECHO).status, 200)
        finally:
            os.kill(self.daemon.worker, signal.SIGCONT)

    def test_crowd_of_the_silent_keeps_nobody_out(self):
        proven = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        self.addCleanup(proven.close)

        def ask():
            proven.request("GET", f"/{self.gateway.key}{ECHO}")
            response = proven.getresponse()
            response.read()
            return response.status

        self.assertEqual(ask(), 200)
        its_socket = proven.sock
        crowd = [socket.create_connection(("127.0.0.1", self.gateway.port), timeout=30)
                 for _ in range(300)]
        for client in crowd:
            self.addCleanup(client.close)
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.assertEqual(ask(), 200)
        self.assertIs(proven.sock, its_socket)  # a client that has shown the key stays
        wait_until(lambda: gone(crowd[0]), "the first of the crowd to have been sent away")

    def test_bodies_are_bounded_altogether(self):
        gateway = Gateway(self.sandbox, "--allow", "GET,POST /**")
        begun = []
        for _ in range(4):
            client = socket.create_connection(("127.0.0.1", gateway.port), timeout=30)
            self.addCleanup(client.close)
            client.sendall(f"POST /{gateway.key}{ECHO} HTTP/1.1\r\nHost: {gateway.host}\r\n"
                           f"Expect: 100-continue\r\nContent-Length: {16 * MEBIBYTE}\r\n\r\n"
                           .encode())
            self.assertIn(b" 100 ", client.recv(100))
            begun.append(client)
        for body in (b"x", iter([b"x"])):
            answer = gateway.ask(ECHO, "POST", body=body)
            self.assertEqual(answer.status, 503)
            self.assertIn("altogether", answer.text())
        self.assertEqual(gateway.ask(ECHO).status, 200)
        begun.pop().close()
        wait_until(lambda: gateway.ask(ECHO, "POST", body=b"x").status == 200, "room for a body")

    def test_half_a_request_stops_nobody(self):
        clients = [socket.create_connection(("127.0.0.1", self.gateway.port), timeout=120)
                   for _ in range(100)]
        for client in clients:
            self.addCleanup(client.close)
            client.sendall(f"GET /{self.gateway.key}/ HTTP/1.1\r\nHost:".encode())
        self.assertEqual(self.gateway.ask(ECHO).status, 200)
        self.assertEqual(clients[0].recv(100), b"")  # and is disconnected

    def test_many_at_once(self):
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            answers = list(pool.map(lambda n: self.gateway.ask(f"{ECHO}?n={n}"), range(128)))
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertEqual([answer.json()["query"]["n"] for answer in answers],
                         [str(n) for n in range(128)])

    def test_connections_are_kept(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        self.addCleanup(connection.close)
        handshakes = self.appliance.ask("/state")["handshakes"]
        for _ in range(10):
            connection.request("GET", f"/{self.gateway.key}{ECHO}")
            response = connection.getresponse()
            self.assertEqual(response.status, 200)
            self.assertEqual(response.headers["Connection"], "keep-alive")
            self.assertEqual(response.headers["Keep-Alive"], "timeout=60")
            response.read()
        self.assertLessEqual(self.appliance.ask("/state")["handshakes"], handshakes + 1)


def gone(client):
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def another_user(case):
    """The start of a command line that runs a program as another user."""
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if os.geteuid() != 0:
        become[:0] = ["sudo", "-n"]
    case.assertEqual(case.sandbox.run(*become, "true").returncode, 0, "cannot become another user")
    return become


class Program(Case):
    def test_prints_one_line_and_ends_when_asked(self):
        for ask in (signal.SIGTERM, signal.SIGINT):
            process = self.sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "gateway",
                                         "prod", stdout=subprocess.PIPE)
            line = read_line(process.stdout, "the gateway")
            self.assertRegex(line, r"^http://127\.0\.0\.1:\d+/[0-9a-f]{40}/$")
            self.assertEqual(process.stdout.read(), b"")  # closed, so that $(...) does not wait
            self.assertIsNone(process.poll())
            process.send_signal(ask)
            self.assertEqual(process.wait(60), 0)

    def test_ends_at_once_though_the_agent_hangs(self):
        for ask in (signal.SIGTERM, signal.SIGINT):
            gateway = Gateway(self.sandbox)
            os.kill(self.daemon.worker, signal.SIGSTOP)
            try:
                client = socket.create_connection(("127.0.0.1", gateway.port), timeout=30)
                self.addCleanup(client.close)
                client.sendall(f"GET /{gateway.key}{ECHO} HTTP/1.1\r\nHost: {gateway.host}\r\n\r\n"
                               .encode())
                gateway.process.send_signal(ask)
                gateway.process.send_signal(ask)
                self.assertEqual(gateway.process.wait(30), 0)
            finally:
                os.kill(self.daemon.worker, signal.SIGCONT)

    def test_other_users_are_kept_out(self):
        gateway = Gateway(self.sandbox)
        other = Gateway(self.sandbox, "--listen", "[::1]:0")
        become = another_user(self)
        before = self.resources()
        for told in (gateway.url, other.url, gateway.url.replace("127.0.0.1", "[::ffff:127.0.0.1]")):
            done = self.sandbox.run(*become, "curl", "-sS", "-g", "-H", f"Host: {gateway.host}",
                                    told + ECHO[1:])
            self.assertIn("another user's", done.stdout)
        self.assertEqual(self.resources(), before)
        mapped = gateway.url.replace("127.0.0.1", "[::ffff:127.0.0.1]") + ECHO[1:]
        done = self.sandbox.run("curl", "-sS", "-g", "--fail", "-H", f"Host: {gateway.host}",
                                mapped)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_crowd_of_another_user_stops_nobody(self):
        """Refusing another user costs next to nothing, however many connections there are."""
        gateway = Gateway(self.sandbox)
        crowd = self.sandbox.start(*another_user(self), sys.executable, "-c", CROWD,
                                   str(gateway.port), stdout=subprocess.PIPE)
        read_line(crowd.stdout, "the crowd")
        begun = time.monotonic()
        for _ in range(3):
            self.assertEqual(gateway.ask(ECHO).status, 200)
        self.assertLess(time.monotonic() - begun, 30)  # reading the table would take minutes
        self.assertIsNone(crowd.poll(), "the crowd has gone")

    def test_listens_where_it_is_told(self):
        told = Gateway(self.sandbox, "--listen", "[::1]:0").told
        done = self.sandbox.run("curl", "-sS", "-g", "--fail", told["url"] + ECHO[1:])
        self.assertEqual(done.returncode, 0, done.stderr)
        taken = urllib.parse.urlsplit(Gateway(self.sandbox).url).port
        answer = self.ctl("gateway", "prod", "--listen", f"127.0.0.1:{taken}", exits=1)
        self.assertIn("Cannot listen at", answer.stderr)

    def test_exit_codes(self):
        self.assertIn("loopback", self.ctl("gateway", "prod", "--listen", "0.0.0.0:0",
                                           exits=2).stderr)
        self.assertIn("--allow", self.ctl("gateway", "prod", "--allow", "/api", exits=2).stderr)
        self.ctl("gateway", exits=2)
        self.assertIn("latchkeyctl gateway --help",
                      self.ctl("gateway", "prod", "--nonsense", exits=2).stderr)
        self.assertIn("latchkeyctl list", self.ctl("gateway", "nobody", exits=4).stderr)
        self.assertIn("--allow", self.ctl("gateway", "--help").stdout)
        self.daemon.end()
        self.assertIn("not running", self.ctl("gateway", "prod", exits=3).stderr)

    def test_tells_of_requests_and_keeps_secrets(self):
        log = os.path.join(self.sandbox.folder, "gateway.log")
        with open(log, "wb") as file:
            gateway = Gateway(self.sandbox, "--verbose", stderr=file)
        gateway.ask(f"{ECHO}?secret=1")
        gateway.ask(ECHO, "POST")
        gateway.ask(ECHO, proof=None, headers={"Latchkey-Key": "wrong"})

        def told_so_far():
            with open(log, encoding="utf-8") as file:
                return file.read()

        wait_until(lambda: told_so_far().count("\n") == 3, "what the gateway tells")
        told = told_so_far()
        self.assertRegex(told, rf"GET {ECHO} 200 \d+ ms\nPOST {ECHO} 403 \d+ ms\nGET - 403 \d+ ms")
        for secret in ("secret", gateway.key, self.token()):
            self.assertNotIn(secret, told)

    def test_leaves_no_core_and_is_known_to_the_agent(self):
        gateway = Gateway(self.sandbox)
        for process in (gateway.process.pid, gateway.child()):
            with open(f"/proc/{process}/limits", encoding="ascii") as limits:
                self.assertRegex(limits.read(), r"Max core file size +1 +1 ")
        gateway.ask(ECHO)
        entry = json.loads(self.ctl("ledger", "--json").stdout)[-1]
        self.assertEqual(entry["program"],
                         os.path.realpath(os.path.join(bin_folder(), "latchkey-gateway")))

    def test_plain_http_to_this_machine(self):
        plain = Appliance(self.sandbox, "--http")
        self.ctl("sign-in", "plain", "--kind", "azure", "--server", plain.url, "--user", "operator",
                 "--password-stdin", stdin=PASSWORD)
        self.assertEqual(Gateway(self.sandbox, name="plain").ask(ECHO).status, 200)


class Strangers(Case):
    """Other users of this computer that listen where an appliance without TLS did."""

    def sign_in_plainly(self, host, port):
        self.port = port
        self.ctl("sign-in", "plain", "--kind", "azure", "--server", f"http://{host}:{port}",
                 "--user", "operator", "--password-stdin", stdin=PASSWORD)

    def plain_appliance(self):
        plain = Appliance(self.sandbox, "--http")
        self.sign_in_plainly("127.0.0.1", urllib.parse.urlsplit(plain.url).port)
        return plain

    @contextlib.contextmanager
    def stranger(self):
        path = os.path.join(self.sandbox.folder, "heard")

        def heard():
            with open(path, "rb") as file:
                return file.read()

        with open(path, "wb") as file:
            process = self.sandbox.start(*another_user(self), sys.executable, "-c", STRANGER,
                                         str(self.port), stdout=file)
        wait_until(heard, "the stranger")
        yield
        self.assertIsNone(process.poll(), "the stranger has left")
        end(process)
        self.assertEqual(heard(), b"there\n")

    def state(self):
        told = json.loads(self.ctl("show", "plain", "--json").stdout)
        return told["state"], told["reason"] and told["reason"]["kind"]

    def test_nothing_is_sent_to_one_at_the_appliances_port(self):
        plain = self.plain_appliance()
        gateway = Gateway(self.sandbox, name="plain")
        plain.tell("/outage", on=True)
        told = (f"Another user of this computer listens at 127.0.0.1:{self.port}. Nothing was sent "
                "to them. Find out who it is, and start your appliance or tunnel there again or at "
                "another port.")
        with self.stranger():
            self.assertIn(told, self.ctl("refresh", "plain", exits=6).stderr)
            self.assertEqual(self.state(), ("waiting", "other-user"))
            doctor = self.ctl("doctor", exits=1).stdout
            self.assertIn(told, " ".join(doctor.split()))
            answer = gateway.ask(ECHO)
            self.assertEqual(answer.status, 502)
            self.assertIn(told, answer.text())
            self.ctl("sign-in", "other", "--kind", "azure", "--server",
                     f"http://127.0.0.1:{self.port}", "--user", "operator", "--password-stdin",
                     stdin=PASSWORD, exits=6)
        plain.tell("/outage", on=False)
        self.ctl("refresh", "plain")
        self.assertEqual(self.state(), ("active", None))
        self.assertEqual(gateway.ask(ECHO).status, 200)

    def test_sign_out_is_not_told_to_one(self):
        plain = self.plain_appliance()
        plain.tell("/outage", on=True)
        with self.stranger():
            self.assertIn("has not confirmed", self.ctl("sign-out", "plain").stderr)

    def test_nothing_is_sent_to_one_at_another_address_of_the_name(self):
        """As at the IPv6 address of localhost, where ours is at the IPv4 one alone."""
        gateway = self.gateway_to_the_second_of_two_addresses()
        with self.stranger():
            self.assertIn("Another user", self.ctl("refresh", "plain", exits=6).stderr)
            self.assertEqual(gateway.ask(ECHO).status, 502)
        self.ctl("refresh", "plain")
        answer = gateway.ask(ECHO)
        self.assertEqual(answer.status, 200, answer.text())

    def test_refusal_by_whatever_else_listens_ends_nothing(self):
        """Without TLS, a program of our own cannot be told from the appliance."""
        gateway = self.gateway_to_the_second_of_two_addresses()
        other = Appliance(self.sandbox, "--http", "--port", str(self.port))
        answer = gateway.ask(ECHO)
        self.assertEqual(answer.status, 503)
        self.assertIn("Without https", answer.text())
        self.assertEqual(self.state(), ("waiting", "unproven"))
        self.ctl("refresh", "plain", exits=5)
        end(other.process)
        self.ctl("refresh", "plain")
        self.assertEqual(self.state(), ("active", None))
        self.assertEqual(gateway.ask(ECHO).status, 200)

    def gateway_to_the_second_of_two_addresses(self):
        """The appliance is at `self.port` of 127.0.0.2 alone, while its name means 127.0.0.1 first."""
        plain = Appliance(self.sandbox, "--http")
        ours = Forward(urllib.parse.urlsplit(plain.url).port, ("127.0.0.2", uncommon_port()))
        self.addCleanup(ours.close)
        both = with_hosts(self.sandbox, {"localhost": ["127.0.0.1", "127.0.0.2"]})
        found = self.sandbox.run(*both, "getent", "ahosts", "localhost").stdout.split()
        self.assertEqual((found[0], "127.0.0.2" in found), ("127.0.0.1", True))
        self.daemon.end()
        self.sandbox.start(*both, os.path.join(bin_folder(), "latchkeyd"), "--memory-only",
                           stderr=subprocess.DEVNULL)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "latchkeyd's agent")
        self.sign_in_plainly("localhost", ours.port)
        return Gateway(self.sandbox, name="plain", before=both)


if __name__ == "__main__":
    unittest.main()
