# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""latchkeyctl.exe as a process under Wine, against an agent that answers as the test says. What is the
same on every system, tests/app/ctl/test_latchkeyctl.py tests."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "app" / "ctl"))
from fakeagent import Error, FakeAgent  # noqa: E402

BIN = pathlib.Path(os.environ["LATCHKEY_BIN"])
CTL = BIN / "latchkeyctl.exe"
HELPER = BIN / "latchkey-test-helper.exe"
LIMIT = 60  # seconds until a test that hangs gives up
TOKEN = {"accessToken": "eyJ.abc.def", "tokenType": "bearer", "expiresIn": 3000,
         "expiresAt": "2026-11-22T23:00:00Z", "server": "https://backup.example:1443"}
SESSION = {"name": "büro-東京", "server": "https://backup.example:1443", "kind": "azure", "user": "Ådä",
           "state": "active", "headline": "Signed in", "reason": None, "role": "Admin"}
REASONS = {"failed": 1, "usage": 2, "no-session": 4, "sign-in-needed": 5, "unreachable": 6,
           "denied": 7, "trust-needed": 8, "code-needed": 9}

#: What programs get wrong when they put a command line together.
AWKWARD = [
    "", " ", "a b", '"', '""', '\\', '\\\\', '\\"', '\\\\"', 'a\\', 'a b\\', 'a b\\\\', '"a b"', "'", "a'b",
    'a"b', 'a\\"b', 'a\\\\"b c', "\t", "a\tb", "%PATH%", "%%", "^", "&", "a&b", "|", ">x", "<x", "!x!", "(", ")",
    "*", "?", "*.exe", "$HOME", "`", ";", ",", "=", "--", "-x", "/?", "@x", "~", "[a,b]", "{a}", "ä", "東京",
    "\U0001f511", "C:\\a b\\", "\\\\server\\share\\", 'say "hi" \\o/', "line\nbreak", "x" * 8000]


def wine(path, *arguments):
    return ["wine", str(path), *arguments]


def windows_path(path):
    """Drive Z: is all that there is."""
    return "Z:" + str(path).replace("/", "\\")


class Pipe:
    """A pipe inside Wine that leads to the fake agent."""

    last = 0

    def __init__(self, *owner_and_level):
        self.agent = FakeAgent(("127.0.0.1", 0))
        Pipe.last += 1
        self.name = rf"\\.\pipe\latchkey-test-{os.getpid()}-{Pipe.last}"
        command = wine(HELPER, "pipe", self.name, str(self.agent.address[1]), *owner_and_level)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout.readline() == b"listens\n"

    def close(self):
        self._process.stdin.close()
        self._process.wait(LIMIT)
        self._process.stdout.close()
        self.agent.close()


class WindowsTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.pipe = Pipe()
        cls.agent = cls.pipe.agent
        cls.addClassCleanup(cls.pipe.close)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: subprocess.run(["rm", "-rf", self.folder], check=True))
        self.agent.on("session.token", TOKEN)
        self.agent.on("session.list", [SESSION])

    def run_program(self, *command, pipe=None, given=b"", **environment):
        env = {**os.environ, "LATCHKEY_SOCKET": self.pipe.name if pipe is None else pipe, **environment}
        return subprocess.run(
            wine(*command), env=env, input=given, capture_output=True, timeout=LIMIT, cwd=self.folder,
            check=False)

    def ctl(self, *arguments, **options):
        return self.run_program(CTL, *arguments, **options)

    def told(self, *arguments):
        """What a command that exec runs was told."""
        done = self.ctl("exec", "prod", "--", windows_path(HELPER), "tell", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return json.loads(done.stdout)


class Answers(WindowsTest):
    def test_a_token_is_printed_and_nothing_else(self):
        done = self.ctl("token", "prod")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"eyJ.abc.def\n", b""))

    def test_each_reason_has_its_exit_code(self):
        for reason, code in REASONS.items():
            with self.subTest(reason):
                self.agent.on("session.token", Error(reason, "Nö."))
                done = self.ctl("token", "prod")
                self.assertEqual((done.returncode, done.stdout), (code, b""))
                self.assertEqual(done.stderr.decode(), "latchkeyctl: Nö.\n")

    def test_without_an_agent(self):
        done = self.ctl("list", pipe=r"\\.\pipe\latchkey-that-nobody-made")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"Latchkey is not running", done.stderr)

    def test_the_address_is_the_users(self):
        done = self.ctl("doctor", pipe="")
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr.decode(), r"Nobody listens at \\\\\.\\pipe\\latchkey-S-1-5-21-[0-9-]+\.")

    def test_text_is_utf_8_both_ways(self):
        done = self.ctl("list")
        self.assertIn("büro-東京", done.stdout.decode())
        self.ctl("rename", "büro-東京", "\U0001f511")
        self.assertEqual(self.agent.params("session.rename")[-1]["newName"], "\U0001f511")
        self.assertEqual(self.agent.params("session.rename")[-1]["name"], "büro-東京")

    def test_a_password_comes_from_stdin(self):
        self.agent.on("session.signIn", SESSION)
        self.agent.on("session.get", Error("no-session"))
        done = self.ctl("sign-in", "prod", "--server", "https://a.example", "--user", "Ådä", "--kind", "azure",
                        "--password-stdin", given="p+a ss\"ö%25\r\n".encode())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        params = self.agent.params("session.signIn")[-1]
        self.assertEqual((params["user"], params["password"]), ("Ådä", "p+a ss\"ö%25"))

    def test_a_report_is_a_new_file(self):
        self.agent.on("agent.report", {"a": 1})
        file = self.folder / "bericht-ü.json"
        self.assertEqual(self.ctl("report", file.name).returncode, 0)
        self.assertEqual(file.read_bytes(), b'{\n  "a": 1\n}\n')
        done = self.ctl("report", file.name)
        self.assertEqual((done.returncode, done.stderr.decode()),
                         (1, f"latchkeyctl: {file.name} is there already. Name a file that is not.\n"))
        self.assertEqual(self.ctl("report", r"no\such\folder").returncode, 1)


