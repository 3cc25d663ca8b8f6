# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""latchkeyctl as a process: its commands, exit codes, prompts and deadlines."""

import fcntl
import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import termios
import time
import unicodedata
import unittest

from fakeagent import SILENCE, Error, FakeAgent, Flood, Raw

CTL = os.environ["LATCHKEYCTL"]
TOKEN = {"accessToken": "eyJ.abc.def", "tokenType": "bearer", "expiresIn": 3000,
         "expiresAt": "2026-11-22T23:00:00Z", "server": "https://backup.example:1443"}
SESSION = {
    "name": "prod", "server": "https://backup.example:1443", "kind": "azure", "user": "ada",
    "state": "active", "headline": "Signed in", "reason": None, "role": "Admin",
    "userType": "Local", "userId": "7", "mfa": True, "shortLived": False,
    "access": {"expiresAt": "2026-11-22T23:00:00Z", "expiresIn": 3000},
    "refresh": {"expiresAt": "2026-12-06T22:00:00.1234567Z"},
    "nextRefreshAt": "2026-11-22T22:45:00Z", "clockOffset": -90, "persisted": True}
DOCTOR = {
    "program": "latchkeyd", "version": "0.1.0", "socket": "/run/user/7/latchkey/agent.sock",
    "keychain": {"backend": "KWallet", "state": "unlocked", "problem": None,
                 "roundTrip": {"ok": True, "bytes": 8192, "milliseconds": 12}},
    "sessions": [{
        "name": "prod", "server": "https://backup.example:1443", "reachable": True,
        "problem": None, "clockOffset": -90, "persisted": True,
        "tls": {"protocol": "TLSv1.3", "trusted": "pinned", "sha256": "AA:BB",
                "validUntil": "2027-11-22T22:00:00Z"}}]}
PASSWORD = "p+a ss&w=ö%25"
BYTES = [f"{i * 7 % 256:02X}" for i in range(32)]
PRINT = ":".join(BYTES)
OTHER = ":".join(reversed(BYTES))
REASONS = {"failed": 1, "usage": 2, "no-agent": 3, "no-session": 4, "sign-in-needed": 5,
           "unreachable": 6, "denied": 7, "trust-needed": 8, "code-needed": 9, "brand-new": 1}
KINDS = {
    "kinds": [
        {"id": "vbr", "name": "Backup", "port": 9419, "source": "shipped", "file": None,
         "secondFactor": False, "shortLived": True, "clients": False, "logout": True,
         "oneUse": True, "hint": None},
        {"id": "my-kind", "name": "Of our own", "port": 443, "source": "file",
         "file": "/etc/latchkey/kinds/my.json", "secondFactor": True, "shortLived": False,
         "clients": False, "logout": False, "oneUse": False, "hint": None}],
    "problems": [{"file": "/x.json", "member": "name", "reason": "is missing",
                  "problem": "/x.json: name is missing. Correct the file."}]}
SETTINGS = {
    "settings": {
        "lock": {"value": True, "fixed": True},
        "proxy": {"value": {"use": "own", "host": "proxy", "port": 3128}, "fixed": False}},
    "policy": {"file": "/etc/latchkey/policy.json", "appliances": ["*.example.com", "192.0.2.7"],
               "kinds": None, "accounts": [], "problem": "The policy has a fault."}}
GRANTS = {
    "allowed": [
        {"program": "/usr/bin/dash", "through": "/usr/bin/latchkeyctl", "session": "prod",
         "allowed": "always", "expiresAt": None},
        {"program": "/usr/bin/curl", "through": None, "session": "prod", "allowed": "hour",
         "expiresAt": "2026-11-22T22:00:00Z"}],
    "blocked": ["/usr/bin/wget"]}
APPLIANCE = ["sign-in", "prod", "--server", "https://backup.example:1443", "--user", "ada"]
SIGN_IN = [*APPLIANCE, "--kind", "azure"]
FOUND = {"kind": "vbr", "name": "Veeam\x1bBackup", "server": "https://backup.example:9419",
         "sha256": None, "hint": "Use a service account."}
FOUND_LINE = "Veeam\\u001bBackup (vbr) at https://backup.example:9419\n"
LIMIT = 20  # seconds until a test that hangs gives up


#: Says what two programs tell it.
STAND_IN = """
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("listens", flush=True)
for _ in range(2):
    print(listener.accept()[0].recv(100), flush=True)
"""


