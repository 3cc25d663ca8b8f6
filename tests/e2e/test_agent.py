# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The agent with many programs, and while everything around it hangs. Its speed is measured by the
bench: here the sanitizers slow it down."""

import json
import os
import signal
import socket
import subprocess
import time
import unittest

import crowd
from agent import Agent, Refused
from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, wait_until
from programs import Daemon, ctl, show, wait_for_state

GOOD = "accessToken"


# Connects, hands the connection to its parent, and prints what comes back.
CONTAINER = """
import socket, sys
agent = socket.socket(socket.AF_UNIX)
agent.connect(sys.argv[1])
socket.send_fds(socket.socket(fileno=int(sys.argv[2])), [b"."], [agent.fileno()])
print(agent.makefile().readline())
"""
# Writes into whatever connection it is handed.
HELPER = """
import os, socket, subprocess, sys
ours, theirs = socket.socketpair()
other = subprocess.Popen([*sys.argv[2:], sys.argv[1], str(theirs.fileno())],
                         pass_fds=[theirs.fileno()])
agent = socket.recv_fds(ours, 1, 1)[1][0]
os.write(agent, b'{"jsonrpc": "2.0", "id": 1, "method": "session.token", "params": {"name": "prod"}}\\n')
sys.exit(other.wait())
"""


class Case(unittest.TestCase):
    keychain = False

    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=self.keychain)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        self.daemon = Daemon(self.sandbox, *([] if self.keychain else ["--memory-only"]))
        self.socket = crowd.agent_socket(self.sandbox)

    def sign_in(self, name="prod", user="operator"):
        answer = ctl(self.sandbox, "sign-in", name, "--kind", "azure", "--server",
                     self.appliance.url, "--user", user, "--password-stdin", "--trust",
                     self.appliance.fingerprint, stdin=PASSWORD)
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def ask_often(self, count=1, each=50, **params):
        return crowd.callers(self.sandbox, self.socket, crowd.token_request("prod", **params), GOOD,
                             count, each)

    def hang_refresh(self):
        self.appliance.switch(fault="hang")
        asked = len(self.appliance.requests())
        self.sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "refresh", "prod",
                           "--deadline", "30", stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: len(self.appliance.requests()) > asked, "the refresh to hang")


class NeverBlocked(Case):
    def test_cached_token_is_served_while_a_refresh_hangs(self):
        self.sign_in()
        self.hang_refresh()
        self.assertLess(self.ask_often()["longest"], 1e6)
        self.assertEqual(show(self.sandbox, "prod")["state"], "refreshing")

    def test_another_sessions_refresh_holds_nobody_up(self):
        self.sign_in()
        self.sign_in("other", "operator")
        self.appliance.switch(fault="hang")
        patient = Agent(self.sandbox)
        self.addCleanup(patient.close)
        patient.ask("session.refresh", name="other", deadline=20)
        wait_for_state(self.sandbox, "other", "refreshing")
        self.assertLess(self.ask_often()["longest"], 1e6)

    def test_agent_outlives_more_connections_than_it_may_have(self):
        """The system allows this process fewer connections than there are programs."""
        told = self.be_small()
        self.sign_in()
        watchers = crowd.Crowd(self.sandbox, "watch", 100)
        self.addCleanup(watchers.leave)
        halves = crowd.Crowd(self.sandbox, "half", 500)
        wait_until(lambda: "too many connections" in told(), "the agent to be full")
        self.assertLess(self.ask_often()["longest"], 1e6)
        self.assertNotIn("turned away", told())
        halves.leave()
        wait_until(lambda: ctl(self.sandbox, "token", "prod").returncode == 0, "the agent")

    def test_silent_crowd_shuts_nobody_out(self):
        told = self.be_small()
        self.sign_in()
        silent = crowd.Crowd(self.sandbox, "silent", 1000)
        self.addCleanup(silent.leave)
        wait_until(lambda: "too many connections" in told(), "the agent to be full")
        # By then, every earlier connection has been accepted.
        self.assertEqual(ctl(self.sandbox, "list").returncode, 0)
        self.assertLess(self.ask_often()["longest"], 1e6)

    def test_crowd_in_sandboxes_shuts_nobody_out(self):
        """More calls wait than there are places, each process with process numbers of its own."""
        told = self.be_small()
        self.sign_in()
        watcher = Agent(self.sandbox)
        self.addCleanup(watcher.close)
        watcher.call("session.watch", name="prod")
        self.hang_refresh()
        isolated = ("unshare", "--user", "--pid", "--fork", "--kill-child")
        many = crowd.Crowd(self.sandbox, "refresh", 500, within=isolated)
        self.addCleanup(many.leave)
        wait_until(lambda: "too many connections" in told(), "the agent to have enough of them")
        for command in (("list",), ("token", "prod"), ("policy", "prod", "allow")):
            answer = ctl(self.sandbox, *command)
            self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertLess(self.ask_often()["longest"], 1e6)
        self.assertEqual(ctl(self.sandbox, "sign-out", "prod", "--deadline", "1").returncode, 0)
        self.assertTrue(watcher.read(patience=10), "the watcher was told nothing")
        self.assertLess(told().count("too many connections"), 50)

    def test_doctors_many_patients_hold_nobody_up(self):
        self.sign_in()
        patients = crowd.Crowd(self.sandbox, "examine", 256)
        self.addCleanup(patients.leave)
        self.assertEqual(ctl(self.sandbox, "doctor", "--deadline", "60").returncode, 0)
        self.assertLess(self.ask_often()["longest"], 1e6)

    def be_small(self):
        """Starts an agent that may have few connections. Returns a function that reads its log."""
        self.daemon.end()
        log_path = os.path.join(self.sandbox.folder, "small.log")
        with open(log_path, "wb") as log:
            self.sandbox.start("sh", "-c", 'ulimit -n 512; exec "$0" --memory-only',
                               os.path.join(bin_folder(), "latchkeyd"), stderr=log)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "latchkeyd's agent")

        def told():
            with open(log_path, encoding="utf-8") as log:
                return log.read()
        return told

    def test_500_half_messages_hold_nobody_up_and_are_cut_off(self):
        self.sign_in()
        halves = crowd.Crowd(self.sandbox, "half", 500)
        self.addCleanup(halves.leave)
        self.assertLess(self.ask_often()["longest"], 1e6)
        wait_until(lambda: self.daemon.log().count("cut off: half a line") == 500,
                   "all of them to be cut off", patience=30)

    def test_each_waits_no_longer_than_its_own_deadline(self):
        self.appliance.switch(accessLife=60)
        self.sign_in()
        wait_until(lambda: show(self.sandbox, "prod")["access"]["expiresIn"] < 59,
                   "a second to pass")
        self.hang_refresh()
        asked = len(self.appliance.requests())
        hasty, patient = Agent(self.sandbox), Agent(self.sandbox)
        self.addCleanup(hasty.close)
        self.addCleanup(patient.close)
        number = patient.ask("session.token", name="prod", minValid=59, deadline=20)
        began = time.monotonic()
        with self.assertRaises(Refused) as refused:
            hasty.call("session.token", name="prod", minValid=59, deadline=1)
        self.assertEqual(refused.exception.reason, "unreachable")
        self.assertTrue(0.9 < time.monotonic() - began < 5)
        self.assertEqual(patient.read(), [])
        self.assertEqual(len(self.appliance.requests()), asked, "a second request was sent")
        patient.ask("session.signOut", name="prod")
        answers = {answer["id"]: answer for answer in patient.read(20) + patient.read(20)}
        self.assertEqual(answers[number]["error"]["data"]["reason"], "sign-in-needed")


class VaultLocked(Case):
    keychain = True

    def test_cached_token_is_served_while_the_vault_is_locked(self):
        self.sign_in()
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        self.sandbox.lock_keychain()
        self.assertEqual(ctl(self.sandbox, "refresh", "prod").returncode, 0)
        self.assertLess(self.ask_often()["longest"], 1e6)
        self.assertTrue(show(self.sandbox, "prod")["persisted"])


class OneFlight(Case):
    def test_64_callers_on_an_expired_token_share_one_request(self):
        self.appliance.switch(accessLife=4)
        self.sign_in()
        # Otherwise Latchkey would refresh the token in time.
        os.kill(self.daemon.worker, signal.SIGSTOP)
        asked = len(self.appliance.requests())
        lapsed = time.monotonic() + 4
        self.appliance.switch(accessLife=3600, delayMs=200)
        wait_until(lambda: time.monotonic() > lapsed, "the token to expire")
        os.kill(self.daemon.worker, signal.SIGCONT)
        self.assertLess(self.ask_often(count=64, each=1)["longest"], 5e6)
        self.assertEqual(len(self.appliance.requests()), asked + 1)


class BestAnswer(Case):
    def test_outage_gives_the_token_and_the_reason_in_time(self):
        self.sign_in()
        self.appliance.tell("/outage", on=True)
        began = time.monotonic()
        answer = wait_until(lambda: (told := ctl(self.sandbox, "token", "prod", "--min-valid",
                                                 "3599", "--or-best", "--deadline",
                                                 "3")).returncode != 0
                            and told, "the token to be older than that")
        self.assertEqual(answer.returncode, 6, answer.stderr)
        self.assertLess(time.monotonic() - began, 10)
        self.assertTrue(answer.stdout.strip())
        self.assertIn("reach", answer.stderr)
        without = ctl(self.sandbox, "token", "prod", "--min-valid", "3599", "--deadline", "1")
        self.assertEqual((without.returncode, without.stdout), (6, ""))


class Watching(Case):
    def test_200_watchers_hear_of_each_change(self):
        self.sign_in()
        watchers = crowd.Crowd(self.sandbox, "watch", 200)
        self.addCleanup(watchers.leave)
        began = time.monotonic()
        self.assertEqual(ctl(self.sandbox, "sign-out", "prod").returncode, 0)
        heard = watchers.heard_at()
        self.assertEqual(len(heard), 200)
        self.assertLess(max(heard) - began, 5)

    def test_slow_watcher_is_told_and_dropped_and_others_hear_all(self):
        self.sign_in()
        slow = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(slow.close)
        slow.connect(self.socket)
        slow.sendall(b'{"jsonrpc":"2.0","id":1,"method":"session.watch"}\n')
        quick = Agent(self.sandbox)
        self.addCleanup(quick.close)
        quick.call("session.watch")
        changes = self.change_until_dropped(quick)
        slow.settimeout(20)
        lines = self.read_all(slow).splitlines()
        self.assertEqual(json.loads(lines[-1])["method"], "session.watchEnded")
        self.assertLess(len(lines), changes)

    def change_until_dropped(self, quick):
        """Returns how many changes the quick watcher was told: new policies, and that they are
        kept."""
        other = Agent(self.sandbox)
        self.addCleanup(other.close)
        count = 0
        for number in range(1500):
            policy = ("ask", "allow")[number % 2]
            other.call("session.setPolicy", name="prod", policy=policy)
            heard = []
            wait_until(lambda heard=heard: heard.extend(quick.read(1)) or len(heard) == 2,
                       "the change, and that it is kept")
            self.assertEqual({(message["method"], message["params"]["policy"])
                              for message in heard}, {("session.changed", policy)})
            count += len(heard)
        return count

    @staticmethod
    def read_all(connection):
        text = b""
        while piece := connection.recv(1 << 20):
            text += piece
        return text


class WhoAsks(Case):
    def test_the_ledger_names_the_program_its_parents_and_its_terminal(self):
        self.sign_in()
        script = os.path.join(self.sandbox.folder, "nightly.sh")
        with open(script, "w", encoding="utf-8") as file:
            file.write(f"{bin_folder()}/latchkeyctl token prod\nexit $?\n")
        told = self.sandbox.run("script", "-qec", f"bash {script}", "/dev/null")
        self.assertEqual(told.returncode, 0, told.stdout)
        entry = json.loads(ctl(self.sandbox, "ledger", "--json").stdout)[-1]
        self.assertEqual(entry["program"], os.path.realpath(f"{bin_folder()}/latchkeyctl"))
        self.assertEqual(entry["parents"][0], os.path.realpath("/bin/bash"))
        self.assertEqual((entry["script"], entry["parentScript"]), (None, script))
        self.assertTrue(any("script" in parent for parent in entry["parents"]), entry)
        self.assertTrue(entry["terminal"].startswith("/dev/pts/"), entry)
        self.assertEqual((entry["session"], entry["answer"]), ("prod", "given"))

    def test_what_is_not_allowed_is_denied_and_noted(self):
        self.sign_in()
        self.assertEqual(ctl(self.sandbox, "policy", "prod").stdout, "allow\n")
        for policy, why in (("never", "kept from programs"), ("ask", "A person must allow this")):
            self.assertEqual(ctl(self.sandbox, "policy", "prod", policy).returncode, 0)
            refused = ctl(self.sandbox, "token", "prod", "--or-best")
            self.assertEqual((refused.returncode, refused.stdout), (7, ""))
            self.assertIn(why, refused.stderr)
        self.assertEqual(ctl(self.sandbox, "header", "prod").returncode, 7)
        self.assertEqual(ctl(self.sandbox, "exec", "prod", "--", "true").returncode, 7)
        entries = json.loads(ctl(self.sandbox, "ledger", "--json").stdout)
        self.assertEqual([entry["answer"] for entry in entries], ["denied"] * 4)
        self.assertEqual(ctl(self.sandbox, "policy", "prod", "allow").returncode, 0)
        self.assertEqual(ctl(self.sandbox, "token", "prod").returncode, 0)

    def test_what_is_blocked_is_refused_until_it_is_unblocked(self):
        self.sign_in()
        command = f"{bin_folder()}/latchkeyctl token prod\nexit $?\n"
        shell = os.path.realpath("/bin/sh")
        self.assertEqual(self.sandbox.run("/bin/sh", "-c", command).returncode, 0)
        self.assertEqual(ctl(self.sandbox, "programs", "--block", "/bin/sh").returncode, 0)
        self.assertIn(f"{shell}  -        blocked", ctl(self.sandbox, "programs").stdout)
        for _ in range(3):
            refused = self.sandbox.run("/bin/sh", "-c", command)
            self.assertEqual(refused.returncode, 7)
            self.assertIn("is blocked in Latchkey", refused.stderr)
        self.assertEqual(ctl(self.sandbox, "token", "prod").returncode, 0)
        entries = json.loads(ctl(self.sandbox, "ledger", "--json").stdout)
        self.assertEqual([(entry["answer"], entry["requests"]) for entry in entries],
                         [("given", 1), ("blocked", 3), ("given", 1)])
        self.daemon.end()
        self.daemon.start()
        self.assertEqual(self.sandbox.run("/bin/sh", "-c", command).returncode, 7)
        self.assertEqual(ctl(self.sandbox, "programs", "--unblock", "/bin/sh").returncode, 0)
        sign_in_needed = 5  # it was kept in memory only
        self.assertEqual(self.sandbox.run("/bin/sh", "-c", command).returncode, sign_in_needed)

    def test_program_with_process_numbers_of_its_own_is_told_to_ask_outside(self):
        self.sign_in()
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        ask = (f"{bin_folder()}/latchkeyctl", "token", "prod")
        own_files = self.sandbox.run("unshare", *user, "--mount", *ask)
        self.assertEqual(own_files.returncode, 0, own_files.stderr)
        own_terminal = self.sandbox.run("script", "-qec", " ".join(("unshare", *user, "--mount", *ask)),
                                        "/dev/null")
        self.assertEqual(own_terminal.returncode, 0, own_terminal.stdout)
        own_numbers = self.sandbox.run("unshare", *user, "--pid", "--fork", *ask)
        self.assertEqual((own_numbers.returncode, own_numbers.stdout), (7, ""))
        self.assertIn("Call latchkeyctl outside", own_numbers.stderr)
        entries = json.loads(ctl(self.sandbox, "ledger", "--json").stdout)
        self.assertEqual([entry["answer"] for entry in entries], ["given", "given", "denied"])
        self.assertEqual([entry["terminal"] for entry in entries], [None, None, None])

    def test_program_with_process_numbers_of_its_own_is_known_behind_a_helper(self):
        """Whoever writes for it is no container, but it is the container that reads the answer."""
        self.sign_in()
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        answer = self.sandbox.run("/usr/bin/python3", "-c", HELPER, self.socket, "unshare", *user,
                                  "--pid", "--fork", "/usr/bin/python3", "-c", CONTAINER)
        self.assertIn("container or sandbox", answer.stdout, answer.stderr)
        self.assertNotIn("accessToken", answer.stdout)

    def test_policy_and_ledger_outlive_the_program(self):
        self.sign_in()
        ctl(self.sandbox, "policy", "prod", "never").check_returncode()
        ctl(self.sandbox, "token", "prod")
        before = ctl(self.sandbox, "ledger", "--json").stdout
        self.daemon.end()
        self.daemon.start()
        self.assertEqual(ctl(self.sandbox, "policy", "prod").stdout, "never\n")
        self.assertEqual(ctl(self.sandbox, "ledger", "--json").stdout, before)

    def test_other_users_are_turned_away(self):
        self.sign_in()
        if os.getuid() != 0:
            self.fail("Only root can try this: it takes another user.")
        for folder in (self.sandbox.folder, os.path.dirname(os.path.dirname(self.socket)),
                       os.path.dirname(self.socket)):
            os.chmod(folder, 0o777)
        os.chmod(self.socket, 0o777)
        stranger = self.sandbox.run(
            "/usr/bin/python3", "-c",
            "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]);"
            "s.sendall(b'{}\\n'); print(len(s.recv(100)))", self.socket,
            user=65534, extra_groups=[])
        self.assertNotIn("{", stranger.stdout)
        self.assertTrue("0" in stranger.stdout or "Error" in stranger.stderr, stranger)
        wait_until(lambda: "another user was turned away" in self.daemon.log(), "the log")


if __name__ == "__main__":
    unittest.main()
