# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""How latchkey and latchkeyd start: who of several has the sessions, and what they do without."""

import json
import os
import signal
import subprocess
import unittest

from appliance import bin_folder
from desk import Desk, wait_until
from programs import Daemon, ctl


class Case(unittest.TestCase):
    def setUp(self):
        self.desk = Desk(keychain=False)
        self.addCleanup(self.desk.leave)

    def folder(self, name):
        path = os.path.join(self.desk.folder, name)
        os.makedirs(path, mode=0o700)
        return path

    def second(self, program="latchkeyd", **env):
        """Runs one that is to leave again."""
        return subprocess.run([os.path.join(bin_folder(), program)], env={**self.desk.env, **env},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False)

    def owner(self):
        path = os.path.join(self.desk.env["XDG_DATA_HOME"], "latchkey", "owner.json")
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def socket(self):
        return os.path.join(self.desk.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock")


class OneOwner(Case):
    def test_another_socket_does_not_get_around_it(self):
        first = Daemon(self.desk, "--memory-only")
        for env in ({"XDG_RUNTIME_DIR": self.folder("other-run")},
                    {"LATCHKEY_SOCKET": os.path.join(self.desk.folder, "other.sock")}):
            answer = self.second(**env)
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(f"already running (latchkeyd, process {first.process.pid}, at "
                          f"{self.socket()})", answer.stderr)
            self.assertIn("LATCHKEY_SOCKET", answer.stderr)
        self.assertEqual(ctl(self.desk, "list").returncode, 0)

    def test_owner_is_told_in_the_file(self):
        first = Daemon(self.desk, "--memory-only")
        self.assertEqual(self.owner(), {
            "program": "latchkeyd", "pid": first.process.pid, "host": os.uname().nodename,
            "socket": self.socket()})

    def test_process_1_of_a_container_starts_again_after_a_kill(self):
        for _ in range(2):
            outer = self.start_as_process_1()
            os.kill(self.child(outer), signal.SIGKILL)
            outer.wait(30)
        self.assertEqual(self.owner()["pid"], 1)

    def test_killed_one_leaves_nothing_that_keeps_the_next_from_starting(self):
        first = Daemon(self.desk, "--memory-only")
        for _ in range(3):
            first.kill()
            first.start()

    def test_other_home_on_the_same_socket_is_turned_away(self):
        Daemon(self.desk, "--memory-only")
        answer = self.second(XDG_DATA_HOME=self.folder("other-data"))
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn(f"already running (at {self.socket()})", answer.stderr)
        self.assertEqual(ctl(self.desk, "list").returncode, 0)

    def test_lock_of_the_socket_that_somebody_removed_loses_it_to_nobody(self):
        Daemon(self.desk, "--memory-only")
        os.remove(self.socket() + ".lock")
        answer = self.second(XDG_DATA_HOME=self.folder("other-data"))
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertEqual(ctl(self.desk, "list").returncode, 0)

    def test_data_folder_that_cannot_be_made_is_told_and_the_socket_keeps_others_out(self):
        path = os.path.join(self.desk.folder, "in-the-way")
        with open(path, "w", encoding="utf-8"):
            pass
        self.desk.env["XDG_DATA_HOME"] = path
        first = Daemon(self.desk, "--memory-only")
        self.assertIn(f"{path}/latchkey cannot be locked", first.log())
        answer = self.second()
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("already running", answer.stderr)
        self.assertEqual(ctl(self.desk, "list").returncode, 0)

    def start_as_process_1(self):
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        path = os.path.join(self.desk.folder, "process-1.log")
        with open(path, "w", encoding="utf-8") as log:
            outer = self.desk.start("unshare", *user, "--pid", "--fork", "--kill-child",
                                    "--mount-proc", os.path.join(bin_folder(), "latchkeyd"),
                                    "--memory-only", stderr=log)
        wait_until(lambda: outer.poll() is not None or ctl(self.desk, "list").returncode == 0,
                   "latchkeyd as process 1")
        with open(path, encoding="utf-8") as log:
            self.assertIsNone(outer.poll(), log.read())
        return outer

    @staticmethod
    def child(process):
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as children:
            return int(children.read())


if __name__ == "__main__":
    unittest.main()
