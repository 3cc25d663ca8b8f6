# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Latchkey's windows and tray on a real display with a window manager and a tray. They are read
through AT-SPI and used by mouse and keyboard, with a real keychain and the demo appliance over
TLS."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import unittest
import urllib.error
import urllib.request

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import end, end_group, wait_until
from programs import SHELL, answered, child_of, ctl, doctor, show, wait_for_state
from screenreader import desktop_with_reader

MAIN = "Latchkey"
SIGN_IN = "Sign in"
ASKING = "Latchkey"
LEDGER = "Tokens handed out"
DOCTOR, REPORT = "Doctor – prod", "Report a problem"
ELSEWHERE = "Event Tester"
SETTINGS = "Settings"
PYTHON = os.path.basename(os.path.realpath(sys.executable))
FAILED, NO_AGENT, NO_SESSION, SIGN_IN_NEEDED, DENIED, TRUST_NEEDED = 1, 3, 4, 5, 7, 8
PANEL = ("State", "User", "Role", "User type", "Second factor", "Access token", "Refresh token",
         "Next refresh", "Appliance clock", "Kind")

RAISE = """import socket, sys
agent = socket.socket(socket.AF_UNIX)
agent.connect(sys.argv[1])
agent.sendall(b'{"jsonrpc": "2.0", "id": 1, "method": "agent.raise"}\\n')
print(agent.makefile().readline())
"""

sandbox = reader = None


def setUpModule():
    global sandbox, reader
    sandbox, reader = desktop_with_reader()


class Case(unittest.TestCase):
    def setUp(self):
        self.appliance = Appliance(sandbox)
        self.addCleanup(end, self.appliance.process)
        self.log_path = os.path.join(sandbox.folder, "latchkey.log")
        self.start()
        self.addCleanup(self.forget_all)

    def start(self, *options, **env):
        with open(self.log_path, "ab") as log:
            self.process = sandbox.start(os.path.join(bin_folder(), "latchkey"), *options,
                                         stderr=log, env=env)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")

    def forget_all(self):
        for session in json.loads(ctl(sandbox, "list", "--json").stdout or "[]"):
            forgotten = answered(sandbox, reader, "Remove", "sign-out", session["name"],
                                 "--forget").returncode
            # The session of a failed sign-in may be gone already.
            self.assertIn(forgotten, (0, NO_SESSION, NO_AGENT))
        end(self.process)
        wait_until(lambda: MAIN not in reader.windows(), "the windows to close")
        sandbox.forget_accounts()

    def fill_in(self, user="operator", password=PASSWORD, name="prod", server=None):
        server = self.appliance.url if server is None else server
        reader.press(MAIN, "Sign in")
        reader.press(SIGN_IN, "More")
        for label, text in (("Appliance", server), ("User name", user), ("Password", password),
                            ("Name", name)):
            reader.fill(SIGN_IN, label, text)

    def sign_in(self):
        """Signs in without a second factor, until the panel shows the session."""
        self.fill_in()
        reader.press(SIGN_IN, "Sign in")
        reader.press(SIGN_IN, "Trust this appliance")
        self.read_the_first_steps()
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")

    def read_the_first_steps(self):
        """Each test begins without an account, so its sign-in is the very first."""
        reader.press(SIGN_IN, "Done")
        reader.wait_until_closed(SIGN_IN)
        for section in ("Connection", "Details"):
            reader.unfold(MAIN, section)


class Labels(Case):
    def test_sign_in_window(self):
        reader.press(MAIN, "Sign in")
        reader.window(SIGN_IN)
        reader.press(SIGN_IN, "More")
        for field in ("Appliance", "User name", "Name"):
            self.assertIsNotNone(reader.wait_for(SIGN_IN, field, "text"), field)
        reader.wait_for(SIGN_IN, "Password", "password text")
        for check in ("Keep me signed in", "Short-lived session"):
            reader.wait_for(SIGN_IN, check, "check box")
        for button in ("Sign in", "Cancel"):
            reader.wait_for(SIGN_IN, button, "push button", "button")
        reader.press(SIGN_IN, "Cancel")
        reader.wait_until_closed(SIGN_IN)

    def test_main_window(self):
        self.sign_in()
        reader.wait_for(MAIN, "Sessions", "list")
        for value in PANEL:
            self.assertTrue(reader.value(MAIN, value), value)
        for button in ("Copy token", "Refresh now", "More", "Check now"):
            reader.wait_for(MAIN, button, "push button", "button")
        reader.wait_for(MAIN, "What happened", "tree")
        reader.wait_for(MAIN, "Validity", "progress bar")


