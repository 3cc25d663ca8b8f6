# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The demo appliance as a process, and its control door."""

import json
import os
import subprocess
import urllib.error
import urllib.request

from desktopsandbox import read_line

#: Full of characters that have to be encoded in a form.
PASSWORD = "p+a ss&w=ö%25"


class Appliance:
    """Its users are `operator`, and `alenka` with a second factor. Both have PASSWORD."""

    def __init__(self, sandbox, *options):
        program = os.path.join(bin_folder(), "latchkey-demo-appliance")
        self.process = sandbox.start(program, *options, stdout=subprocess.PIPE)
        told = json.loads(read_line(self.process.stdout, "the demo appliance"))
        self.url = told["url"]
        self.fingerprint = told["sha256"]
        self._control = told["control"]

    def ask(self, path):
        with urllib.request.urlopen(self._control + path, timeout=30) as answer:
            return json.load(answer)

    def tell(self, path, **what):
        request = urllib.request.Request(self._control + path, json.dumps(what).encode())
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def switch(self, **switches):
        return self.tell("/switches", **switches)

    def code(self, user="alenka"):
        return self.ask(f"/code?user={user}")["code"]

    def accepts(self, token):
        return self.tell("/check", token=token)["accepted"]

    def revoke(self, user="alenka"):
        return self.tell("/revoke", user=user)

    def requests(self):
        return self.ask("/log")

    def grants(self):
        """The requests with something in them: those that ask for the kind have no form."""
        return [request for request in self.requests() if request["form"]]


def bin_folder():
    return os.environ["LATCHKEY_BIN"]
