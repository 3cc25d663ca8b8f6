# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""An agent that answers as the test says, and records the requests."""

import json
import queue
import socket
import threading


class Raw:
    """Raw bytes as an answer; `%ID%` becomes the request's id. Then the connection is silent or
    closed."""

    def __init__(self, data, close=False):
        self.data = data
        self.close = close


class Flood:
    """Sends one line again and again, until the client has gone."""

    def __init__(self, line):
        self.line = line


class Error:
    def __init__(self, reason, message="The agent says no.", **data):
        self.error = {"code": -32000, "message": message, "data": {"reason": reason, **data}}


SILENCE = Raw(b"")


class FakeAgent:
    def __init__(self, address):
        """Listens at the path of a socket, or at `(HOST, 0)`, which becomes `address`."""
        self.requests = []
        self.connections = queue.Queue()
        self._answers = {"agent.info": [{}]}
        family = socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX
        self._listener = socket.socket(family)
        self._listener.bind(address)
        self.address = self._listener.getsockname()
        self._listener.listen(16)
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self):
        """From now on nobody listens at the socket."""
        if self._thread.is_alive():
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
            self._thread.join()
        self._listener.close()

    def on(self, method, *answers):
        """Each call gets the next answer; the last answer is repeated."""
        self._answers[method] = list(answers)

    def params(self, method):
        return [request["params"] for request in self.requests if request["method"] == method]

    def methods(self):
        return [request["method"] for request in self.requests]

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as lines:
            try:
                for line in lines:
                    if not self._reply(connection, json.loads(line)):
                        return
            except OSError:
                pass  # the client has gone, as it may

    def _reply(self, connection, request):
        self.requests.append(request)
        answers = self._answers.get(request["method"], [Error("failed", "No such method.")])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Raw):
            connection.sendall(answer.data.replace(b"%ID%", str(request["id"]).encode()))
            self.connections.put(connection)
            return not answer.close
        while isinstance(answer, Flood):
            connection.sendall(answer.line)
        reply = {"jsonrpc": "2.0", "id": request["id"]}
        reply.update({"error": answer.error} if isinstance(answer, Error) else {"result": answer})
        connection.sendall(json.dumps(reply).encode() + b"\n")
        self.connections.put(connection)
        return True
