# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Very many sessions in one latchkeyd, with tokens that are kept. For the tests, `./dev bench` and
`./dev soak`."""

import collections
import concurrent.futures
import datetime
import os
import time

from agent import Agent
from appliance import Appliance, bin_folder
from desktopsandbox import wait_until
from programs import child_of, children_of, ctl, has_ended

#: How many sign in at the same time.
CALLERS = 8
#: Seconds that the first tokens live.
FIRST_LIFE = 5
PASSWORD = "pw"


class Many:
    """latchkeyd, at first with no session."""

    def __init__(self, sandbox, count, *appliance_options):
        self.count = count
        self._sandbox = sandbox
        self._log_path = os.path.join(sandbox.folder, "many.log")
        self._appliance = Appliance(sandbox, "--many", str(count), *appliance_options)
        #: When each renewal was asked for, in seconds since 1970, by the id of its request.
        self._renewals = {}
        self._begun = 0
        self.start()

    @property
    def pid(self):
        """The id of the process that has the sessions."""
        return child_of(self.process.pid)

    def start(self):
        with open(self._log_path, "ab") as log:
            self.process = self._sandbox.start(os.path.join(bin_folder(), "latchkeyd"), stderr=log)
        self.agent = wait_until(self._connect, "latchkeyd's agent", pause=0.01)

    def kill(self):
        """Waits for the end, so that whoever connects next cannot meet the one that is ending."""
        self.agent.close()
        worker = self.pid
        self.process.kill()
        self.process.wait()
        wait_until(lambda: has_ended(worker), "its end", pause=0.005)

    def restart(self, patience=120):
        """Kills and starts it. Returns come_back()."""
        self.kill()
        return self.come_back(patience)

    def come_back(self, patience=120):
        """Starts it, after a kill. Returns the seconds until no session waits for the vault."""
        began = time.monotonic()
        self.start()
        self.wait_for_states(lambda states: not states["restoring"], patience)
        return time.monotonic() - began

    def back(self):
        """How many sessions have a refresh token: they are active, or wait for the appliance."""
        return sum(one["state"] in ("active", "refreshing", "waiting") for one in self.sessions())

    def wait_until_lapsed(self):
        lapsed = time.monotonic() + FIRST_LIFE
        wait_until(lambda: time.monotonic() > lapsed, "the tokens to lapse")

    def sign_in_all(self):
        """Signs in with latchkeyctl, CALLERS at a time, and then kills latchkeyd at once. Access
        tokens end soon, and the appliance renews nothing until let_renew(). Returns how many
        commands ended well."""
        self._appliance.switch(accessLife=FIRST_LIFE, fault="status:503",
                               faultGrant="Refresh_token", retryAfter="3600")
        names = [f"u{number:04}" for number in range(1, self.count + 1)]
        with concurrent.futures.ThreadPoolExecutor(CALLERS) as callers:
            answers = list(callers.map(self._sign_in, names))
        self.kill()
        return sum(answer.returncode == 0 and not answer.stderr for answer in answers)

    def let_renew(self):
        """From here on the appliance renews, and each token lives for a day."""
        self._appliance.switch(accessLife=86400, fault="none")
        self._begun = self._read_log()

    def wait_for_states(self, is_right, patience=300):
        """Waits until `is_right` says so of the numbers of sessions in each state."""
        wait_until(lambda: is_right(collections.Counter(one["state"] for one in self.sessions())),
                   "the sessions", patience, pause=0.3)

    def wait_until_renewed(self, patience=300):
        """Keeps reading the appliance's log meanwhile, which is too short for so many requests."""
        def are_renewed():
            self._read_log()
            return all(one["state"] == "active" for one in self.sessions())
        wait_until(are_renewed, "all sessions to be renewed", patience, pause=2)

    def busiest_second(self):
        """The most renewals within any one second since let_renew(), and the seconds between the
        first and the last one."""
        self._read_log()
        times = sorted(at for number, at in self._renewals.items() if number > self._begun)
        window, most = collections.deque(), 0
        for at in times:
            window.append(at)
            while window[0] <= at - 1:
                window.popleft()
            most = max(most, len(window))
        return most, times[-1] - times[0]

    def sessions(self):
        return self.agent.call("session.list")

    def _connect(self):
        try:
            return Agent(self._sandbox)
        except OSError:
            return None

    def _sign_in(self, name):
        return ctl(self._sandbox, "sign-in", name, "--kind", "azure", "--server",
                   self._appliance.url, "--user", name, "--password-stdin", "--trust",
                   self._appliance.fingerprint, "--deadline", "120", stdin=PASSWORD)

    def _read_log(self):
        """Notes the renewals in it. Returns the id of the newest request, or 0."""
        log = self._appliance.requests()
        for one in log:
            if one["grant"] == "Refresh_token":
                self._renewals[one["id"]] = seconds(one["time"])
        return log[-1]["id"] if log else 0


class Idle:
    """What a program does in `span` seconds in which nobody wants anything of it."""

    def __init__(self, pid, span):
        before = ticks(pid), wake_ups(pid)
        time.sleep(span)  # what is measured, and no waiting for something
        self.ticks = ticks(pid) - before[0]
        self.wake_ups = wake_ups(pid) - before[1]


def seconds(dot_net_time):
    """Since 1970, of a time such as 2026-11-23T01:46:52.0392740Z."""
    whole, fraction = dot_net_time.rstrip("Z").split(".")
    moment = datetime.datetime.fromisoformat(whole + "+00:00")
    return moment.timestamp() + float("0." + fraction)


def family(pid):
    """The process and its children, as a program of ours may be two processes."""
    return [pid, *children_of(pid)]


def ticks(pid):
    """The processor time that it has used, in hundredths of a second."""
    total = 0
    for process in family(pid):
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total


def wake_ups(pid):
    """How often its threads have waited for something, such as a timer: each time they gave the
    processor away of their own will."""
    total = 0
    for process in family(pid):
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/status", encoding="utf-8") as status:
                total += sum(int(line.split()[1]) for line in status
                             if line.startswith("voluntary_ctxt_switches"))
    return total


def pss(pid):
    """Its memory, with its share of what others use as well, in KiB."""
    return sum(pss_of_one(process) for process in family(pid))


def pss_of_one(process):
    with open(f"/proc/{process}/smaps_rollup", encoding="utf-8") as sizes:
        for line in sizes:
            if line.startswith("Pss:"):
                return int(line.split()[1])
    raise RuntimeError("the kernel tells no PSS")
