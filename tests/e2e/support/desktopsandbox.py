# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""A private desktop for real programs: folders, message bus, keychain and, if wanted, a display
with a window manager, a tray and assistive technology. Nothing of it outlives leave()."""

import contextlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from gi.repository import Gio, GLib

KEYRING_PASSWORD = b"keyring-password-for-tests"


class DesktopSandbox:
    def __init__(self, keychain=True, display=False, size="1280x800", tray=True, wayland=False):
        self.folder = tempfile.mkdtemp(prefix="latchkey-sandbox-")
        self.size = size
        self._processes = []
        self.env = self._environment()
        self._start_bus()
        if keychain:
            self.start_keychain()
        if display:
            self._start_display(tray)
        if wayland:
            self._start_wayland()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leave()

    def leave(self):
        """Ends what was started, last first, and removes the folders."""
        for process in reversed(self._processes):
            end(process)
        self._processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *command, **options):
        """Starts a program in here, which leave() ends at the latest. Its output is not buffered
        on our side, so that select() tells of every line."""
        options.setdefault("bufsize", 0)
        process = subprocess.Popen(command, env={**self.env, **options.pop("env", {})}, **options)
        self._processes.append(process)
        return process

    def run(self, *command, timeout=60, **options):
        """Runs a program to its end and returns its CompletedProcess, with text output."""
        options.setdefault("capture_output", True)
        return subprocess.run(command, env=self.env, timeout=timeout, text=True, check=False,
                              **options)

    def forget_accounts(self):
        """The next test must not find those of this one. Latchkey must not run."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(self.env["XDG_CONFIG_HOME"], "latchkey", "accounts.json"))

    def start_keychain(self):
        self.keychain = self.start("gnome-keyring-daemon", "--foreground", "--unlock",
                                   "--components=secrets", stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.keychain.stdin.write(KEYRING_PASSWORD)
        self.keychain.stdin.close()
        self.wait_for_name("org.freedesktop.secrets")

    def stop_keychain(self):
        end(self.keychain)

    def be_kde(self):
        """What is started from here on takes this for a Plasma session."""
        self.env.update(XDG_CURRENT_DESKTOP="KDE", KDE_SESSION_VERSION="5")

    def start_wallet(self, *how):
        """Starts a fake KWallet. Its entries are in the file `wallet`, and outlive it. fakekwallet.py
        tells `how` it can be."""
        self.wallet = self.start(sys.executable, "-B",
                                 os.path.join(os.path.dirname(__file__), "fakekwallet.py"),
                                 os.path.join(self.folder, "wallet"), *map(str, how))
        self.wait_for_name("org.kde.kwalletd5")

    def stop_wallet(self):
        end(self.wallet)

    def wallet_entries(self):
        path = os.path.join(self.folder, "wallet")
        if not os.path.exists(path):
            return {}
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def lock_keychain(self):
        self.call_bus("org.freedesktop.secrets", "/org/freedesktop/secrets",
                      "org.freedesktop.Secret.Service.Lock",
                      "array:objpath:/org/freedesktop/secrets/collection/login")

    def unlock_keychain(self):
        """As a person does at the prompt, but through the keychain daemon's own interface."""
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        bus = Gio.DBusConnection.new_for_address_sync(
            self.env["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)

        def call(interface, method, arguments):
            return bus.call_sync("org.freedesktop.secrets", "/org/freedesktop/secrets", interface,
                                 method, arguments, None, Gio.DBusCallFlags.NONE, -1, None)

        _, session = call("org.freedesktop.Secret.Service", "OpenSession",
                          GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))))
        secret = (session, b"", KEYRING_PASSWORD, "text/plain")
        call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
             "UnlockWithMasterPassword",
             GLib.Variant("(o(oayays))", ("/org/freedesktop/secrets/collection/login", secret)))
        bus.close_sync(None)

    def call_bus(self, name, path, method, *arguments):
        answer = self.run("dbus-send", "--session", "--print-reply", f"--dest={name}", path,
                          method, *arguments)
        if answer.returncode != 0:
            raise RuntimeError(answer.stderr)
        return answer.stdout

    def screenshot(self, path, window="root"):
        self.run("import", "-window", window, str(path)).check_returncode()

    def click(self, x, y, button=1):
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button)).check_returncode()

    def click_active(self):
        """At the lower edge of the window that has the keyboard, where nothing can be pressed."""
        window = self.run("xdotool", "getactivewindow").stdout.strip()
        told = self.run("xdotool", "getwindowgeometry", "--shell", window).stdout
        size = {name: int(value) for name, value in re.findall(r"([A-Z]+)=(\d+)", told)}
        self.run("xdotool", "mousemove", "--window", window, str(size["WIDTH"] * 2 // 3),
                 str(size["HEIGHT"] - 3), "click", "1").check_returncode()

    def tray_icon(self):
        """The middle of Latchkey's icon on the screen; None while there is none in the tray."""
        for window in self.run("xdotool", "search", "--class", "trayer").stdout.split():
            told = self.run("xwininfo", "-id", window, "-tree").stdout
            for line in told.splitlines():
                place = re.search(r"(\d+)x(\d+)\+-?\d+\+-?\d+\s+\+(\d+)\+(\d+)", line)
                if place and "latchkey" in line.lower():
                    width, height, left, top = map(int, place.groups())
                    return left + width // 2, top + height // 2
        return None

    def is_minimized(self, title):
        window = self.run("xdotool", "search", "--name", f"^{title}$").stdout.split()
        return any("_NET_WM_STATE_HIDDEN" in self.run("xprop", "-id", one, "_NET_WM_STATE").stdout
                   for one in window)

    def _environment(self):
        keep = ("PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
        env = {key: os.environ[key] for key in keep if key in os.environ}
        folders = {"HOME": "home", "XDG_CONFIG_HOME": "home/.config",
                   "XDG_DATA_HOME": "home/.local/share", "XDG_CACHE_HOME": "home/.cache",
                   "XDG_STATE_HOME": "home/.local/state", "XDG_RUNTIME_DIR": "run",
                   "TMPDIR": "tmp"}
        for key, name in folders.items():
            env[key] = os.path.join(self.folder, name)
            os.makedirs(env[key], mode=0o700, exist_ok=True)
        env.update(LC_ALL="C.UTF-8", NO_AT_BRIDGE="1", GTK_A11Y="none")
        return env

    def _start_bus(self):
        self.bus = self.start("dbus-daemon", "--session", "--nofork", "--print-address=1",
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = read_line(self.bus.stdout, "dbus-daemon")

    def wait_for_name(self, name):
        def has_owner():
            answer = self.run("dbus-send", "--session", "--print-reply",
                              "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus.NameHasOwner", f"string:{name}")
            return "boolean true" in answer.stdout
        wait_until(has_owner, f"{name} on the message bus")

    def _start_display(self, tray):
        """With -noreset, as the display would otherwise start anew, and cut off all clients,
        whenever the last one of them has left."""
        read_end, write_end = os.pipe()
        self.start("Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{self.size}x24",
                   "-nolisten", "tcp", "-noreset", pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            self.env["DISPLAY"] = ":" + read_line(numbers, "Xvfb")
        # A keyboard that has the "ö" of the password. For a letter that it lacks, xdotool changes the
        # keyboard for a moment, and a busy program reads that too late.
        self.run("setxkbmap", "de").check_returncode()
        self.env.update(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb",
                        GDK_BACKEND="x11")
        self.start("openbox", stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if tray:
            self.start_tray()
        self._start_accessibility()

    def _start_wayland(self):
        """Without any rights, as the compositor refuses to run as root; and with a keyboard, as it
        has none of its own."""
        settings = os.path.join(self.folder, "sway.conf")
        with open(settings, "w", encoding="utf-8") as file:
            file.write("xwayland disable\n")
        self.env.update(WLR_BACKENDS="headless", WLR_LIBINPUT_NO_DEVICES="1", WLR_RENDERER="pixman",
                        WAYLAND_DISPLAY="wayland-1", QT_QPA_PLATFORM="wayland",
                        SWAYSOCK=os.path.join(self.env["XDG_RUNTIME_DIR"], "sway"),
                        QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        self.start("unshare", "--user", "sway", "--config", settings, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.run("swaymsg", "-t", "get_version").returncode == 0, "sway")
        self.start("wtype", "-s", "1000000", "-k", "Shift_L", stderr=subprocess.DEVNULL)
        self._start_accessibility()

    def _start_accessibility(self):
        self.start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately",
                   stderr=subprocess.DEVNULL)
        self.wait_for_name("org.a11y.Bus")

    def start_tray(self):
        self.tray = self.start("trayer", "--edge", "bottom", "--align", "right", "--widthtype",
                               "request", "--height", "32", stderr=subprocess.DEVNULL)
        wait_until(lambda: self.run("xdotool", "search", "--class", "trayer").stdout.strip(),
                   "the tray")


def end(process, patience=10):
    """Asks a process of ours to end, and kills it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def end_group(process):
    """The same for one that was started with start_new_session, and for all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    end(process)


def wait_until(condition, what, patience=30, pause=0.05):
    """Asks again and again until the answer is true, and returns that."""
    deadline = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {patience} s in vain for {what}")
        time.sleep(pause)


def read_line(stream, what, patience=30):
    ready, _, _ = select.select([stream], [], [], patience)
    line = stream.readline() if ready else ""
    if isinstance(line, bytes):
        line = line.decode()
    if not line.strip():
        raise TimeoutError(f"{what} did not say that it is ready")
    return line.strip()
