# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""An HTTP proxy on 127.0.0.1 that opens tunnels (CONNECT), or refuses to."""

import base64
import socket
import threading


class Proxy:
    """With `credentials`, such as `user:password`, it lets pass only who has those. With a
    `refusal`, such as `503 Busy`, those do not pass, either, but hear that. What was asked for is
    in `asked`."""

    def __init__(self, credentials=None):
        self.credentials = credentials
        self.refusal = None
        self.asked = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        if self._listener.fileno() >= 0:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _serve(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(client,), daemon=True).start()

    def _attend(self, client):
        with client:
            head = self._head(client)
            if not head:
                return
            target = head.split(" ")[1]
            self.asked.append(target)
            wanted = base64.b64encode((self.credentials or "").encode()).decode()
            if self.credentials and f"Proxy-Authorization: Basic {wanted}\r\n" not in head:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                               b'Proxy-Authenticate: Basic realm="office"\r\n'
                               b"Content-Length: 0\r\n\r\n")
                return self._attend(client)
            if self.refusal:
                client.sendall(f"HTTP/1.1 {self.refusal}\r\nContent-Length: 0\r\n\r\n".encode())
                return
            host, port = target.rsplit(":", 1)
            with socket.create_connection((host, int(port))) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                there = threading.Thread(target=pump, args=(client, server), daemon=True)
                there.start()
                pump(server, client)
                there.join()

    @staticmethod
    def _head(client):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            try:
                came = client.recv(4096)
            except OSError:
                return ""
            if not came:
                return ""
            head += came
        return head.decode()


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
