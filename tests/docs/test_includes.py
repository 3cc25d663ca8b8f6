# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that includes go downwards only, as in docs/architecture.md §3, and that no folder has so
many files that nobody finds anything in it."""

import collections
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
MOST_FILES = 36

ENGINE = {"base", "wire", "vault", "session"}
SERVICE = ENGINE | {"protocol", "platform", "config", "agent", "service"}
#: What each room may include besides itself.
BELOW = {
    "base": set(),
    "protocol": set(),
    "wire": {"base", "protocol"},
    "vault": {"base"},
    "session": {"base", "protocol", "wire", "vault"},
    "platform": {"base", "vault", "protocol"},
    "config": ENGINE | {"protocol", "platform"},
    "agent": ENGINE | {"protocol", "platform"},
    "service": SERVICE,
    "client": {"protocol"},
    "ctl": {"client", "protocol"},
    "gateway": {"client", "protocol"},
    "ui": SERVICE,
}
#: What rooms within a room may include of each other.
WITHIN = {
    "wire/oauth": {"wire/http", "wire/redaction"},
    "wire/redaction": {"wire/http"},
    "wire/http": set(),
    "ui/shell": {"ui/signin", "ui/doctor", "ui/about", "ui/sessions", "ui/access", "ui/settings", "ui/widgets"},
    "ui/signin": {"ui/sessions", "ui/settings", "ui/widgets"},
    "ui/doctor": {"ui/sessions", "ui/widgets"},
    "ui/about": {"ui/widgets"},
    "ui/sessions": {"ui/access", "ui/widgets"},
    "ui/access": {"ui/widgets"},
    "ui/settings": {"ui/widgets"},
    "ui/widgets": set(),
}
#: Needed by programs without Qt to keep other programs out of their memory, and other users' programs
#: out of their connections.
ALLOWED = {("ctl", "platform/hardening.h"), ("gateway", "platform/hardening.h"),
           ("gateway", "platform/closedchild.h"), ("gateway", "platform/tcpowner.h")}


def sources(folder):
    return [file for pattern in ("*.cpp", "*.h") for file in (ROOT / folder).rglob(pattern)]


def room_of(path, rooms):
    return next((str(p) for p in pathlib.PurePath(path).parents if str(p) in rooms), None)


class Includes(unittest.TestCase):
    def arrows(self):
        for file in sources("app") + sources("ui"):
            inside = file.relative_to(ROOT / "app") if file.is_relative_to(ROOT / "app") else \
                file.relative_to(ROOT)
            for target in INCLUDE.findall(file.read_text(encoding="utf-8")):
                if (ROOT / "app" / target).exists():
                    yield inside, target
                elif (ROOT / "ui" / target).exists():
                    yield inside, f"ui/{target}"

    def test_they_go_downwards(self):
        astray = []
        seen = 0
        for file, target in self.arrows():
            room, other = file.parts[0], target.split("/", maxsplit=1)[0]
            seen += 1
            if room in BELOW and room != other and other not in BELOW[room] \
                    and (room, target) not in ALLOWED:
                astray.append(f"{file} includes {target}")
        self.assertGreater(seen, 500)
        self.assertEqual(astray, [])

    def test_they_go_downwards_within_a_room(self):
        astray = []
        for file, target in self.arrows():
            room, other = room_of(file, WITHIN), room_of(target, WITHIN)
            is_same_house = room and target.split("/", maxsplit=1)[0] == file.parts[0]
            if is_same_house and other and room != other and other not in WITHIN[room]:
                astray.append(f"{file} includes {target}")
        self.assertEqual(astray, [])

    def test_all_are_named_in_full(self):
        lost = []
        for file in sources("app") + sources("ui"):
            root = ROOT / file.relative_to(ROOT).parts[0]
            for target in INCLUDE.findall(file.read_text(encoding="utf-8")):
                is_there = (ROOT / "app" / target).exists() or (root / target).exists()
                if not is_there and not target.endswith(".moc"):
                    lost.append(f"{file.relative_to(ROOT)} includes {target}")
        self.assertEqual(lost, [])

    def test_no_folder_is_too_full(self):
        count = collections.Counter(
            file.parent.relative_to(ROOT) for pattern in ("*.cpp", "*.h", "*.py")
            for top in ("app", "ui", "tests") for file in (ROOT / top).rglob(pattern))
        self.assertEqual({str(f): n for f, n in count.items() if n > MOST_FILES}, {})


if __name__ == "__main__":
    unittest.main()
