# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""What is installed on Windows, and where.

    latchkey.exe latchkeyd.exe  and the libraries that they need
    bin/                        latchkeyctl.exe latchkey-gateway.exe: one file each, and the one folder in PATH
    plugins/                    Qt's
    policy/                     for the administrator's group policy editor
    licences/                   of all of it
"""

import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = "x86_64-w64-mingw32"

WITH_QT = ["latchkey.exe", "latchkeyd.exe"]
ALONE = ["latchkeyctl.exe", "latchkey-gateway.exe"]
# Some are in later versions of Qt alone.
PLUGINS = ["iconengines/qsvgicon.dll", "imageformats/qsvg.dll", "networkinformation/qnetworklistmanager.dll",
           "platforms/qwindows.dll", "styles/qmodernwindowsstyle.dll", "styles/qwindowsvistastyle.dll",
           "tls/qschannelbackend.dll"]


def output(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def strip(file):
    # It writes the time of day into the file unless it is told one.
    environment = {"SOURCE_DATE_EPOCH": "1", **os.environ}
    subprocess.run([f"{TARGET}-strip", str(file)], check=True, env=environment)


def needs(file):
    """The names of the libraries that a program or library is linked with."""
    return re.findall(r"DLL Name: (\S+)", output(f"{TARGET}-objdump", "-p", file))


def find(name, folders):
    """A library of ours or of the compiler; None if it is Windows' own."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    told = pathlib.Path(output(f"{TARGET}-g++-posix", f"-print-file-name={name}").strip())
    return told if told.is_absolute() and told.is_file() else None


def install(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def gather_libraries(stage, folders):
    """Adds what is missing, and what that needs in turn."""
    waiting = [file for file in stage.rglob("*") if file.suffix in (".exe", ".dll")]
    while waiting:
        file = waiting.pop()
        for name in needs(file):
            source = find(name, folders)
            if source is None or (stage / name).exists():
                continue
            if file.parent.name == "bin":
                raise SystemExit(f"{file.name} needs {name}, but has to be whole by itself")
            install(source, stage / name)
            strip(stage / name)
            waiting.append(stage / name)


def gather_licences(libraries, stage):
    install(ROOT / "LICENSE", stage / "licences/latchkey.txt")
    for file in (libraries / "licences").iterdir():
        install(file, stage / "licences" / file.name)


def gather(built, libraries, stage):
    """Copies all of it from the folder of the programs and that of the libraries to stage."""
    for name in WITH_QT:
        install(built / name, stage / name)
    for name in ALONE:
        install(built / name, stage / "bin" / name)
    for name in PLUGINS:
        if (libraries / "plugins" / name).is_file():
            install(libraries / "plugins" / name, stage / "plugins" / name)
    # Without it, Qt would also look beside its folder.
    (stage / "qt.conf").write_text("[Paths]\nPrefix = .\nPlugins = plugins\n", encoding="ascii")
    gather_libraries(stage, [libraries / "bin"])
    for file in [*stage.glob("*.exe"), *stage.glob("bin/*.exe")]:
        strip(file)
    shutil.copytree(HERE / "policy", stage / "policy")
    gather_licences(libraries, stage)
