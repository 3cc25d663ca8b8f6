# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey for all eyes and hands: everything by keyboard alone, whatever can be reached has a name
for assistive tools, and the windows turn dark and light with the desktop. The unit tests in
tests/ui/gallery look at every window; these at the real program on a display."""

import os
import time
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, wait_until
from fakeportal import DARK, LIGHT, FakePortal
from programs import ctl, show, wait_for_state
from screenreader import EDITS, ScreenReader

MAIN = "Latchkey"
SIGN_IN = "Sign in"
RENAME = "Rename session"
SETTINGS = "Settings"
LEDGER = "Tokens handed out"
#: What assistive tools are told of something that nobody has thought of.
NO_ROLES = ("unknown", "invalid", "filler", "panel", "")

sandbox = reader = None


def setUpModule():
    global sandbox, reader
    sandbox = DesktopSandbox(keychain=False, display=True)
    reader = ScreenReader(sandbox)


def tearDownModule():
    sandbox.leave()


class Case(unittest.TestCase):
    def setUp(self):
        self.appliance = Appliance(sandbox)
        self.addCleanup(end, self.appliance.process)
        with open(os.path.join(sandbox.folder, "latchkey.log"), "ab") as log:
            self.process = sandbox.start(os.path.join(bin_folder(), "latchkey"), "--memory-only",
                                         stderr=log)
        self.addCleanup(self.leave)
        self.wait_for_keyboard(MAIN)

    def leave(self):
        """The next test begins without an account."""
        end(self.process)
        accounts = os.path.join(sandbox.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json")
        if os.path.exists(accounts):
            os.remove(accounts)

    @staticmethod
    def wait_for_keyboard(title):
        reader.window(title)
        wait_until(lambda: sandbox.run("xdotool", "getactivewindow", "getwindowname").stdout.strip()
                   == title, f'"{title}" to have the keyboard')

    def go_to(self, name, key="Tab"):
        """Presses a key that leads on until the element of that name has the keyboard."""
        for _ in range(40):
            if reader.has_keyboard(name):
                time.sleep(0.2)  # another key may still be on its way
                if reader.has_keyboard(name):
                    return
            reader.key(key)
        self.fail(f"no way to {name}")

    def enter(self, name, text):
        self.go_to(name)
        reader.type_into(reader.wait_for(SIGN_IN, name, *EDITS), text)

    def choose(self, entry):
        """In the menu that is open."""
        wait_until(lambda: entry in reader.hear(lambda: reader.key("Down")), f'"{entry}"')
        reader.key("Return")

    def sign_in(self, user="operator"):
        self.go_to("Sign in")
        reader.key("space")
        self.wait_for_keyboard(SIGN_IN)
        self.enter("Appliance", self.appliance.url)
        reader.key("Tab")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self.go_to("Trust this appliance")
        reader.key("space")
        reader.wait_for(SIGN_IN, "Password", "password text")
        self.enter("User name", user)
        self.enter("Password", PASSWORD)
        self.go_to("More")
        reader.key("space")
        self.enter("Name", "prod")
        reader.key("Return")


class ByKeyboard(Case):
    def test_the_whole_of_it(self):
        self.sign_in("alenka")
        reader.wait_for(SIGN_IN, "Verification code", "password text")
        reader.type(self.appliance.code())
        reader.wait_for(SIGN_IN, "Done", "push button", "button")
        reader.key("Return")
        reader.wait_until_closed(SIGN_IN)
        wait_for_state(sandbox, "prod", "active")
        self.wait_for_keyboard(MAIN)
        self.copy()
        self.refresh()
        self.rename()
        self.look_at_settings()
        self.sign_out()

    def copy(self):
        self.go_to("Copy token")
        reader.key("space")
        token = wait_until(lambda: sandbox.run("xclip", "-selection", "clipboard", "-o").stdout,
                           "the clipboard")
        self.assertTrue(self.appliance.accepts(token))

    def refresh(self):
        before = ctl(sandbox, "token", "prod").stdout
        self.go_to("Refresh now")
        reader.key("space")
        wait_until(lambda: ctl(sandbox, "token", "prod").stdout != before, "a renewal")

    def rename(self):
        self.go_to("More")
        reader.key("space")
        self.choose("Rename…")
        self.wait_for_keyboard(RENAME)
        reader.key("ctrl+a")
        reader.type("prod-eu")
        reader.key("Return")
        reader.wait_until_closed(RENAME)
        self.assertEqual(show(sandbox, "prod-eu")["state"], "active")
        self.wait_for_keyboard(MAIN)

    def look_at_settings(self):
        reader.key("alt+l", "e")
        self.wait_for_keyboard(SETTINGS)
        reader.key("Escape")
        reader.wait_until_closed(SETTINGS)
        self.wait_for_keyboard(MAIN)

    def sign_out(self):
        self.go_to("More")
        reader.key("space")
        self.choose("Sign out")
        wait_until(lambda: reader.has_keyboard("Cancel"), "the question")
        self.go_to("Sign out")
        reader.key("space")
        wait_for_state(sandbox, "prod-eu", "signed-out")

    def test_a_password_is_shown_and_hidden(self):
        self.go_to("Sign in")
        reader.key("space")
        self.wait_for_keyboard(SIGN_IN)
        self.go_to("Password")
        shown = reader.wait_for(SIGN_IN, "Show password", "push button", "button", "toggle button",
                                "check box")
        for is_shown in (True, False):
            reader.key("ctrl+r")
            wait_until(lambda: reader.is_checked(shown) == is_shown, "the key")  # noqa: B023


class ToAssistiveTools(Case):
    def test_whatever_can_be_reached_has_a_name_and_a_role(self):
        self.assertEqual(reader.nameless(MAIN, NO_ROLES), [])
        self.sign_in()
        self.assertEqual(reader.nameless(SIGN_IN, NO_ROLES), [])
        reader.press(SIGN_IN, "Done")
        wait_for_state(sandbox, "prod", "active")
        self.wait_for_keyboard(MAIN)
        self.assertEqual(reader.nameless(MAIN, NO_ROLES), [])
        for keys, title in ((("alt+l", "e"), SETTINGS), (("alt+l", "t"), LEDGER)):
            reader.key(*keys)
            self.wait_for_keyboard(title)
            self.assertEqual(reader.nameless(title, NO_ROLES), [])
            reader.key("Escape")
            reader.wait_until_closed(title)
            self.wait_for_keyboard(MAIN)


class Appearance(Case):
    def setUp(self):
        self.portal = FakePortal(sandbox, DARK)
        super().setUp()

    def brightness(self):
        path = os.path.join(sandbox.folder, "window.png")
        window = sandbox.run("xdotool", "search", "--onlyvisible", "--name",
                             f"^{MAIN}$").stdout.split()[0]
        sandbox.screenshot(path, window)
        return float(sandbox.run("convert", path, "-resize", "1x1!", "-format",
                                 "%[fx:intensity]", "info:").stdout)

    def test_follows_the_desktop(self):
        wait_until(lambda: self.brightness() < 0.3, "a dark window")
        self.portal.turn(LIGHT)
        wait_until(lambda: self.brightness() > 0.7, "a light window")
        self.portal.turn(DARK)
        wait_until(lambda: self.brightness() < 0.3, "a dark window again")


if __name__ == "__main__":
    unittest.main()
