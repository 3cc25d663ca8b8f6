# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""The MSI under Wine, made by packaging/windows/msi.py of latchkeyctl, which stands in for the gateway, too, and of a
program that stands in for those with Qt: it says how it was started and whether it was asked to end."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["LATCHKEY_BIN"])
STANDIN = BIN / "latchkey-standin.exe"
DRIVE = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c"
LOG = DRIVE / "standin.log"
STOOD_IN_FOR = ["latchkey.exe", "latchkeyd.exe"]
OUR_OWN = ["latchkeyctl.exe", "latchkey-handover.exe"]
LIBRARY = "libstdc++-6.dll"  # of those that latchkey.exe needs
#: All but libraries.
FILES = {"latchkey.exe", "latchkeyd.exe", "qt.conf", "bin/latchkeyctl.exe", "bin/latchkey-gateway.exe",
         "policy/latchkey.admx", "policy/en-US/latchkey.adml", "licences/latchkey.txt", "licences/qt.txt"}
LIMIT = 120  # seconds until a test that hangs gives up
REFUSED = 1603 & 0xff  # ERROR_INSTALL_FAILURE; Linux keeps the last byte of an exit code

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
#: Where Windows keeps a variable of everybody's, and of one person's.
ENVIRONMENT = {"HKLM": r"System\CurrentControlSet\Control\Session Manager\Environment", "HKCU": "Environment"}
#: Of each way to install: the property that asks for it, and whose registry it is in.
WAYS = {"computer": ([], "HKLM"), "person": (["MSIINSTALLPERUSER=1"], "HKCU")}


