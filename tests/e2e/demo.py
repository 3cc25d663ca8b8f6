# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey on the demo appliance, whose access tokens live for a minute.

On a display it opens the windows for a person. Without one (--headless) it does by itself what
that person would do, on a display of its own, and leaves pictures of it. Either way Latchkey has
its own settings and keeps its sessions in memory only; nothing is left behind but the pictures."""

import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, end, wait_until
from programs import ctl, show
from screenreader import ScreenReader

MAIN = "Latchkey"
SIGN_IN = "Sign in"
APPLIANCE_OPTIONS = ("--set", "accessLife=60", "--announce")
#: Options of latchkey-gallery, and what it finds in its environment.
LOOKS = {
    "light": ((), {}),
    "dark": (("--dark",), {}),
    "double": ((), {"QT_SCALE_FACTOR": "2"}),
}

INVITATION = """
Latchkey is open on a demo appliance; its access tokens live for a minute.

  Appliance  {url}
  User name  alenka    with a second factor; its codes appear here as they are asked for
             operator  without one
  Password   {password}
  SHA-256    {fingerprint}

The demo ends when you quit Latchkey, or with Ctrl+C. It keeps nothing.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder of the programs")
    parser.add_argument("--out", required=True, help="the folder for the pictures")
    parser.add_argument("--headless", action="store_true", help="on a display of its own")
    options = parser.parse_args()
    os.environ["LATCHKEY_BIN"] = os.path.abspath(options.bin)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.headless:
        take_pictures(os.path.abspath(options.out))
    else:
        invite()


# For a person


class Guest:
    """The person's own display, with folders that are removed when the demo ends."""

    def __init__(self, folder):
        self.env = {**os.environ, "LATCHKEY_SOCKET": os.path.join(folder, "run", "agent.sock")}
        for key in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            self.env[key] = os.path.join(folder, key.lower())
        self._processes = []

    def start(self, *command, **options):
        process = subprocess.Popen(command, env=self.env, **options)
        self._processes.append(process)
        return process

    def leave(self):
        for process in reversed(self._processes):
            end(process)


def invite():
    with tempfile.TemporaryDirectory(prefix="latchkey-demo-") as folder:
        guest = Guest(folder)
        try:
            appliance = Appliance(guest, *APPLIANCE_OPTIONS)
            print(INVITATION.format(url=appliance.url, password=PASSWORD,
                                    fingerprint=appliance.fingerprint), flush=True)
            guest.start(os.path.join(bin_folder(), "latchkey"), "--memory-only", "--server",
                        appliance.url, "--user", "alenka").wait()
        except KeyboardInterrupt:
            pass
        finally:
            guest.leave()


# By itself


def take_pictures(folder):
    os.makedirs(folder, exist_ok=True)
    with DesktopSandbox(keychain=False, display=True) as sandbox:
        Show(sandbox, folder).run()
    draw_sheets(folder)
    print(f"\nThe pictures are in {folder}")


def draw_sheets(folder):
    """A sheet of the looks beside each other, and one of each language."""
    in_languages = {language: (("--language", language), {}) for language in languages()}
    for look, (options, environment) in (LOOKS | in_languages).items():
        subprocess.run(
            (os.path.join(bin_folder(), "latchkey-gallery"), *options, os.path.join(folder, look)),
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}, check=True)
    draw_sheet(folder, "sheet.png", [*LOOKS, "de"])
    for language in in_languages:
        draw_sheet(folder, f"sheet-{language}.png", [language])


def draw_sheet(folder, sheet, looks):
    """Each window in each state; the looks of one stand side by side."""
    names = sorted(os.listdir(os.path.join(folder, "light")))
    labelled = [word for name in names for look in looks
                for word in ("-label", f"{name.removesuffix('.png')}, {look}",
                             os.path.join(folder, look, name) + "[480x480>]")]
    # Each is made small as it is read: what a picture may take has its limits.
    subprocess.run(("montage", *labelled, "-tile", "8x", "-geometry", "+8+8",
                    os.path.join(folder, sheet)), check=True)
    print(sheet, flush=True)


def languages():
    """Those that the windows are translated into."""
    translations = pathlib.Path(__file__).parents[2] / "translations"
    return sorted(path.stem.removeprefix("latchkey_") for path in translations.glob("*.ts"))


class Show:
    def __init__(self, sandbox, folder):
        self._sandbox = sandbox
        self._folder = folder
        self._reader = ScreenReader(sandbox)
        self._appliance = Appliance(sandbox, *APPLIANCE_OPTIONS)

    def run(self):
        latchkey = self._sandbox.start(
            os.path.join(bin_folder(), "latchkey"), "--memory-only", "--server",
            self._appliance.url, "--user", "alenka", stderr=subprocess.DEVNULL)
        self._sign_in()
        self._watch_a_renewal()
        self._open_the_tray_menu()
        end(latchkey)

    def _sign_in(self):
        reader = self._reader
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self._picture("trust", SIGN_IN)
        reader.press(SIGN_IN, "Trust this appliance")
        reader.fill(SIGN_IN, "Password", PASSWORD)
        self._picture("sign-in", SIGN_IN)
        reader.press(SIGN_IN, "More")
        reader.fill(SIGN_IN, "Name", "prod-eu")
        self._picture("sign-in-more", SIGN_IN)
        reader.press(SIGN_IN, "Sign in")
        code = self._appliance.code()
        reader.fill(SIGN_IN, "Verification code", code[:-1])
        self._picture("code", SIGN_IN)
        reader.fill(SIGN_IN, "Verification code", code)
        reader.wait_for(SIGN_IN, "Done", "push button", "button")
        self._picture("first-steps", SIGN_IN)
        reader.press(SIGN_IN, "Done")
        reader.wait_until_closed(SIGN_IN)
        reader.wait_for(MAIN, "Copy token", "push button", "button")

    def _watch_a_renewal(self):
        self._picture("panel-before-renewal", MAIN)
        before = show(self._sandbox, "prod-eu")["access"]["expiresAt"]
        print("Waiting for the token to be renewed …", flush=True)
        wait_until(lambda: show(self._sandbox, "prod-eu")["access"]["expiresAt"] != before,
                   "a renewal", 70)
        self._reader.wait_for_words(MAIN, "Token refreshed")
        self._picture("panel-after-renewal", MAIN)
        token = ctl(self._sandbox, "token", "prod-eu").stdout.strip()
        if not self._appliance.accepts(token):
            raise RuntimeError("the appliance does not accept the renewed token")
        print("Renewed; the appliance accepts the new token.")

    def _open_the_tray_menu(self):
        left, top = wait_until(self._sandbox.tray_icon, "the tray icon")
        self._sandbox.click(left, top, button=3)
        heard = self._reader.hear(lambda: self._reader.key("Down", "Right"))
        if not heard:
            raise RuntimeError("the tray menu did not open")
        self._picture("tray-menu", None)

    def _picture(self, name, title):
        """Takes a picture of one window or of the whole display, once it no longer changes."""
        path = os.path.join(self._folder, name + ".png")
        window = "root"
        if title:
            window = self._sandbox.run("xdotool", "search", "--onlyvisible", "--name",
                                       f"^{title}").stdout.split()[0]
        previous, deadline = None, time.monotonic() + 5
        while time.monotonic() < deadline:
            self._sandbox.screenshot(path, window)
            with open(path, "rb") as file:
                drawn = file.read()
            if drawn == previous:
                break
            previous = drawn
        print(f"{name}.png", flush=True)


if __name__ == "__main__":
    main()
