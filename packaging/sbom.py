#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Writes the list of what is in a release (SPDX 2.3): what the compiler read, what the programs are
linked with and what the archive for all distributions holds, with the versions of this system."""

import argparse
import datetime
import glob
import hashlib
import json
import os
import re
import subprocess

from elf import needed_files, package, package_of, sonames

QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
#: By the Debian source package. One that is missing here has to be looked at by a person.
LICENCES = {
    "boost1.74": "BSL-1.0", "boost1.83": "BSL-1.0", "cli11": "BSD-3-Clause",
    "double-conversion": "BSD-3-Clause", "gcc-12": GCC, "gcc-14": GCC,
    "glibc": "LGPL-2.1-or-later", "icu": "Unicode-DFS-2016", "libb2": "CC0-1.0",
    "libice": "MIT-open-group", "libproxy": "LGPL-2.1-or-later", "libsecret": "LGPL-2.1-or-later",
    "libsm": "MIT-open-group", "libsodium": "ISC", "libxcb": "MIT", "libxkbcommon": "MIT",
    "linux": "GPL-2.0-only WITH Linux-syscall-note", "md4c": "MIT", "mtdev": "MIT",
    "nlohmann-json3": "MIT", "openssl": "Apache-2.0", "pcre2": "BSD-3-Clause", "qt6-base": QT,
    "qt6-svg": QT, "qt6-translations": QT, "qt6-wayland": QT, "qtkeychain": "BSD-3-Clause",
    "wayland": "MIT", "xcb-util": "MIT", "xcb-util-cursor": "MIT", "xcb-util-image": "MIT",
    "xcb-util-keysyms": "MIT", "xcb-util-renderutil": "MIT", "xcb-util-wm": "MIT",
}
PROGRAMS = ("latchkey", "latchkeyd", "latchkeyctl", "latchkey-gateway")
#: What a program loads by name while it runs.
LOADED = ("libsecret-1-0",)
NONE = "NOASSERTION"


def compiled_in(build):
    """The packages whose headers the compiler has read for our programs."""
    told = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True,
                          text=True).stdout
    headers = {os.path.normpath(path) for path in re.findall(r"^ +(/usr/\S+)$", told, re.M)}
    names = set()
    for line in subprocess.run(["dpkg-query", "--search", *sorted(headers)], check=True,
                               capture_output=True, text=True).stdout.splitlines():
        if not line.startswith("diversion "):
            names.add(line.split(":")[0].split(",")[0])
    return {package(name) for name in names}


def links(build):
    """What a build's programs load from the system, and whose code is in them."""
    programs = [os.path.join(build, "bin", name) for name in PROGRAMS]
    asked = [sonames(program) for program in programs]
    files = needed_files(program for program, names in zip(programs, asked) if names)
    loaded = {package_of(files[name]) for names in asked for name in names if name in files}
    sources = {one.source for one in loaded}
    headers = compiled_in(build)
    inside = {one for one in headers if one.source not in sources}
    if not all(asked):  # a program without shared libraries has the compiler's and the system's in it
        inside |= {one for one in headers if one.source == "glibc" or one.source.startswith("gcc-")}
    return loaded, inside


class Document:
    def __init__(self, version):
        self.version = version
        self.packages = {}
        self.relations = set()
        self.latchkey = self._add("latchkey", {
            "name": "latchkey", "versionInfo": version, "licenseConcluded": "Apache-2.0",
            "licenseDeclared": "Apache-2.0", "supplier": "Organization: The Latchkey authors",
            "downloadLocation": "https://github.com/latchkey/latchkey"})
        self.relate("SPDXRef-DOCUMENT", "DESCRIBES", self.latchkey)

    def add_artifact(self, path):
        with open(path, "rb") as file:
            checksum = hashlib.sha256(file.read()).hexdigest()
        name = os.path.basename(path)
        key = self._add("artifact-" + name, {
            "name": name, "versionInfo": self.version, "packageFileName": name,
            "licenseConcluded": NONE, "licenseDeclared": NONE, "downloadLocation": NONE,
            "checksums": [{"algorithm": "SHA256", "checksumValue": checksum}]})
        self.relate("SPDXRef-DOCUMENT", "DESCRIBES", key)
        self.relate(key, "GENERATED_FROM", self.latchkey)
        return key

    def add_library(self, one):
        if one.source not in LICENCES:
            raise SystemExit(f"sbom.py: which licence has {one.source}? Put it into the table")
        return self._add(one.name, {
            "name": one.name, "versionInfo": one.version, "downloadLocation": NONE,
            "licenseConcluded": LICENCES[one.source], "licenseDeclared": LICENCES[one.source],
            "sourceInfo": f"built from the Debian source {one.source} {one.source_version}",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{one.name}@{one.version.replace('+', '%2B')}"}]})

    def relate(self, one, how, other):
        self.relations.add((one, how, other))

    def _add(self, name, fields):
        key = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)
        self.packages[key] = {"SPDXID": key, **fields, "filesAnalyzed": False, "copyrightText": NONE}
        return key

    def text(self):
        when = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]),
                                               datetime.timezone.utc)
        body = {
            "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"latchkey-{self.version}",
            "creationInfo": {"created": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                             "creators": ["Organization: The Latchkey authors"]},
            "packages": [self.packages[key] for key in sorted(self.packages)],
            "relationships": [
                {"spdxElementId": one, "relationshipType": how, "relatedSpdxElement": other}
                for one, how, other in sorted(self.relations)],
        }
        mark = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        body["documentNamespace"] = ("https://github.com/latchkey/latchkey/releases/"
                                     f"latchkey-{self.version}-{mark}")
        return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def held_by(folder):
    """The packages in the unpacked archive, each of which has left its licence there."""
    found = glob.glob(os.path.join(folder, "licenses", "*-copyright"))
    return {package(os.path.basename(path).removesuffix("-copyright")) for path in found}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--deb-build", required=True, help="what the deb was made of")
    parser.add_argument("--portable-build", required=True, help="what all others were made of")
    parser.add_argument("--out", required=True, help="the file to write")
    parser.add_argument("artifacts", nargs="+")
    options = parser.parse_args()
    document = Document(options.version)
    for path in options.artifacts:
        artifact = document.add_artifact(path)
        if not path.endswith((".deb", ".rpm", ".tar.xz")):
            continue
        build = options.deb_build if path.endswith(".deb") else options.portable_build
        loaded, inside = links(build)
        held = set()
        if path.endswith(".tar.xz"):
            name = os.path.basename(path).removesuffix(".tar.xz")
            held = held_by(os.path.join(build, "portable", name))
        for one in sorted(loaded - held):
            document.relate(artifact, "DYNAMIC_LINK", document.add_library(one))
        for one in sorted(inside):
            document.relate(artifact, "STATIC_LINK", document.add_library(one))
        for one in sorted(held):
            document.relate(artifact, "CONTAINS", document.add_library(one))
        for one in map(package, LOADED):
            document.relate(document.add_library(one), "RUNTIME_DEPENDENCY_OF", artifact)
    with open(options.out, "w", encoding="utf-8") as file:
        file.write(document.text())


if __name__ == "__main__":
    main()