class MainJob(Case):
    def test_from_the_password_to_the_revoked_token(self):
        self.fill_in(user="alenka")
        reader.press(SIGN_IN, "Sign in")

        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self.assertIn(self.appliance.fingerprint, reader.words(SIGN_IN).replace("\u200b", ""))
        self.assertEqual(self.appliance.grants(), [], "something was sent before the decision")
        reader.press(SIGN_IN, "Trust this appliance")

        reader.fill(SIGN_IN, "Verification code", "000000")
        reader.wait_for_words(SIGN_IN, "refused the code")
        reader.wait_for_words(SIGN_IN, "A new code is due in")
        reader.fill(SIGN_IN, "Verification code", self.appliance.code())
        self.read_the_first_steps()
        self.assertEqual(self.appliance.grants()[0]["form"]["Password"], PASSWORD)

        shown = {name: reader.value(MAIN, name) for name in PANEL}
        self.assertEqual(shown["State"], "Signed in")
        self.assertEqual(shown["User"], "alenka")
        self.assertEqual(shown["Role"], "PortalAdmin")
        self.assertEqual(shown["User type"], "Internal")
        self.assertEqual(shown["Second factor"], "Used")
        token = ctl(sandbox, "token", "prod").stdout.strip()
        self.assertTrue(self.appliance.accepts(token))

        wait_until(lambda: show(sandbox, "prod")["persisted"], "the keychain")
        self.process.kill()
        self.process.wait()
        self.start()
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")
        self.assertEqual(ctl(sandbox, "token", "prod").stdout.strip(), token)

        self.appliance.revoke("alenka")
        reader.press(MAIN, "Refresh now")
        reader.wait_for_value(MAIN, "State", lambda text: text == "Ended by the appliance")
        reader.wait_for_words(MAIN, "The appliance ended the session. Sign in again.")

    def test_renewal_is_seen_in_the_panel(self):
        self.appliance.switch(accessLife=6)
        self.sign_in()
        before = ctl(sandbox, "token", "prod").stdout
        wait_until(lambda: ctl(sandbox, "token", "prod").stdout != before, "a renewal")
        self.assertEqual(reader.value(MAIN, "State"), "Signed in")
        reader.wait_for_words(MAIN, "Token refreshed")

    def test_what_is_copied_is_the_token(self):
        self.sign_in()
        reader.press(MAIN, "Copy token")
        paste = wait_until(lambda: sandbox.run("xclip", "-selection", "clipboard", "-o").stdout,
                           "the clipboard")
        self.assertTrue(self.appliance.accepts(paste))

    def test_a_changed_certificate_stays_in_question(self):
        self.sign_in()
        seen = self.appliance.tell("/new-certificate")["sha256"]
        self.assertEqual(ctl(sandbox, "refresh", "prod").returncode, TRUST_NEEDED)
        reader.press(MAIN, "Look at certificate")
        reader.press(SIGN_IN, "Cancel")
        reader.wait_until_closed(SIGN_IN)
        self.assertEqual(reader.value(MAIN, "State"), "Certificate changed")
        reader.wait_for_words(MAIN, "1 session needs you")
        self.assertIn("Certificate changed", ctl(sandbox, "list").stdout)
        self.assertEqual(show(sandbox, "prod")["certificate"]["sha256"], seen)

    def test_renamed_session_has_its_token_under_the_new_name(self):
        self.sign_in()
        token = ctl(sandbox, "token", "prod").stdout
        reader.press(MAIN, "More")
        wait_until(lambda: "Rename…" in reader.hear(lambda: reader.key("Down")), "the menu")
        reader.key("Return")
        reader.enter("Rename session", "Name", "prod-eu")
        reader.press("Rename session", "Rename")
        wait_until(lambda: ctl(sandbox, "token", "prod-eu").stdout == token, "the new name")
        self.assertEqual(ctl(sandbox, "token", "prod").returncode, NO_SESSION)
        reader.wait_for_words(MAIN, "prod-eu")

    def test_doctor_says_the_same_as_latchkeyctl(self):
        self.sign_in()
        self.appliance.tell("/outage", on=True)
        found, _ = doctor(sandbox)
        problem = found["sessions"][0]["problem"]
        self.assertIn("cannot be reached", problem)
        reader.press(MAIN, "More")
        wait_until(lambda: "Doctor…" in reader.hear(lambda: reader.key("Down")), "the menu")
        reader.key("Return")
        reader.wait_for_words(DOCTOR, "One problem was found")
        reader.wait_for(DOCTOR, "Findings", "list")
        self.assertIn(f"prod\n{problem}", reader.words(DOCTOR).replace("\u200b", ""))
        self.appliance.tell("/outage", on=False)
        reader.press(DOCTOR, "Check again")
        reader.wait_for_words(DOCTOR, "No problem was found")
        reader.key("Escape")
        reader.wait_until_closed(DOCTOR)

    def test_report_is_written_where_a_person_says(self):
        self.sign_in()
        reader.window(MAIN)
        reader.key("alt+l")
        wait_until(lambda: "Report a problem…" in reader.hear(lambda: reader.key("Down")), "the menu")
        reader.key("Return")
        reader.press(REPORT, "Save report…")
        path = os.path.join(sandbox.folder, "report-of-a-person.json")
        reader.window("Save report")
        reader.key("ctrl+a")
        reader.type(path)
        reader.key("Return")
        reader.wait_for_words(REPORT, f"Written to {path}")
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["sessions"][0]["name"], "prod")
        self.assertEqual(report["doctor"]["sessions"][0]["problem"], None)
        reader.key("Escape")
        reader.wait_until_closed(REPORT)

    def test_sign_out_asks_the_appliance_to_end_the_session(self):
        self.sign_in()
        token = ctl(sandbox, "token", "prod").stdout.strip()
        reader.press(MAIN, "More")
        wait_until(lambda: "Sign out" in reader.hear(lambda: reader.key("Down")), "the menu")
        reader.key("Return")
        reader.press_wherever("Sign out")
        wait_for_state(sandbox, "prod", "signed-out")
        wait_until(lambda: not self.appliance.accepts(token), "the appliance to hear of it")


