# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""An appliance of a kind that Latchkey does not ship, and a web server that is no appliance. Both
speak TLS, with the certificate of tests/support/data."""

import hashlib
import http.server
import itertools
import json
import os
import ssl
import threading

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support/data")
USER, PASSWORD, PIN = "nadia", "nimbus p+a ss&w=ö%25", "246810"

#: Its dialect, in one file.
KIND = {
    "id": "nimbus", "name": "Nimbus backup", "port": 8443,
    "hint": {"en": "Nimbus wants your badge number."},
    "token": {"path": "/auth/login", "body": "json", "fields": {"realm": "clouds"}},
    "grants": {"field": "type", "password": "pw", "mfa": "otp", "refresh": "again"},
    "request": {"user": "who", "password": "secret", "refreshToken": "ticket",
                "mfaToken": "challenge", "mfaCode": "pin"},
    "reply": {"accessToken": "key", "refreshToken": "ticket", "expiresIn": "seconds",
              "username": "who", "roleName": "rank", "mfaToken": "challenge"},
    "codeStatus": 202,
    "logout": {"method": "POST", "paths": ["/auth/bye"], "bearer": True},
    "recognition": [{"method": "POST", "path": "/auth/login", "status": [400],
                     "has": ["nimbus"]}]}


class Server:
    """Serves until close(), in a thread of its own."""

    def __init__(self, handler):
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(DATA, "appliance.pem"),
                                os.path.join(DATA, "appliance.key"))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_port}"
        with open(os.path.join(DATA, "appliance.pem"), encoding="ascii") as pem:
            _, begin, rest = pem.read().partition("-----BEGIN")
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(begin + rest)).hexdigest().upper()
        self.fingerprint = ":".join(digest[i:i + 2] for i in range(0, len(digest), 2))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, content_type, body):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def log_message(self, *_):
        pass


class WebSite(Quiet):
    """It has one page, which it shows to everybody."""

    def do_GET(self):
        self.answer(200, "text/html", b"<html>Welcome!</html>")

    def do_POST(self):
        self.body()
        self.do_GET()


class Nimbus(Server):
    """Refresh tokens work once."""

    def __init__(self):
        nimbus = self

        class Handler(Quiet):
            def do_POST(self):
                nimbus.serve(self)

            do_GET = do_POST

        self._numbers = itertools.count(1)
        self.keys, self.tickets, self.goodbyes, self.refreshes = set(), set(), 0, 0
        super().__init__(Handler)

    def serve(self, request):
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        body = request.body()
        if request.path == "/auth/login":
            status, answer = self._log_in(request.headers.get("Content-Type", ""), body)
        elif bearer not in self.keys:
            status, answer = 401, {"nimbus": "who are you?"}
        elif request.path == "/auth/bye":
            self.keys.discard(bearer)
            self.goodbyes += 1
            status, answer = 200, {}
        else:
            status, answer = 200, {"sky": "clear"}
        request.answer(status, "application/json", json.dumps(answer).encode())

    def _log_in(self, content_type, body):
        if content_type != "application/json":
            return 400, {"nimbus": "JSON, please"}
        asked = json.loads(body)
        if asked.get("realm") != "clouds":
            return 400, {"nimbus": "which realm?"}
        if asked.get("type") == "pw" and (asked["who"], asked["secret"]) == (USER, PASSWORD):
            return 202, {"challenge": "not-a-real-challenge"}
        if asked.get("type") == "otp" and asked["pin"] == PIN:
            return 200, self._grant()
        if asked.get("type") == "again" and asked["ticket"] in self.tickets:
            self.tickets.discard(asked["ticket"])
            self.refreshes += 1
            return 200, self._grant()
        return 401, {"nimbus": "no"}

    def _grant(self):
        number = next(self._numbers)
        key, ticket = f"not-a-real-key-{number}", f"not-a-real-ticket-{number}"
        self.keys.add(key)
        self.tickets.add(ticket)
        return {"key": key, "ticket": ticket, "seconds": 900, "who": USER, "rank": "Pilot"}
