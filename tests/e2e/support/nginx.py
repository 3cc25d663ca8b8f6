# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""nginx as what stands before an appliance, over TLS."""

import os
import socket

from desktopsandbox import end, wait_until

CONFIG = """daemon off; master_process off; worker_processes 1; error_log {folder}/log; pid {folder}/pid;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen {address}:{port} ssl; ssl_certificate {folder}/cert; ssl_certificate_key {folder}/key;
    location / {{ {answer} }}
  }}
}}
"""


class Nginx:
    """Listens until end() is called. What it answers is a directive of its configuration."""

    def __init__(self, sandbox, name, answer, address, port=443):
        folder = os.path.join(sandbox.folder, name)
        os.mkdir(folder)
        sandbox.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", f"/CN={address}", "-addext", f"subjectAltName=IP:{address}",
                    "-keyout", f"{folder}/key", "-out", f"{folder}/cert").check_returncode()
        told = sandbox.run("openssl", "x509", "-in", f"{folder}/cert", "-noout", "-fingerprint",
                           "-sha256")
        self.fingerprint = told.stdout.strip().split("=")[1]
        config = os.path.join(folder, "config")
        with open(config, "w", encoding="ascii") as file:
            file.write(CONFIG.format(folder=folder, address=address, port=port, answer=answer))
        self._process = sandbox.start("nginx", "-c", config, "-e", os.path.join(folder, "log"))
        wait_until(lambda: _listens(address, port), "nginx")

    def end(self):
        end(self._process)


def _listens(address, port):
    try:
        socket.create_connection((address, port), timeout=5).close()
        return True
    except OSError:
        return False