class Kinds(Case):
    """From an empty sign-in window to the panel; a person types the address and no kind."""

    def be(self, kind, *options):
        end(self.appliance.process)
        self.appliance = Appliance(sandbox, "--kind", kind, *options)

    def type_address(self):
        """The certificate is asked about at once, before anything else can be typed."""
        reader.press(MAIN, "Sign in")
        reader.enter(SIGN_IN, "Appliance", self.appliance.url)
        reader.key("Tab")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self.assertIsNone(reader.find(reader.window(SIGN_IN), "Password"))
        reader.press(SIGN_IN, "Trust this appliance")

    def fill_in_the_rest(self, user):
        reader.press(SIGN_IN, "More")
        for label, text in (("User name", user), ("Password", PASSWORD), ("Name", "prod")):
            reader.fill(SIGN_IN, label, text)

    def test_google_cloud_with_a_code(self):
        self.be("gcp")
        name = "Veeam Backup for Google Cloud"
        self.type_address()
        reader.wait_for_words(SIGN_IN, name)
        self.fill_in_the_rest("alenka")
        reader.wait_for_option(SIGN_IN, "Kind", name)
        reader.press(SIGN_IN, "Sign in")
        reader.fill(SIGN_IN, "Verification code", self.appliance.code())
        self.read_the_first_steps()
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")
        self.assertEqual(reader.value(MAIN, "Kind"), name)
        self.assertEqual(reader.value(MAIN, "Second factor"), "Used")
        statuses = [request["status"] for request in self.appliance.requests()
                    if PASSWORD in request["form"].values()]
        self.assertEqual(statuses, [202])

    def test_backup_and_replication_after_its_hint(self):
        self.be("vbr")
        name = "Veeam Backup & Replication"
        self.type_address()
        reader.wait_for_words(SIGN_IN, name)
        reader.wait_for_words(SIGN_IN, "service account")
        self.fill_in_the_rest("operator")
        reader.wait_for_option(SIGN_IN, "Kind", name)
        reader.press(SIGN_IN, "Sign in")
        self.read_the_first_steps()
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")
        self.assertEqual(reader.value(MAIN, "Kind"), name)


