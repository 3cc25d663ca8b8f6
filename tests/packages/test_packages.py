# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The packages on fresh systems: what people install does its work there, survives an upgrade and
leaves nothing but their data. The programs run in there; keychain, desktop and appliance out here,
as in tests/e2e."""

import glob
import os
import platform
import shutil
import subprocess
import tempfile
import unittest

from appliance import PASSWORD, Appliance
from chroots import Chroot, run
from desktopsandbox import DesktopSandbox, wait_until
from programs import Daemon, ProgramCase, ctl, show, wait_for_state
from screenreader import ScreenReader
from test_gateway import API, Gateway

PACKAGES = os.environ["LATCHKEY_PACKAGES"]
#: What portable-readme.txt asks of a desktop, by Debian's names.
DESKTOP = ("libgl1", "libegl1", "libopengl0", "libx11-xcb1", "libxcb-randr0", "libxcb-shm0",
           "libxcb-sync1", "libxcb-xfixes0", "libwayland-client0", "libfontconfig1", "libharfbuzz0b",
           "libglib2.0-0", "libdbus-1-3", "libgssapi-krb5-2", "libssl3", "libsecret-1-0",
           "fonts-dejavu-core", "xkb-data")


def built(kind):
    found, = glob.glob(os.path.join(PACKAGES, "*." + kind))
    return found


def older(deb, folder):
    """The version before: the one that ./dev was given, or this one under a lower number."""
    given = os.environ["LATCHKEY_OLDER_DEB"]
    if given:
        return given
    content = os.path.join(folder, "older")
    run("dpkg-deb", "--raw-extract", deb, content)
    run("sed", "--in-place", "s/^Version: .*/Version: 0.0.1/", content + "/DEBIAN/control")
    path = content + ".deb"
    run("dpkg-deb", "--build", "--root-owner-group", content, path)
    return path


class SystemCase(ProgramCase):
    """A class has one system, the release `suite` of Debian, and each test a sandbox with keychain
    and appliance. From start() on, the helpers of tests/e2e start the system's programs."""

    suite = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="latchkey-packages-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.system = Chroot(cls.suite)
        cls.addClassCleanup(cls.system.remove)

    def setUp(self):
        self.start("/usr/bin")

    def start(self, bin_folder):
        self.addCleanup(os.environ.update, LATCHKEY_BIN=os.environ["LATCHKEY_BIN"])
        name = os.path.join(self.folder, self.id().rpartition(".")[2])
        os.environ["LATCHKEY_BIN"] = self.system.programs(name, bin_folder)
        super().setUp()

    def sign_in_with_code(self, name):
        self.sign_in(name, "alenka", "--trust", self.appliance.fingerprint,
                     "--code", self.appliance.code())

    def assert_hands_out(self, name):
        token = self.ctl("token", name).stdout.strip()
        self.assertTrue(self.appliance.accepts(token), token)
        return token

    def assert_does_main_job(self):
        """Sign-in with a second factor, token, renewal, command, gateway and restart. The daemon
        runs on."""
        daemon = Daemon(self.sandbox)
        self.sign_in_with_code("prod")
        first = self.assert_hands_out("prod")
        self.ctl("refresh", "prod")
        self.assertNotEqual(self.assert_hands_out("prod"), first)
        told = show(self.sandbox, "prod")
        self.assertEqual((told["state"], told["persisted"]), ("active", True))
        told = self.ctl("exec", "prod", "--", "/bin/sh", "-c", "echo $LATCHKEY_SERVER").stdout
        self.assertEqual(told.strip(), self.appliance.url)
        self.assertEqual(Gateway(self.sandbox).ask(f"{API}/demo/echo").status, 200)
        daemon.end()
        daemon.start()
        self.assert_hands_out("prod")
        return daemon


