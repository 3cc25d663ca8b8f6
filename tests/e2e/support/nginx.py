# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""nginx with one site, and a certificate for its address."""

import os
import socket

from desktopsandbox import wait_until

CONFIG = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 100000000; ssl_session_cache shared:s:1m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {site}
}}
"""

#: A site that answers everything over TLS by one directive.
TLS = """server {{
    listen {address}:{port} ssl; ssl_certificate {folder}/cert; ssl_certificate_key {folder}/key;
    location / {{ {answer} }}
  }}"""


class Nginx:
    """The values, and `folder`, `address` and `port`, are filled into the site."""

    def __init__(self, sandbox, name, site, address="127.0.0.1", port=None, **values):
        self.folder = os.path.join(sandbox.folder, name)
        os.mkdir(self.folder)
        self.port = port or _free_port()
        self._make_certificate(sandbox, address)
        values.update(folder=self.folder, address=address, port=self.port)
        config = os.path.join(self.folder, "config")
        with open(config, "w", encoding="ascii") as file:
            file.write(CONFIG.format(folder=self.folder, site=site.format(**values)))
        self.process = sandbox.start("nginx", "-c", config, "-e", os.path.join(self.folder, "log"))
        wait_until(lambda: _listens(address, self.port), f"nginx, the {name}")

    def _make_certificate(self, sandbox, address):
        sandbox.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", f"/CN={address}", "-addext", f"subjectAltName=IP:{address}",
                    "-keyout", f"{self.folder}/key", "-out",
                    f"{self.folder}/cert").check_returncode()
        told = sandbox.run("openssl", "x509", "-in", f"{self.folder}/cert", "-noout",
                           "-fingerprint", "-sha256")
        self.fingerprint = told.stdout.strip().split("=")[1]


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _listens(address, port):
    try:
        socket.create_connection((address, port), timeout=5).close()
        return True
    except OSError:
        return False