class FirstStart(Case):
    def test_tells_how_to_go_on(self):
        self.fill_in()
        reader.press(SIGN_IN, "Sign in")
        reader.press(SIGN_IN, "Trust this appliance")
        self.assertEqual(reader.value(SIGN_IN, "Command for scripts"), "latchkeyctl token prod")
        reader.press(SIGN_IN, "Copy")
        wait_until(lambda: self.pasted() == "latchkeyctl token prod", "the clipboard")
        entry = os.path.join(sandbox.env["XDG_CONFIG_HOME"], "autostart",
                             "io.github.latchkey.Latchkey.desktop")
        for is_there in (True, False):
            reader.press(SIGN_IN, "Start Latchkey when I sign in to this computer")
            wait_until(lambda: os.path.exists(entry) == is_there, "the entry")  # noqa: B023
        self.read_the_first_steps()
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")

    @staticmethod
    def pasted():
        return sandbox.run("xclip", "-selection", "clipboard", "-o").stdout


class German(Case):
    """The windows, while programs are told in English as ever."""

    def start_anew(self, **env):
        end(self.process)
        self.start(**env)

    def test_of_a_session_that_ended(self):
        self.sign_in()
        self.start_anew(LANGUAGE="de", LC_ALL="de_DE.UTF-8")
        self.addCleanup(self.start_anew)
        wait_for_state(sandbox, "prod", "active")
        self.appliance.revoke("operator")

        english = "The appliance ended the session. Sign in again."
        refused = ctl(sandbox, "refresh", "prod")
        self.assertEqual((refused.returncode, refused.stderr),
                         (SIGN_IN_NEEDED, f"latchkeyctl: {english}\n"))
        session = show(sandbox, "prod")
        self.assertEqual(session["reason"]["text"], english)
        self.assertEqual(session["history"][-1]["reason"]["text"], english)
        found, _ = doctor(sandbox)
        self.assertEqual(found["sessions"][0]["problem"], english)
        reader.wait_for_words(MAIN, "Die Appliance hat die Sitzung beendet")
        reader.wait_for(MAIN, "Erhalten Token ohne Rückfrage", "combo box")


class Request:
    """A request to a gateway that waits for its answer in the background."""

    def __init__(self, url):
        self._url, self._status = url, None
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def _ask(self):
        try:
            with urllib.request.urlopen(self._url, timeout=60) as answer:
                self._status = answer.status
        except urllib.error.HTTPError as refusal:
            self._status = refusal.code

    def status(self):
        self._thread.join(60)
        return self._status


