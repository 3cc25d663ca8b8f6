# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey where a name server leaves questions unanswered."""

import socket
import threading
import unittest

import ownetc
from agent import Agent
from desktopsandbox import DesktopSandbox
from programs import Daemon

PLACE = "127.0.0.154"
SILENT = ".silent.example"
#: How many names the system looks for at a time, by the documentation of Qt; the rest wait in line.
AT_A_TIME = 20


class NameServer(threading.Thread):
    """Answers that there is no such host, or nothing where the name ends so. `asked` are the names
    that it was asked for."""

    def __init__(self):
        super().__init__(daemon=True)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((PLACE, 53))
        self.asked = set()
        self.start()

    def run(self):
        while True:
            question, sender = self._socket.recvfrom(2048)
            labels, at = [], 12
            while question[at]:
                labels.append(question[at + 1:at + 1 + question[at]].decode("ascii"))
                at += question[at] + 1
            name = ".".join(labels)
            self.asked.add(name)
            if not name.endswith(SILENT):
                no_such_name = b"\x81\x83" + b"\0\1\0\0\0\0\0\0"
                self._socket.sendto(question[:2] + no_such_name + question[12:at + 5], sender)


class Lookups(unittest.TestCase):
    def test_those_that_nobody_waits_for_keep_nobody_waiting(self):
        ownetc.enter()
        with open("/etc/resolv.conf", "w", encoding="ascii") as config:
            config.write(f"nameserver {PLACE}\noptions timeout:2 attempts:1\n")
        server = NameServer()
        sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(sandbox.leave)
        Daemon(sandbox, "--memory-only")
        agent = Agent(sandbox)
        self.addCleanup(agent.close)
        given_up = 4 * AT_A_TIME
        for number in range(given_up):
            agent.ask("kinds.find", server=f"https://host-{number}{SILENT}", deadline=0.01)
        heard = []
        while len(heard) < given_up:
            heard += agent.read(30)
        agent.ask("kinds.find", server="https://host.example", deadline=30)
        self.assertTrue(agent.read(30))
        self.assertIn("host.example", server.asked)
        silent = [name for name in server.asked if name.endswith(SILENT)]
        self.assertLess(len(silent), given_up / 2)


if __name__ == "__main__":
    unittest.main()