class DebTests:
    """What is true on each system that takes the deb."""

    def setUp(self):
        self.deb = built("deb")
        self.install(self.deb)
        self.files = [path for path in self.system.run("dpkg", "-L", "latchkey").splitlines()
                      if not os.path.isdir(self.system.root + path)]
        super().setUp()

    def install(self, deb):
        """With its dependencies, by apt, and whatever version is there."""
        self.system.apt("install", "--allow-downgrades", "--reinstall", self.system.put(deb))

    def version(self):
        return self.system.run("dpkg-query", "-W", "-f", "${Version}", "latchkey")

    def data(self):
        """All that is kept for a user, by its path."""
        found = {}
        for folder, _, names in os.walk(os.path.join(self.sandbox.folder, "home")):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path) and "latchkey" in path.removeprefix(self.sandbox.folder):
                    with open(path, "rb") as file:
                        found[path] = file.read()
        return found

    def test_does_the_main_job(self):
        self.assert_does_main_job()

    def test_puts_papers_and_completions_in_their_places(self):
        for path in ("/usr/share/man/man1/latchkeyctl.1.gz",
                     "/usr/share/bash-completion/completions/latchkeyctl",
                     "/usr/share/zsh/vendor-completions/_latchkeyctl",
                     "/usr/share/fish/vendor_completions.d/latchkeyctl.fish",
                     "/usr/lib/systemd/user/latchkeyd.service"):
            self.assertTrue(self.system.has(path), path)

    def test_upgrade_keeps_sessions_alive(self):
        self.install(older(self.deb, self.folder))
        before = self.version()
        daemon = Daemon(self.sandbox)
        self.sign_in_with_code("prod")
        names = ["prod"] + [f"site-{number}" for number in range(5)]
        for name in names[1:]:
            self.sign_in(name, "operator", "--trust", self.appliance.fingerprint)
        self.install(self.deb)
        self.assertNotEqual(self.version(), before)
        self.assertIsNone(daemon.process.poll(), "the running latchkeyd was ended")
        for name in names:
            self.ctl("refresh", name)
            self.assert_hands_out(name)
        grants = len(self.appliance.grants())
        daemon.end()
        daemon.start()
        for name in names:
            wait_for_state(self.sandbox, name, "active")
            self.assert_hands_out(name)
        self.assertEqual(len(self.appliance.grants()), grants, "a session had to be renewed")

    def test_remove_and_purge_leave_the_users_data(self):
        self.assert_does_main_job().end()
        data = self.data()
        self.assertGreater(len(data), 1)
        for how in ("remove", "purge"):
            self.system.apt(how, "latchkey")
            left = [path for path in self.files if self.system.has(path)]
            self.assertEqual(left, [], how)
            self.assertEqual(self.data(), data, how)
            self.assertEqual(self.system.run("find", "/etc", "/usr", "/var/lib", "/opt", "-xdev",
                                             "-iname", "*latchkey*"), "", how)
            self.install(self.deb)
        Daemon(self.sandbox)
        self.assert_hands_out("prod")


@unittest.skipUnless(platform.freedesktop_os_release()["VERSION_CODENAME"] == "bookworm",
                     "a deb is for the release that it was built on, and for later ones")
class Debian12(DebTests, SystemCase):
    suite = "bookworm"


class Debian13(DebTests, SystemCase):
    suite = "trixie"


