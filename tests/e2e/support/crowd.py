# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Many programs at the agent's socket at once, for the tests and for `./dev bench`. The agent
allows each process 64 connections, so the crowd is several processes: run as a program, this is
one of them."""

import contextlib
import json
import os
import selectors
import socket
import subprocess
import sys
import time

from appliance import bin_folder
from desktopsandbox import read_line

#: Connections of one process: fewer than the agent allows it.
EACH = 50
#: So many calls may wait on one connection of the agent.
MOST_WAITING = 128


def agent_socket(sandbox):
    return os.path.join(sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock")


def token_request(name, **params):
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.token",
                       "params": {"name": name, **params}})


def callers(sandbox, address, request, expected, count, each):
    """Has `count` threads ask `each` times, one after the other. Returns p50, p99 and longest of
    the times in microseconds, and perSecond."""
    answer = sandbox.run(os.path.join(bin_folder(), "latchkey-callers"), address, request, expected,
                         str(count), str(each), timeout=120)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr or answer.stdout)
    return json.loads(answer.stdout)


class Crowd:
    """`count` connections from several processes. All do the same, by their role: `half` sends half
    of a message, `silent` nothing, `watch` prints when it hears of a change, `examine` calls the
    doctor again and again, as often as it may, and `refresh` waits for a refresh of `prod`, and
    comes back when it is cut off. `within` is a command that runs each process."""

    def __init__(self, sandbox, role, count, address=None, within=()):
        address = address or agent_socket(sandbox)
        self._parts = [sandbox.start(*within, sys.executable, "-B", __file__, role, address,
                                     str(min(EACH, count - first)), stdout=subprocess.PIPE)
                       for first in range(0, count, EACH)]
        for part in self._parts:
            read_line(part.stdout, "the crowd")

    def heard_at(self):
        """When each watcher heard of the next change, in seconds of the monotonic clock."""
        return [moment for part in self._parts
                for moment in json.loads(read_line(part.stdout, "the watchers"))]

    def leave(self):
        for part in self._parts:
            part.kill()  # unshare(1) would hear of nothing else
            part.wait()


def connections(address, count):
    for _ in range(count):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(address)
        yield connection


def send_half(address, count):
    crowd = list(connections(address, count))
    for connection in crowd:
        with contextlib.suppress(OSError):  # the agent may have cut us off
            connection.sendall(b'{"jsonrpc":"2.0","id":1,')
    print("half of it is sent", flush=True)
    time.sleep(600)


def be_silent(address, count):
    crowd = list(connections(address, count))
    print(f"{len(crowd)} are silent", flush=True)
    time.sleep(600)


def watch(address, count):
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.watch"})
    crowd = list(connections(address, count))
    selector = selectors.DefaultSelector()
    for connection in crowd:
        connection.sendall(request.encode() + b"\n")
        connection.recv(4096)
        selector.register(connection, selectors.EVENT_READ)
    print("watching", flush=True)
    while True:
        heard = {}
        while len(heard) < count:
            for key, _ in selector.select():
                heard.setdefault(key.fd, time.monotonic())
                key.fileobj.recv(65536)
        print(json.dumps(list(heard.values())), flush=True)


def examine(address, count):
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "agent.doctor"}).encode() + b"\n"
    selector = selectors.DefaultSelector()
    for connection in connections(address, count):
        connection.sendall(request * MOST_WAITING)
        selector.register(connection, selectors.EVENT_READ)
    print("waiting for the doctor", flush=True)
    while True:
        for key, _ in selector.select():
            answers = key.fileobj.recv(1 << 20).count(b"\n")
            key.fileobj.sendall(request * answers)


def refresh(address, count):
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.refresh",
                          "params": {"name": "prod", "deadline": 86400}}).encode() + b"\n"
    selector = selectors.DefaultSelector()

    def call():
        connection, = connections(address, 1)
        selector.register(connection, selectors.EVENT_READ)
        with contextlib.suppress(OSError):  # the agent may have turned us away
            connection.sendall(request)

    for _ in range(count):
        call()
    print("waiting for a refresh", flush=True)
    while True:
        for key, _ in selector.select():
            selector.unregister(key.fileobj)
            key.fileobj.close()
            call()
        time.sleep(1)


if __name__ == "__main__":
    ROLES = {"half": send_half, "silent": be_silent, "watch": watch, "examine": examine,
             "refresh": refresh}
    ROLES[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
