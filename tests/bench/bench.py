# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Sizes and speeds of Latchkey, as ratios against bare programs built beside it and against
oidc-agent, in one run.

Start, memory and idle processor time are read from outside the programs: the window manager says
when a window is there, the kernel how much memory (PSS) and how many ticks a process took."""

import argparse
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e", "support"))

import agentrows  # noqa: E402
import vaultrows  # noqa: E402
import gatewayrows  # noqa: E402
from appliance import PASSWORD, Appliance, bin_folder  # noqa: E402
from desktopsandbox import DesktopSandbox, end, read_line, wait_until  # noqa: E402
from programs import ctl, show  # noqa: E402
from many import Idle, Many, pss  # noqa: E402

IDLE_SECONDS = 10
SESSIONS = 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder of the programs")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--processes", type=int, default=500,
                        help="how often the whole of latchkeyctl is timed")
    options = parser.parse_args()
    os.environ["LATCHKEY_BIN"] = os.path.abspath(options.bin)

    with DesktopSandbox(keychain=False) as apart:
        outage = agentrows.Outage(apart)
        with DesktopSandbox(keychain=False) as sandbox:
            rows = agentrows.rows(sandbox, options.processes)
        with DesktopSandbox(keychain=False) as sandbox:
            rows += gatewayrows.rows(sandbox)
        with DesktopSandbox(display=True) as sandbox:
            rows += window_rows(sandbox, options.runs) + daemon_rows(sandbox, options.runs)
            rows += idle_rows(sandbox)
        with DesktopSandbox() as sandbox:
            rows += vaultrows.rows(sandbox)
        with DesktopSandbox() as sandbox:
            rows += many_rows(sandbox, SESSIONS)
        rows.append(outage.row())
    width = max(len(row[0]) for row in rows)
    for name, figures, bar, is_met in rows:
        print(f"{name:{width}}  {figures:48}  {bar:12}  {'met' if is_met else 'MISSED'}")
    return 0 if all(row[3] for row in rows) else 1


def window_rows(sandbox, runs):
    ours, bare = [], []
    for _ in range(runs):
        bare.append(window_figures(sandbox, "latchkey-bare-window"))
        ours.append(window_figures(sandbox, "latchkey"))
    starts = [[run[0] for run in side] for side in (ours, bare)]
    sizes = [[run[1] for run in side] for side in (ours, bare)]
    return [ratio_row("first window", *starts, "ms", 1.25),
            ratio_row("window, PSS when idle", *sizes, "KiB", 1.5)]


def window_figures(sandbox, program, *options):
    """Milliseconds from the start to a managed window, and KiB of PSS once the program is idle."""
    spy = sandbox.start("xprop", "-root", "-spy", "_NET_CLIENT_LIST", stdout=subprocess.PIPE)
    others = read_line(spy.stdout, "xprop").count("0x")
    began = time.perf_counter()
    process = sandbox.start(os.path.join(bin_folder(), program), *options,
                            stderr=subprocess.DEVNULL)
    while read_line(spy.stdout, program).count("0x") == others:
        pass
    took = (time.perf_counter() - began) * 1000
    wait_until_idle(process.pid)
    size = pss(process.pid)
    end(process)
    while read_line(spy.stdout, program).count("0x") != others:
        pass
    end(spy)
    return took, size


def daemon_rows(sandbox, runs):
    appliance = Appliance(sandbox)
    ours, bare = [], []
    for _ in range(runs):
        bare.append(bare_request_pss(sandbox, appliance))
        ours.append(daemon_pss(sandbox, appliance))
    return [ratio_row("latchkeyd, PSS after one request", ours, bare, "KiB", 1.3)]


def bare_request_pss(sandbox, appliance):
    process = sandbox.start(os.path.join(bin_folder(), "latchkey-bare-request"),
                            appliance.url + "/api/v8/system/serviceIsUp", stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)
    read_line(process.stdout, "the bare program")
    wait_until_idle(process.pid)
    size = pss(process.pid)
    end(process)
    return size


def start_daemon(sandbox, appliance):
    process = sandbox.start(os.path.join(bin_folder(), "latchkeyd"), stderr=subprocess.DEVNULL)
    wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")
    ctl(sandbox, "sign-in", "bench", "--kind", "azure", "--server", appliance.url, "--user",
        "operator", "--password-stdin", "--trust", appliance.fingerprint,
        stdin=PASSWORD).check_returncode()
    wait_until(lambda: show(sandbox, "bench")["persisted"], "the keychain")
    wait_until_idle(process.pid)
    return process


def daemon_pss(sandbox, appliance):
    process = start_daemon(sandbox, appliance)
    size = pss(process.pid)
    ctl(sandbox, "sign-out", "bench", "--forget")
    end(process)
    return size


def idle_rows(sandbox):
    appliance = Appliance(sandbox)
    daemon = start_daemon(sandbox, appliance)
    rows = [idle_row("latchkeyd, ticks in 10 idle s", daemon)]
    end(daemon)
    window = sandbox.start(os.path.join(bin_folder(), "latchkey"), "--hidden",
                           stderr=subprocess.DEVNULL)
    wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")
    wait_until(lambda: show(sandbox, "bench")["state"] == "active", "the session")
    wait_until_idle(window.pid)
    rows.append(idle_row("latchkey hidden, ticks in 10 idle s", window))
    end(window)
    return rows


def many_rows(sandbox, count):
    """The steps in order: all sign in, a kill, a start with all tokens lapsed, all are renewed,
    rest until the next day, and another start."""
    many = Many(sandbox, count)
    wait_until_idle(many.pid)
    without = pss(many.pid)
    ended_well = many.sign_in_all()
    start = many.come_back()
    back = many.back()
    many.wait_until_lapsed()
    many.let_renew()
    many.restart()
    many.wait_until_renewed()
    busiest, span = many.busiest_second()
    wait_until_idle(many.pid)
    idle = Idle(many.pid, IDLE_SECONDS)
    renewed = (pss(many.pid) - without) / count
    many.restart()
    wait_until_idle(many.pid)
    restored = (pss(many.pid) - without) / count
    share = busiest / count
    return [
        (f"{count} sign-ins by 8 callers, kill, start", f"{back} of {ended_well} back in "
         f"{start:.1f} s", "bar all, 5 s", back == ended_well == count and start <= 5),
        (f"{count} lapsed sessions, the last renewed after", f"{span:.1f} s", "bar 30 s",
         span <= 30),
        (f"{count} lapsed sessions, busiest second", f"{share:.1%} = {busiest}", "bar 5 %",
         share <= 0.05),
        (f"{count} sessions, ticks in 10 idle s", f"{idle.ticks}; {idle.wake_ups} wake-ups",
         "bar 0; 2", idle.ticks == 0 and idle.wake_ups <= 2),
        (f"{count} sessions, PSS of each",
         f"{restored:.1f} KiB restored, {renewed:.1f} KiB renewed", "bar 40",
         max(restored, renewed) <= 40)]


def idle_row(name, process):
    spent = Idle(process.pid, IDLE_SECONDS).ticks
    return name, f"{spent}", "bar 0", spent == 0


def ratio_row(name, ours, bare, unit, bar):
    ratio = statistics.median(ours) / statistics.median(bare)
    figures = (f"{ratio:.2f} = {statistics.median(ours):.0f} / "
               f"{statistics.median(bare):.0f} {unit}, {len(ours)} runs")
    return name, figures, f"bar {bar:.2f}", ratio <= bar


def wait_until_idle(pid):
    """Waits until a quarter of a second passes without a tick."""
    wait_until(lambda: Idle(pid, 0.25).ticks == 0, "the program to rest")


if __name__ == "__main__":
    sys.exit(main())
