# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""An OpenID provider on a loopback address that knows one client, and oidc-agent signed in to it:
the token agent with which Latchkey is compared."""

import http.server
import json
import os
import subprocess
import threading
import time


class Provider:
    """Counts the token requests and answers each after `pause` seconds."""

    def __init__(self):
        self.requests = 0
        self.pause = 0
        self.life = 3600
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self._reply({"issuer": provider.url, "token_endpoint": provider.url + "token",
                             "authorization_endpoint": provider.url + "authorize",
                             "scopes_supported": ["openid", "offline_access"],
                             "grant_types_supported": ["refresh_token"]})

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                provider.requests += 1
                time.sleep(provider.pause)
                self._reply({"access_token": f"not-a-real-token-{provider.requests}" + "x" * 1000,
                             "token_type": "Bearer", "expires_in": provider.life,
                             "refresh_token": "not-a-real-refresh-token"})

            def _reply(self, what):
                body = json.dumps(what).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class OidcAgent:
    """oidc-agent with the account `bench`, in the sandbox's home folder."""

    def __init__(self, sandbox, provider):
        self._sandbox = sandbox
        told = sandbox.run("oidc-agent", "--quiet").stdout
        for assignment in told.split(";"):
            name, found, value = assignment.strip().partition("=")
            if found and name.startswith("OIDC"):
                sandbox.env[name] = value
        self.pid = int(sandbox.env["OIDCD_PID"])
        self.socket = sandbox.env["OIDC_SOCK"]
        password = os.path.join(sandbox.folder, "oidc-password")
        with open(password, "w", encoding="utf-8") as file:
            file.write("not-a-real-password")
        sandbox.run("oidc-gen", "-m", f"--iss={provider.url}", "--client-id=c", "--client-secret=s",
                    "--rt=not-a-real-refresh-token", "--scope=openid offline_access",
                    f"--pw-file={password}", "--prompt=none", "--confirm-default", "--no-url-call",
                    "bench", stdin=subprocess.DEVNULL).check_returncode()

    def close(self):
        self._sandbox.run("oidc-agent", "--kill")