class Person:
    """A person at a terminal in which latchkeyctl runs."""

    def __init__(self, command, env):
        self._master, self._slave = pty.openpty()
        self.seen = ""
        self.process = subprocess.Popen(
            command, stdin=self._slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=env, start_new_session=True, preexec_fn=self._sit_down)

    def _sit_down(self):
        fcntl.ioctl(self._slave, termios.TIOCSCTTY, 0)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)  # in the background, some are ignored

    def sees(self, text):
        """Waits for the text, and drops everything up to its end."""
        end = time.monotonic() + LIMIT
        while text not in self.seen:
            if not select.select([self._master], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"never saw {text!r}, only {self.seen!r}")
            self.seen += os.read(self._master, 4096).decode()
        before, self.seen = self.seen.split(text, 1)
        return before + text

    def types(self, text):
        os.write(self._master, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    def leaves(self):
        """Waits for the end and returns the exit code; `out`, `err` and `screen` hold the
        output."""
        self.out, self.err = self.process.communicate(timeout=LIMIT)
        self.screen = self.seen
        while select.select([self._master], [], [], 0)[0]:
            self.screen += os.read(self._master, 4096).decode()
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        os.close(self._master)
        os.close(self._slave)


class CtlTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.address = folder.name + "/agent.sock"
        # A rebuilt coverage build complains on stderr about its old counters.
        self.env = {**os.environ, "LATCHKEY_SOCKET": self.address, "GCOV_ERROR_FILE": os.devnull}
        self.agent = FakeAgent(self.address)
        self.addCleanup(self.agent.close)

    def ctl(self, *arguments, stdin=None, **options):
        given = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
        given.update(stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env, timeout=LIMIT,
                     start_new_session=True)
        given.update(options)
        done = subprocess.run([CTL, *arguments], **given)
        done.out = (done.stdout or b"").decode()
        done.err = (done.stderr or b"").decode()
        return done

    def at_terminal(self, *arguments):
        person = Person([CTL, *arguments], self.env)
        self.addCleanup(person.close)
        return person

    def start(self, *arguments):
        process = subprocess.Popen([CTL, *arguments], stdin=subprocess.DEVNULL, env=self.env,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def assert_ends(self, done, code, err=None, out=""):
        self.assertEqual(code, done.returncode, done.err)
        self.assertEqual(out, done.out)
        if err is not None:
            self.assertEqual(err, done.err)
        elif code != 0:
            self.assertTrue(done.err.startswith("latchkeyctl: "), done.err)


class Arguments(CtlTest):
    def test_help_and_version_end_well(self):
        done = self.ctl("--version")
        self.assertEqual((0, "latchkeyctl", ""), (done.returncode, done.out.split()[0], done.err))
        for command in ("sign-in list show token header exec code trust refresh sign-out watch "
                        "ledger programs doctor report log gateway").split():
            done = self.ctl(command, "--help")
            self.assertEqual((0, ""), (done.returncode, done.err))
            self.assertIn(f"Usage: latchkeyctl {command}", done.out)
            self.assertIn(f"  {command} ", self.ctl("--help").out)

    def test_bad_arguments_exit_2_with_a_hint(self):
        for arguments in ([], ["no-such"], ["token"], ["token", ""], ["token", "a", "b"],
                          ["list", "--no-such"], ["token", "a", "--deadline", "soon"],
                          ["token", "a", "--deadline"], ["exec", "a", "ls"],
                          ["gateway"], ["gateway", "a", "b"], ["gateway", "a", "--no-such"]):
            done = self.ctl(*arguments)
            self.assert_ends(done, 2)
            self.assertIn(" --help'.\n", done.err)
        self.assertIn("There is no command 'no-such'.", self.ctl("no-such").err)

    def test_arguments_that_are_not_taken_are_not_repeated(self):
        for arguments in (["--password", "hunter2"], ["--password=hunter2"], ["-phunter2"],
                          ["hunter2"]):
            done = self.ctl("sign-in", "a", *arguments)
            self.assert_ends(done, 2)
            self.assertNotIn("hunter2", done.err)
        self.assertIn("does not take: --no-such …", self.ctl("list", "--no-such", "x").err)
        for command in (["echo"], ["sh", "-c", "true"]):
            self.assertIn("Put -- before the command: latchkeyctl exec NAME -- COMMAND\n",
                          self.ctl("exec", "prod", *command).err)
        self.assertIn("does not take: --no-such …", self.ctl("exec", "prod", "--no-such", "x").err)

    def test_bad_values_exit_2_and_ask_the_agent_nothing(self):
        for arguments in (["token", "a", "--deadline", "-1"], ["token", "a", "--deadline", "nan"],
                          ["token", "a", "--min-valid", "inf"], ["list", "--deadline", "1e9"],
                          ["exec", "a"], ["exec", "a", "--"], ["token", b"\xff"],
                          ["token", "x" * 70000]):
            self.assert_ends(self.ctl(*arguments), 2)
        self.assertEqual([], self.agent.requests)


    def test_empty_number_is_none(self):
        for arguments in (("token", "prod", "--deadline", ""), ("list", "--deadline", "0x10"),
                          ("token", "prod", "--min-valid", "")):
            self.assert_ends(self.ctl(*arguments), 2)
            self.assertIn("as a number", self.ctl(*arguments).err)


class ExitTable(CtlTest):
    def test_every_reason_has_its_code(self):
        for reason, code in REASONS.items():
            self.agent.on("session.get", Error(reason, "Because."))
            done = self.ctl("show", "prod")
            self.assert_ends(done, code)
            self.assertEqual("latchkeyctl: Because.", done.err.splitlines()[0])

    def test_errors_without_reason_or_sentence_are_failures(self):
        for error in ('{}', '{"message":7,"data":[]}', '{"data":null}', '[]', 'null'):
            line = b'{"id":%ID%,"error":' + error.encode() + b'}\n'
            self.agent.on("session.get", Raw(line))
            self.assert_ends(self.ctl("show", "prod"), 1)

    def test_an_error_without_id_is_ours(self):
        self.agent.on("session.list", Raw(
            b'{"id":null,"error":{"message":"Too long.","data":{"reason":"usage"}}}\n'))
        self.assert_ends(self.ctl("list"), 2, "latchkeyctl: Too long.\n")

    def test_without_an_agent_3(self):
        sentence = "latchkeyctl: Latchkey is not running. Start Latchkey, or run latchkeyd.\n"
        self.agent.close()
        self.assert_ends(self.ctl("list"), 3, sentence)  # a socket without a listener
        os.unlink(self.address)
        self.assert_ends(self.ctl("list"), 3, sentence)

    def test_trust_needed_tells_the_fingerprints(self):
        self.agent.on("session.token", Error("trust-needed", "Changed.", sha256=PRINT, pinned=None),
                      Error("trust-needed", "Changed.", sha256=PRINT, pinned=OTHER))
        self.assert_ends(self.ctl("token", "prod"), 8, f"latchkeyctl: Changed.\nSHA-256:  {PRINT}\n")
        self.assert_ends(self.ctl("token", "prod"), 8, "latchkeyctl: Changed.\n"
                         f"SHA-256:         {PRINT}\nTrusted before:  {OTHER}\n")


class Nasty(CtlTest):
    """Any text from somebody else may contain terminal commands."""

    TEXTS = {
        "an escape sequence": "a\x1b[31mb", "a title": "\x1b]0;owned\x07é", "a line": "a\nprod  active",
        "a return": "a\rb", "a delete": "a\x7fb", "a NUL": "a\0b", "C1": "a\u009b2Jb",
        "from right to left": "a\u202eb", "an isolate": "a\u2066b\u2069", "no width": "a\u200b\ufeffb",
        "another line": "a\u2028b\u2029c", "a tag": "a\U000e0041b", "a hyphen": "a\u00adb",
    }
    UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    #: Each command, the method that it calls, and a possible answer.
    COMMANDS = (
        (["list"], "session.list", [SESSION]),
        (["show", "prod"], "session.get", {**SESSION, "headline": "odd", "reason": {
            "kind": "k", "text": "t", "at": "x"}, "history": [
                {"at": "x", "state": "odd", "cause": "c", "reason": {"text": "t"}, "words": "w"}]}),
        (["policy", "prod"], "session.get", {"policy": "ask"}),
        (["refresh", "prod"], "session.refresh", {**SESSION, "notice": "n"}),
        (["code", "prod", "123456"], "session.submitCode", {**SESSION, "notice": "n"}),
        (["trust", "prod", PRINT], "session.trust", {**SESSION, "notice": "n"}),
        (["sign-out", "prod"], "session.signOut", {**SESSION, "notice": "n"}),
        (["sign-out", "prod", "--forget"], "session.forget", {"notice": "n"}),
        (["rename", "prod", "test"], "session.rename", {**SESSION, "notice": "n"}),
        (["ledger"], "ledger.list", [
            {"at": "x", "session": "prod", "program": f"/{program}", "parents": ["/bin/sh"], "pid": 7,
             "terminal": "pts/1", "answer": "given"} for program in ("curl", "latchkeyctl")]),
        (["programs"], "grants.list", GRANTS),
        (["kinds"], "kinds.list", KINDS),
        (["kinds", "--json"], "kinds.list", KINDS),
        (["settings"], "agent.settings", SETTINGS),
        (["settings", "--json"], "agent.settings", SETTINGS),
        (["doctor"], "agent.doctor", DOCTOR),
        (["log"], "agent.log", {"level": "off", "file": "/log.txt"}),
        (["log", "debug", "--json"], "agent.log", {"level": "debug", "file": "/log.txt"}),
        (["list", "--json"], "session.list", [SESSION]),
        (["show", "prod", "--json"], "session.get", SESSION),
        (["ledger", "--json"], "ledger.list", [{"program": "/curl", "parents": ["/bin/sh"]}]),
        (["programs", "--json"], "grants.list", GRANTS),
        (["doctor", "--json"], "agent.doctor", DOCTOR),
    )

    def soiled(self, value, nasty):
        """The same value with something nasty at the start of each text."""
        if isinstance(value, dict):
            return {key: self.soiled(member, nasty) for key, member in value.items()}
        if isinstance(value, list):
            return [self.soiled(member, nasty) for member in value]
        return f"{nasty}{value}" if isinstance(value, str) else value

    def assert_harmless(self, done, lines=None):
        for text in (done.out, done.err):
            left = [character for character in text
                    if character != "\n" and unicodedata.category(character) in self.UNSEEN]
            self.assertEqual([], left, text)
        if lines is not None:
            self.assertEqual(lines, (done.out.count("\n"), done.err.count("\n")), done.out)

    def test_no_command_prints_it(self):
        for arguments, method, answer in self.COMMANDS:
            self.agent.on(method, answer)
            plain = self.ctl(*arguments)
            lines = (plain.out.count("\n"), plain.err.count("\n"))
            for name, nasty in self.TEXTS.items():
                with self.subTest(" ".join(arguments), nasty=name):
                    self.agent.on(method, self.soiled(answer, nasty))
                    done = self.ctl(*arguments)
                    self.assert_harmless(done, lines)
                    if "--json" in arguments:
                        self.assertTrue(done.out.isascii())
                        self.assertEqual(self.soiled(answer, nasty), json.loads(done.out))
                    else:
                        self.assertIn("\\u", done.out + done.err)

    def test_no_error_prints_it(self):
        for name, nasty in self.TEXTS.items():
            with self.subTest(nasty=name):
                self.agent.on("session.get", Error("failed", nasty))
                self.assert_harmless(self.ctl("show", "prod"), (0, 1))
                self.agent.on("session.token", Error("trust-needed", nasty, sha256=nasty, pinned=nasty))
                self.assert_harmless(self.ctl("token", "prod"), (0, 3))
                self.assert_harmless(self.ctl("gateway", "prod"), (0, 1))
                if "\0" not in nasty:
                    self.assert_harmless(self.ctl("no" + nasty), (0, 2))

    def test_no_watcher_prints_it(self):
        self.agent.on("session.watch", True)
        for name, nasty in self.TEXTS.items():
            with self.subTest(nasty=name):
                process = self.start("watch")
                connection = self.agent.connections.get(timeout=LIMIT)
                for method, params in (("session.changed", {"name": nasty}),
                                       ("session.watchEnded", {"text": nasty})):
                    connection.sendall(
                        json.dumps({"method": method, "params": params}).encode() + b"\n")
                out, err = process.communicate(timeout=LIMIT)
                done = subprocess.CompletedProcess([], process.returncode)
                done.out, done.err = out.decode(), err.decode()
                self.assert_harmless(done, (1, 1))
                self.assertEqual({"name": nasty}, json.loads(done.out))

    def test_no_question_shows_it(self):
        nasty = "".join(self.TEXTS.values())
        self.agent.on("session.get", Error("no-session"))
        self.agent.on("session.signIn", Error("trust-needed", nasty, sha256=nasty, pinned=nasty))
        person = self.at_terminal(*SIGN_IN)
        person.sees("Password: ")
        person.types("x\n")
        question = person.sees("Trust this appliance? [y/N] ").replace("\r\n", "\n")
        done = subprocess.CompletedProcess([], 0)
        done.out, done.err = question, ""
        self.assert_harmless(done, (4, 0))

    def test_bytes_of_the_environment_and_the_command_line(self):
        self.agent.on("session.get", SESSION)
        self.agent.on("session.token", TOKEN)
        self.assert_ends(self.ctl("exec", "prod", "--", b"/no/\x9b\x1bsuch\n"), 127,
                         "latchkeyctl: Cannot run /no/\\x9b\\u001bsuch\\u000a: "
                         "No such file or directory.\n")
        self.env["LATCHKEY_SOCKET"] = b"/tmp/" + b"\x9b" * 200
        self.assert_ends(self.ctl("list"), 1)

    def test_what_it_was_can_be_read(self):
        self.agent.on("session.get", Error("failed", "a\x1b[31mb\nc\u009b2Jd\x7f"))
        self.assert_ends(self.ctl("show", "prod"), 1,
                         "latchkeyctl: a\\u001b[31mb\\u000ac\\u009b2Jd\\u007f\n")
        self.agent.on("session.get", {**SESSION, "role": "\x1b]0;owned\x07é"})
        self.assertIn("\\u001b]0;owned\\u0007é\n", self.ctl("show", "prod").out)


class Address(CtlTest):
    def test_default_is_in_the_runtime_folder(self):
        folder = os.path.dirname(self.address)
        os.mkdir(folder + "/latchkey")
        agent = FakeAgent(folder + "/latchkey/agent.sock")
        self.addCleanup(agent.close)
        agent.on("session.list", [])
        del self.env["LATCHKEY_SOCKET"]
        self.env["XDG_RUNTIME_DIR"] = folder
        self.assert_ends(self.ctl("list"), 0)
        self.env["LATCHKEY_SOCKET"] = ""
        self.assert_ends(self.ctl("list"), 0)

    def test_a_path_that_is_too_long_is_told(self):
        self.env["LATCHKEY_SOCKET"] = "/tmp/" + "x" * 200
        self.assert_ends(self.ctl("list"), 1)

    def test_a_foreign_agent_gets_nothing(self):
        if os.geteuid() != 0:
            return  # only root can play another user
        theirs = self.address + ".theirs"
        os.chmod(os.path.dirname(theirs), 0o777)
        os.seteuid(65534)
        try:
            agent = FakeAgent(theirs)
        finally:
            os.seteuid(0)
        self.addCleanup(agent.close)
        self.env["LATCHKEY_SOCKET"] = theirs
        self.assert_ends(self.ctl("list"), 1,
                         "latchkeyctl: The agent's socket belongs to another user.\n")
        self.assertEqual([], agent.requests)


    def test_an_agent_with_process_numbers_of_its_own_gets_nothing(self):
        """Such as a sandbox that can write the socket's folder, and stands in for the agent."""
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        path = self.address + ".theirs"
        with subprocess.Popen(["unshare", *user, "--pid", "--fork", "--kill-child",
                               "/usr/bin/python3", "-c", STAND_IN, path],
                              stdout=subprocess.PIPE, text=True) as stand_in:
            self.addCleanup(stand_in.kill)
            self.assertEqual("listens\n", stand_in.stdout.readline())
            self.env["LATCHKEY_SOCKET"] = path
            for command in ([*SIGN_IN, "--password-stdin"], ["gateway", "prod"]):
                done = self.ctl(*command, stdin=PASSWORD.encode())
                self.assertEqual(1, done.returncode, done.err)
                self.assertIn("runs in a container or sandbox", done.err)
                self.assertEqual("b''\n", stand_in.stdout.readline())


class Deadlines(CtlTest):
    def assert_gives_up(self, *arguments):
        began = time.monotonic()
        done = self.ctl(*arguments)
        took = time.monotonic() - began
        self.assert_ends(done, 1, "latchkeyctl: Latchkey does not answer.\n")
        self.assertGreaterEqual(took, 2.1)
        self.assertLess(took, 5)

    def test_an_agent_that_never_answers(self):
        self.agent.on("session.token", SILENCE)
        self.assert_gives_up("token", "prod", "--deadline", "0.1")
        self.assertEqual(0.1, self.agent.params("session.token")[0]["deadline"])

    def test_an_agent_that_sends_half_a_line(self):
        self.agent.on("session.list", Raw(b'{"id":%ID%,"result":'))
        self.assert_gives_up("list", "--deadline", "0.1")

    def test_an_agent_that_talks_of_other_things_for_ever(self):
        self.agent.on("session.list", Flood(b'{"method":"session.changed","params":{}}\n' * 99))
        self.assert_gives_up("list", "--deadline", "0.1")

    def test_an_agent_that_accepts_nobody(self):
        self.env["LATCHKEY_SOCKET"] = self.address + ".full"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.env["LATCHKEY_SOCKET"])
            listener.listen(0)
            queued = []
            self.addCleanup(lambda: [client.close() for client in queued])
            try:
                while True:
                    client = socket.socket(socket.AF_UNIX)
                    queued.append(client)
                    client.setblocking(False)
                    client.connect(self.env["LATCHKEY_SOCKET"])
            except BlockingIOError:
                self.assert_gives_up("list", "--deadline", "0.1")

    def test_defaults_are_10_and_30(self):
        self.agent.on("session.token", TOKEN)
        self.agent.on("session.signIn", SESSION)
        self.ctl("token", "prod")
        self.ctl(*SIGN_IN, "--password-stdin", stdin=b"x")
        self.assertEqual(10, self.agent.params("session.token")[0]["deadline"])
        self.assertEqual(30, self.agent.params("session.signIn")[0]["deadline"])


class BadAgents(CtlTest):
    def test_garbage_and_early_ends_are_failures(self):
        for data in (b"garbage\n", b"\xff\xfe\n", b"\n", b"[1]\n", b'"x"\n', b'{"id":%ID%}\n',
                     b"[" * 100000 + b"\n"):
            self.agent.on("session.list", Raw(data))
            self.assert_ends(self.ctl("list"), 1)
        self.agent.on("session.list", Raw(b"x" * (9 << 20)))
        self.assert_ends(self.ctl("list"), 1,
                         "latchkeyctl: Latchkey sent an answer that is too long.\n")
        for data in (b"", b'{"id":%ID%,"res'):
            self.agent.on("session.list", Raw(data, close=True))
            self.assert_ends(self.ctl("list"), 1)

    def test_results_of_the_wrong_shape_do_no_harm(self):
        for wrong in (None, 7, "x", [], [[]], {"access": 7, "history": 3, "reason": "x"}):
            for method in ("session.list", "session.get", "ledger.list", "session.token"):
                self.agent.on(method, wrong)
            for arguments in (["list"], ["show", "a"], ["ledger"]):
                self.assertEqual(0, self.ctl(*arguments).returncode)
            self.assert_ends(self.ctl("token", "a"), 1)
            self.assert_ends(self.ctl("exec", "a", "--", "true"), 1)

    def test_other_messages_are_passed_over(self):
        self.agent.on("session.token", Raw(
            b'{"jsonrpc":"2.0","method":"session.changed","params":{}}\n'
            b'{"id":99,"result":{"accessToken":"wrong"}}\n{"id":"%ID%","result":1}\n'
            + json.dumps(TOKEN).encode().join([b'{"id":%ID%,"result":', b'}\n'])))
        self.assert_ends(self.ctl("token", "prod"), 0, "", "eyJ.abc.def\n")


class Tokens(CtlTest):
    def test_token_prints_the_token_and_a_newline(self):
        self.agent.on("session.token", TOKEN)
        self.assert_ends(self.ctl("token", "prod"), 0, "", "eyJ.abc.def\n")
        self.assertEqual([{"name": "prod", "deadline": 10, "orBest": False}],
                         self.agent.params("session.token"))

    def test_header(self):
        self.agent.on("session.token", TOKEN)
        self.assert_ends(self.ctl("header", "prod"), 0, "", "Authorization: Bearer eyJ.abc.def\n")

    def test_options_reach_the_agent(self):
        self.agent.on("session.token", TOKEN)
        self.ctl("header", "prod", "--min-valid", "300", "--deadline", "2.5", "--or-best")
        self.assertEqual([{"name": "prod", "deadline": 2.5, "minValid": 300, "orBest": True}],
                         self.agent.params("session.token"))

    def test_or_best_prints_the_best_and_tells_why(self):
        self.agent.on("session.token", Error("unreachable", "It is down.", best=TOKEN))
        self.assert_ends(self.ctl("token", "prod", "--or-best"), 6, "latchkeyctl: It is down.\n",
                         "eyJ.abc.def\n")
        self.assert_ends(self.ctl("header", "prod", "--or-best"), 6, "latchkeyctl: It is down.\n",
                         "Authorization: Bearer eyJ.abc.def\n")
        self.assert_ends(self.ctl("token", "prod"), 6, "latchkeyctl: It is down.\n")
        self.agent.on("session.token", Error("unreachable", "It is down.", best=None))
        self.assert_ends(self.ctl("token", "prod", "--or-best"), 6, "latchkeyctl: It is down.\n")

    def test_what_would_break_a_header_is_no_token(self):
        for token in ("", "a b", "a\nSet-Cookie: x", "a\u00e9", None, 7):
            self.agent.on("session.token", {"accessToken": token})
            self.assert_ends(self.ctl("header", "prod"), 1)

    def test_output_that_cannot_be_written(self):
        self.agent.on("session.token", TOKEN)
        with open("/dev/full", "wb") as full:
            self.assert_ends(self.ctl("token", "prod", stdout=full), 1)

    def test_broken_pipe_is_quiet(self):
        self.agent.on("session.token", TOKEN)
        for restored, code in ((True, -signal.SIGPIPE), (False, 1)):
            reader, writer = os.pipe()
            os.close(reader)
            done = self.ctl("token", "prod", stdout=writer, restore_signals=restored)
            os.close(writer)
            self.assert_ends(done, code, "")

    def test_closed_stdout_does_not_send_the_token_elsewhere(self):
        self.agent.on("session.token", TOKEN)
        done = self.ctl("token", "prod", stdout=None, preexec_fn=lambda: os.close(1))
        self.assert_ends(done, 1)
        self.assertEqual(["session.token"], self.agent.methods())


class Exec(CtlTest):
    def setUp(self):
        super().setUp()
        self.agent.on("session.token", TOKEN)

    def test_command_has_token_and_server(self):
        done = self.ctl("exec", "prod", "--min-valid", "5", "--", "/bin/sh", "-c",
                        'echo "$LATCHKEY_TOKEN $LATCHKEY_SERVER"; exit 42')
        self.assert_ends(done, 42, "", "eyJ.abc.def https://backup.example:1443\n")
        self.assertEqual(5, self.agent.params("session.token")[0]["minValid"])

    def test_command_has_the_umask_of_whoever_started_it(self):
        done = self.ctl("exec", "prod", "--", "sh", "-c", "umask",
                        preexec_fn=lambda: os.umask(0o027))
        self.assert_ends(done, 0, "", "0027\n")

    def test_server_is_the_one_that_the_token_is_for(self):
        """The name may be given to another appliance between two requests."""
        self.agent.on("session.get", {**SESSION, "server": "https://other.example"})
        for answer in (TOKEN, Error("unreachable", "It is down.", best=TOKEN)):
            self.agent.on("session.token", answer)
            done = self.ctl("exec", "prod", "--or-best", "--", "sh", "-c", "echo $LATCHKEY_SERVER")
            self.assertEqual(done.out, "https://backup.example:1443\n")
        self.agent.on("session.token", {"accessToken": "eyJ.abc.def"})
        self.assert_ends(self.ctl("exec", "prod", "--", "echo", "ran"), 1,
                         "latchkeyctl: Latchkey did not say which appliance this is.\n")

    def test_arguments_arrive_as_they_are(self):
        given = ["[a,b]", "--", "--help", "", "-x", "a b", "ö"]
        done = self.ctl("exec", "prod", "--", "printf", "%s|", *given)
        self.assert_ends(done, 0, "", "|".join(given) + "|")

    def test_command_that_is_missing_or_cannot_run(self):
        self.assert_ends(self.ctl("exec", "prod", "--", "/no/such"), 127)
        self.assert_ends(self.ctl("exec", "prod", "--", "/"), 126)

    def test_command_gets_the_best_and_its_own_exit_code(self):
        self.agent.on("session.token", Error("unreachable", "It is down.", best=TOKEN))
        done = self.ctl("exec", "prod", "--or-best", "--", "sh", "-c", "echo $LATCHKEY_TOKEN")
        self.assert_ends(done, 0, "latchkeyctl: It is down.\n", "eyJ.abc.def\n")
        self.assert_ends(self.ctl("exec", "prod", "--", "echo", "ran"), 6)

    def test_nothing_runs_without_a_session(self):
        self.agent.on("session.token", Error("no-session"))
        self.assert_ends(self.ctl("exec", "prod", "--", "echo", "ran"), 4)


class Lists(CtlTest):
    def test_list_is_a_line_a_session(self):
        out = {"headline": "Signed out", "access": None, "role": None}
        self.agent.on("session.list", [
            SESSION, {**SESSION, **out, "name": "löng-name", "user": "bo"},
            {**SESSION, "name": "x", "headline": "Cannot renew, token still good",
             "access": {"expiresIn": 90061}}])
        self.assert_ends(self.ctl("list"), 0, "", (
            "prod       Signed in                       ada  Admin  50 min left\n"
            "löng-name  Signed out                      bo   -      -\n"
            "x          Cannot renew, token still good  ada  Admin  1 d 1 h left\n"))

    def test_time_left_in_words(self):
        for seconds, words in ((59.9, "59 s left"), (60, "1 min left"), (3600, "1 h left"),
                               (5400, "1 h 30 min left"), (0, "expired"), (-5, "expired"),
                               (1e300, "11574074 d 1 h left")):
            self.agent.on("session.list", [{"access": {"expiresIn": seconds}}])
            self.assertEqual(f"-  -  -  -  {words}\n", self.ctl("list").out)

    def test_json_is_what_the_agent_said(self):
        self.agent.on("session.list", [SESSION])
        self.agent.on("session.get", SESSION)
        self.agent.on("ledger.list", [{"at": "x"}])
        self.assertEqual([SESSION], json.loads(self.ctl("list", "--json").out))
        self.assertEqual(SESSION, json.loads(self.ctl("show", "prod", "--json").out))
        self.assertEqual([{"at": "x"}], json.loads(self.ctl("ledger", "--json").out))

    def test_show_says_all_in_words(self):
        self.agent.on("session.get", {
            **SESSION, "headline": "Cannot renew, token still good",
            "reason": {"kind": "ServerBusy", "text": "It is busy.", "httpStatus": 503,
                       "at": "2026-11-22T22:00:00Z"},
            "history": [{"at": "2026-11-22T20:00:00Z", "state": "active", "cause": "granted"}] * 11
            + [{"at": "2026-11-22T21:00:00Z", "state": "waiting", "cause": "network-back",
                "reason": {"kind": "server-busy", "text": "It is busy."},
                "words": "Maintenance"}]})
        self.assert_ends(self.ctl("show", "prod"), 0, "", (
            "Name             prod\n"
            "State            Cannot renew, token still good\n"
            "Reason           It is busy. (2026-11-22 22:00:00 UTC)\n"
            "Appliance        https://backup.example:1443\n"
            "Kind             azure\n"
            "User             ada\n"
            "User id          7\n"
            "Role             Admin\n"
            "User type        Local\n"
            "Second factor    yes\n"
            "Short-lived      no\n"
            "Access token     until 2026-11-22 23:00:00 UTC, 50 min left\n"
            "Refresh token    until 2026-12-06 22:00:00 UTC\n"
            "Next refresh     2026-11-22 22:45:00 UTC\n"
            "Appliance clock  1 min behind\n"
            "Kept             on this computer, sealed\n"
            "What happened\n"
            + 9 * "   2026-11-22 20:00:00 UTC  active   granted\n"
            + "   2026-11-22 21:00:00 UTC  waiting  "
            "network back: It is busy. It said: Maintenance\n"))

    def test_ledger_names_who_stands_behind_us(self):
        ours = os.path.realpath(CTL)
        self.agent.on("ledger.list", [
            {"at": "2026-11-22T10:00:00Z", "session": "prod", "program": program,
             "parents": parents, "pid": 7, "terminal": None, "answer": "given"}
            for program, parents in ((ours, ["/usr/bin/bash", "/usr/sbin/sshd"]),
                                     ("/usr/bin/curl", ["/usr/bin/bash"]), (ours, []))])
        lines = self.ctl("ledger").out.splitlines()
        self.assertIn("/usr/bin/bash through latchkeyctl", lines[0])
        self.assertIn("  /usr/bin/curl  ", lines[1])
        self.assertIn(f"  {ours}  ", lines[2])

    def test_ledger_tells_the_script(self):
        self.agent.on("ledger.list", [
            {"at": "x", "session": "prod", "program": program, "script": "/own.py",
             "parents": ["/usr/bin/dash"], "parentScript": "/b.sh", "pid": 7, "terminal": None,
             "answer": "given"} for program in (os.path.realpath(CTL), "/usr/bin/python3")])
        lines = self.ctl("ledger").out.splitlines()
        self.assertIn("  /usr/bin/dash /b.sh (as it says) through latchkeyctl  ", lines[0])
        self.assertIn("  /usr/bin/python3 /own.py (as it says)  ", lines[1])

    def test_ledger_marks_a_name_that_only_the_program_says(self):
        ours = os.path.realpath(CTL)
        self.agent.on("ledger.list", [
            {"at": "x", "session": "prod", "program": program, "parents": ["(cron)"], "pid": 7,
             "terminal": None, "answer": "given"} for program in (ours, "(curl)")])
        lines = self.ctl("ledger").out.splitlines()
        self.assertIn("  cron (as it says) through latchkeyctl  ", lines[0])
        self.assertIn("  curl (as it says)  ", lines[1])

    def test_ledger_takes_no_other_file_of_our_name_for_us(self):
        gateway = os.path.join(os.path.dirname(os.path.realpath(CTL)), "latchkey-gateway")
        self.agent.on("ledger.list", [
            {"at": "2026-11-22T10:00:00Z", "session": "prod", "program": program,
             "parents": ["/usr/bin/bash"], "pid": 7, "terminal": None, "answer": "given"}
            for program in ("/tmp/latchkeyctl", "/tmp/latchkey-gateway", gateway)])
        lines = self.ctl("ledger").out.splitlines()
        self.assertIn("  /tmp/latchkeyctl  ", lines[0])
        self.assertIn("  /tmp/latchkey-gateway  ", lines[1])
        self.assertIn("/usr/bin/bash through latchkey-gateway", lines[2])

    def test_ledger_is_a_line_a_hand_out(self):
        self.agent.on("ledger.list", [{
            "at": "2026-11-22T22:00:00Z", "session": "prod", "program": "/usr/bin/curl",
            "pid": 42, "terminal": None, "answer": "allowed"}])
        self.assert_ends(self.ctl("ledger"), 0, "",
                         "2026-11-22 22:00:00 UTC  prod  /usr/bin/curl  42  -  allowed\n")


class Programs(CtlTest):
    def test_a_line_for_each_that_is_allowed_and_blocked(self):
        self.agent.on("grants.list", GRANTS)
        self.assert_ends(self.ctl("programs"), 0, "", (
            "PROGRAM                            SESSION  ALLOWED  UNTIL\n"
            "/usr/bin/dash through latchkeyctl  prod     always   -\n"
            "/usr/bin/curl                      prod     hour     2026-11-22 22:00:00 UTC\n"
            "/usr/bin/wget                      -        blocked  -\n"))

    def test_changes_are_passed_on(self):
        for option, method, result, params in (
                ("--revoke", "grants.revoke", 1, {}),
                ("--revoke", "grants.revoke", 1, {"name": "prod"}),
                ("--block", "grants.block", True, {}), ("--unblock", "grants.unblock", True, {})):
            self.agent.on(method, result)
            session = ["--session", "prod"] if params else []
            self.assert_ends(self.ctl("programs", option, "/no/such", *session), 0, "", "")
            self.assertEqual(self.agent.params(method)[-1], {"program": "/no/such", **params})
        with tempfile.TemporaryDirectory() as folder:
            link = os.path.join(folder, "link")
            os.symlink(os.path.realpath(CTL), link)
            self.ctl("programs", "--unblock", link)
        self.assertEqual(self.agent.params("grants.unblock")[-1],
                         {"program": os.path.realpath(CTL)})

    def test_nothing_to_change_is_told(self):
        self.agent.on("grants.revoke", 0)
        self.agent.on("grants.unblock", False)
        for option in ("--revoke", "--unblock"):
            done = self.ctl("programs", option, "/usr/bin/curl")
            self.assertEqual(done.returncode, 1)
            self.assertIn("/usr/bin/curl", done.err)

    def test_one_change_at_a_time(self):
        for arguments in (["--block", "/a", "--unblock", "/b"], ["--session", "prod"]):
            self.assertEqual(self.ctl("programs", *arguments).returncode, 2)


class Kinds(CtlTest):
    def test_a_line_a_kind_and_below_them_what_is_wrong(self):
        self.agent.on("kinds.list", KINDS)
        self.assert_ends(self.ctl("kinds"), 0, "", (
            "ID       NAME        PORT  SECOND FACTOR  SHORT-LIVED  LOGOUT\n"
            "vbr      Backup      9419  no             yes          yes\n"
            "my-kind  Of our own  443   yes            no           no\n"
            "\n"
            "Problem  /x.json: name is missing. Correct the file.\n"))

    def test_json_is_what_the_agent_said(self):
        self.agent.on("kinds.list", KINDS)
        self.assertEqual(KINDS, json.loads(self.ctl("kinds", "--json").out))


class Settings(CtlTest):
    def test_a_line_a_setting_and_below_them_what_the_administrator_decided(self):
        self.agent.on("agent.settings", SETTINGS)
        self.assert_ends(self.ctl("settings"), 0, "", (
            "lock   yes             set by your administrator\n"
            "proxy  own proxy 3128\n"
            "\n"
            "Appliances  *.example.com, 192.0.2.7\n"
            "Accounts    none\n"
            "Problem     The policy has a fault.\n"))

    def test_json_is_what_the_agent_said(self):
        self.agent.on("agent.settings", SETTINGS)
        self.assertEqual(SETTINGS, json.loads(self.ctl("settings", "--json").out))


class Doctor(CtlTest):
    def test_a_line_a_fact_when_all_is_well(self):
        self.agent.on("agent.doctor", DOCTOR)
        self.assert_ends(self.ctl("doctor"), 0, "", (
            "Program          latchkeyd 0.1.0\n"
            "Socket           /run/user/7/latchkey/agent.sock\n"
            "Keychain         KWallet, unlocked, "
            "8192 bytes written to the data folder and read in 12 ms\n"
            "\n"
            "Session          prod\n"
            "Appliance        https://backup.example:1443\n"
            "Reachable        yes\n"
            "Connection       TLSv1.3, trusted by you\n"
            "Certificate      AA:BB\n"
            "Valid until      2027-11-22 22:00:00 UTC\n"
            "Appliance clock  1 min behind\n"
            "Kept             on this computer, sealed\n"))

    def test_one_session_is_asked_for_by_its_name(self):
        self.agent.on("agent.doctor", DOCTOR)
        self.ctl("doctor", "prod")
        self.assertEqual("prod", self.agent.requests[-1]["params"]["name"])

    def test_each_problem_is_a_line_and_they_are_counted(self):
        session = {**DOCTOR["sessions"][0], "reachable": False, "tls": None, "clockOffset": None,
                   "persisted": False, "problem": "It is down."}
        locked = {"backend": None, "state": "absent", "roundTrip": None, "problem": "Start one."}
        self.agent.on("agent.doctor", {**DOCTOR, "keychain": locked, "sessions": [session]})
        self.assert_ends(
            self.ctl("doctor"), 1,
            "latchkeyctl: 2 problems were found; the report says what to do.\n", (
                "Program          latchkeyd 0.1.0\n"
                "Socket           /run/user/7/latchkey/agent.sock\n"
                "Keychain         absent\n"
                "Problem          Start one.\n"
                "\n"
                "Session          prod\n"
                "Appliance        https://backup.example:1443\n"
                "Reachable        no\n"
                "Appliance clock  -\n"
                "Kept             in memory only\n"
                "Problem          It is down.\n"))

    def test_json_is_what_the_agent_said_well_or_not(self):
        self.agent.on("agent.doctor", DOCTOR)
        done = self.ctl("doctor", "--json")
        self.assertEqual((0, DOCTOR), (done.returncode, json.loads(done.out)))
        ill = {**DOCTOR, "sessions": [{"name": "prod", "problem": "It is down."}]}
        self.agent.on("agent.doctor", ill)
        done = self.ctl("doctor", "--json")
        self.assertEqual((1, ill), (done.returncode, json.loads(done.out)))
        self.assertEqual("latchkeyctl: 1 problem was found; the report says what to do.\n", done.err)

    def test_a_list_that_is_damaged_is_a_problem_of_the_program(self):
        self.agent.on("agent.doctor", {**DOCTOR, "problem": "The list is damaged."})
        done = self.ctl("doctor")
        self.assertEqual(1, done.returncode)
        self.assertIn("latchkey/agent.sock\nProblem          The list is damaged.\nKeychain ",
                      done.out)

    def test_a_wrong_kind_file_is_a_problem(self):
        self.agent.on("agent.doctor", {**DOCTOR, "kinds": KINDS["problems"]})
        self.assert_ends(
            self.ctl("doctor"), 1,
            "latchkeyctl: 1 problem was found; the report says what to do.\n",
            self.ctl("doctor").out)
        self.assertIn("\nProblem          /x.json: name is missing. Correct the file.\nKeychain ",
                      self.ctl("doctor").out)

    def test_a_wrong_policy_is_a_problem(self):
        self.agent.on("agent.doctor", {**DOCTOR, "policy": SETTINGS["policy"]})
        done = self.ctl("doctor")
        self.assertEqual(1, done.returncode)
        self.assertIn("\nProblem          The policy has a fault.\nKeychain ", done.out)

    def test_the_agent_is_told_the_deadline(self):
        self.agent.on("agent.doctor", DOCTOR)
        self.ctl("doctor")
        self.ctl("doctor", "--deadline", "2.5")
        self.assertEqual([{"deadline": 10}, {"deadline": 2.5}], self.agent.params("agent.doctor"))

    def test_memory_is_nothing_to_unlock(self):
        memory = {"backend": "memory", "state": "unlocked", "roundTrip": None, "problem": None}
        self.agent.on("agent.doctor", {**DOCTOR, "keychain": memory})
        self.assertIn("Keychain         memory\n", self.ctl("doctor").out)

    def test_without_an_agent_the_socket_is_told(self):
        self.agent.close()
        self.assert_ends(self.ctl("doctor"), 3, (
            "latchkeyctl: Latchkey is not running. Start Latchkey, or run latchkeyd. "
            f"Nobody listens at {self.address}.\n"))

    def test_results_of_the_wrong_shape_do_no_harm(self):
        for wrong in ({}, {"keychain": 7, "sessions": 7}, {"sessions": [7, [], {"tls": 7}]}):
            self.agent.on("agent.doctor", wrong)
            self.assertEqual(0, self.ctl("doctor").returncode)
        for wrong in (None, 7, []):
            self.agent.on("agent.doctor", wrong)
            self.assert_ends(self.ctl("doctor"), 1)


class Report(CtlTest):
    REPORT = {"versions": {"latchkey": "0.1.0"}, "log": ["r\u202enewed"]}

    def path(self, name="report.json"):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        return os.path.join(folder, name)

    def test_what_the_agent_said_is_in_a_new_file_of_ones_own(self):
        self.agent.on("agent.report", self.REPORT)
        path = self.path()
        self.assert_ends(self.ctl("report", path), 0, "", "")
        with open(path, encoding="ascii") as file:
            self.assertEqual(self.REPORT, json.load(file))
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)

    def test_nothing_is_written_where_there_is_no_report(self):
        self.agent.on("agent.report", Error("failed", "There is no report."))
        path = self.path()
        self.assert_ends(self.ctl("report", path), 1, "latchkeyctl: There is no report.\n", "")
        self.assertFalse(os.path.exists(path))

    def test_no_file_is_replaced(self):
        self.agent.on("agent.report", self.REPORT)
        path = self.path()
        os.symlink("/nonexistent", path)
        done = self.ctl("report", path)
        self.assertEqual((1, ""), (done.returncode, done.out))
        self.assertIn("is there already", done.err)

    def test_a_folder_that_is_not_there(self):
        self.agent.on("agent.report", self.REPORT)
        done = self.ctl("report", self.path("none/report.json"))
        self.assertEqual(1, done.returncode)
        self.assertIn("No such file or directory", done.err)

    def test_level_of_the_log(self):
        self.agent.on("agent.log", {"level": "info", "file": "/data/log.txt"})
        self.assert_ends(self.ctl("log", "info"), 0, "", "Level  info\nFile   /data/log.txt\n")
        self.assertEqual(2, self.ctl("log", "loud").returncode)


