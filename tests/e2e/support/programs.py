# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey's own programs as processes."""

import json
import os
import select
import subprocess
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, wait_until


class Daemon:
    """latchkeyd in a sandbox. Its agent answers once this is made."""

    def __init__(self, sandbox, *options):
        self._sandbox = sandbox
        self._options = options
        self.log_path = os.path.join(sandbox.folder, "latchkeyd.log")
        self.start()

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = self._sandbox.start(
                os.path.join(bin_folder(), "latchkeyd"), *self._options, stderr=log)
        wait_until(lambda: ctl(self._sandbox, "list").returncode == 0, "latchkeyd's agent")

    @property
    def worker(self):
        """The id of the process that has the sessions and the secrets."""
        return child_of(self.process.pid)

    def end(self):
        end(self.process)
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log(self):
        with open(self.log_path, encoding="utf-8") as log:
            return log.read()


def ctl(sandbox, *arguments, stdin=None):
    """Runs latchkeyctl without a terminal."""
    options = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
    return sandbox.run(os.path.join(bin_folder(), "latchkeyctl"), *arguments,
                       start_new_session=True, **options)


#: Starts what follows, so that it counts as another program than what a test starts itself.
SHELL = ("/bin/sh", "-c", '"$@"; exit $?', "sh")


#: What is ticked before a certificate is trusted.
CONFIRMED = "Whoever runs the appliance has confirmed this certificate"


def answered(sandbox, reader, button, *arguments, stdin="", through=()):
    """Runs latchkeyctl, while a person presses that button in the window that asks about it. The
    command may also end without a question, such as where the session is gone."""
    process = sandbox.start(*through, os.path.join(bin_folder(), "latchkeyctl"), *arguments,
                            "--deadline", "60", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, start_new_session=True)
    process.stdin.write(stdin.encode())
    process.stdin.close()
    def has_ended():
        return process.poll() is not None
    if button == "Trust this certificate":
        reader.press_wherever(CONFIRMED, has_ended)
    reader.press_wherever(button, has_ended)
    process.wait(60)
    return subprocess.CompletedProcess(arguments, process.returncode,
                                       process.stdout.read().decode(),
                                       process.stderr.read().decode())


def children_of(process):
    """The ids of its child processes."""
    with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as children:
        return [int(child) for child in children.read().split()]


def child_of(process):
    """The id of its only child. Where a program of ours has secrets, its child has them."""
    child, = children_of(process)
    return child


def has_ended(process):
    """True once all its threads have ended, whether or not its parent has waited for it."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    ready, _, _ = select.select([handle], [], [], 0)
    os.close(handle)
    return bool(ready)


def show(sandbox, name):
    answer = ctl(sandbox, "show", name, "--json")
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr)
    return json.loads(answer.stdout)


def doctor(sandbox):
    """What the doctor says, as JSON, and the exit code."""
    answer = ctl(sandbox, "doctor", "--json")
    return json.loads(answer.stdout), answer.returncode


def wait_for_state(sandbox, name, state, patience=30):
    return wait_until(lambda: (now := show(sandbox, name))["state"] == state and now,
                      f"{name} to be {state}", patience)


class ProgramCase(unittest.TestCase):
    """A test in a sandbox with the demo appliance, which gets `switches` as its arguments."""
    keychain = True
    switches = ()

    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=self.keychain)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox, *self.switches)

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(self.sandbox, *arguments, stdin=stdin)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def sign_in(self, name="prod", user="operator", *options, exits=0):
        return self.ctl("sign-in", name, "--kind", "azure", "--server", self.appliance.url,
                        "--user", user, "--password-stdin", *options, stdin=PASSWORD, exits=exits)