class Rpm(SystemCase):
    """Unpacked by rpm on a Debian that has the libraries: there is no Fedora or openSUSE here."""

    suite = "trixie"

    def setUp(self):
        self.rpm = built("rpm")
        self.files = run("rpm", "--query", "--list", "--package", self.rpm).splitlines()

    def test_does_the_main_job(self):
        self.system.apt("install", "rpm", "libqt6network6", "libqt6svg6", "libqt6widgets6",
                        "libqt6keychain1", "libsecret-1-0")
        self.system.run("rpm", "--install", "--nodeps", self.system.put(self.rpm))
        known = self.system.run("ldconfig", "--print-cache")
        wanted = {name.split("(")[0] for name in self.asked() if ".so." in name}
        self.assertEqual([soname for soname in wanted if f"\t{soname} " not in known], [])
        self.start("/usr/bin")
        self.assert_does_main_job().end()
        self.system.run("rpm", "--erase", "latchkey")
        self.assertEqual([path for path in self.files if self.system.has(path)], [])

    def asked(self):
        return run("rpm", "--query", "--requires", "--package", self.rpm).splitlines()

    def test_asks_for_libraries_by_names_that_all_distributions_share(self):
        asked = self.asked()
        self.assertIn("libQt6Core.so.6()(64bit)", asked)
        self.assertIn("libqt6keychain.so.1()(64bit)", asked)
        strangers = [name for name in asked if ".so." not in name and not name.startswith("rpmlib(")]
        self.assertEqual(strangers, ["hicolor-icon-theme", "rtld(GNU_HASH)"])
        self.assertNotIn("PRIVATE", "".join(asked))
        self.assertNotIn("sodium", "".join(asked))

    def test_puts_papers_and_completions_in_their_places(self):
        for path in ("/usr/share/man/man1/latchkeyctl.1.gz",
                     "/usr/share/bash-completion/completions/latchkeyctl",
                     "/usr/share/zsh/site-functions/_latchkeyctl",
                     "/usr/share/fish/vendor_completions.d/latchkeyctl.fish",
                     "/usr/lib/systemd/user/latchkeyd.service",
                     "/usr/libexec/latchkey/latchkey-gateway"):
            self.assertIn(path, self.files)
        debians = [path for path in self.files if "lintian" in path or "vendor-completions" in path]
        self.assertEqual(debians, [])

    def test_holds_the_programs_of_the_deb(self):
        deb = os.path.join(self.folder, "deb")
        run("dpkg-deb", "--extract", built("deb"), deb)
        programs = [path for path in self.files if "bin/" in path or "libexec/latchkey/" in path]
        there = [deb + path for path in programs]
        found = glob.glob(deb + "/usr/bin/*") + glob.glob(deb + "/usr/libexec/*/*")
        self.assertEqual(sorted(there), sorted(found))


class Archive(SystemCase):
    """From any folder, where there is no Qt."""

    suite = "trixie"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system.apt("install", *DESKTOP)
        for place in ("/opt", "/home/some where"):
            os.makedirs(cls.system.root + place, exist_ok=True)
            run("tar", "--extract", "--file", built("tar.xz"), "--directory", cls.system.root + place)
        cls.name = os.path.basename(built("tar.xz")).removesuffix(".tar.xz")
        os.symlink(f"some where/{cls.name}/bin", cls.system.root + "/home/programs")

    def setUp(self):
        self.assertNotIn("libqt6", self.system.run("dpkg-query", "-W", "-f", "${Package}\n"))

    def test_does_the_main_job(self):
        self.start(f"/opt/{self.name}/bin")
        self.assert_does_main_job()

    def test_runs_from_another_folder_and_by_a_link(self):
        self.start("/home/programs")
        self.assert_does_main_job()

    def test_signs_in_through_its_windows(self):
        self.show_on(display=True)
        reader = ScreenReader(self.sandbox)
        reader.press("Latchkey", "Sign in")
        for label, text in (("Appliance", self.appliance.url), ("User name", "operator"),
                            ("Password", PASSWORD)):
            reader.fill("Sign in", label, text)
        reader.press("Sign in", "Sign in")
        reader.press("Sign in", "Trust this appliance")
        reader.press("Sign in", "Done")
        reader.unfold("Latchkey", "Details")
        reader.wait_for_value("Latchkey", "State", lambda text: text == "Signed in")

    def test_shows_its_window_on_wayland(self):
        self.show_on(wayland=True)
        wait_until(lambda: '"Latchkey"' in self.sandbox.run("swaymsg", "-r", "-t", "get_tree").stdout,
                   "the window")

    def show_on(self, **desktop):
        """Starts the program with windows on another desktop than the other tests have."""
        self.start(f"/opt/{self.name}/bin")
        self.sandbox = DesktopSandbox(**desktop)
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        self.sandbox.start(os.path.join(os.environ["LATCHKEY_BIN"], "latchkey"),
                           stderr=subprocess.DEVNULL)
        wait_until(lambda: ctl(self.sandbox, "list").returncode == 0, "the agent")


if __name__ == "__main__":
    unittest.main()