class Sessions(CtlTest):
    LINE = "prod  Signed in  ada  Admin  50 min left\n"

    def test_refresh(self):
        self.agent.on("session.refresh", SESSION)
        self.assert_ends(self.ctl("refresh", "prod", "--deadline", "3"), 0, "", self.LINE)
        self.assertEqual([{"name": "prod", "deadline": 3}], self.agent.params("session.refresh"))

    def test_code_is_taken_with_or_without_spaces(self):
        self.agent.on("session.submitCode", SESSION)
        for typed, code in (("123456", "123456"), (" 123 456 ", "123456"),
                            ("1234 5678", "12345678"), ("123-456", "123456")):
            self.assert_ends(self.ctl("code", "prod", typed), 0, "", self.LINE)
            self.assertEqual({"name": "prod", "code": code, "deadline": 10},
                             self.agent.params("session.submitCode")[-1])

    def test_what_is_no_code_goes_nowhere(self):
        for typed in ("", "12345", "1234567", "12345a", "12-34", "１２３４５６"):
            self.assert_ends(self.ctl("code", "prod", typed), 2)
            self.assert_ends(self.ctl(*SIGN_IN, "--password-stdin", "--code", typed, stdin=b"x"), 2)
        self.assertEqual([], self.agent.methods())

    def test_fingerprint_is_taken_in_any_form(self):
        self.agent.on("session.trust", SESSION)
        for typed in (PRINT, PRINT.lower(), "".join(BYTES), "".join(BYTES).lower(),
                      PRINT.replace(":", " ")):
            self.assert_ends(self.ctl("trust", "prod", typed), 0, "", self.LINE)
            self.assertEqual({"name": "prod", "sha256": PRINT, "deadline": 10},
                             self.agent.params("session.trust")[-1])

    def test_what_is_no_fingerprint_goes_nowhere(self):
        for typed in ("", PRINT[:-3], PRINT + ":00", PRINT[:-1] + "G"):
            self.assert_ends(self.ctl("trust", "prod", typed), 2)
            self.assert_ends(self.ctl(*SIGN_IN, "--password-stdin", "--trust", typed, stdin=b"x"),
                             2)
        self.assertEqual([], self.agent.methods())

    def test_sign_out(self):
        self.agent.on("session.signOut", {**SESSION, "headline": "Signed out", "access": None})
        self.assert_ends(self.ctl("sign-out", "prod"), 0, "", "prod  Signed out  ada  Admin  -\n")
        self.assertEqual(["session.signOut"], self.agent.methods())

    def test_forget_is_one_call(self):
        self.agent.on("session.forget", {})
        self.assert_ends(self.ctl("sign-out", "prod", "--forget"), 0, "")
        self.assertEqual(["session.forget"], self.agent.methods())
        self.agent.on("session.forget", Error("no-session"))
        self.assert_ends(self.ctl("sign-out", "prod", "--forget"), 4)

    def test_rename_shows_the_session_under_its_new_name(self):
        self.agent.on("session.rename", {**SESSION, "name": "prod-eu"})
        answer = self.ctl("rename", "prod", "prod-eu")
        self.assertTrue(answer.out.startswith("prod-eu  "), answer.out)
        self.assertEqual([{"name": "prod", "newName": "prod-eu", "deadline": 10}],
                         self.agent.params("session.rename"))
        self.agent.on("session.rename", Error("usage"))
        self.assert_ends(self.ctl("rename", "prod", "test"), 2)
        self.assert_ends(self.ctl("rename", "prod"), 2)

    def test_notice_of_a_success_is_told_on_stderr(self):
        notice = "The disk is full. Make room on it."
        told = {**SESSION, "notice": notice}
        for method, arguments in (("session.refresh", ("refresh", "prod")),
                                  ("session.submitCode", ("code", "prod", "123456")),
                                  ("session.signOut", ("sign-out", "prod")),
                                  ("session.forget", ("sign-out", "prod", "--forget"))):
            self.agent.on(method, told)
            answer = self.ctl(*arguments)
            self.assertEqual((0, f"latchkeyctl: {notice}\n"), (answer.returncode, answer.err))


