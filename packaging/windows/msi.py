#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""Gathers what is installed on Windows, signs it if LATCHKEY_SIGN is set, and makes the MSI of it.

LATCHKEY_SIGN is a command that signs the file whose name is added to it. The same files make the same MSI, byte by byte.
"""

import argparse
import hashlib
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time
import uuid
import xml.sax.saxutils

import layout

HERE = pathlib.Path(__file__).resolve().parent
OURS = uuid.UUID("4b0a9a52-3a0c-49c4-9be1-58d2a2f3d0a6")  # what names in this package begin at

UPGRADE_CODE = "6f1d2c9e-52f0-4a58-9b1c-0e7c3a8d41b7"  # of every version, for ever
CONDITIONS = {  # of components
    "Autostart": 'AUTOSTART="1"',
    "MachinePath": "ALLUSERS=1",
    "PersonPath": "NOT ALLUSERS=1",
}
# Properties that are set before the folders are looked at: number, name, value, condition.
SETTINGS = [
    # Windows does this by itself; Wine does not.
    (60, "ALLUSERS", "{}", 'MSIINSTALLPERUSER="1" OR (Installed AND OWNKEPTFOLDER AND NOT KEPTFOLDER)'),
    (61, "INSTALLFOLDER", "[KEPTFOLDER]", "KEPTFOLDER AND NOT INSTALLFOLDER AND ALLUSERS"),
    (62, "INSTALLFOLDER", "[OWNKEPTFOLDER]", "OWNKEPTFOLDER AND NOT INSTALLFOLDER AND NOT ALLUSERS"),
    (63, "INSTALLFOLDER", "[LocalAppDataFolder]Programs\\Latchkey\\", "NOT INSTALLFOLDER AND NOT ALLUSERS"),
    (64, "AUTOSTART", "[KEPTAUTOSTART]", "KEPTAUTOSTART AND NOT AUTOSTART AND ALLUSERS"),
    (65, "AUTOSTART", "[OWNKEPTAUTOSTART]", "OWNKEPTAUTOSTART AND NOT AUTOSTART AND NOT ALLUSERS"),
    (1010, "ARPINSTALLLOCATION", "[INSTALLFOLDER]", "1"),
]


def run(*command, folder=None):
    subprocess.run([str(word) for word in command], check=True, cwd=folder)


def sign(files):
    """Signs each, or says that nobody did."""
    signer = os.environ.get("LATCHKEY_SIGN")
    if not signer:
        print(f"unsigned, because LATCHKEY_SIGN is not set: {', '.join(file.name for file in files)}")
        return
    for file in files:
        run(*shlex.split(signer), file)


def guid(*words):
    return str(uuid.uuid5(OURS, "\n".join(words)))


def content(folder, *more):
    """A digest of all files and their names."""
    digest = hashlib.sha256()
    for file in [*sorted(folder.rglob("*")), *more]:
        if file.is_file():
            digest.update(str(file.relative_to(folder) if folder in file.parents else file.name).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def identifier(path):
    """Of a file or a folder, as Windows Installer takes it."""
    return "f." + "".join(letter if letter.isalnum() or letter == "." else "_" for letter in path)


def folder_xml(folder, stage, components):
    """The components of a folder, one a file, and its folders."""
    lines = []
    for entry in sorted(folder.iterdir()):
        path = entry.relative_to(stage).as_posix()
        name = xml.sax.saxutils.quoteattr(entry.name)
        key = identifier(path)
        if entry.is_dir():
            lines += [f'<Directory Id="{key}" Name={name}>', *folder_xml(entry, stage, components), "</Directory>"]
            continue
        components.append(key)
        source = xml.sax.saxutils.quoteattr(f"{stage.name}/{path}")
        lines.append(f'<Component Id="{key}" Guid="{guid("component", path)}" Win64="yes">'
                     f'<File Id="{key}" Name={name} Source={source} KeyPath="yes"/></Component>')
    return lines


def write_files(stage, target):
    """The wxs of all files in stage."""
    components = []
    lines = ['<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment><DirectoryRef Id="INSTALLFOLDER">',
             *folder_xml(stage, stage, components),
             '</DirectoryRef></Fragment><Fragment><ComponentGroup Id="Files">',
             *(f'<ComponentRef Id="{key}"/>' for key in components),
             "</ComponentGroup></Fragment></Wix>"]
    if len(components) != len(set(components)):
        sys.exit("msi.py: two files have the same identifier")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def custom(action, kind, source, target, condition, sequence):
    yield f"INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) " \
        f"VALUES ('{action}', {kind}, '{source}', '{target}')"
    yield f"INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) " \
        f"VALUES ('{action}', '{condition}', {sequence})"


def handover(action, arguments, condition, *sequences, waits=True):
    """A run of the handover program by whoever installs. Its failure does not matter."""
    kind = 2 + 64 + (0 if waits else 128)
    for position, sequence in enumerate(sequences):
        yield from custom(f"{action}{position or ''}", kind, "Handover", arguments, condition, sequence)


def queries(version):
    """What wixl has no words for, or did not always get right."""
    folder = '"[INSTALLFOLDER]."'
    leaving = 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE'
    variable = "INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) VALUES "
    step = "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES "
    yield "UPDATE `Registry` SET `Root` = -1 WHERE `Root` = 4"  # HKMU: of the computer or of the person
    yield "UPDATE `RegLocator` SET `Type` = 18"  # in the 64-bit registry
    # This version again, too: that is how a build of today takes the place of one of yesterday.
    yield "INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMin`, `VersionMax`, `Attributes`, `ActionProperty`) " \
        f"VALUES ('{{{UPGRADE_CODE.upper()}}}', '0.0.0', '{version}', 769, 'OLDERVERSION')"
    for component, condition in CONDITIONS.items():
        yield f"UPDATE `Component` SET `Condition` = '{condition}' WHERE `Component` = '{component}'"
    yield "CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, " \
        "`Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)"
    yield variable + "('MachinePath', '=-*PATH', '[~];[INSTALLFOLDER]bin', 'MachinePath')"
    yield variable + "('PersonPath', '=-PATH', '[~];[INSTALLFOLDER]bin', 'PersonPath')"
    yield step + "('RemoveEnvironmentStrings', 3300)"
    yield step + "('WriteEnvironmentStrings', 5200)"
    for number, name, value, condition in SETTINGS:
        yield from custom(f"Set{number}", 51, name, value, condition, number)
    # Before Windows Installer itself looks who holds the files; back at the end, also at one by error or by "Cancel".
    yield from handover("StopLatchkey", f"stop {folder}", 'NOT REMOVE="ALL"', 1390)
    yield from handover("EndLatchkey", f"end {folder}", 'REMOVE="ALL"', 1391)
    yield from handover("LeaveLatchkey", f"leave {folder}", leaving, 1392)
    yield from handover("StartLatchkey", f"start {folder}", 'NOT REMOVE="ALL"', 6610, -2, -3)
    yield from handover("SayFarewell", "farewell", f"{leaving} AND UILevel > 2", 6620, waits=False)
    yield "UPDATE `Property` SET `Value` = 'OLDERVERSION;NEWERVERSION;AUTOSTART;INSTALLFOLDER;MSIINSTALLPERUSER' " \
        "WHERE `Property` = 'SecureCustomProperties'"


def summarise(msi, version, package, moment):
    """Rewrites the summary: wixl draws its own package code, and writes down the time of day."""
    when = time.strftime("%Y/%m/%d %H:%M:%S", time.gmtime(moment))
    values = {1: 65001, 2: "Installation Database", 3: f"Latchkey {version}", 4: "The Latchkey authors", 5: "Installer",
              6: "Keeps you signed in to your backup appliances", 7: "x64;1033", 9: f"{{{package.upper()}}}",
              12: when, 13: when, 14: 500, 15: 2, 18: "Latchkey", 19: 2}
    lines = ["PropertyId\tValue", "i2\tl255", "_SummaryInformation\tPropertyId",
             *(f"{number}\t{value}" for number, value in values.items())]
    table = msi.parent / "_SummaryInformation.idt"
    table.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    run("msibuild", msi, "-i", table)


def build(arguments, stage, msi):
    """Makes the MSI of what is in stage."""
    helper = stage.parent / "handover.exe"
    fingerprint = content(stage, helper)
    files = stage.parent / "files.wxs"
    write_files(stage, files)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    for file in [*stage.rglob("*"), helper]:
        os.utime(file, (moment, moment))
    variables = {
        "Version": arguments.version,
        "Homepage": arguments.homepage,
        "UpgradeCode": UPGRADE_CODE,
        "ProductCode": guid("product", arguments.version, fingerprint),
    }
    defines = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    for source in ("latchkey.wxs", "latchkey.ico"):
        shutil.copy(HERE / source, msi.parent)
    msi.unlink(missing_ok=True)
    # It wants to see all below one folder.
    run("wixl", "-a", "x64", *defines, "-o", msi.name, "latchkey.wxs", files.name, folder=msi.parent)
    for query in queries(arguments.version):
        run("msibuild", msi, "-q", query)
    summarise(msi, arguments.version, guid("package", arguments.version, fingerprint), moment)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="where the programs were built")
    parser.add_argument("--libraries", type=pathlib.Path, required=True, help="what libraries.sh printed")
    parser.add_argument("--version", required=True)
    parser.add_argument("--homepage", required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True, help="the MSI")
    arguments = parser.parse_args()

    msi = arguments.output.resolve()
    stage = msi.parent / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    layout.gather(arguments.bin.resolve(), arguments.libraries.resolve(), stage)
    helper = stage.parent / "handover.exe"
    shutil.copyfile(arguments.bin / "latchkey-handover.exe", helper)
    layout.strip(helper)
    sign([file for file in sorted(stage.rglob("*")) if file.suffix in (".exe", ".dll")] + [helper])
    build(arguments, stage, msi)
    sign([msi])


main()
