# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What programs and libraries are linked with on this system, and the Debian packages of it."""

import functools
import os
import re
import subprocess
from typing import NamedTuple


class Package(NamedTuple):
    """A Debian package and the source that it was built of."""
    name: str
    version: str
    source: str
    source_version: str


def needed_files(programs):
    """All shared libraries that the programs load, theirs included: soname and path."""
    found = {}
    for program in programs:
        told = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
        missing = re.findall(r"^\s*(\S+) => not found", told, re.M)
        if missing:
            raise RuntimeError(f"{program} needs {', '.join(missing)}, which is not here")
        found.update(re.findall(r"^\s*(\S+) => (/\S+) \(", told, re.M))
    return found


def sonames(program):
    """What the program itself asks the loader for; none where it is linked statically."""
    told = subprocess.run(["readelf", "--dynamic", "--wide", program], check=True,
                          capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.*)\]", told)


@functools.cache
def package_of(path):
    """The package that a file belongs to; /lib and /usr/lib are one folder under two names."""
    path = os.path.realpath(path)
    for name in (path, path.removeprefix("/usr"), "/usr" + path):
        told = subprocess.run(["dpkg-query", "--search", name], check=False, capture_output=True,
                              text=True)
        if told.returncode == 0:
            return package(told.stdout.split(":")[0].split(",")[0])
    raise RuntimeError(f"no package has {path}")


@functools.cache
def package(name):
    told = subprocess.run(
        ["dpkg-query", "--show", "-f",
         "${Package}\t${Version}\t${source:Package}\t${source:Version}\n", name],
        check=True, capture_output=True, text=True).stdout.splitlines()[0]
    return Package(*told.split("\t"))
