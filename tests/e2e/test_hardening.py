# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What the user's other programs can get out of Latchkey's processes, and which secrets these still
hold after they have become useless."""

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import unittest

import memory
from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, read_line, wait_until
from programs import Daemon, answered, child_of, children_of, ctl, show
from screenreader import ScreenReader
from vault import Vault

NOBODY = 65534
ABOUT = "api/v8.1/system/about"

#: Another program of the same user that tries all ways into process `pid`.
BURGLAR = """
import ctypes, json, os, sys
pid = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
PTRACE_ATTACH = 16

def can_open(name):
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            file.read(1)
        return True
    except OSError:
        return False

def can_read_memory():
    class Piece(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
    buffer = ctypes.create_string_buffer(1)
    ours = Piece(ctypes.addressof(buffer), 1)
    theirs = Piece(ctypes.addressof(buffer), 1)
    libc.process_vm_readv(pid, ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)
    return ctypes.get_errno() != 1  # EPERM: not even asked where

print(json.dumps({"environ": can_open("environ"), "maps": can_open("maps"),
                  "mem": can_open("mem"), "process_vm_readv": can_read_memory(),
                  "ptrace": libc.ptrace(PTRACE_ATTACH, pid, None, None) == 0}))
"""


#: Another program of the same user that opens the memory of a program before its first instruction,
#: or of a running process as soon as possible. Then it prints the number of that process, and for
#: each line of stdin whether the memory contains that text.
SPY = """
import ctypes, os, sys
libc = ctypes.CDLL(None)
PTRACE_TRACEME, PTRACE_DETACH = 0, 17

def start(command):
    pid = os.fork()
    if pid == 0:
        libc.ptrace(PTRACE_TRACEME, 0, None, None)
        os.execv(command[0], command)
    os.waitpid(pid, 0)  # it has become the program
    return pid

def opened(pid):
    while True:
        try:
            return open(f"/proc/{pid}/maps"), open(f"/proc/{pid}/mem", "rb", buffering=0)
        except PermissionError:
            pass

def stands_in(text, maps, memory):
    maps.seek(0)
    for line in maps:
        begin, end = (int(address, 16) for address in line.split()[0].split("-"))
        if end - begin < 1 << 32 and "[v" not in line:
            try:
                memory.seek(begin)
                if text in memory.read(end - begin):
                    return True
            except (OSError, OverflowError):
                pass
    return False

is_running = sys.argv[1].isdigit()
pid = int(sys.argv[1]) if is_running else start(sys.argv[1:])
maps, memory = opened(pid)
if not is_running:
    libc.ptrace(PTRACE_DETACH, pid, None, None)
print(pid, flush=True)
for line in sys.stdin:
    print(stands_in(line.strip().encode(), maps, memory), flush=True)
"""

#: Hides itself, asks for something that needs a person's yes, and prints the answer.
HIDDEN = """
import ctypes, json, socket, sys
PR_SET_DUMPABLE = 4
ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)
agent = socket.socket(socket.AF_UNIX)
agent.connect(sys.argv[1])
params = {"name": "new", "server": "192.0.2.1", "user": "u", "kind": "azure",
          "password": "x", "trust": 32 * "ab"}
request = {"jsonrpc": "2.0", "id": 1, "method": "session.signIn", "params": params}
agent.sendall(json.dumps(request).encode() + b"\\n")
print(agent.makefile().readline())
"""


class Spy:
    """The program SPY, run as the test's user."""

    def __init__(self, case, *whom, **options):
        self._process = case.start_as_user(sys.executable, "-c", SPY, *whom, stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, **options)
        case.addCleanup(end, self._process)

    def begin(self):
        """Returns the number of the process whose memory it has opened."""
        return int(read_line(self._process.stdout, "the spy"))

    def finds(self, text):
        self._process.stdin.write(text.encode() + b"\n")
        return read_line(self._process.stdout, "the spy", patience=120) == "True"