class Policy(CtlTest):
    def test_prints_what_holds(self):
        self.agent.on("session.get", {"name": "prod", "policy": "ask"})
        self.assertEqual("ask\n", self.ctl("policy", "prod").out)
        self.agent.on("session.get", {"name": "prod"})  # from an older agent
        self.assertEqual("-\n", self.ctl("policy", "prod").out)

    def test_sets_it(self):
        self.agent.on("session.setPolicy", {"name": "prod", "policy": "never"})
        answer = self.ctl("policy", "prod", "never")
        self.assertEqual((0, ""), (answer.returncode, answer.out))
        self.assertEqual([{"name": "prod", "policy": "never", "deadline": 10}],
                         self.agent.params("session.setPolicy"))

    def test_what_is_no_policy_goes_nowhere(self):
        self.assert_ends(self.ctl("policy", "prod", "sometimes"), 2)
        self.assertEqual([], self.agent.params("session.setPolicy"))

    def test_refusal_is_an_exit_code(self):
        self.agent.on("session.setPolicy", Error("denied"))
        self.assert_ends(self.ctl("policy", "prod", "allow"), 7)


class Watch(CtlTest):
    def setUp(self):
        super().setUp()
        self.agent.on("session.watch", True)

    def change(self, connection, **params):
        message = {"jsonrpc": "2.0", "method": "session.changed", "params": params}
        connection.sendall(json.dumps(message).encode() + b"\n")

    def test_a_line_for_each_change_at_once(self):
        process = self.start("watch", "prod")
        connection = self.agent.connections.get(timeout=LIMIT)
        self.change(connection, name="prod", state="active")
        self.assertEqual(b'{"name":"prod","state":"active"}\n', process.stdout.readline())
        connection.sendall(b'{"method":"something.else","params":{}}\n')
        self.change(connection, name="prod", forgotten=True)
        self.assertEqual(b'{"forgotten":true,"name":"prod"}\n', process.stdout.readline())
        connection.shutdown(socket.SHUT_RDWR)
        self.assertEqual((b"", b"latchkeyctl: Latchkey has stopped.\n"),
                         process.communicate(timeout=LIMIT))
        self.assertEqual(3, process.returncode)
        self.assertEqual([{"name": "prod"}], self.agent.params("session.watch"))

    def test_all_sessions(self):
        self.start("watch")
        self.agent.connections.get(timeout=LIMIT)
        self.assertEqual([{}], self.agent.params("session.watch"))

    def test_the_agent_ends_it_when_we_are_too_slow(self):
        process = self.start("watch")
        connection = self.agent.connections.get(timeout=LIMIT)
        connection.sendall(b'{"method":"session.watchEnded","params":{"text":"Too slow."}}\n')
        self.assertEqual((b"", b"latchkeyctl: Too slow.\n"), process.communicate(timeout=LIMIT))
        self.assertEqual(1, process.returncode)

    def test_unknown_session(self):
        self.agent.on("session.watch", Error("no-session"))
        self.assert_ends(self.ctl("watch", "prod"), 4)

    def test_ends_when_nobody_reads_though_nothing_changes(self):
        process = self.start("watch")
        self.agent.connections.get(timeout=LIMIT)
        process.stdout.close()
        self.assertEqual(1, process.wait(timeout=LIMIT))
        self.assertEqual(b"", process.stderr.read())