class Trust(WindowsTest):
    def assertNothingIsSent(self, sentence, *owner_and_level):
        other = Pipe(*owner_and_level)
        self.addCleanup(other.close)
        done = self.ctl("token", "prod", pipe=other.name)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(sentence, done.stderr.decode())
        self.assertEqual(other.agent.requests, [])

    def test_nothing_goes_to_another_users_pipe(self):
        self.assertNothingIsSent("latchkeyctl: The agent's socket belongs to another user.\n", "SY")

    def test_nothing_goes_to_the_pipe_of_a_sandbox(self):
        self.assertNothingIsSent("is trusted less by the system", self.told()["user"], "LW")

    def test_nothing_goes_to_a_file_or_to_another_computer(self):
        file = self.folder / "file"
        file.write_bytes(b"")
        for address in (windows_path(file), r"\\server\pipe\latchkey", "\\\\.\\pipe\\", r"\\.\pipe\..\file"):
            with self.subTest(address):
                done = self.ctl("token", "prod", pipe=address)
                self.assertIn(done.returncode, (1, 3))
                self.assertEqual(done.stdout, b"")
        self.assertEqual(file.read_bytes(), b"")

    def test_a_name_that_is_too_long(self):
        done = self.ctl("token", "prod", pipe="\\\\.\\pipe\\" + "x" * 300)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"takes 256 bytes", done.stderr)


