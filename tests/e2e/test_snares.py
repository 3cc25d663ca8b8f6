# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Another user of this computer who catches connections to a port that is not theirs. In a network
of our own, where programs connect from a few ports only, so that each of them has a snare."""

import contextlib
import os
import socket
import sys
import unittest

import ownnetwork
from appliance import PASSWORD, Appliance
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import Daemon, ctl
from test_gateway import ECHO, Gateway, another_user

SNARE = os.path.join(os.path.dirname(__file__), "support", "snare.py")


def setUpModule():
    ownnetwork.enter()


def connect_from(first):
    """From here on, programs connect from this port or one of the 63 after it. Ports that somebody
    has connected from cannot have a snare for a minute."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", "w", encoding="ascii") as limits:
        limits.write(f"{first} {first + 63}")


class Snares(unittest.TestCase):
    PORT = 8080
    connected_from = 40000

    def setUp(self):
        self.sandbox = DesktopSandbox(keychain=False)
        self.addCleanup(self.sandbox.leave)
        self.daemon = Daemon(self.sandbox, "--memory-only")

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(self.sandbox, *arguments, stdin=stdin)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def sign_in(self, exits=0):
        return self.ctl("sign-in", "plain", "--server", f"http://127.0.0.1:{self.PORT}", "--user",
                        "operator", "--password-stdin", stdin=PASSWORD, exits=exits)

    @contextlib.contextmanager
    def snares(self, port, *options, catches=True):
        """Ends them, and checks that they have caught connections, and have heard nothing."""
        Snares.connected_from += 64
        connect_from(Snares.connected_from)
        path = os.path.join(self.sandbox.folder, "heard")

        def heard():
            with open(path, "rb") as file:
                return file.read()

        with open(SNARE, encoding="utf-8") as program, open(path, "wb") as file:
            process = self.sandbox.start(*another_user(self), sys.executable, "-c", program.read(),
                                         str(port), *options, stdout=file)
        wait_until(heard, "the snares")
        yield
        self.assertIsNone(process.poll(), "who laid the snares has left")
        if catches:
            wait_until(lambda: b"caught" in heard(), "something to be caught")
        end(process)
        self.assertLessEqual(set(heard().split()), {b"there", b"caught"})

    def test_nothing_is_sent_to_one_who_catches_connections_to_our_appliance(self):
        with self.snares(self.PORT):
            plain = Appliance(self.sandbox, "--http", "--port", str(self.PORT))
            told = self.sign_in(exits=6).stderr
        self.assertIn(f"Another user of this computer listens at 127.0.0.1:{self.PORT}", told)
        self.assertEqual(plain.requests(), [])
        self.sign_in()

    def test_nothing_is_sent_through_the_gateway_to_one(self):
        plain = Appliance(self.sandbox, "--http", "--port", str(self.PORT))
        self.sign_in()
        gateway = Gateway(self.sandbox, name="plain")
        self.assertEqual(gateway.ask(ECHO).status, 200)
        asked = len(plain.requests())
        plain.tell("/outage", on=True)
        with self.snares(self.PORT):
            plain.tell("/outage", on=False)
            answer = gateway.ask(ECHO)
            self.assertEqual(answer.status, 502)
            self.assertIn("Another user", answer.text())
            self.assertIn("Another user", self.ctl("refresh", "plain", exits=6).stderr)
        self.assertEqual(len(plain.requests()), asked)
        self.assertEqual(gateway.ask(ECHO).status, 200)

    def test_gateway_does_not_listen_where_another_user_has_sockets(self):
        Appliance(self.sandbox, "--http", "--port", str(self.PORT))
        self.sign_in()
        place = "127.0.0.1:9090"
        for options in ((), ("unlaid",)):
            with self.snares(9090, *options, catches=False):
                told = self.ctl("gateway", "plain", "--listen", place, "--deadline", "1", exits=1).stderr
                self.assertIn(f"Cannot listen at {place}", told)
                self.assertIn("another user's", told)
        end(Gateway(self.sandbox, "--listen", place, name="plain").process)

    def test_no_program_of_the_same_user_shares_the_gateways_port(self):
        """It would get connections that are meant for the gateway, and with them the key."""
        Appliance(self.sandbox, "--http", "--port", str(self.PORT))
        self.sign_in()
        listen = ("--listen", "127.0.0.1:9091")
        Gateway(self.sandbox, *listen, name="plain")
        self.ctl("gateway", "plain", *listen, exits=1)
        with socket.socket() as other:
            for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
                other.setsockopt(socket.SOL_SOCKET, option, 1)
            with self.assertRaises(OSError):
                other.bind(("127.0.0.1", 9091))

    def test_gateway_waits_until_earlier_connections_leave_its_port(self):
        Appliance(self.sandbox, "--http", "--port", str(self.PORT))
        self.sign_in()
        listen = ("--listen", "127.0.0.1:9092", "--deadline", "90")
        gateway = Gateway(self.sandbox, *listen, name="plain")
        with socket.create_connection(("127.0.0.1", gateway.port)) as idle:
            end(gateway.process)
            self.assertEqual(idle.recv(1), b"")
        with open("/proc/self/net/tcp", encoding="ascii") as table:
            left = [line.split()[3] for line in table if f":{9092:04X} " in line.split()[1] + " "]
        self.assertIn("06", left, "no connection is in TIME_WAIT, so nothing was tried")
        gateway = Gateway(self.sandbox, *listen, name="plain", patience=90)
        self.assertEqual(gateway.ask(ECHO).status, 200)


if __name__ == "__main__":
    unittest.main()