class SignInFromScripts(CtlTest):
    LINE = Sessions.LINE

    def setUp(self):
        super().setUp()
        self.agent.on("session.get", Error("no-session"))
        self.agent.on("session.signIn", SESSION)

    def sign_in(self, *options, stdin=b"x\n"):
        return self.ctl(*SIGN_IN, "--password-stdin", *options, stdin=stdin)

    def test_all_that_is_given_reaches_the_agent(self):
        done = self.ctl(*APPLIANCE, "--password-stdin", "--kind", "other", "--code", "123 456",
                        "--trust", PRINT.lower(), "--short-lived", "--memory-only", "--deadline",
                        "7", stdin=b"x\n")
        self.assert_ends(done, 0, "", self.LINE)
        self.assertEqual([{
            "name": "prod", "server": "https://backup.example:1443", "user": "ada",
            "kind": "other", "password": "x", "code": "123456", "trust": PRINT, "deadline": 7,
            "shortLived": True, "memoryOnly": True}], self.agent.params("session.signIn"))

    def test_defaults(self):
        self.sign_in()
        self.assertEqual([{
            "name": "prod", "server": "https://backup.example:1443", "user": "ada",
            "kind": "azure", "password": "x", "deadline": 30, "shortLived": False,
            "memoryOnly": False}], self.agent.params("session.signIn"))

    def test_password_arrives_exactly(self):
        long = "x" * 5000
        for given, password in (
                (PASSWORD.encode() + b"\n", PASSWORD), (PASSWORD.encode(), PASSWORD),
                (b" a \r\n", " a "), (b"a\r", "a\r"), (b"a\n\nb\n", "a"),
                (b'"\\\t\x01\n', '"\\\t\x01'), (long.encode() + b"\n", long)):
            self.assert_ends(self.sign_in(stdin=given), 0, "", self.LINE)
            self.assertEqual(password, self.agent.params("session.signIn")[-1]["password"])

    def test_what_is_no_password_is_a_usage_error(self):
        for given in (b"", b"\n", b"\r\n", b"\nx", b"\xff\n", b"x" * 70000):
            done = self.sign_in(stdin=given)
            self.assert_ends(done, 2)
        self.assertEqual([], self.agent.params("session.signIn"))

    def test_what_is_missing_is_named_not_asked(self):
        for arguments, option in (
                (["--user", "a", "--password-stdin"], "--server"),
                (["--server", "https://a", "--password-stdin"], "--user"),
                (["--server", "https://a", "--user", ""], "--password-stdin"),
                (["--server", "", "--user", "a", "--password-stdin"], "--server"),
                (["--server", "https://a", "--user", "a"], "--password-stdin")):
            done = self.ctl("sign-in", "prod", *arguments, stdin=b"x\n")
            self.assert_ends(done, 2)
            self.assertIn(option, done.err)
        self.assertEqual([], self.agent.params("session.signIn"))

    def test_without_a_kind_it_is_found_and_told(self):
        self.agent.on("kinds.find", {"candidates": [FOUND]})
        done = self.ctl(*APPLIANCE, "--password-stdin", stdin=b"x\n")
        self.assert_ends(done, 0, FOUND_LINE + "Use a service account.\n", self.LINE)
        self.assertEqual([{"name": "prod", "server": "https://backup.example:1443", "user": "ada",
                           "deadline": 30}], self.agent.params("kinds.find"))
        sent = self.agent.params("session.signIn")[0]
        self.assertEqual(["https://backup.example:9419", "vbr"], [sent["server"], sent["kind"]])

    def test_no_kind_or_several_exit_2_with_the_candidates(self):
        other = {**FOUND, "kind": "one", "name": "Other", "server": "https://backup.example:1239"}
        self.agent.on("kinds.find", {"candidates": []}, {"candidates": [FOUND, other]})
        done = self.ctl(*APPLIANCE, "--password-stdin", stdin=b"x\n")
        self.assert_ends(done, 2)
        self.assertIn("https://backup.example:1443 is unknown", done.err)
        done = self.ctl(*APPLIANCE, "--password-stdin", stdin=b"x\n")
        self.assert_ends(done, 2)
        self.assertIn("--kind", done.err)
        self.assertTrue(done.err.endswith(
            FOUND_LINE + "Other (one) at https://backup.example:1239\n"), done.err)
        self.assertEqual([], self.agent.params("session.signIn"))

    def test_candidates_of_the_wrong_shape_are_no_appliance(self):
        for wrong in (None, 7, {}, {"candidates": 7}, {"candidates": [7]},
                      {"candidates": [{"server": "https://a", "kind": 7}]}):
            self.agent.on("kinds.find", wrong)
            done = self.ctl(*APPLIANCE, "--password-stdin", stdin=b"x\n")
            self.assert_ends(done, 1, "latchkeyctl: Latchkey sent an answer that makes no sense.\n")
        self.assertEqual([], self.agent.params("session.signIn"))

    def test_a_kind_that_cannot_be_found_ends_with_the_agents_reason(self):
        self.agent.on("kinds.find", Error("unreachable", "Nobody is there."))
        done = self.ctl(*APPLIANCE, "--password-stdin", stdin=b"x\n")
        self.assert_ends(done, 6, "latchkeyctl: Nobody is there.\n")
        self.assertEqual([], self.agent.params("session.signIn"))

    def test_the_client_and_its_secret_reach_the_agent(self):
        for options, stdin, secret in (
                (("--client-secret-stdin",), b"x\nof the client \r\nz\n", "of the client "),
                (("--client-secret-stdin",), b"x\nlast", "last"),
                (("--client-secret-stdin",), b"x\n", None),
                (("--client-secret-stdin",), b"x", None),
                ((), b"x\nno secret\n", None)):
            self.assert_ends(self.sign_in("--client-id", "app", *options, stdin=stdin), 0, "",
                             self.LINE)
            sent = self.agent.params("session.signIn")[-1]
            self.assertEqual(("app", "x", secret),
                             (sent["clientId"], sent["password"], sent.get("clientSecret")))

    def test_an_account_that_exists_knows_its_appliance(self):
        self.agent.on("session.get", {**SESSION, "kind": "other"})
        self.assert_ends(self.ctl("sign-in", "prod", "--password-stdin", stdin=b"x"), 0, "",
                         self.LINE)
        sent = self.agent.params("session.signIn")[0]
        self.assertEqual(["https://backup.example:1443", "ada", "other"],
                         [sent["server"], sent["user"], sent["kind"]])

    def test_questions_are_exit_codes(self):
        self.agent.on("session.signIn", Error("trust-needed", "Unknown.", sha256=PRINT, pinned=None),
                      Error("code-needed", "A code."), Error("sign-in-needed", "Refused."))
        self.assert_ends(self.sign_in(), 8, f"latchkeyctl: Unknown.\nSHA-256:  {PRINT}\n")
        self.assert_ends(self.sign_in(), 9, "latchkeyctl: A code.\n")
        self.assert_ends(self.sign_in(), 5, "latchkeyctl: Refused.\n")
        self.assertNotIn("session.trust", self.agent.methods())
        self.assertNotIn("session.submitCode", self.agent.methods())

    def test_no_prompt_when_stdin_is_no_terminal_though_there_is_one(self):
        self.agent.on("session.signIn", Error("code-needed", "A code."))
        person = Person(["/bin/sh", "-c", 'printf x | "$@" --password-stdin', "sh", CTL, *SIGN_IN],
                        self.env)
        self.addCleanup(person.close)
        self.assertEqual((9, ""), (person.leaves(), person.screen))

    def test_no_prompt_when_stdin_is_a_terminal_but_not_ours(self):
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)
        done = subprocess.run([CTL, *SIGN_IN], stdin=slave, capture_output=True, env=self.env,
                              timeout=LIMIT, start_new_session=True)
        self.assertEqual(2, done.returncode)