def wine(*command):
    """Its exit code and what it printed: into a file, because what it starts may hold a pipe open."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(["wine", *map(str, command)], stdout=output, stderr=subprocess.DEVNULL, timeout=LIMIT)
        output.seek(0)
        return done.returncode, output.read().decode("utf-8", "replace").replace("\r", "")


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


def unix_path(path):
    return DRIVE / path.removeprefix("C:\\").replace("\\", "/")


def value(key, name):
    """A value in the registry, the default one for the name ""; None if it is not there."""
    code, text = wine("reg", "query", key, *(["/v", name] if name else ["/ve"]))
    found = re.search(r"^ +.*? {4}REG_\w+ {4}?(.*)$", text, re.M)
    return found[1] if code == 0 and found else None


def values_below(key):
    code, text = wine("reg", "query", key, "/s")
    return text if code == 0 else ""


def path_of(hive):
    return (value(rf"{hive}\{ENVIRONMENT[hive]}", "PATH") or "").split(";")


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def make(work, version, signer=None, licence=None, gateway=BIN / "latchkeyctl.exe"):
    """An MSI of that version, and what was said when it was made. The licence tells versions and builds apart."""
    folder = work / f"{version}-bin"
    folder.mkdir(parents=True)
    for program in STOOD_IN_FOR:
        shutil.copy(STANDIN, folder / program)
    for program in OUR_OWN:
        shutil.copy(BIN / program, folder)
    shutil.copy(gateway, folder / "latchkey-gateway.exe")
    libraries = work / "libraries"
    (libraries / "licences").mkdir(parents=True, exist_ok=True)
    (libraries / "licences" / "qt.txt").write_text(licence or version, encoding="utf-8")
    msi = work / version / "latchkey.msi"
    msi.parent.mkdir(exist_ok=True)
    environment = {name: word for name, word in os.environ.items() if name != "LATCHKEY_SIGN"}
    if signer:
        environment["LATCHKEY_SIGN"] = str(signer)
    done = subprocess.run(
        ["/usr/bin/python3", "-B", ROOT / "packaging/windows/msi.py", "--bin", folder, "--libraries", libraries, "--version",
         version, "--homepage", "https://latchkey.example/", "--output", msi],
        env=environment, capture_output=True, text=True, timeout=LIMIT)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return msi, done.stdout


class MsiTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.work = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.work)
        cls.old, cls.said = make(cls.work, "0.9.0")
        cls.new, _ = make(cls.work, "0.10.0")
        cls.local = unix_path(wine("cmd", "/c", "echo %LOCALAPPDATA%")[1].strip())

    def setUp(self):
        self.started = []
        self.addCleanup(self.end_started)
        LOG.unlink(missing_ok=True)

    # What a test does

    def msiexec(self, *arguments):
        log = self.work / "msiexec.log"
        words = [windows_path(word) if isinstance(word, pathlib.Path) else word for word in arguments]
        return wine("msiexec", *words, "/qn", "/l*v", windows_path(log))[0]

    def install(self, msi, *properties):
        self.assertEqual(self.msiexec("/i", msi, *properties), 0)
        self.addCleanup(self.msiexec, "/x", msi)

    def uninstall(self, msi):
        self.assertEqual(self.msiexec("/x", msi), 0)

    def folder(self, way):
        return DRIVE / "Program Files/Latchkey" if way == "computer" else self.local / "Programs/Latchkey"

    def start(self, program, *arguments):
        """Starts it, and waits until it runs."""
        before = len(self.told("started"))
        process = subprocess.Popen(["wine", str(program), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.started.append(process)
        self.wait_for(lambda: len(self.told("started")) > before)
        return process

    def end_started(self):
        if self.started:
            wine("taskkill", "/f", "/im", "latchkey.exe")
        for process in self.started:
            process.wait(LIMIT)

    def told(self, what):
        """The command lines that programs have written down with that word."""
        if not LOG.exists():
            return []
        lines = LOG.read_text(encoding="utf-8-sig").splitlines()
        return [line.removeprefix(what + " ") for line in lines if line.startswith(what + " ")]

    def wait_for(self, holds):
        end = time.monotonic() + LIMIT
        while not holds():
            self.assertLess(time.monotonic(), end, "it does not come")
            time.sleep(0.05)

    # What a test looks at

    def apps(self):
        """What "Apps" shows of Latchkey: names with versions. Wine has everybody's and a person's in one place."""
        text = values_below(rf"HKLM\{UNINSTALL}")
        names = re.findall(r"DisplayName +REG_SZ +(Latchkey.*)", text)
        versions = re.findall(r"DisplayVersion +REG_SZ +(.*)", text)
        return list(zip(names, versions))

    def assert_gone(self, way, hive):
        self.assertFalse([*self.folder(way).rglob("*")], "files stay")
        self.assertFalse(self.folder(way).exists())
        self.assertEqual(self.apps(), [])
        self.assertEqual(values_below(rf"{hive}\Software\Latchkey"), "")
        self.assertEqual(values_below(rf"{hive}\Software\Classes\latchkey"), "")
        self.assertIsNone(value(rf"{hive}\{RUN}", "Latchkey"))
        self.assertFalse([part for part in path_of(hive) if "latchkey" in part.lower()])
        self.assertEqual([*DRIVE.rglob("Latchkey*.lnk")], [])


class Installed(MsiTest):
    def test_install_and_removal_leave_nothing_else(self):
        for way, (properties, hive) in WAYS.items():
            with self.subTest(way):
                self.install(self.old, *properties)
                folder = self.folder(way)
                root = "C:\\" + str(folder.relative_to(DRIVE)).replace("/", "\\")
                self.assertEqual({name for name in files_below(folder) if not name.endswith(".dll")}, FILES)
                self.assertTrue((folder / LIBRARY).exists())
                self.assertEqual(self.apps(), [("Latchkey", "0.9.0")])
                self.assertIn("The Latchkey authors", values_below(rf"HKLM\{UNINSTALL}"))
                self.assertIn(root + "\\bin", [part.rstrip("\\") for part in path_of(hive)])
                self.assertNotIn(root, [part.rstrip("\\") for part in path_of(hive)])
                self.assertRegex(wine(folder / "bin/latchkeyctl.exe", "--version")[1], r"\d+\.\d+\.\d+")
                self.assertEqual(len([*DRIVE.rglob("Latchkey.lnk")]), 1)
                self.assertIsNone(value(rf"{hive}\{RUN}", "Latchkey"))
                self.uninstall(self.old)
                self.assert_gone(way, hive)

    def test_link_opens_latchkey_and_cannot_be_an_option(self):
        self.install(self.old)
        self.assertEqual(value(r"HKLM\Software\Classes\latchkey\shell\open\command", ""),
                         r'"C:\Program Files\Latchkey\latchkey.exe" -- "%1"')
        self.assertEqual(value(r"HKLM\Software\Classes\latchkey", "URL Protocol"), "")
        self.started.append(subprocess.Popen(["wine", "start", "latchkey:--quit"], stdout=subprocess.DEVNULL))
        self.wait_for(lambda: self.told("started"))
        self.assertEqual(self.told("started"), [r'"C:\Program Files\Latchkey\latchkey.exe" -- "latchkey:--quit"'])

    def test_what_a_person_has_stays(self):
        self.install(self.old)
        kept = self.local / "Latchkey/sessions/kept"
        kept.parent.mkdir(parents=True)
        self.addCleanup(shutil.rmtree, self.local / "Latchkey")
        kept.write_text("sealed", encoding="ascii")
        own = r'"C:\Program Files\Latchkey\latchkey.exe" --hidden'
        wine("reg", "add", rf"HKCU\{RUN}", "/v", "Latchkey", "/d", own, "/f")
        self.uninstall(self.old)
        self.assertEqual(kept.read_text(encoding="ascii"), "sealed")
        self.assertIsNone(value(rf"HKCU\{RUN}", "Latchkey"), "it would start what is gone")
        self.assert_gone("computer", "HKLM")

    def test_autostart_of_another_latchkey_stays(self):
        self.install(self.old)
        self.addCleanup(wine, "reg", "delete", rf"HKCU\{RUN}", "/v", "Latchkey", "/f")
        wine("reg", "add", rf"HKCU\{RUN}", "/v", "Latchkey", "/d", r"D:\mine\latchkey.exe", "/f")
        self.uninstall(self.old)
        self.assertEqual(value(rf"HKCU\{RUN}", "Latchkey"), r"D:\mine\latchkey.exe")

    def test_repair_brings_back_what_is_lost(self):
        self.install(self.old)
        lost = self.folder("computer") / "bin/latchkeyctl.exe"
        lost.unlink()
        wine("reg", "delete", r"HKLM\Software\Classes\latchkey", "/f")
        # What /fa is short for; Wine does not know that.
        self.assertEqual(self.msiexec("/i", self.old, "REINSTALL=ALL", "REINSTALLMODE=amus"), 0)
        self.assertTrue(lost.exists())
        self.assertIsNotNone(value(r"HKLM\Software\Classes\latchkey\shell\open\command", ""))
        self.assertEqual(self.apps(), [("Latchkey", "0.9.0")])
        self.uninstall(self.old)
        self.assert_gone("computer", "HKLM")


class Upgraded(MsiTest):
    def test_running_program_is_asked_to_end_and_started_again(self):
        for way, (properties, hive) in WAYS.items():
            with self.subTest(way):
                LOG.unlink(missing_ok=True)
                self.install(self.old, *properties)
                program = self.folder(way) / "latchkey.exe"
                process = self.start(program, "--verbose")
                self.install(self.new, *properties)
                self.assertEqual(process.wait(LIMIT), 0)
                self.assertEqual(len(self.told("ended")), 1)
                self.wait_for(lambda: len(self.told("started")) == 2)
                # Wine 8 does not tell the installer what else was on the command line.
                self.assertRegex(self.told("started")[1], r'^"C:\\.*\\Latchkey\\latchkey\.exe" .*--hidden$')
                self.assertEqual(self.apps(), [("Latchkey", "0.10.0")])
                self.assertEqual((self.folder(way) / "licences/qt.txt").read_text(encoding="utf-8"), "0.10.0")
                self.assertEqual(values_below(r"HKCU\Software\Latchkey\Handover"), "")
                self.uninstall(self.new)
                self.wait_for(lambda: len(self.told("ended")) == 2)
                self.assert_gone(way, hive)

    def test_program_that_does_not_listen_is_ended(self):
        self.install(self.old)
        process = self.start(self.folder("computer") / "latchkey.exe", "deaf")
        self.install(self.new)
        self.assertNotEqual(process.wait(LIMIT), 0)
        self.assertEqual(self.told("ended"), [])
        self.assertEqual(self.apps(), [("Latchkey", "0.10.0")])

    def test_program_elsewhere_is_left_alone(self):
        self.install(self.old)
        other = shutil.copytree(self.folder("computer"), self.work / "other")
        process = self.start(other / "latchkey.exe")
        self.install(self.new)
        self.assertIsNone(process.poll())
        self.assertEqual(len(self.told("started")), 1)

    def test_same_version_of_another_build_takes_its_place(self):
        self.install(self.old)
        again, _ = make(self.work / "again", "0.9.0", licence="Another text")
        self.install(again)
        self.assertEqual(self.apps(), [("Latchkey", "0.9.0")])
        self.assertEqual((self.folder("computer") / "licences/qt.txt").read_text(encoding="utf-8"), "Another text")

    def test_older_version_is_refused(self):
        self.install(self.new)
        self.assertEqual(self.msiexec("/i", self.old), REFUSED)
        self.assertEqual(self.apps(), [("Latchkey", "0.10.0")])

    def test_autostart_is_asked_for_kept_and_taken_back(self):
        for way, (properties, hive) in WAYS.items():
            with self.subTest(way):
                self.install(self.old, "AUTOSTART=1", *properties)
                self.assertRegex(value(rf"{hive}\{RUN}", "Latchkey"), r'^"C:\\.*\\Latchkey\\latchkey\.exe" --hidden$')
                self.install(self.new, *properties)
                self.assertIsNotNone(value(rf"{hive}\{RUN}", "Latchkey"))
                self.uninstall(self.new)
                self.install(self.old, "AUTOSTART=1", *properties)
                self.install(self.new, "AUTOSTART=0", *properties)
                self.assertIsNone(value(rf"{hive}\{RUN}", "Latchkey"))
                self.uninstall(self.new)
                self.assert_gone(way, hive)

    def test_folder_is_kept(self):
        self.install(self.old, "INSTALLFOLDER=C:\\Tools\\Latchkey\\")
        self.install(self.new)
        self.assertTrue((DRIVE / "Tools/Latchkey/latchkey.exe").exists())
        self.assertFalse(self.folder("computer").exists())
        self.uninstall(self.new)
        self.assertFalse((DRIVE / "Tools/Latchkey").exists())


class Made(MsiTest):
    def test_programs_name_their_publisher_and_have_an_icon(self):
        picture = (ROOT / "packaging/windows/latchkey.ico").read_bytes()[-1000:]
        for program in OUR_OWN:
            content = (BIN / program).read_bytes()
            self.assertIn("The Latchkey authors".encode("utf-16-le"), content, program)
            self.assertIn(picture, content, program)

    def test_program_in_path_that_needs_a_library_is_refused(self):
        with self.assertRaisesRegex(RuntimeError, r"latchkey-gateway\.exe needs lib.*\.dll, but has to be whole by itself"):
            make(self.work, "0.9.2", gateway=STANDIN)

    def test_unsigned_is_said(self):
        self.assertRegex(self.said, r"(?m)^unsigned, because LATCHKEY_SIGN is not set: .*latchkey\.exe")
        self.assertRegex(self.said, r"(?m)^unsigned, .*: latchkey\.msi$")

    def test_signer_signs_each_program_and_the_msi(self):
        signer = self.work / "sign"
        signer.write_text(f'#!/bin/sh\nbasename "$1" >>{self.work}/signed\nprintf signed >>"$1"\n', encoding="ascii")
        signer.chmod(0o700)
        msi, said = make(self.work, "0.9.1", signer)
        signed = (self.work / "signed").read_text(encoding="ascii").split()
        programs = {*STOOD_IN_FOR, "latchkeyctl.exe", "latchkey-gateway.exe", "handover.exe"}
        self.assertLessEqual({*programs, LIBRARY}, set(signed))
        self.assertEqual(len(signed), len(set(signed)))
        self.assertEqual(signed[-1], "latchkey.msi")
        self.assertTrue(msi.read_bytes().endswith(b"signed"))
        self.assertNotIn("unsigned", said)

    def test_same_programs_give_the_same_bytes(self):
        other = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, other)
        again, _ = make(other, "0.9.0")
        self.assertEqual(again.read_bytes(), self.old.read_bytes())


if __name__ == "__main__":
    unittest.main()
