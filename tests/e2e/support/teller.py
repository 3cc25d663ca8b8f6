# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The vault key alone, in a process of its own: latchkey-key-teller."""

import os
import subprocess

from appliance import bin_folder
from desktopsandbox import end, wait_until


class Teller:
    """Sends it words (fetch, make, allow) and reads what it tells of the key."""

    def __init__(self, sandbox):
        self._sandbox = sandbox
        self._log_path = os.path.join(sandbox.folder, "key-teller.log")
        self.record_path = os.path.join(sandbox.folder, "vault.json")
        self.start()

    def start(self):
        log = os.path.join(self._sandbox.folder, "key-teller.out")
        self._told = log
        with open(log, "wb") as out, open(self._log_path, "ab") as errors:
            self.process = self._sandbox.start(
                os.path.join(bin_folder(), "latchkey-key-teller"), self.record_path,
                stdin=subprocess.PIPE, stdout=out, stderr=errors)

    def say(self, *words):
        for word in words:
            self.process.stdin.write(word.encode() + b"\n")

    def told(self):
        """All that it has told since its start, as lines."""
        with open(self._told, encoding="utf-8") as lines:
            return lines.read().splitlines()

    def wait_for(self, text, patience=60):
        """Waits until the last line that was told begins with this text, and returns it."""
        def last():
            lines = self.told()
            return lines[-1] if lines and lines[-1].startswith(text) else None

        try:
            return wait_until(last, f"the key to tell {text}", patience)
        except TimeoutError as trouble:
            raise TimeoutError(f"{trouble}; it told {self.told()}; {self.log()}") from None

    def again(self):
        """Ends the program and starts it again."""
        self.end()
        self.start()

    def end(self):
        end(self.process)

    def log(self):
        with open(self._log_path, encoding="utf-8") as log:
            return log.read()
