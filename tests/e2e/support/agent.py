# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey's agent as a program sees it: JSON-RPC 2.0 over its socket, one object a line. Unlike
latchkeyctl, this keeps its connection and may have many requests under way."""

import itertools
import json
import os
import select
import socket
import time


class Refused(Exception):
    """An error of the agent, with its reason (a word) and its sentence."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.reason = error.get("data", {}).get("reason", "failed")


class Agent:
    """A connection to the agent. Making one fails with an OSError where nobody listens, reading
    with a ConnectionError once the other side is gone. All that it ever said is in `heard`."""

    def __init__(self, sandbox):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(30)
        self._ids = itertools.count(1)
        self._half = b""
        self._unread = []
        self.heard = bytearray()
        try:
            self._socket.connect(
                os.path.join(sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock"))
        except OSError:
            self._socket.close()
            raise

    def fileno(self):
        return self._socket.fileno()

    def close(self):
        self._socket.close()

    def ask(self, method, **params):
        """Sends a request and returns the id that its answer will bear."""
        number = next(self._ids)
        request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self._socket.sendall(json.dumps(request).encode() + b"\n")
        return number

    def read(self, patience=0):
        """The answers and notifications that have come. Waits for one where there is none."""
        unread, self._unread = self._unread, []
        ready, _, _ = select.select([self._socket], [], [], 0 if unread else patience)
        if not ready:
            return unread
        came = self._socket.recv(1 << 20)
        if not came:
            raise ConnectionError("the agent hung up")
        self.heard += came
        *lines, self._half = (self._half + came).split(b"\n")
        return unread + [json.loads(line) for line in lines]

    def call(self, method, patience=60, **params):
        """Asks and waits for the answer. What else comes meanwhile is left for read()."""
        number = self.ask(method, **params)
        deadline = time.monotonic() + patience
        others, answer = [], None
        while not answer and time.monotonic() < deadline:
            for message in self.read(deadline - time.monotonic()):
                if message.get("id") == number:
                    answer = message
                else:
                    others.append(message)
        self._unread = others
        if answer:
            return result_of(answer)
        raise TimeoutError(f"the agent did not answer {method} in {patience} s")


def result_of(answer):
    if "error" in answer:
        raise Refused(answer["error"])
    return answer["result"]
