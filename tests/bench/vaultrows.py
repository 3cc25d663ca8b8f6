# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""How long a token set takes from the appliance's answer to the disk, compared to a bare write of
as many bytes in the same folder, and to the keychain's own write of one item."""

import os
import re
import statistics
import subprocess
import time

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import end, wait_until
from programs import ctl
from vault import Vault

RENEWALS = 300
KEYCHAIN_WRITES = 20
LONGEST_MS = 20
LARGEST_RATIO = 1.5
STEP = re.compile(rb"vault: (sealing|kept) prod\.sealed")


def rows(sandbox):
    """The two sides take turns, so that both use the disk under the same conditions."""
    appliance = Appliance(sandbox)
    daemon = sandbox.start(os.path.join(bin_folder(), "latchkeyd"), stderr=subprocess.PIPE,
                           bufsize=-1, env={"QT_LOGGING_RULES": "latchkey.vault.debug=true"})
    wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")
    ctl(sandbox, "sign-in", "prod", "--kind", "azure", "--server", appliance.url, "--user",
        "operator", "--password-stdin", "--trust", appliance.fingerprint,
        stdin=PASSWORD).check_returncode()
    synced(daemon)
    vault = Vault(sandbox)
    size = os.path.getsize(vault.path("prod"))
    ours, bare = [], []
    for _ in range(RENEWALS):
        refresh = subprocess.Popen([os.path.join(bin_folder(), "latchkeyctl"), "refresh", "prod"],
                                   env=sandbox.env, stdout=subprocess.DEVNULL)
        ours.append(synced(daemon))
        refresh.wait()
        bare.append(bare_write(os.path.join(vault.folder, "bare"), os.urandom(size)))
    end(daemon)
    keychain = [keychain_write(sandbox) for _ in range(KEYCHAIN_WRITES)]
    ratio = statistics.median(ours) / statistics.median(bare)
    slowest = percentile(ours, 99)
    return [
        ("answer arrived to token set synced, p99",
         f"{slowest:.2f} ms, median {statistics.median(ours):.2f}", f"bar {LONGEST_MS} ms",
         slowest <= LONGEST_MS),
        ("the same beside write + fsync + rename",
         f"{ratio:.2f} = {statistics.median(ours):.2f} / {statistics.median(bare):.2f} ms, "
         f"p99 {percentile(bare, 99):.2f}", f"bar {LARGEST_RATIO:.2f}", ratio <= LARGEST_RATIO),
        ("the keychain's own write of an item", f"{statistics.median(keychain):.1f} ms", "no bar",
         True)]


def synced(daemon):
    """Milliseconds between the two steps in the log."""
    began = None
    for line in daemon.stderr:
        step = STEP.search(line)
        if step and step[1] == b"sealing":
            began = time.perf_counter()
        elif step:
            return (time.perf_counter() - began) * 1000
    raise RuntimeError("latchkeyd ended")


def bare_write(path, content):
    began = time.perf_counter()
    file = os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(file, content)
    os.fsync(file)
    os.close(file)
    os.rename(path + ".new", path)
    return (time.perf_counter() - began) * 1000


def keychain_write(sandbox):
    began = time.perf_counter()
    sandbox.run("secret-tool", "store", "--label=bench", "bench", "item",
                input="x" * 64).check_returncode()
    return (time.perf_counter() - began) * 1000


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]