class Exec(WindowsTest):
    def test_each_argument_arrives_as_it_was_given(self):
        told = self.told(*AWKWARD)
        self.assertEqual(told["system"], AWKWARD)
        ascii_only = [argument if argument.isascii() else None for argument in AWKWARD]
        library = [mine if theirs is not None else None for mine, theirs in zip(told["library"], ascii_only)]
        self.assertEqual(library, ascii_only)

    def test_each_argument_arrives_alone_and_last(self):
        for argument in ('\\', 'a b\\', '"', "", '\\\\"'):
            with self.subTest(argument):
                self.assertEqual(self.told(argument)["system"], [argument])

    def test_the_token_is_in_its_environment(self):
        told = self.told()
        self.assertEqual(told["LATCHKEY_TOKEN"], "eyJ.abc.def")
        self.assertEqual(told["LATCHKEY_SERVER"], "https://backup.example:1443")
        done = self.ctl("exec", "prod", "--", windows_path(HELPER), "tell",
                        LATCHKEY_TEST="ä", latchkey_token="old")
        told = json.loads(done.stdout)
        self.assertEqual((told["LATCHKEY_TEST"], told["LATCHKEY_TOKEN"]), ("ä", "eyJ.abc.def"))

    def test_the_exit_code_is_passed_on(self):
        for code in (0, 1, 7, 255, 256, 259, 0x7FFFFFFF, 0xC0000005, 0xFFFFFFFF):
            with self.subTest(code):
                done = self.run_program(HELPER, "code", windows_path(CTL), "exec", "prod", "--",
                                        windows_path(HELPER), "exit", str(code))
                self.assertEqual((done.stdout, done.stderr), (f"code {code}\n".encode(), b""))

    def test_its_streams_are_ours(self):
        done = self.ctl("exec", "prod", "--", "cmd", "/c", "more & echo error>&2", given=b"in\r\n")
        self.assertIn(b"in", done.stdout)
        self.assertIn(b"error", done.stderr)

    def test_what_is_not_there_or_cannot_run(self):
        self.assertEqual(self.ctl("exec", "prod", "--", "no-such-program").returncode, 127)
        (self.folder / "text.exe").write_text("no program")
        done = self.ctl("exec", "prod", "--", r".\text.exe")
        self.assertEqual(done.returncode, 126)
        self.assertRegex(done.stderr.decode(), r"Cannot run \.\\text\.exe: .+[^.]\.\n$")

    def test_the_current_folder_is_not_searched(self):
        (self.folder / "planted.bat").write_text("@echo planted\r\n")
        self.assertEqual(self.ctl("exec", "prod", "--", "planted").returncode, 127)
        done = self.ctl("exec", "prod", "--", "planted", WINEPATH=windows_path(self.folder))
        self.assertEqual(done.stdout.strip(), b"planted")

    def test_batch_files_get_harmless_arguments_only(self):
        (self.folder / "b.cmd").write_text("@echo [%1] [%2]\r\n@exit /b 5\r\n")
        done = self.ctl("exec", "prod", "--", r".\b", "a b & calc", "x|y>z")
        self.assertEqual((done.returncode, done.stderr), (5, b""))
        self.assertEqual(done.stdout, b'["a b & calc"] ["x|y>z"]\r\n')
        self.assertFalse((self.folder / "z").exists())
        for name, argument in ((r".\b.cmd", '"'), (r".\b.cmd", "%PATH%"), (r".\b.cmd", "!x!"), (r".\b", "a\nb"),
                               (r".\B.CMD", "a\rb"), (r".\b.cmd .", '"')):
            with self.subTest(argument, name=name):
                done = self.ctl("exec", "prod", "--", name, argument)
                self.assertEqual((done.returncode, done.stdout), (126, b""))
                self.assertIn(b"is a batch file", done.stderr)

    def test_it_ends_with_us(self):
        env = {**os.environ, "LATCHKEY_SOCKET": self.pipe.name}
        with subprocess.Popen(wine(CTL, "exec", "prod", "--", windows_path(HELPER), "await"),
                              env=env, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            self.assertEqual(process.stdout.readline(), b"waits\n")
            subprocess.run(["wine", "taskkill", "/f", "/im", CTL.name], check=True, capture_output=True, timeout=LIMIT)
            self.assertEqual(process.stdout.read(), b"")  # both have closed it
            process.wait(LIMIT)


class Console(WindowsTest):
    def at_console(self, *arguments):
        done = self.run_program(HELPER, "console", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode()

    def test_it_shows_utf_8(self):
        self.assertIn("büro-", self.at_console("--", windows_path(CTL), "list"))

    def test_a_password_is_typed_unseen(self):
        self.agent.on("session.signIn", SESSION)
        self.agent.on("session.get", Error("no-session"))
        screen = self.at_console(
            "Password:", "geheim-ö", "--", windows_path(CTL), "sign-in", "prod", "--server", "https://a.example",
            "--user", "ada", "--kind", "azure")
        self.assertNotIn("geheim", screen)
        self.assertIn("code 0\n", screen)
        self.assertIn("typing is shown", screen)
        self.assertEqual(self.agent.params("session.signIn")[-1]["password"], "geheim-ö")

    def test_ctrl_c_at_a_password_restores_the_console(self):
        before = len(self.agent.params("session.signIn"))
        screen = self.at_console(
            "Password:", "^C", "--", windows_path(CTL), "sign-in", "prod", "--server", "https://a.example",
            "--user", "ada", "--kind", "azure")
        self.assertIn("typing is shown", screen)
        self.assertEqual(len(self.agent.params("session.signIn")), before)

    def test_ctrl_c_is_the_commands_own(self):
        screen = self.at_console("waits", "^C", "--", windows_path(CTL), "exec", "prod", "--",
                                 windows_path(HELPER), "await")
        self.assertIn("told\n", screen)
        self.assertIn("code 42\n", screen)


if __name__ == "__main__":
    unittest.main()