class Programs(Case):
    """A shell script asks for a token while the person is using another window."""

    def setUp(self):
        super().setUp()
        self.sign_in()

    def be_elsewhere(self):
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        self.addCleanup(end, sandbox.start("xev", stdout=subprocess.DEVNULL))
        wait_until(lambda: self.active() == ELSEWHERE, "the other window")

    def active(self):
        return sandbox.run("xdotool", "getactivewindow", "getwindowname").stdout.strip()

    def ask(self):
        script = f"{os.path.join(bin_folder(), 'latchkeyctl')} token prod --deadline 60; exit $?"
        asking = sandbox.start("/bin/sh", "-c", script, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(end, asking)
        reader.window(ASKING)
        return asking

    def bring_back(self):
        """By a second start. The window takes no keys before it is clicked, as a person may still
        be typing for another one."""
        sandbox.run(os.path.join(bin_folder(), "latchkey")).check_returncode()
        wait_until(lambda: self.active() == MAIN, "the main window to be in front")
        sandbox.click_active()

    def rows(self):
        self.bring_back()
        reader.key("alt+l")
        reader.key("t")
        reader.window(LEDGER)
        return reader.words(LEDGER)

    def test_policy_is_chosen_in_the_panel(self):
        for option, word in (("Ask me", "ask"), ("Never", "never"),
                             ("Get tokens without asking", "allow")):
            reader.choose(MAIN, "Programs", option, "alt+p")
            wait_until(lambda: ctl(sandbox, "policy", "prod").stdout.strip() == word, option)

    def test_a_person_is_asked_without_being_disturbed(self):
        reader.choose(MAIN, "Programs", "Ask me", "alt+p")
        self.be_elsewhere()
        asking = self.ask()
        self.assertEqual(self.active(), ELSEWHERE)
        interpreter = os.path.realpath("/bin/sh")
        reader.wait_for_words(ASKING, f"{os.path.basename(interpreter)}, started by {PYTHON}, "
                                      "through latchkeyctl, wants a token of prod: operator")
        self.assertEqual(reader.value(ASKING, "Program"), interpreter)
        reader.key("Return", "space")
        reader.press(ASKING, "Allow")
        token = asking.stdout.read().decode().strip()
        self.assertTrue(self.appliance.accepts(token))
        reader.wait_until_closed(ASKING)

        self.assertEqual(self.ask_and_deny(), DENIED)
        words = self.rows()
        for text in (f"{os.path.basename(interpreter)}, through latchkeyctl", "Given",
                     "Refused: not allowed"):
            self.assertIn(text, words)

    def script(self, name, *command):
        path = os.path.join(sandbox.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{os.path.join(bin_folder(), 'latchkeyctl')} {' '.join(command)}\nexit $?\n")
        return path

    def started(self, *command):
        process = sandbox.start(*command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, start_new_session=True)
        self.addCleanup(end_group, process)  # a shell leaves the gateway behind
        return process

    def test_each_is_named_as_a_person_would(self):
        reader.choose(MAIN, "Programs", "Ask me", "alt+p")
        self.be_elsewhere()
        shell = os.path.basename(os.path.realpath("/bin/sh"))
        token = ("token", "prod", "--deadline", "60")
        backup = self.script("backup.sh", *token)
        cron = shutil.copy(os.path.realpath("/usr/bin/timeout"),
                           os.path.join(sandbox.folder, "cron"))
        ctl_path = os.path.join(bin_folder(), "latchkeyctl")
        script = f"“backup.sh” (as it says), run by {shell}"
        for who, command in (
                (f"{script}, started by {PYTHON}", ("/bin/sh", backup)),
                (f"timeout, started by {PYTHON}", ("/usr/bin/timeout", "60", ctl_path, *token)),
                (f"{script}, started by cron", (cron, "60", "/bin/sh", backup))):
            with self.subTest(who):
                asking = self.started(*command)
                reader.wait_for_words(
                    ASKING, f"{who}, through latchkeyctl, wants a token of prod: operator")
                if shell in who:
                    self.assertEqual(reader.value(ASKING, "Script"), backup)
                    reader.wait_for_words(ASKING, "Only the program itself says this")
                reader.press(ASKING, "Allow")
                self.assertEqual(asking.wait(30), 0)
                reader.wait_until_closed(ASKING)

    def test_a_revoked_gateway_asks_again_at_once(self):
        reader.choose(MAIN, "Programs", "Ask me", "alt+p")
        self.be_elsewhere()
        gateway = self.started("/bin/sh", self.script("tunnel.sh", "gateway", "prod", "--json"))
        told = b""
        while b"}" not in told:
            told += gateway.stdout.readline()
        told = json.loads(told)
        shell = os.path.basename(os.path.realpath("/bin/sh"))
        who = (f"“tunnel.sh” (as it says), run by {shell}, started by {PYTHON}, "
               "through the gateway, wants a token")

        first = self.asked(told["url"])
        reader.wait_for_words(ASKING, who)
        reader.press(ASKING, "Always")
        reader.press(ASKING, "Allow")
        self.assertEqual(first.status(), 200)
        self.assertEqual(self.asked(told["url"]).status(), 200)  # nobody is asked

        self.bring_back()
        reader.key("alt+l", "e")
        reader.window(SETTINGS)
        reader.key("alt+m")
        reader.wait_for_words(SETTINGS, f"{shell} and all its scripts, through the gateway")
        reader.press(SETTINGS, "Revoke")
        reader.wait_for_words(SETTINGS, "No program is allowed for longer than once")
        for window in (SETTINGS, MAIN):
            reader.close(window)
            reader.wait_until_closed(window)
        again = self.asked(told["url"])
        reader.wait_for_words(ASKING, who)
        reader.press(ASKING, "Deny")
        self.assertEqual(again.status(), 403)

    @staticmethod
    def asked(url):
        return Request(f"{url}api/v8.1/system/about")

    def test_a_blocked_program_is_refused_and_counted(self):
        backup = self.script("backup.sh", "token", "prod")
        self.be_elsewhere()
        self.assertEqual(self.started("/bin/sh", backup).wait(30), 0)
        self.assertIn("“backup.sh” (as it says), run by", self.rows())
        wait_until(lambda: self.active() == LEDGER, "the list to be in front")
        reader.type("backup.sh")  # into the filter, as there are others' rows as well
        reader.wait_for_value(LEDGER, "Filter", lambda text: text == "backup.sh")
        reader.key("Tab", "Tab", "Down")
        reader.press(LEDGER, "Block this program")
        reader.wait_for_words(LEDGER, "all its scripts get no tokens until you unblock it")
        for _ in range(2):
            self.assertEqual(self.started("/bin/sh", backup).wait(30), DENIED)
        reader.wait_for_words(LEDGER, "Refused: blocked by you (2 times)")
        interpreter = os.path.realpath("/bin/sh")
        refused = ctl(sandbox, "programs", "--unblock", interpreter)
        self.assertEqual(refused.returncode, DENIED)
        reader.press(LEDGER, "Unblock this program")
        wait_until(lambda: interpreter not in ctl(sandbox, "programs").stdout, "the unblocking")
        self.assertEqual(self.started("/bin/sh", backup).wait(30), 0)
        reader.close(LEDGER)

    def test_a_person_confirms_what_ends_a_session_or_moves_its_name(self):
        def answer(button, *arguments, exits, stdin=""):
            through = SHELL if button == "Deny" else ()  # a no holds for a minute
            told = answered(sandbox, reader, button, *arguments, stdin=stdin, through=through)
            self.assertEqual(told.returncode, exits, told.stderr)

        reader.choose(MAIN, "Programs", "Never", "alt+p")
        wait_until(lambda: ctl(sandbox, "policy", "prod").stdout.strip() == "never", "the policy")
        sign_out, forget = ("sign-out", "prod"), ("sign-out", "prod", "--forget")
        for command in (sign_out, forget):
            answer("Deny", *command, exits=DENIED)
            again = sandbox.run(*SHELL, os.path.join(bin_folder(), "latchkeyctl"), *command)
            self.assertEqual(again.returncode, DENIED)
            self.assertIn("You did not allow", again.stderr)
        self.assertEqual(ctl(sandbox, *sign_out, "--deadline", "1").returncode, DENIED)
        self.assertEqual(show(sandbox, "prod")["state"], "active")

        answer("Remove", *forget, exits=0)
        other = Appliance(sandbox)
        self.addCleanup(end, other.process)
        elsewhere = ("sign-in", "prod", "--kind", "azure", "--server", other.url, "--user",
                     "operator", "--trust", other.fingerprint, "--password-stdin")
        answer("Deny", *elsewhere, exits=DENIED, stdin=PASSWORD)
        self.assertEqual(other.requests(), [])
        self.assertEqual(ctl(sandbox, "show", "prod").returncode, NO_SESSION)
        back = ctl(sandbox, "sign-in", "prod", "--kind", "azure", "--server", self.appliance.url,
                   "--user", "operator", "--password-stdin", stdin=PASSWORD)
        self.assertEqual(back.returncode, 0, back.stderr)
        self.assertEqual(show(sandbox, "prod")["policy"], "never")

        seen = self.appliance.tell("/new-certificate")["sha256"]
        self.assertEqual(ctl(sandbox, "refresh", "prod").returncode, TRUST_NEEDED)
        answer("Deny", "trust", "prod", seen, exits=DENIED)
        self.assertEqual(show(sandbox, "prod")["pin"], self.appliance.fingerprint)
        answer("Trust this certificate", "trust", "prod", seen, exits=0)
        self.assertEqual(show(sandbox, "prod")["pin"], seen)

    def test_programs_renew_only_so_often(self):
        exits = [ctl(sandbox, "refresh", "prod").returncode for _ in range(20)]
        self.assertEqual(exits[:10], [0] * 10)
        self.assertIn(FAILED, exits)
        self.assertTrue(self.appliance.accepts(ctl(sandbox, "token", "prod").stdout.strip()))

    def ask_and_deny(self):
        asking = self.ask()
        reader.press(ASKING, "Deny")
        return asking.wait(30)


class BadInput(Case):
    def told_at(self, field, words):
        wait_until(lambda: words in reader.description(SIGN_IN, field), f'"{words}" at "{field}"')

    def test_each_field_says_what_it_wants(self):
        reader.press(MAIN, "Sign in")
        reader.press(SIGN_IN, "Sign in")
        self.told_at("Appliance", "Enter the appliance's address")
        self.assertEqual(reader.description(SIGN_IN, "User name"), "")
        wait_until(lambda: reader.focused() == "Appliance", "the first wrong field to have the keyboard")
        reader.fill(SIGN_IN, "Appliance", "https://")
        reader.press(SIGN_IN, "Sign in")
        self.told_at("Appliance", "not the address of an appliance")
        reader.fill(SIGN_IN, "Appliance", "http://192.0.2.1")
        reader.press(SIGN_IN, "Sign in")
        self.told_at("Appliance", "Passwords are not sent over http")
        reader.press(SIGN_IN, "Cancel")

    def test_code_must_be_6_or_8_digits(self):
        self.fill_in(user="alenka")
        reader.press(SIGN_IN, "Sign in")
        reader.press(SIGN_IN, "Trust this appliance")
        for code in ("", "12345", "1234567", "abcdef"):
            reader.fill(SIGN_IN, "Verification code", code)
            reader.press(SIGN_IN, "Verify")
            self.told_at("Verification code", "6 digits")
        self.assertEqual(len(self.appliance.grants()), 1)
        reader.press(SIGN_IN, "Cancel")

    def test_refused_password_is_a_sentence_and_what_was_typed_stays(self):
        self.fill_in(password="wrong")
        reader.press(SIGN_IN, "Sign in")
        reader.press(SIGN_IN, "Trust this appliance")
        reader.wait_for_words(SIGN_IN, "refused the user name or the password")
        words = reader.words(SIGN_IN).replace(self.appliance.url, "")  # its port may be 40159
        self.assertNotIn("401", words)
        self.assertNotIn("{", words)
        self.assertEqual(reader.value(SIGN_IN, "User name"), "operator")
        reader.fill(SIGN_IN, "Password", PASSWORD)
        reader.press(SIGN_IN, "Sign in")
        self.read_the_first_steps()

    def test_untrusted_certificate_sends_nothing_when_declined(self):
        self.fill_in()
        reader.press(SIGN_IN, "Sign in")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        reader.press(SIGN_IN, "Cancel")
        reader.wait_until_closed(SIGN_IN)
        self.assertEqual(self.appliance.grants(), [])


class Keyboard(Case):
    def test_signs_in_without_a_mouse(self):
        reader.window(MAIN)
        reader.key("Return")
        reader.window(SIGN_IN)
        wait_until(lambda: reader.focused() == "Appliance", "the first field to have the keyboard")
        reader.type(self.appliance.url)
        reader.key("Tab")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        reader.key("Return")
        self.tab_to("Cancel")
        reader.key("Return")
        wait_until(lambda: reader.focused() == "Appliance", "the address to have the keyboard")
        self.tab_to("User name")
        reader.type("operator")
        self.tab_to("Password")
        reader.type(PASSWORD)
        self.tab_to("More")
        reader.key("space")
        self.tab_to("Name")
        reader.key("ctrl+a")
        reader.type("prod")
        reader.key("Return")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        reader.key("Return")
        wait_until(lambda: ctl(sandbox, "show", "prod").returncode == 4,
                   "the attempt to be dropped")
        self.assertEqual(self.appliance.grants(), [], "Enter alone trusted a certificate")

    def tab_to(self, name):
        for _ in range(10):
            before = reader.focused()
            if before == name:
                return
            reader.key("Tab")
            wait_until(lambda: reader.focused() != before, "the keyboard to go on")  # noqa: B023
        self.fail(f'Tab does not lead to "{name}"')


class Tray(Case):
    def icon(self):
        return wait_until(lambda: sandbox.tray_icon(), "the tray icon")

    def open_menu(self):
        sandbox.click(*self.icon(), button=3)

    def test_closing_hides_into_the_tray_and_a_second_start_brings_it_back(self):
        reader.window(MAIN)
        self.icon()
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        self.assertIsNone(self.process.poll())
        second = sandbox.run(os.path.join(bin_folder(), "latchkey"))
        self.assertEqual(second.returncode, 0, second.stderr)
        reader.window(MAIN)

    def test_second_start_with_another_run_time_folder_raises_the_same_window(self):
        reader.window(MAIN)
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        other = os.path.join(sandbox.folder, "other-run")
        os.makedirs(other, mode=0o700, exist_ok=True)
        second = sandbox.run("env", f"XDG_RUNTIME_DIR={other}",
                             os.path.join(bin_folder(), "latchkey"))
        self.assertEqual(second.returncode, 0, second.stderr)
        reader.window(MAIN)

    def test_program_with_process_numbers_of_its_own_opens_no_window(self):
        """What is typed in its own window at that moment could press a button in ours."""
        reader.window(MAIN)
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        answer = sandbox.run("unshare", *user, "--pid", "--fork", "/usr/bin/python3", "-c", RAISE,
                             os.path.join(sandbox.env["XDG_RUNTIME_DIR"], "latchkey",
                                          "agent.sock"))
        self.assertIn("container or sandbox", answer.stdout, answer.stderr)
        reader.wait_until_closed(MAIN)

    def test_icon_opens_the_window(self):
        reader.window(MAIN)
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        sandbox.click(*self.icon())
        reader.window(MAIN)

    def test_menu_has_sessions_and_what_else_there_is(self):
        self.sign_in()
        self.open_menu()
        heard = []
        for _ in range(7):
            heard += reader.hear(lambda: reader.key("Down"))
        items = list(dict.fromkeys(item for item in heard if item))
        self.assertTrue(items[0].startswith("prod"), items)
        self.assertIn("Signed in", items[0])
        self.assertRegex(items[0], r"\d+ min left")
        self.assertEqual(items[1:6], ["Sign in to another appliance…", "Tokens handed out…",
                                      "Settings…", "Open", "Quit"])
        reader.key("Escape")

    def test_quit_in_the_menu_ends_it(self):
        self.open_menu()
        reader.key("Up", "Return")
        self.assertEqual(self.process.wait(20), 0)

    def test_hidden_start_shows_no_window(self):
        end(self.process)
        self.start("--hidden")
        self.icon()
        self.assertNotIn(MAIN, reader.windows())

    def test_without_a_tray_closing_leaves_it_reachable(self):
        end(sandbox.tray)
        self.addCleanup(sandbox.start_tray)
        end(self.process)
        self.start()
        reader.window(MAIN)
        reader.close(MAIN)
        wait_until(lambda: sandbox.is_minimized(MAIN), "the window to be in the task list")
        self.assertIsNone(self.process.poll())


class SecondStart(Case):
    STOP = "Stop it and open Latchkey"

    def second(self, *options):
        """Runs another one, which is expected to end."""
        answer = sandbox.run(os.path.join(bin_folder(), "latchkey"), *options)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return answer.stderr

    def start_latchkeyd(self):
        end(self.process)
        daemon = sandbox.start(os.path.join(bin_folder(), "latchkeyd"))
        self.addCleanup(end, daemon)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")
        return daemon

    def start_another(self, sentence):
        """Starts another one, which asks about the first one."""
        with open(self.log_path, "ab") as log:
            self.process = sandbox.start(os.path.join(bin_folder(), "latchkey"), stderr=log)
        wait_until(lambda: any(sentence in reader.words(title) for title in reader.windows()),
                   f'a window that says "{sentence}"')

    def stop_and_open(self, sentence):
        self.start_another(sentence)
        self.answer_and_open(self.STOP)

    def answer_and_open(self, button):
        reader.press_wherever(button)
        reader.wait_for(MAIN, "Sign in", "push button", "button")
        self.assertIsNone(self.process.poll())

    def test_hidden_one_disturbs_nobody(self):
        reader.window(MAIN)
        reader.close(MAIN)
        reader.wait_until_closed(MAIN)
        self.assertIn("kept already by latchkey, ", self.second("--hidden"))
        self.assertNotIn(MAIN, reader.windows())
        daemon = self.start_latchkeyd()
        self.assertIn("kept already by latchkeyd, ", self.second("--hidden"))
        self.assertEqual(reader.windows(), {})
        self.assertIsNone(daemon.poll())

    def test_what_it_is_to_sign_in_to_is_passed_on(self):
        self.second("--server", self.appliance.url, "--user", "operator")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        reader.press(SIGN_IN, "Cancel")
        self.assertEqual(reader.value(SIGN_IN, "Appliance"), self.appliance.url)
        self.assertEqual(reader.value(SIGN_IN, "User name"), "operator")

    def test_beside_latchkeyd_it_offers_to_take_over(self):
        daemon = self.start_latchkeyd()
        self.stop_and_open("latchkeyd keeps your sessions.")
        self.assertEqual(daemon.wait(30), 0)

    def test_one_that_it_cannot_stop_is_stopped_by_the_person(self):
        daemon = self.start_latchkeyd()
        path = os.path.join(sandbox.env["XDG_DATA_HOME"], "latchkey", "owner.json")
        with open(path, "r+", encoding="utf-8") as file:  # in place, as the lock is on this file
            owner = json.load(file)
            file.seek(0)
            json.dump({**owner, "host": "elsewhere"}, file)
            file.truncate()
        self.start_another("Another program keeps your sessions already.")
        end(daemon)
        self.answer_and_open("Try again")

    def test_first_one_that_hangs_is_ended_if_a_person_says_so(self):
        first, worker = self.process, child_of(self.process.pid)
        os.kill(worker, signal.SIGSTOP)
        self.stop_and_open("Latchkey does not answer.")
        self.assertEqual(first.wait(30), -signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