def setUpModule():
    # The tests look for freed passwords, so the sanitizers' heap must wipe freed memory, too.
    options = os.environ.get("ASAN_OPTIONS", "")
    os.environ["ASAN_OPTIONS"] = f"{options}:{memory.WIPES}" if options else memory.WIPES


class NoWayIn(unittest.TestCase):
    """Runs as a user without privileges, because root may look everywhere."""

    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)
        self.user = NOBODY if os.getuid() == 0 else os.getuid()
        self.appliance = Appliance(self.sandbox)
        self.start_daemon()

    def start_daemon(self):
        self.daemon = self.start_as_user(self.copied("latchkeyd"), "--memory-only")
        self.wait_for_agent()

    def wait_for_agent(self):
        self.socket = os.path.join(self.sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock")
        wait_until(lambda: os.path.exists(self.socket), "the agent")

    def copied(self, program):
        """Copies the program to a place where any user can read it."""
        for folder, _, _ in os.walk(self.sandbox.folder):
            os.chown(folder, self.user, -1)
        return shutil.copy(os.path.join(bin_folder(), program), self.sandbox.folder)

    def start_as_user(self, *command, **options):
        who = {"user": self.user, "extra_groups": []} if os.getuid() == 0 else {}
        return self.sandbox.start(*command, cwd=self.sandbox.folder, stderr=subprocess.DEVNULL,
                                  **who, **options)

    def run_as_user(self, *command, stdin=""):
        process = self.start_as_user(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said, _ = process.communicate(stdin.encode(), timeout=60)
        self.assertEqual(process.returncode, 0, command)
        return said.decode()

    def break_into(self, pid):
        burglar = self.start_as_user(sys.executable, "-c", BURGLAR, str(pid),
                                     stdout=subprocess.PIPE)
        return json.loads(burglar.communicate(timeout=30)[0])

    def test_the_users_programs_cannot_look_into_it(self):
        easy = self.start_as_user("sleep", "60")
        self.assertTrue(self.break_into(easy.pid)["environ"], "the burglar finds no door at all")
        for process in (self.daemon.pid, child_of(self.daemon.pid)):
            self.assert_closed(process)

    def assert_closed(self, process):
        found = self.break_into(process)
        self.assertEqual([way for way, is_open in found.items() if is_open], [])

    def sign_in(self):
        """Returns the token."""
        self.latchkeyctl = self.copied("latchkeyctl")
        self.run_as_user(self.latchkeyctl, "sign-in", "prod", "--kind", "azure", "--server",
                         self.appliance.url, "--user", "operator", "--password-stdin", "--trust",
                         self.appliance.fingerprint, stdin=PASSWORD)
        return self.token()

    def token(self):
        return self.run_as_user(self.latchkeyctl, "token", "prod").strip()

    def test_program_that_hides_itself_cannot_hide_that_it_has_process_numbers_of_its_own(self):
        """Where root has made them. Where the user has, they see through it anyway."""
        ask = (sys.executable, "-c", HIDDEN, self.socket)
        self.assertIn("hides itself", self.run_as_user(*ask))
        isolated = ("unshare", "--pid", "--fork", "setpriv", f"--reuid={self.user}",
                    "--clear-groups") if os.getuid() == 0 else ("unshare", "--user", "--pid",
                                                                "--fork")
        answer = self.sandbox.run(*isolated, *ask)
        self.assertIn("container or sandbox", answer.stdout, answer.stderr)

    def test_nor_with_what_they_opened_before_it_could_say_no(self):
        end(self.daemon)
        for program in ("latchkeyd", "latchkey"):
            with self.subTest(program):
                spy = Spy(self, self.copied(program), "--memory-only",
                          env={"QT_QPA_PLATFORM": "offscreen"})
                process = spy.begin()
                self.addCleanup(os.kill, process, signal.SIGKILL)
                self.wait_for_agent()
                secrets = {"token": self.sign_in(), "password": PASSWORD}
                self.assertTrue(memory.search(child_of(process), secrets), "nothing is there at all")
                self.assertTrue(spy.finds("--memory-only"), "the spy finds nothing at all")
                self.assertFalse(spy.finds(secrets["token"]))
                os.kill(child_of(process), signal.SIGTERM)
                wait_until(lambda: not children_of(process), "its end")  # noqa: B023

    def test_who_is_traced_from_the_start_leaves(self):
        end(self.daemon)
        self.sandbox.env["ASAN_OPTIONS"] = "detect_leaks=0"  # the leak check fails when traced
        for command in ((self.copied("latchkeyd"), "--memory-only"), (self.copied("latchkey"),),
                        (self.copied("latchkey-gateway"), "prod")):
            with self.subTest(command[0]):
                traced = self.sandbox.run("strace", "-qq", "-o", "/dev/null", *command)
                self.assertEqual(traced.returncode, 1)
                self.assertRegex(traced.stderr, r"^latchkey\w*: Another program, .* Start it without\.\n")

    def test_nor_into_a_gateway_which_the_agent_knows_all_the_same(self):
        program = self.copied("latchkey-gateway")
        self.sign_in()
        gateway = self.start_as_user(self.latchkeyctl, "gateway", "prod", stdout=subprocess.PIPE)
        url = read_line(gateway.stdout, "the gateway")
        for agent in ("first", "second"):
            with self.subTest(agent=agent):
                self.run_as_user("curl", "-sS", "--fail", url + ABOUT)
                for process in (gateway.pid, child_of(gateway.pid)):
                    self.assert_closed(process)
                ledger = json.loads(self.run_as_user(self.latchkeyctl, "ledger", "--json"))
                self.assertEqual(ledger[-1]["program"], program)
                self.assertIn("python", ledger[-1]["parents"][0])
            end(self.daemon)
            self.start_daemon()
            self.sign_in()

    def test_nor_into_a_gateway_with_what_they_opened_while_the_agent_looked_at_it(self):
        self.copied("latchkey-gateway")
        self.sign_in()
        worker = child_of(self.daemon.pid)
        os.kill(worker, signal.SIGSTOP)
        gateway = self.start_as_user(self.latchkeyctl, "gateway", "prod", stdout=subprocess.PIPE)
        wait_until(lambda: children_of(gateway.pid), "the gateway's child")
        spy = Spy(self, str(gateway.pid))
        self.assertEqual(spy.begin(), gateway.pid)
        self.assert_closed(child_of(gateway.pid))
        os.kill(worker, signal.SIGCONT)
        ask = ("curl", "-sS", "--fail", "--max-time", "30",
               read_line(gateway.stdout, "the gateway") + ABOUT)
        self.run_as_user(*ask)
        # No token passes through the process that was open to the spy.
        os.kill(gateway.pid, signal.SIGSTOP)
        self.run_as_user(self.latchkeyctl, "refresh", "prod")
        self.run_as_user(*ask)
        secrets = {"token": self.token()}
        self.assertTrue(memory.search(child_of(gateway.pid), secrets), "nothing is there at all")
        self.assertTrue(spy.finds("latchkey-gateway"), "the spy finds nothing at all")
        self.assertFalse(spy.finds(secrets["token"]))
        os.kill(gateway.pid, signal.SIGCONT)

    def test_it_leaves_no_core(self):
        worker = child_of(self.daemon.pid)
        for process in (self.daemon.pid, worker):
            with open(f"/proc/{process}/limits", encoding="utf-8") as limits:
                core = next(line for line in limits if line.startswith("Max core file size"))
            self.assertEqual(core.split()[4:6], ["1", "1"])  # with 0, a pipe would get it: core(5)
        before = set(os.listdir(self.sandbox.folder))
        os.kill(worker, signal.SIGABRT)
        _, status, _ = os.wait4(self.daemon.pid, 0)
        self.assertEqual(os.WTERMSIG(status), signal.SIGABRT)
        self.assertFalse(os.WCOREDUMP(status))
        self.daemon.returncode = -signal.SIGABRT
        self.assertEqual(set(os.listdir(self.sandbox.folder)), before)


class NothingLeft(unittest.TestCase):
    """After a sign-out, the memory of the running process contains no secrets."""

    def setUp(self):
        self.sandbox = DesktopSandbox(display=True)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        self.secrets = {"password": PASSWORD}

    def sign_in(self, code):
        answer = ctl(self.sandbox, "sign-in", "prod", "--kind", "azure", "--server",
                     self.appliance.url, "--user", "alenka", "--password-stdin", "--trust",
                     self.appliance.fingerprint, "--code", code, stdin=PASSWORD)
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def note(self, name, secret):
        self.assertTrue(secret, name)
        self.secrets[name] = secret

    def live(self):
        """Makes the process handle all secrets of a session."""
        self.note("first access token", ctl(self.sandbox, "token", "prod").stdout.strip())
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        self.assertEqual(ctl(self.sandbox, "refresh", "prod").returncode, 0)
        self.note("second access token", ctl(self.sandbox, "token", "prod").stdout.strip())
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        self.note("refresh token in the vault", Vault(self.sandbox).refresh_tokens()["prod"])
        ticket = next(request["form"] for request in self.appliance.requests()
                      if request["grant"] == "Mfa")
        refresh = next(request["form"] for request in self.appliance.requests()
                       if request["grant"] == "Refresh_token")
        self.note("code", ticket["mfa_code"])
        self.note("ticket", ticket["mfa_token"])
        self.note("first refresh token", refresh["refresh_token"])

    def assert_clean_after_sign_out(self, process, sign_out):
        worker = child_of(process.pid)
        self.assertTrue(memory.search(worker, self.secrets), "nothing is found at all")
        self.assertEqual(memory.search(process.pid, self.secrets), [])
        self.assertEqual(sign_out("sign-out", "prod").returncode, 0)
        # Telling the appliance and the keychain takes some time.
        wait_until(lambda: not memory.search(worker, self.secrets), "the memory to be wiped",
                   patience=20, pause=1)

    def test_in_latchkeyd(self):
        daemon = Daemon(self.sandbox).process
        self.sign_in(self.appliance.code())
        self.live()
        # Whether they are locked is checked by the bench, because the sanitizers prevent locking.
        flags = memory.flags_of_places(child_of(daemon.pid), self.secrets)
        self.assertTrue(flags)
        self.assertTrue(all("dd" in each for each in flags), flags)
        self.assert_clean_after_sign_out(daemon, functools.partial(ctl, self.sandbox))

    def test_no_memory_can_be_written_and_run(self):
        """Qt would compile regular expressions into such memory."""
        daemon = Daemon(self.sandbox).process
        self.sign_in(self.appliance.code())
        with open(f"/proc/{child_of(daemon.pid)}/maps", encoding="utf-8") as regions:
            self.assertNotIn(" rwx", regions.read())

    def test_in_latchkey_with_all_typed_into_its_window(self):
        latchkey = self.sandbox.start(os.path.join(bin_folder(), "latchkey"),
                                      stderr=subprocess.DEVNULL)
        self.addCleanup(end, latchkey)
        reader = ScreenReader(self.sandbox)
        reader.press("Latchkey", "Sign in")
        reader.press("Sign in", "More")
        for label, text in (("Appliance", self.appliance.url), ("User name", "alenka"),
                            ("Password", PASSWORD), ("Name", "prod")):
            reader.fill("Sign in", label, text)
        reader.press("Sign in", "Sign in")
        reader.press("Sign in", "Trust this appliance")
        reader.fill("Sign in", "Verification code", self.appliance.code())
        reader.press("Sign in", "Done")
        reader.wait_until_closed("Sign in")
        self.live()
        self.assert_clean_after_sign_out(
            latchkey, functools.partial(answered, self.sandbox, reader, "Sign out"))


if __name__ == "__main__":
    unittest.main()
