# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""How latchkey and latchkeyd start: which one has the sessions, and what happens if things are
missing."""

import json
import os
import signal
import subprocess
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import Daemon, ctl, has_ended, show, wait_for_state


def start_of(process):
    """When it was started, as the kernel counts (proc_pid_stat(5), field 22)."""
    with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
        return int(stat.read().rpartition(")")[2].split()[19])


class Case(unittest.TestCase):
    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)

    def folder(self, name):
        path = os.path.join(self.sandbox.folder, name)
        os.makedirs(path, mode=0o700)
        return path

    def second(self, program="latchkeyd", **env):
        """Runs another one, which is expected to end."""
        return subprocess.run([os.path.join(bin_folder(), program)],
                              env={**self.sandbox.env, **env}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60, check=False)

    def owner(self):
        path = os.path.join(self.sandbox.env["XDG_DATA_HOME"], "latchkey", "owner.json")
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def socket(self):
        return os.path.join(self.sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock")


class OneOwner(Case):
    def test_another_socket_does_not_get_around_it(self):
        first = Daemon(self.sandbox, "--memory-only")
        for env in ({"XDG_RUNTIME_DIR": self.folder("other-run")},
                    {"LATCHKEY_SOCKET": os.path.join(self.sandbox.folder, "other.sock")}):
            answer = self.second(**env)
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(f"already running (latchkeyd, process {first.process.pid}, at "
                          f"{self.socket()})", answer.stderr)
            self.assertIn("LATCHKEY_SOCKET", answer.stderr)
        self.assertEqual(ctl(self.sandbox, "list").returncode, 0)

    def test_owner_is_told_in_the_file(self):
        first = Daemon(self.sandbox, "--memory-only")
        self.assertEqual(self.owner(), {
            "program": "latchkeyd", "pid": first.process.pid, "worker": first.worker,
            "started": start_of(first.worker), "host": os.uname().nodename,
            "socket": self.socket()})

    def test_process_1_of_a_container_starts_again_after_a_kill(self):
        for _ in range(2):
            outer = self.start_as_process_1()
            os.kill(self.child(outer), signal.SIGKILL)
            outer.wait(30)
        self.assertEqual(self.owner()["pid"], 1)

    def test_killed_one_leaves_nothing_that_keeps_the_next_from_starting(self):
        first = Daemon(self.sandbox, "--memory-only")
        for _ in range(3):
            first.kill()
            first.start()

    def test_who_was_started_and_the_child_that_works_end_together(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
            for is_child in (False, True):
                with self.subTest(number=number, is_child=is_child):
                    daemon = Daemon(self.sandbox, "--memory-only")
                    worker = daemon.worker
                    os.kill(worker if is_child else daemon.process.pid, number)
                    code = -number if number == signal.SIGKILL else 0
                    self.assertEqual(daemon.process.wait(30), code)
                    wait_until(lambda: has_ended(worker), "the child's end")  # noqa: B023

    def test_other_home_on_the_same_socket_is_turned_away(self):
        Daemon(self.sandbox, "--memory-only")
        answer = self.second(XDG_DATA_HOME=self.folder("other-data"))
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn(f"already running (at {self.socket()})", answer.stderr)
        self.assertEqual(ctl(self.sandbox, "list").returncode, 0)

    def test_lock_of_the_socket_that_somebody_removed_loses_it_to_nobody(self):
        Daemon(self.sandbox, "--memory-only")
        os.remove(self.socket() + ".lock")
        answer = self.second(XDG_DATA_HOME=self.folder("other-data"))
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertEqual(ctl(self.sandbox, "list").returncode, 0)

    def test_data_folder_that_cannot_be_made_is_told_and_the_socket_keeps_others_out(self):
        path = os.path.join(self.sandbox.folder, "in-the-way")
        with open(path, "w", encoding="utf-8"):
            pass
        self.sandbox.env["XDG_DATA_HOME"] = path
        first = Daemon(self.sandbox, "--memory-only")
        self.assertIn(f"{path}/latchkey cannot be locked", first.log())
        answer = self.second()
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("already running", answer.stderr)
        self.assertEqual(ctl(self.sandbox, "list").returncode, 0)

    def start_as_process_1(self):
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        path = os.path.join(self.sandbox.folder, "process-1.log")
        with open(path, "w", encoding="utf-8") as log:
            outer = self.sandbox.start("unshare", *user, "--pid", "--fork", "--kill-child",
                                       "--mount-proc", os.path.join(bin_folder(), "latchkeyd"),
                                       "--memory-only", stderr=log)
        wait_until(lambda: outer.poll() is not None or self.answers_inside(outer),
                   "latchkeyd as process 1")
        with open(path, encoding="utf-8") as log:
            self.assertIsNone(outer.poll(), log.read())
        return outer

    def answers_inside(self, outer):
        """From outside, latchkeyctl would not trust it."""
        child = self.child(outer)
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        return child and self.sandbox.run(
            "nsenter", f"--target={child}", *user, "--pid", "--mount",
            f"{bin_folder()}/latchkeyctl", "list").returncode == 0

    @staticmethod
    def child(process):
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as children:
            return int(children.read() or 0)


class Place(Case):
    """Where the socket is. Tested in a mount namespace, because all of a user's programs share /tmp
    and /run/user."""

    #: Starts latchkeyd, waits until it answers or has ended, and prints its log. Nothing has to be
    #: stopped, because --kill-child ends everything.
    UP = """
        mnt/latchkeyd --memory-only 2>tmp/log & daemon=$!
        until mnt/latchkeyctl list; do kill -0 $daemon 2>/dev/null || break; done 2>/dev/null
        cat tmp/log >&2
    """
    DOCTOR = "mnt/latchkeyctl doctor --json"

    def inside(self, script, **env):
        """Runs a script in a namespace where /tmp is the sandbox's folder, /run/user is empty and
        the programs are in /mnt. XDG_RUNTIME_DIR is not set unless it is given."""
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        prepare = (f"cd / && mount --bind {bin_folder()} mnt && mount -t tmpfs none run/user && "
                   f"mount --bind {self.sandbox.folder} tmp || exit 99\n")
        env = {**self.sandbox.env, "XDG_RUNTIME_DIR": None, **env}
        return subprocess.run(
            ["unshare", *user, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
             "sh", "-c", prepare + script],
            env={key: value.replace(self.sandbox.folder, "/tmp") for key, value in env.items()
                 if value is not None},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)

    def test_without_run_time_folder_it_is_in_a_folder_of_our_own_and_said_so(self):
        answer = self.inside(self.UP + self.DOCTOR + "; ls -ld tmp/latchkey-*")
        self.assertIn("XDG_RUNTIME_DIR is not set: the socket is /tmp/latchkey-0/agent.sock",
                      answer.stderr)
        self.assertIn('"/tmp/latchkey-0/agent.sock"', answer.stdout)
        self.assertIn("drwx------", answer.stdout)

    def test_programs_find_it_also_after_a_login_has_made_a_run_time_folder(self):
        answer = self.inside(self.UP + "mkdir -m 700 run/user/0; "
                             "export XDG_RUNTIME_DIR=/run/user/0; " + self.DOCTOR)
        self.assertIn('"/tmp/latchkey-0/agent.sock"', answer.stdout)

    def test_run_time_folder_of_ones_own_keeps_apart(self):
        answer = self.inside(self.UP + "export XDG_RUNTIME_DIR=/tmp/run; " + self.DOCTOR)
        self.assertEqual(answer.returncode, 3, answer.stderr)
        self.assertIn("Nobody listens at /tmp/run/latchkey/agent.sock.", answer.stderr)

    def test_run_time_folder_of_the_system_is_used_unnamed(self):
        answer = self.inside("mkdir -m 700 run/user/0" + self.UP + self.DOCTOR)
        self.assertIn('"/run/user/0/latchkey/agent.sock"', answer.stdout)
        self.assertNotIn("XDG_RUNTIME_DIR", answer.stderr)

    def test_run_time_folder_that_is_of_no_use_is_named_and_another_used(self):
        answer = self.inside(self.UP + self.DOCTOR, XDG_RUNTIME_DIR="/proc/version")
        self.assertIn("XDG_RUNTIME_DIR is /proc/version, which is no folder of yours",
                      answer.stderr)
        self.assertIn('"/tmp/latchkey-0/agent.sock"', answer.stdout)

    def test_place_that_somebody_else_made_is_refused_and_the_variable_named(self):
        answer = self.inside("mkdir tmp/theirs; ln -s theirs tmp/latchkey-0" + self.UP
                             + "wait $daemon")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("The folder /tmp/latchkey-0 cannot be made, or is not yours. "
                      "XDG_RUNTIME_DIR is not set.", answer.stderr)

    def test_path_that_is_too_long_is_told_on_both_sides(self):
        long = self.folder("d" * 100)
        answer = self.second(XDG_RUNTIME_DIR=long)
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("too long", answer.stderr)
        self.assertIn("XDG_RUNTIME_DIR", answer.stderr)
        self.sandbox.env["XDG_RUNTIME_DIR"] = long
        answer = ctl(self.sandbox, "list")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("too long", answer.stderr)


class Folders(Case):
    """All files are private to the user, and anything else in their place does no harm."""

    def setUp(self):
        super().setUp()
        self.config = os.path.join(self.sandbox.env["XDG_CONFIG_HOME"], "latchkey")
        self.data = os.path.join(self.sandbox.env["XDG_DATA_HOME"], "latchkey")

    def sign_in(self, appliance, name):
        answer = ctl(self.sandbox, "sign-in", name, "--kind", "azure", "--server", appliance.url,
                     "--user", "operator", "--password-stdin", "--trust", appliance.fingerprint,
                     stdin=PASSWORD)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(ctl(self.sandbox, "token", name).returncode, 0)

    def open_to_others(self):
        """Our files and folders that other users could read."""
        return [place for top in (self.config, self.data) for folder, _, files in os.walk(top)
                for place in (folder, *(os.path.join(folder, file) for file in files))
                if os.stat(place).st_mode & 0o077]

    def with_umask_0(self, start):
        before = os.umask(0)
        try:
            return start()
        finally:
            os.umask(before)

    def test_with_a_umask_of_0_too(self):
        self.with_umask_0(lambda: os.makedirs(self.config))
        appliance = Appliance(self.sandbox)
        daemon = self.with_umask_0(lambda: Daemon(self.sandbox, "--memory-only"))
        self.sign_in(appliance, "prod")
        self.assertEqual(daemon.end(), 0)
        self.assertTrue(os.path.exists(os.path.join(self.config, "accounts.json")))
        self.assertTrue(os.path.exists(os.path.join(self.data, "history", "prod.jsonl")))
        self.assertEqual(self.open_to_others(), [])
        self.assertIn("could be written by others until now", daemon.log())

    def start_windows(self):
        """Starts latchkey without a display."""
        latchkey = self.sandbox.start(os.path.join(bin_folder(), "latchkey"),
                                      env={"QT_QPA_PLATFORM": "offscreen"},
                                      stderr=subprocess.DEVNULL)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "latchkey's agent")
        return latchkey

    def test_what_the_windows_keep_too(self):
        latchkey = self.with_umask_0(self.start_windows)
        with open(f"/proc/{latchkey.pid}/status", encoding="utf-8") as status:
            self.assertIn("Umask:\t0077\n", status.read())

    def test_folder_of_another_user_is_told_and_left_alone(self):
        if os.geteuid() != 0:
            return  # only root can give a folder away
        for folder in (self.config, self.data):
            os.makedirs(folder)
            os.chmod(folder, 0o777)
            os.chown(folder, 12345, 12345)
            answer = self.second()
            self.assertEqual(answer.returncode, 1, answer.stderr)
            self.assertIn(f"The folder {folder} belongs to another user", answer.stderr)
            self.assertIn("Remove it", answer.stderr)
            self.assertEqual(os.listdir(folder), [])
            os.rmdir(folder)

    def test_pipes_in_place_of_files_hold_up_nothing(self):
        files = [os.path.join(folder, name) for folder, name in (
            (self.config, "accounts.json"), (self.config, "programs.json"),
            (self.data, "vault.json"), (self.data, "ledger.jsonl"), (self.data, "owner.json"),
            (self.data, "history/prod.jsonl"), (self.data, "vault/prod.sealed"))]
        for file in files:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            os.mkfifo(file)
        self.sandbox.start_keychain()
        appliance = Appliance(self.sandbox)
        daemon = Daemon(self.sandbox)
        self.sign_in(appliance, "prod")
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the disk")
        self.assertEqual(daemon.end(), 0)
        self.assertIn("could not be read in full", daemon.log())
        for file in files:
            if not file.endswith("owner.json"):
                self.assertTrue(os.path.isfile(file) or file.endswith("programs.json"), file)
        daemon.start()
        wait_for_state(self.sandbox, "prod", "active")

    def test_a_pipe_in_place_of_the_windows_settings_does_not_either(self):
        settings = os.path.join(self.config, "windows.ini")
        os.makedirs(self.config)
        os.mkfifo(settings)
        latchkey = self.start_windows()
        end(latchkey, patience=30)
        self.assertEqual(latchkey.returncode, 0)
        self.assertTrue(os.path.isfile(settings))
        self.assertTrue(os.path.exists(settings + ".damaged"))


class Log(Case):
    def test_no_terminal_obeys_it(self):
        self.sandbox.env["XDG_DATA_HOME"] = os.path.join(self.sandbox.folder, "a\x1b[31m\nb\u009bc")
        os.makedirs(self.sandbox.env["XDG_DATA_HOME"])
        with open(self.sandbox.env["XDG_DATA_HOME"] + "/latchkey", "w", encoding="utf-8"):
            pass  # takes the folder's place
        log = Daemon(self.sandbox, "--memory-only").log()
        self.assertIn("a\\u001b[31m\\u000ab\\u009bc/latchkey cannot be locked", log)
        self.assertFalse({"\x1b", "\u009b"} & set(log))


class NoDisplay(Case):
    """Latchkey prints one sentence; Qt alone would abort."""

    def test_latchkeyd_is_named_and_the_exit_is_1(self):
        nowhere = {"DISPLAY": ":4711"}
        for env, told in (({}, "There is no display for the windows."),
                          (nowhere, "DISPLAY is :4711"),
                          ({"WAYLAND_DISPLAY": "wayland-9"}, "WAYLAND_DISPLAY is wayland-9"),
                          ({"WAYLAND_DISPLAY": "wayland-9", **nowhere}, "WAYLAND_DISPLAY"),
                          ({"QT_QPA_PLATFORM": "xcb", **nowhere}, "QT_QPA_PLATFORM is xcb"),
                          ({"QT_QPA_PLATFORM": "wayland"}, "QT_QPA_PLATFORM is wayland"),
                          ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM is nonsense")):
            with self.subTest(env):
                answer = self.second("latchkey", **env)
                self.assertEqual(answer.returncode, 1, answer.stderr)
                self.assertIn(told, answer.stderr)
                self.assertIn("run latchkeyd", answer.stderr)
                self.assertEqual(answer.stderr.count("\n"), 1, answer.stderr)


class NoBus(Case):
    def test_it_goes_on_when_the_session_bus_ends(self):
        self.sandbox.start_keychain()
        appliance = Appliance(self.sandbox)
        daemon = Daemon(self.sandbox)
        answer = ctl(self.sandbox, "sign-in", "prod", "--kind", "azure", "--server", appliance.url,
                     "--user", "operator", "--password-stdin", "--trust", appliance.fingerprint,
                     stdin=PASSWORD)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        wait_until(lambda: show(self.sandbox, "prod")["persisted"], "the keychain")
        end(self.sandbox.bus)
        for _ in range(3):
            answer = ctl(self.sandbox, "refresh", "prod")
            self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertTrue(appliance.accepts(ctl(self.sandbox, "token", "prod").stdout.strip()))
        self.assertIsNone(daemon.process.poll())
        self.assertEqual(daemon.end(), 0)


if __name__ == "__main__":
    unittest.main()
