# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Another user who takes a port while nobody listens there, and later catches connections to
whoever does. Usage: snare.py PORT [unlaid]. Says "there" once the port is taken, then prints all
bytes that it gets. With `unlaid`, it only takes the port, which the kernel need not tell anybody.

A snare is a socket that connects from the port to one of the ports from which programs connect.
The options for Fast Open keep it from sending anything, but from then on the kernel knows the
connection, and it looks for connections before it looks for listeners. So a program that connects
from there gets to the snare's owner, once that one connects as well (RFC 9293 §3.5)."""

import contextlib
import socket
import struct
import sys
import time

TCP_FASTOPEN_CONNECT = 30
TCP_FASTOPEN_NO_COOKIE = 34
TCP_SYN_SENT = 2
HERE = "127.0.0.1"


def taken(port):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return one


def snare(one, port):
    one.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    one.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1)
    one.connect((HERE, port))


def is_sprung(one):
    state, = struct.unpack_from("B", one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1))
    return state != TCP_SYN_SENT


def heard_by(caller, port):
    """Connects to the program that has sprung a snare, and returns what that sends."""
    with caller:
        caller.settimeout(2)
        caller.connect((HERE, port))
        print("caught", flush=True)
        heard = b""
        with contextlib.suppress(OSError):
            while piece := caller.recv(65536):
                heard += piece
        return heard


def main(port, lays):
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as limits:
        first, last = map(int, limits.read().split())
    snares, callers = {}, []
    for other in range(first, last + 1):
        snares[other] = taken(port)
        snares[other].setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
        callers.append(taken(port))
        for one in (snares[other], callers[-1]):
            one.bind((HERE, port))
        if lays:
            snare(snares[other], other)
    print("there", flush=True)
    while True:
        time.sleep(0.01)
        for other in [other for other, one in snares.items() if lays and is_sprung(one)]:
            heard = heard_by(callers.pop(), other)
            snares.pop(other).close()
            if heard:
                print(heard, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), "unlaid" not in sys.argv)
