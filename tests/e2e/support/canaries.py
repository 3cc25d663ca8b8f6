# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Finds secrets where they do not belong, however they are written. It encodes the secrets and
looks for the outcome. The engine's Redactor goes the other way and decodes what it looks through,
so the two do not share mistakes."""

import base64
import dataclasses
import html
import json
import urllib.parse

#: So many bytes of each needle are looked for first: many tokens begin alike, and one search
#: serves them all.
BEGINNING = 12
#: What may stand between the letters of a text without being seen; one of them as JSON writes it.
BETWEEN = (b"\0", b"\\u0000", "\u200b".encode())


@dataclasses.dataclass(frozen=True)
class Hit:
    secret: str
    form: str
    offset: int


class Canaries:
    """All secrets, and where they turn up."""

    def __init__(self):
        self._secrets = {}
        self._exact = {}
        self._folded = {}

    def add(self, name, secret):
        """Looks for that secret from here on. One that is known already keeps its first name."""
        if secret in self._secrets:
            return
        self._secrets[secret] = name
        for form, needle in exact_forms(secret):
            self._put(self._exact, needle, (name, form))
        for form, needle in folded_forms(secret):
            self._put(self._folded, needle.lower(), (name, form))

    def __len__(self):
        return len(self._secrets)

    def search(self, data):
        """Every hit in the bytes, once for each secret and form."""
        hits = {}
        for text in readings(data):
            self._look(self._exact, text, hits)
            self._look(self._folded, text.lower(), hits)
        return list(hits.values())

    @staticmethod
    def _put(needles, needle, what):
        needles.setdefault(needle[:BEGINNING], {}).setdefault(needle, what)

    @staticmethod
    def _look(needles, text, hits):
        for beginning, wholes in needles.items():
            at = text.find(beginning)
            while at >= 0:
                for whole, (name, form) in wholes.items():
                    if (name, form) not in hits and text.startswith(whole, at):
                        hits[name, form] = Hit(name, form, at)
                at = text.find(beginning, at + 1)


def readings(data):
    """The bytes as they are, and again without each thing that may hide a text in them: the NULs
    of UTF-16 and their like, and the second backslash of what was escaped twice."""
    found = [data]
    for between in BETWEEN:
        if between in data:
            found.append(data.replace(between, b""))
    if b"\\\\" in data:
        found.append(data.replace(b"\\\\", b"\\"))
    return found


def folded_forms(secret):
    """The forms in which upper and lower case count as the same: (name, bytes)."""
    for cased in dict.fromkeys((secret, secret.lower(), secret.upper())):
        utf8 = cased.encode()
        yield "as it is", utf8
        yield "Latin-1", cased.encode("latin-1", "replace")
        yield "one line", " ".join(cased.split()).encode()
        yield "percent", urllib.parse.quote(cased, safe="").encode()
        yield "percent, slashes kept", urllib.parse.quote(cased).encode()
        yield "percent, every byte", "".join(f"%{byte:02x}" for byte in utf8).encode()
        yield "form", urllib.parse.quote_plus(cased).encode()
        yield "hex", utf8.hex().encode()
        yield "hex with colons", utf8.hex(":").encode()
        yield "hex of UTF-16", cased.encode("utf-16-le").hex().encode()
        yield "HTML", html.escape(cased, quote=False).encode()
        yield "HTML, quotes too", html.escape(cased).encode()
        yield "HTML by number", "".join(f"&#{ord(c)};" for c in cased).encode()
        yield "HTML by hex number", "".join(f"&#x{ord(c):x};" for c in cased).encode()
        yield "JSON", json.dumps(cased)[1:-1].encode()
        yield "JSON, only what must be", json.dumps(cased, ensure_ascii=False)[1:-1].encode()
        yield "JSON, every character", "".join(f"\\u{ord(c):04x}" for c in cased).encode()
        yield "UTF-16", cased.encode("utf-16-le")
        yield "UTF-16, big end first", cased.encode("utf-16-be")


def exact_forms(secret):
    """Base64 at each of its alignments, in both alphabets: (name, bytes)."""
    kinds = {"Base64": secret.encode(), "Base64 of Latin-1": secret.encode("latin-1", "replace"),
             "Base64 of UTF-16": secret.encode("utf-16-le")}
    for kind, data in kinds.items():
        for before in range(3):
            letters = middle_of_base64(data, before)
            yield f"{kind}, {before} bytes on", letters
            yield f"{kind} for URLs, {before} bytes on", letters.translate(
                bytes.maketrans(b"+/", b"-_"))


def middle_of_base64(data, before):
    """The letters of `data` that stay the same whatever stands before and behind it, where `before`
    bytes of a group of three come first."""
    letters = base64.b64encode(b"\0" * before + data).rstrip(b"=")
    if (before + len(data)) % 3:
        letters = letters[:-1]  # it holds bits of what follows
    return letters[(0, 2, 3)[before]:]


def form_count():
    return len(set(name for name, _ in (*folded_forms("x"), *exact_forms("x"))))