class SignInAtTheTerminal(CtlTest):
    def setUp(self):
        super().setUp()
        self.agent.on("session.get", Error("no-session"))
        self.agent.on("session.signIn", SESSION)

    def test_asks_for_all_that_is_missing(self):
        self.agent.on("kinds.find", {"candidates": [{**FOUND, "server": SESSION["server"]}]})
        person = self.at_terminal("sign-in", "prod")
        person.sees("Appliance: ")
        self.assertTrue(person.echoes())
        person.types("https://backup.example:1443\n")
        self.assertIn("Use a service account.", person.sees("User name: "))
        person.types("ada\n")
        person.sees("Password: ")
        self.assertFalse(person.echoes())
        person.types(PASSWORD + "\n")
        self.assertEqual(0, person.leaves(), person.screen)
        self.assertEqual((Sessions.LINE, ""), (person.out, person.err))
        self.assertNotIn("ss&w", person.screen)
        self.assertTrue(person.echoes())
        sent = self.agent.params("session.signIn")[0]
        self.assertEqual(["https://backup.example:1443", "ada", PASSWORD],
                         [sent["server"], sent["user"], sent["password"]])

    def test_says_where_the_password_goes_before_it_is_typed(self):
        person = self.at_terminal(*SIGN_IN)
        self.assertIn("Signing in to https://backup.example:1443 as ada.\r\n",
                      person.sees("Password: "))
        person.types("x\n")
        self.assertEqual(0, person.leaves())

    def test_says_it_only_where_the_user_is_the_one_that_latchkey_has(self):
        self.agent.on("session.get", SESSION)
        person = self.at_terminal("sign-in", "prod", "--user", "somebody")
        self.assertIn("as somebody.\r\n", person.sees("Password: "))

    def test_says_so_where_the_address_is_the_one_that_latchkey_has(self):
        self.agent.on("session.get", {**SESSION, "server": "https://else\x1b[2Jwhere.example"})
        person = self.at_terminal("sign-in", "prod")
        seen = person.sees("Password: ")
        self.assertIn("where.example as ada, as Latchkey has it under this name.\r\n", seen)
        self.assertNotIn("\x1b", seen)
        person.types("x\n")
        self.assertEqual(0, person.leaves())

    def typed_password(self, *options):
        person = self.at_terminal(*SIGN_IN, *options)
        person.sees("Password: ")
        person.types("x\n")
        return person

    def test_the_kind_that_was_found_is_said_before_the_password_is_typed(self):
        self.agent.on("kinds.find", {"candidates": [FOUND]})
        person = self.at_terminal(*APPLIANCE)
        seen = person.sees("Password: ").replace("\r", "")
        self.assertIn(FOUND_LINE + "Use a service account.\n", seen)
        self.assertIn("Signing in to https://backup.example:9419 as ada.\n", seen)
        person.types("x\n")
        self.assertEqual((0, ""), (person.leaves(), person.err))

    def test_the_clients_secret_is_asked_for_hidden_and_may_be_empty(self):
        for typed, secret in (("of the client", "of the client"), ("", None)):
            person = self.typed_password("--client-id", "app")
            person.sees("Client secret, if there is one: ")
            self.assertFalse(person.echoes())
            person.types(typed + "\n")
            self.assertEqual(0, person.leaves())
            self.assertEqual(secret,
                             self.agent.params("session.signIn")[-1].get("clientSecret"))

    def test_password_stdin_at_the_terminal_is_hidden_too(self):
        person = self.typed_password("--password-stdin")
        self.assertEqual(0, person.leaves())
        self.assertEqual("x", self.agent.params("session.signIn")[0]["password"])

    def test_empty_answers_are_usage_errors(self):
        person = self.at_terminal(*SIGN_IN)
        person.sees("Password: ")
        person.types("\n")
        self.assertEqual(2, person.leaves())
        person = self.at_terminal("sign-in", "prod")
        person.sees("Appliance: ")
        person.types("\n")
        self.assertEqual(2, person.leaves())

    def test_end_of_input_cancels(self):
        person = self.at_terminal(*SIGN_IN)
        person.sees("Password: ")
        person.types("\x04")
        self.assertEqual((1, "latchkeyctl: Cancelled.\n"), (person.leaves(), person.err))
        self.assertTrue(person.echoes())

    def test_nobody_is_asked_when_there_is_no_agent(self):
        self.agent.close()
        person = self.at_terminal(*SIGN_IN)
        self.assertEqual((3, ""), (person.leaves(), person.screen))

    def test_trust_is_asked_with_the_fingerprint(self):
        self.agent.on("session.signIn", Error("trust-needed", "Unknown.", sha256=PRINT, pinned=None))
        self.agent.on("session.trust", SESSION)
        person = self.typed_password()
        question = person.sees("Trust this appliance? [y/N] ")
        self.assertIn("Unknown.", question)
        self.assertIn(PRINT, question)
        self.assertNotIn("before", question)
        person.types("y\n")
        self.assertEqual(0, person.leaves())
        self.assertEqual([{"name": "prod", "sha256": PRINT, "deadline": 30}],
                         self.agent.params("session.trust"))

    def test_a_changed_certificate_is_shown_with_the_old_one(self):
        self.agent.on("session.signIn",
                      Error("trust-needed", "Changed.", sha256=PRINT, pinned=OTHER))
        person = self.typed_password()
        question = person.sees("[y/N] ")
        self.assertIn(PRINT, question)
        self.assertIn(OTHER, question)
        person.types("\n")
        self.assertEqual(8, person.leaves())
        self.assertIn(PRINT, person.err)

    def test_only_yes_is_yes(self):
        self.agent.on("session.signIn", Error("trust-needed", sha256=PRINT))
        for answer in ("n", "", "nay", "yep", " y"):
            person = self.typed_password()
            person.sees("[y/N] ")
            person.types(answer + "\n")
            self.assertEqual(8, person.leaves())
        self.assertNotIn("session.trust", self.agent.methods())

    def test_a_given_fingerprint_is_not_up_for_debate(self):
        self.agent.on("session.signIn", Error("trust-needed", sha256=PRINT))
        person = self.typed_password("--trust", OTHER)
        self.assertEqual(8, person.leaves())
        self.assertNotIn("[y/N]", person.screen)

    def test_trust_then_code(self):
        self.agent.on("session.signIn", Error("trust-needed", sha256=PRINT))
        self.agent.on("session.trust", Error("code-needed", "A code is needed."))
        self.agent.on("session.submitCode", Error("code-needed", "That was wrong."), SESSION)
        person = self.typed_password()
        person.sees("[y/N] ")
        person.types("y\n")
        self.assertIn("A code is needed.", person.sees("Verification code: "))
        person.types("123 456\n")
        self.assertIn("That was wrong.", person.sees("Verification code: "))
        person.types("12345678\n")
        self.assertEqual(0, person.leaves())
        self.assertEqual(["123456", "12345678"],
                         [sent["code"] for sent in self.agent.params("session.submitCode")])

    def test_three_tries_at_the_code(self):
        self.agent.on("session.signIn", Error("code-needed", "A code."))
        self.agent.on("session.submitCode", Error("code-needed", "Wrong."))
        person = self.typed_password()
        for typed in ("111111", "no code", "333333"):
            person.sees("Verification code: ")
            person.types(typed + "\n")
        self.assertEqual((9, "latchkeyctl: Wrong.\n"), (person.leaves(), person.err))
        self.assertEqual(2, len(self.agent.params("session.submitCode")))

    def test_a_dead_ticket_ends_the_questions(self):
        self.agent.on("session.signIn", Error("code-needed", "A code."))
        self.agent.on("session.submitCode", Error("sign-in-needed", "Too late."))
        person = self.typed_password()
        person.sees("Verification code: ")
        person.types("111111\n")
        self.assertEqual((5, "latchkeyctl: Too late.\n"), (person.leaves(), person.err))

    def test_signals_give_the_terminal_back(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            person = self.at_terminal(*SIGN_IN)
            person.sees("Password: ")
            self.assertFalse(person.echoes())
            person.process.send_signal(number)
            self.assertEqual(-number, person.leaves())
            self.assertTrue(person.echoes())
        person = self.at_terminal(*SIGN_IN)
        person.sees("Password: ")
        person.types("\x03")
        self.assertEqual(-signal.SIGINT, person.leaves())

    def test_after_a_stop_it_asks_again(self):
        # The kernel does not stop an orphaned process group, so the job needs a parent.
        person = Person(["/bin/sh", "-mc", '"$@"; fg', "sh", CTL, *SIGN_IN], self.env)
        self.addCleanup(person.close)
        person.sees("Password: ")
        person.types("\x1a")
        person.sees("Password: ")
        self.assertFalse(person.echoes())
        person.types(PASSWORD + "\n")
        self.assertEqual(0, person.leaves(), person.err)
        self.assertEqual(PASSWORD, self.agent.params("session.signIn")[0]["password"])


if __name__ == "__main__":
    unittest.main()
