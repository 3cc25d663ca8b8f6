# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""What a person sees of Latchkey without its window: notices of a real notification service, on a
desktop without a tray, and the icon in trays that come late, go and come again."""

import os
import subprocess
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import end, read_line, wait_until
from dunst import Dunst
from programs import answered, ctl, wait_for_state
from screenreader import desktop_with_reader
from traywatcher import TrayWatcher

MAIN = "Latchkey"
SIGN_IN = "Sign in"
SIGN_IN_NEEDED = 5
#: How soon the icon has to follow its tray.
SOON = 2

sandbox = reader = None


def setUpModule():
    global sandbox, reader
    sandbox, reader = desktop_with_reader(tray=False)


class Case(unittest.TestCase):
    def setUp(self):
        self.appliance = Appliance(sandbox)
        self.addCleanup(end, self.appliance.process)
        self.addCleanup(sandbox.forget_accounts)

    def start(self, *options):
        process = sandbox.start(os.path.join(bin_folder(), "latchkey"), "--memory-only", *options)
        self.addCleanup(wait_until, lambda: not reader.windows(), "the windows to close")
        self.addCleanup(end, process)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")

    def sign_in(self, *names):
        for name in names:
            answered(sandbox, reader, "Trust this certificate", "sign-in", name, "--kind", "azure",
                     "--server", self.appliance.url, "--user", "operator", "--password-stdin",
                     "--trust", self.appliance.fingerprint, stdin=PASSWORD).check_returncode()

    def end_sessions(self, *names):
        self.appliance.revoke("operator")
        for name in names:
            self.assertEqual(ctl(sandbox, "refresh", name).returncode, SIGN_IN_NEEDED)


class WithoutATray(Case):
    def setUp(self):
        super().setUp()
        self.dunst = Dunst(sandbox)
        self.addCleanup(lambda: self.dunst.end())

    def test_ended_session_is_signed_in_to_from_its_notice(self):
        self.start()
        self.sign_in("prod")
        self.end_sessions("prod")
        self.dunst.wait_for("prod: Ended by the appliance",
                            "The appliance ended the session. Sign in again.")
        self.dunst.press("Sign in")
        reader.fill(SIGN_IN, "Password", PASSWORD)
        reader.press(SIGN_IN, "Sign in")
        wait_for_state(sandbox, "prod", "active")
        self.dunst.wait_until_closed()

    def test_click_opens_the_session_that_it_is_about(self):
        self.start("--hidden")
        wait_until(lambda: sandbox.is_minimized(MAIN), "the window to be in the task list")
        self.sign_in("lab", "prod")
        self.end_sessions("lab")
        self.dunst.wait_for("lab: Ended by the appliance")
        self.dunst.click()
        wait_until(lambda: not sandbox.is_minimized(MAIN), "the window to come up")
        reader.wait_for_words(MAIN, "lab")
        reader.wait_for_words(MAIN, "The appliance ended the session. Sign in again.")

    def test_outage_is_told_and_tried_again_from_its_notice(self):
        self.appliance.switch(accessLife=6)
        self.start()
        self.sign_in("prod")
        self.appliance.tell("/outage", on=True)
        wait_for_state(sandbox, "prod", "waiting")
        self.dunst.wait_for("prod: Cannot renew, token expired", patience=120)
        self.appliance.switch(accessLife=3600)
        self.appliance.tell("/outage", on=False)
        self.dunst.press("Refresh now")
        wait_for_state(sandbox, "prod", "active")
        self.dunst.wait_until_closed()

    def test_several_are_one_notice_that_counts(self):
        names = [f"site-{number}" for number in range(1, 6)]
        self.start()
        self.sign_in(*names)
        self.end_sessions(*names)
        self.dunst.wait_for("5 sessions need you", "site-1")

    def test_service_may_come_late_and_restart(self):
        self.dunst.end()
        self.start()
        self.sign_in("prod")
        self.end_sessions("prod")
        for _ in range(2):
            self.dunst.start()
            self.dunst.wait_for("prod: Ended by the appliance")
            self.dunst.end()
        self.dunst.start()

    def test_click_on_the_notice_of_another_program_does_nothing(self):
        watcher = TrayWatcher(sandbox)
        self.addCleanup(watcher.leave)
        watcher.set_tray(True)
        self.start("--hidden")
        wait_until(watcher.icon, "the icon")
        other = sandbox.start("dunstify", "--action=default,Open", "Another program",
                              stdout=subprocess.PIPE)
        self.dunst.wait_for("Another program")
        self.dunst.click()
        self.assertEqual(read_line(other.stdout, "the other program"), "default")
        self.sign_in("prod")
        self.assertFalse(sandbox.run("xdotool", "search", "--onlyvisible", "--name",
                                     f"^{MAIN}$").stdout)


class Trays(Case):
    def test_icon_comes_with_a_tray_that_comes_late_goes_and_comes_again(self):
        self.start("--hidden")
        wait_until(lambda: sandbox.is_minimized(MAIN), "the window to be in the task list")
        for _ in range(2):
            sandbox.start_tray()
            self.addCleanup(end, sandbox.tray)
            wait_until(sandbox.tray_icon, "the icon", patience=SOON)
            wait_until(lambda: not sandbox.is_minimized(MAIN), "the window to hide", patience=SOON)
            end(sandbox.tray)
            wait_until(lambda: sandbox.is_minimized(MAIN), "the window to come back", patience=SOON)

    def test_icon_comes_with_a_tray_on_the_bus_that_comes_late_goes_and_comes_again(self):
        self.start("--hidden")
        self.sign_in("prod")
        watcher = TrayWatcher(sandbox)
        for _ in range(2):
            self.assertIsNone(watcher.icon())
            watcher.set_tray(True)
            wait_until(watcher.icon, "the icon", patience=SOON)
            watcher.set_tray(False)
            wait_until(lambda: watcher.icon() is None, "the icon to go", patience=SOON)
        watcher.leave()
        watcher = TrayWatcher(sandbox)
        self.addCleanup(watcher.leave)
        watcher.set_tray(True)
        wait_until(watcher.icon, "the icon", patience=SOON)
        self.assertIn("1 signed in", watcher.tool_tip())
        menu = watcher.menu()
        for label in ("prod: Signed in, ", "Copy token", "Sign in to another appliance…",
                      "Tokens handed out…", "Settings…", "Quit"):
            self.assertIn(label, menu)


if __name__ == "__main__":
    unittest.main()
