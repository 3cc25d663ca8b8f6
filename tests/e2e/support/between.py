# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What stands between programs: a forwarded port, an HTTP proxy, and a go-between to the agent."""

import base64
import contextlib
import json
import os
import random
import socket
import tempfile
import threading


def pump(source, sink):
    """Passes on what comes from `source`, until either end is closed; then closes both."""
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def join(one, other):
    """Passes on what comes, both ways, until one side ends."""
    back = threading.Thread(target=pump, args=(other, one), daemon=True)
    back.start()
    pump(one, other)
    back.join()
    one.close()
    other.close()


class Server:
    """Serves each connection on a thread of its own."""

    def __init__(self, listener):
        self._listener = listener
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()


class Forward(Server):
    """Another port that leads to `port`, as `ssh -L` makes one."""

    def __init__(self, port, place=("127.0.0.1", 0)):
        self._target = port
        listener = socket.create_server(place)
        self.port = listener.getsockname()[1]
        super().__init__(listener)

    def serve(self, client):
        join(client, socket.create_connection(("127.0.0.1", self._target)))


def uncommon_port():
    """One that is free at each address of this machine, and that no program is given that asks for
    any: such a program looks at one address alone."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        first = int(file.read().split()[0])
    while True:
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("", random.randrange(first // 2, first)))
            return tried.getsockname()[1]


class DeadPlace:
    """A port from which no answer comes, not even a refusal: its queue is full, so the system
    drops what arrives."""

    def __init__(self, host):
        self._listener = socket.socket()
        self._listener.bind((host, 0))
        self._listener.listen(0)
        self.port = self._listener.getsockname()[1]
        self._crowd = [socket.socket() for _ in range(4)]
        for client in self._crowd:
            client.setblocking(False)
            client.connect_ex((host, self.port))

    def close(self):
        for one in (*self._crowd, self._listener):
            one.close()


def with_hosts(sandbox, hosts):
    """Words to put before a command, which then sees only these hosts: `hosts` has the addresses of
    each name."""
    handle, path = tempfile.mkstemp(dir=sandbox.folder)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        for name, addresses in hosts.items():
            file.writelines(f"{address} {name}\n" for address in addresses)
    become = [] if os.geteuid() == 0 else ["-r"]
    return ["unshare", *become, "-m", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', path]


class Proxy(Server):
    """An HTTP proxy for CONNECT. With `answer`, such as `503 Busy`, it says that and connects
    nobody; with `user` it wants that and `password`. What it was asked for is in `asked`."""

    def __init__(self, user=None, password=None, answer=None):
        self.asked = []
        self.answer = answer
        self._wanted = None
        if user:
            self._wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        super().__init__(listener)

    def serve(self, client):
        lines = client.makefile("rb")
        method, target, _ = lines.readline().decode().split()
        headers = dict(line.decode().strip().split(": ", 1)
                       for line in iter(lines.readline, b"\r\n"))
        self.asked.append(f"{method} {target}")
        answer = self.answer
        if not answer and self._wanted not in (None, headers.get("Proxy-Authorization")):
            answer = "407 Proxy Authentication Required"
        if answer:
            client.sendall(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode())
            client.close()
            return
        host, port = target.rsplit(":", 1)
        appliance = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        join(client, appliance)


class GoBetween(Server):
    """Stands before the agent, and puts `proxy` into each answer that tells of one."""

    def __init__(self, sandbox, proxy):
        self._agent = os.path.join(sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock")
        self.path = os.path.join(tempfile.mkdtemp(dir=sandbox.folder), "agent.sock")
        self.proxy = proxy
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path)
        listener.listen()
        super().__init__(listener)

    def serve(self, client):
        agent = socket.socket(socket.AF_UNIX)
        agent.connect(self._agent)
        threading.Thread(target=pump, args=(client, agent), daemon=True).start()
        with client, agent, contextlib.suppress(OSError):
            for line in agent.makefile("rb"):
                message = json.loads(line)
                result = message.get("result")
                if isinstance(result, dict) and "proxy" in result:
                    result["proxy"] = self.proxy
                client.sendall(json.dumps(message).encode() + b"\n")
