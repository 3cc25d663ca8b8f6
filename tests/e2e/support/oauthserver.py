# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""An OAuth 2.0 server that others wrote: Django OAuth Toolkit behind gunicorn, both as the
distribution has them. It gives tokens by the password grant, over TLS, replaces a refresh token
whenever it is used, and has revocation (RFC 7009) and introspection (RFC 7662)."""

import base64
import hashlib
import importlib.util
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from desktopsandbox import end, wait_until

#: Full of characters that have to be encoded in a form and in HTTP Basic.
USER, PASSWORD, SECRET = "operator", "Kräh p+a ss&w=ö%25 <9>", "Geh: eim+c l&i=ö%26 <7>"
#: Has no secret; the other one has SECRET.
PUBLIC, CONFIDENTIAL = "tray", "server"
PACKAGES = {"oauth2_provider": "python3-django-oauth-toolkit", "gunicorn": "gunicorn"}


class OAuthServer:
    """Listens once this is made. After start() it is at the same port, with the same tokens."""

    def __init__(self, sandbox, access_life=3600):
        missing = [package for module, package in PACKAGES.items()
                   if not importlib.util.find_spec(module)]
        if missing:
            raise RuntimeError(f"packages are missing: {' '.join(missing)}")
        self._sandbox = sandbox
        self.folder = os.path.join(sandbox.folder, "oauth-server")
        os.mkdir(self.folder)
        self._env = {"OAUTH_SITE": json.dumps({
            "database": os.path.join(self.folder, "tokens.sqlite"), "accessLife": access_life,
            "user": USER, "password": PASSWORD, "clients": {PUBLIC: "", CONFIDENTIAL: SECRET}})}
        self._run(sys.executable, "-B", "oauthsite.py")
        self._make_certificate()
        self._port = 0
        self.start()

    def start(self):
        log_path = os.path.join(self.folder, "log")
        with open(log_path, "wb") as log:
            self.process = self._sandbox.start(
                sys.executable, "-B", "-m", "gunicorn", "--bind", f"127.0.0.1:{self._port}",
                "--certfile", self._certificate, "--keyfile", self._key, "--threads", "4",
                "oauthsite:application", env=self._env, cwd=os.path.dirname(__file__), stderr=log)

        def port():
            with open(log_path, encoding="utf-8") as log:
                told = re.search(r"Listening at: https://127\.0\.0\.1:(\d+)", log.read())
            return told and int(told[1])
        self._port = wait_until(port, "the OAuth server")
        self.url = f"https://127.0.0.1:{self._port}/staff/oauth"

    def stop(self):
        end(self.process)

    def refresh(self, token, client=CONFIDENTIAL, secret=SECRET):
        """Uses a refresh token as some other program would. Returns status and answer."""
        return self.ask("/token", client, secret, grant_type="refresh_token", refresh_token=token)

    def revoke(self, token):
        status, _ = self.ask("/revoke", CONFIDENTIAL, SECRET, token=token)
        if status != 200:
            raise RuntimeError(f"the server did not revoke the token: {status}")

    def is_active(self, token):
        """What the server says of an access token, asked by a client."""
        return self.ask("/introspect", CONFIDENTIAL, SECRET, token=token)[1]["active"]

    def is_bearer(self, token):
        """Whether the server lets a program in that has this access token and nothing else."""
        status, told = self._post("/introspect", f"Bearer {token}", {"token": token})
        return status == 200 and told["active"] and told["username"] == USER

    def change_secret(self, secret):
        self._run(sys.executable, "-B", "oauthsite.py", CONFIDENTIAL, secret)

    def ask(self, path, client, secret, **fields):
        pair = ":".join(urllib.parse.quote_plus(part) for part in (client, secret))
        return self._post(path, "Basic " + base64.b64encode(pair.encode()).decode(), fields)

    def _post(self, path, authorization, fields):
        request = urllib.request.Request(self.url + path, urllib.parse.urlencode(fields).encode(),
                                         {"Authorization": authorization})
        try:
            with urllib.request.urlopen(request, timeout=30, context=self._trust) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def _make_certificate(self):
        self._certificate = os.path.join(self.folder, "certificate.pem")
        self._key = os.path.join(self.folder, "key.pem")
        self._run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                  "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                  "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self._key, "-out",
                  self._certificate)
        self._trust = ssl.create_default_context(cafile=self._certificate)
        with open(self._certificate, encoding="ascii") as file:
            self.fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).hexdigest()

    def _run(self, *command):
        done = subprocess.run(command, env={**self._sandbox.env, **self._env}, timeout=60,
                              cwd=os.path.dirname(__file__), capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
