# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""How many requests the gateway carries, compared to nginx as a reverse proxy (one worker) for the
same appliance: TLS to the appliance, plain HTTP to the client, connections kept open on both sides.

The proxies are to be measured, and the demo appliance is slower than either. So another nginx
takes its place: it answers everything itself but sign-ins, which it passes on to the demo."""

import json
import os
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e", "support"))

from appliance import PASSWORD, Appliance, bin_folder  # noqa: E402
from desktopsandbox import end, read_line  # noqa: E402
from nginx import Nginx  # noqa: E402
from programs import Daemon, ctl  # noqa: E402

NAME = "quick"
PATH = "/api/v8.1/system/about"
SECONDS = 4
ROUNDS = 3
RATE, P99 = 0.5, 2.0

APPLIANCE = """server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/cert; ssl_certificate_key {folder}/key;
    location / {{ default_type application/json; return 200 '{{"serverVersion":"8.1.0.1"}}'; }}
    location /api/oauth2/ {{ proxy_pass {demo}; }}
  }}"""
PROXY = """upstream appliance {{
    server 127.0.0.1:{target}; keepalive 32; keepalive_requests 100000000;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass https://appliance; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer {token}";
    }}
  }}"""


def rows(sandbox):
    demo = Appliance(sandbox, "--http")
    appliance = Nginx(sandbox, "appliance", APPLIANCE, demo=demo.url)
    daemon = Daemon(sandbox, "--memory-only")
    ctl(sandbox, "sign-in", NAME, "--kind", "azure", "--server",
        f"https://127.0.0.1:{appliance.port}", "--user", "operator", "--password-stdin", "--trust",
        appliance.fingerprint, stdin=PASSWORD).check_returncode()
    token = ctl(sandbox, "token", NAME).stdout.strip()
    proxy = Nginx(sandbox, "reverse-proxy", PROXY, target=appliance.port, token=token)
    gateway = sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "gateway", NAME,
                            stdout=subprocess.PIPE)
    url = urllib.parse.urlsplit(read_line(gateway.stdout, "the gateway"))
    ours = url.port, url.path.rstrip("/") + PATH
    theirs = proxy.port, PATH
    try:
        return [row for clients in (1, 16) for row in compared(sandbox, ours, theirs, clients)]
    finally:
        for process in (gateway, proxy.process, daemon.process, appliance.process):
            end(process)


def compared(sandbox, ours, theirs, clients):
    """Takes turns, so that both run under the same conditions, and compares the best rounds."""
    runs = [(requested(sandbox, *ours, clients), requested(sandbox, *theirs, clients))
            for _ in range(ROUNDS)]
    rate, their_rate = (max(run[side]["perSecond"] for run in runs) for side in (0, 1))
    p99, their_p99 = (min(run[side]["p99"] for run in runs) for side in (0, 1))
    name = f"gateway / nginx, {clients} kept-open connection{'s' if clients > 1 else ''}"
    return [(f"{name}, requests", f"{rate / their_rate:.2f} = {rate:.0f} / {their_rate:.0f} a second",
             f"bar {RATE:.2f}", rate >= RATE * their_rate),
            (f"{name}, p99", f"{p99 / their_p99:.2f} = {p99:.0f} / {their_p99:.0f} us",
             f"bar {P99:.2f}", p99 <= P99 * their_p99)]


def requested(sandbox, port, path, clients):
    told = sandbox.run(os.path.join(bin_folder(), "latchkey-requesters"), str(port), path,
                       str(clients), str(SECONDS))
    if told.returncode != 0:
        raise RuntimeError(told.stderr)
    return json.loads(told.stdout)
