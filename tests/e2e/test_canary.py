# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""No secret ever leaves Latchkey. An appliance plants the secrets that it knows all over its
replies, the tests do everything that Latchkey can do, and everything that it says, shows, logs,
stores and hands out is searched for them. Where an access token is asked for, it is removed before
the search."""

import json
import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

from agent import Agent, Refused
from appliance import Appliance, bin_folder
from canaries import Canaries, exact_forms, folded_forms, form_count
from desktopsandbox import DesktopSandbox, end, wait_until
from dunst import Dunst
from keychain import Keychain
from programs import Daemon, answered, children_of, ctl, show, wait_for_state
from screenreader import ScreenReader
from vault import Vault

MAIN, SIGN_IN = "Latchkey", "Sign in"
USER, PASSWORD, WRONG_PASSWORD = "kanari", "Kräh p+a ss&w=ö%25 <9>", "Falsch q+b tt&x=ü%26 <8>"
CODES = [f"{number:08d}" for number in range(90807060, 90907060, 1111)]
WRONG_CODE = "70605040"
#: The encodings in which the demo appliance plants secrets.
WAYS = ("raw", "upper", "lower", "base64", "base64-1", "base64-2", "base64url", "percent", "form",
        "hex", "html", "entities", "json", "utf16", "utf16-base64")
SECRETS = ("password", "code", "ticket", "refresh", "access")
#: Headers that Qt reads or might read.
HEADERS = ("Date:", "Retry-After:", "Set-Cookie:", "Location:", "Server:", "WWW-Authenticate:",
           "Strict-Transport-Security:", "Alt-Svc:", "Content-Disposition:", "X-Whatever:")
PROBLEM = ("title", "detail", "message", "errors", "instance", "type", "traceId")
MEMBERS = ("roleName", "userType", "userId")

sandbox = reader = searched = None


def setUpModule():
    global sandbox, reader, searched
    # If anything allows a core file, it appears in the current folder.
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
    sandbox = DesktopSandbox(display=True)
    # This keyboard has all letters of the passwords. xdotool can add missing ones, but removes them
    # before a busy program has read them.
    sandbox.run("setxkbmap", "de").check_returncode()
    reader = ScreenReader(sandbox)
    os.chdir(sandbox.folder)
    searched = Searched()


def tearDownModule():
    os.chdir("/")
    sandbox.leave()
    print(searched.summary(), flush=True)


class Searched:
    """How much all tests have searched."""

    def __init__(self):
        self.secrets = self.places = self.bytes = self.found = 0

    def summary(self):
        return (f"canaries: {self.secrets} secrets x {form_count()} forms searched in "
                f"{self.places} places ({self.bytes} bytes), {self.found} found")


class Trap:
    """What came out of Latchkey, by place, and the secrets that must not be in it."""

    def __init__(self):
        self.canaries = Canaries()
        self._access_tokens = []
        self._places = {}
        for number, secret in enumerate((PASSWORD, WRONG_PASSWORD, WRONG_CODE, *CODES)):
            self.canaries.add("password" if number < 2 else "code", secret)

    def note(self, place, text, hands_out=None):
        """Records an output; a text that comes twice is searched once. After the bytes `hands_out`,
        an access token is allowed."""
        data = text.encode() if isinstance(text, str) else bytes(text)
        self._places.setdefault((place, hands_out), {})[data] = None

    def note_requests(self, requests):
        """Records every secret that was sent to the appliance."""
        names = {"password": "password", "mfa_code": "code", "mfa_token": "ticket",
                 "refresh_token": "refresh token"}
        for request in requests:
            for field, value in request["form"].items():
                if value and field.lower() in names:
                    self.note_token(names[field.lower()], value)
            bearer = request["headers"].get("authorization", "")
            if bearer.startswith("Bearer "):
                self.note_access_token(bearer.removeprefix("Bearer "))

    def note_token(self, name, token):
        self.canaries.add(name, token)
        if token.count(".") == 2:  # part of a token counts, too
            self.canaries.add("beginning of a token", token[:48])

    def note_access_token(self, token):
        self.note_token("access token", token)
        self._access_tokens.append(token.encode())

    def hits(self):
        found = []
        for (place, hands_out), texts in self._places.items():
            data = b"\n".join(texts)
            for token in self._access_tokens if hands_out is not None else ():
                data = data.replace(hands_out + token, b"")
            found += [f"{place}: {hit.secret}, {hit.form}, near "
                      f"{data[max(0, hit.offset - 60):hit.offset + 30]}"
                      for hit in self.canaries.search(data)]
            searched.places += len(texts)
            searched.bytes += len(data)
        searched.secrets += len(self.canaries)
        searched.found += len(found)
        return found


class Case(unittest.TestCase):
    def setUp(self):
        self.trap = Trap()
        self.appliance = self.start_appliance()
        self.addCleanup(end, self.appliance.process)
        sandbox.env["QT_LOGGING_RULES"] = "*=true"  # for Latchkey, not for the appliance
        self.addCleanup(sandbox.env.pop, "QT_LOGGING_RULES")

    def start_appliance(self):
        """With users of its own. Their file is full of secrets, so it is not in the sandbox's
        folder."""
        user = {"name": USER, "password": PASSWORD, "role": "PortalAdmin",
                "mfaSecret": "LATCHKEYDEMOSECRETALENKA2A", "scratchCodes": CODES}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as users:
            json.dump([user], users)
            users.flush()
            # Lenient, so that an unusable reply does not end the session.
            return Appliance(sandbox, "--users", users.name, "--set", "rotation=lenient")

    def plant(self, places, **switches):
        self.appliance.switch(plant=json.dumps(places) if places else "", **switches)

    def plant_everywhere(self, text, **switches):
        self.plant(dict.fromkeys(PROBLEM + MEMBERS + HEADERS + ("username", "redirectTo"), text),
                   **switches)

    def note_files(self):
        for folder, _, names in os.walk(sandbox.folder):
            for name in names:
                path = os.path.join(folder, name)
                self.trap.note(os.path.relpath(path, sandbox.folder), "name " + path)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        self.trap.note(os.path.relpath(path, sandbox.folder), file.read())

    def note_process(self, process):
        for pid in (process.pid, *children_of(process.pid)):
            for name in ("cmdline", "environ"):
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    self.trap.note(f"{name} of {process.args[0]}", file.read())

    def note_keychain(self):
        keychain = Keychain(sandbox)
        for description in keychain.descriptions():
            self.trap.note("what the keychain shows of an item", description)
        if key := keychain.secret("vault key"):
            self.trap.note_token("vault key", key.split(":")[1])
        keychain.close()
        for token in Vault(sandbox).refresh_tokens().values():
            self.trap.note_token("refresh token", token)

    def assert_nothing_leaked(self):
        self.trap.note_requests(self.appliance.requests())
        self.note_keychain()
        self.note_files()
        self.assertEqual(self.trap.hits(), [])


class Daemons(Case):
    """latchkeyd, latchkeyctl, and programs that use the agent's socket."""

    def setUp(self):
        super().setUp()
        self.daemon = Daemon(sandbox)
        self.addCleanup(lambda: self.daemon.end())
        self.agent = Agent(sandbox)
        self.addCleanup(lambda: self.agent.close())
        self.agent.call("agent.log", level="debug")
        self.codes = iter(CODES)

    def test_nothing_leaves(self):
        self.refuse_passwords()
        self.sign_in_with_codes()
        self.refresh_with_planted_members()
        self.refresh_with_planted_errors()
        self.meet_all_statuses()
        self.give_secrets_as_tokens()
        self.ask_about_certificates()
        self.talk_nonsense()
        self.use_every_command()
        self.crash()
        self.end_by_refusals()
        self.sign_out_and_forget()
        self.trap.note("agent", self.agent.heard, b'"accessToken":"')
        self.assert_nothing_leaked()

    # The steps

    def refuse_passwords(self):
        for way in WAYS:
            self.plant_everywhere(f"not {{password:{way}}}!")
            self.sign_in(WRONG_PASSWORD, refused="sign-in-needed")
        self.look()

    def sign_in_with_codes(self):
        wrong = [f"{{{secret}:{way}}}" for secret in ("code", "ticket", "password") for way in WAYS]
        while wrong:
            self.plant_everywhere("{password:hex}")
            self.sign_in(refused="code-needed")
            for text in wrong[:4]:  # a fifth would end the ticket
                self.plant_everywhere(f"not {text}!")
                self.refused("code-needed", "session.submitCode", name="prod", code=WRONG_CODE)
            self.look()
            wrong = wrong[4:]
        self.plant(dict(zip(MEMBERS, ("{password}", "{code}", "{ticket}"))))
        self.agent.call("session.submitCode", name="prod", code=next(self.codes))
        self.look()

    def refresh_with_planted_members(self):
        for way in WAYS:
            for group in (SECRETS[:3], SECRETS[3:] + SECRETS[:1]):
                self.plant({member: f"{{{secret}:{way}}}" for member, secret in zip(MEMBERS, group)}
                           | dict.fromkeys(("username", "redirectTo", "scope"), f"{{refresh:{way}}}")
                           | dict.fromkeys(HEADERS, f"{{{group[0]}:{way}}}"))
                self.agent.call("session.refresh", name="prod")
                self.look()

    def refresh_with_planted_errors(self):
        for way in WAYS:
            for secret in SECRETS:
                text = f"{{{secret}:{way}}}"
                self.plant(dict.fromkeys(PROBLEM, f"no {text}!") | dict.fromkeys(HEADERS, text),
                           fault="status:503")
                self.refused("unreachable", "session.refresh", name="prod")
            self.look()
        self.note_files()
        self.appliance.switch(fault="none")

    def meet_all_statuses(self):
        for status in (302, 400, 401, 403, 404, 407, 423, 429, 500, 502):
            for body in ("html", "json"):
                self.plant_everywhere("{refresh} {password:percent}", fault=f"status:{status}",
                                      faultBody=body)
                if body == "html" or status not in (400, 401):
                    self.refused("unreachable", "session.refresh", name="prod")
        self.plant({"Content-Type:": "{password:hex}"}, fault="status:401")
        self.refused("unreachable", "session.refresh", name="prod")
        for fault in ("redirect:https://x.test/{refresh}", "captivePortal", "truncate", "notHttp"):
            self.plant_everywhere("{refresh}", fault=fault)
            self.refused("unreachable", "session.refresh", name="prod")
        self.appliance.switch(fault="none")
        self.look()

    def give_secrets_as_tokens(self):
        """Plants secrets in place of the access token, its type and its life."""
        for text in ("{refresh}", "{password}", "{code}", "{ticket}"):
            for member in ("access_token", "token_type"):
                self.plant({member: text})
                self.refused("unreachable", "session.refresh", name="prod")
                self.look()
        self.plant({"expires_in": "{code}"})
        self.agent.call("session.refresh", name="prod")
        self.look()
        self.plant({})
        self.agent.call("session.refresh", name="prod")

    def ask_about_certificates(self):
        for way in WAYS:
            secret = SECRETS[WAYS.index(way) % len(SECRETS)]
            seen = self.appliance.tell("/new-certificate", name=f"{{{secret}:{way}}}")["sha256"]
            self.refused("trust-needed", "session.refresh", name="prod")
            self.agent.call("agent.doctor")
            self.look()
            self.agent.call("session.trust", name="prod", sha256=seen)

    def talk_nonsense(self):
        """Sends wrong methods, parameters and lines, with secrets where none belong."""
        account = {"server": self.appliance.url, "user": USER, "password": PASSWORD}
        for params in ({"password": [PASSWORD]}, {"password": {"a": PASSWORD}}, {"code": PASSWORD},
                       {"trust": PASSWORD}, {"shortLived": PASSWORD}, {"deadline": PASSWORD},
                       {"memoryOnly": WRONG_CODE}, {"kind": PASSWORD}, {"server": PASSWORD},
                       {"server": f"https://{USER}:{WRONG_CODE}@127.0.0.1/"}):
            self.refused("usage", "session.signIn", **{"name": "other", **account, **params})
        self.refused("failed", "session.nonsense", name="prod", password=PASSWORD)
        self.refused("usage", "session.submitCode", name="prod", code=PASSWORD)
        self.refused("usage", "session.token", name="prod", minValid=WRONG_CODE)
        self.refused("no-session", "session.token", name="none", password=PASSWORD)
        for line in (f'{{"jsonrpc":"2.0","id":1,"method":"session.signIn","params":"{PASSWORD}"}}\n',
                     f'{{"id":2,"password":"{PASSWORD}"\n', f'"{PASSWORD}"\n', f'["{PASSWORD}"]\n',
                     f'{{"jsonrpc":"2.0","id":["{PASSWORD}"],"method":"agent.info"}}\n',
                     f'{{"id":3,"params":{{"password":"{PASSWORD}', f'"{PASSWORD}' * 4000):
            self.trap.note("agent, to nonsense", self.say(line))

    def say(self, line):
        """Sends raw bytes on a new connection, and returns the reply."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
            raw.settimeout(10)
            raw.connect(os.path.join(sandbox.env["XDG_RUNTIME_DIR"], "latchkey", "agent.sock"))
            try:
                raw.sendall(line.encode())
                raw.shutdown(socket.SHUT_WR)
                return raw.recv(1 << 20)
            except OSError:
                return b""

    def use_every_command(self):
        self.plant_everywhere("{refresh:base64} {password}")
        watch = sandbox.start(os.path.join(bin_folder(), "latchkeyctl"), "watch",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        sign_in = ("sign-in", "two", "--kind", "azure", "--server", self.appliance.url, "--user",
                   USER, "--password-stdin", "--trust", self.fingerprint())
        self.ctl(*sign_in, stdin=WRONG_PASSWORD, exits=5)
        self.ctl(*sign_in, "--code", WRONG_CODE, stdin=PASSWORD, exits=9)
        self.ctl("code", "two", PASSWORD, exits=2)
        self.ctl("code", "two", next(self.codes))
        for command in (("list",), ("list", "--json"), ("show", "two"), ("show", "two", "--json"),
                        ("doctor",), ("doctor", "--json"), ("refresh", "two"), ("log",),
                        ("report", self.report_path())):
            self.ctl(*command)
        with open(self.report_path(), "rb") as report:
            self.trap.note("report", report.read())
        os.remove(self.report_path())
        self.ctl("token", "two", hands_out=b"")
        self.ctl("header", "two", hands_out=b"Authorization: Bearer ")
        self.ctl("exec", "two", "--", "env", hands_out=b"LATCHKEY_TOKEN=")
        for command in (("ledger",), ("ledger", "--json"), ("programs",), ("programs", "--json"),
                        ("programs", "--block", PASSWORD), ("trust", "two", PASSWORD),
                        ("sign-in", "x", "--password", PASSWORD), ("token", "two", "--deadline", "x")):
            self.ctl(*command, exits=None)
        self.note_process(self.daemon.process)
        self.note_process(watch)
        self.ctl("sign-out", "two")
        self.ctl("sign-out", "two", "--forget")
        watch.terminate()
        self.trap.note("watch", watch.communicate(timeout=20)[0])

    def crash(self):
        """Sends the signals that a fault in the program would raise. No core file may have a
        secret."""
        for raised in (signal.SIGABRT, signal.SIGSEGV):
            wait_until(lambda: show(sandbox, "prod")["persisted"], "the keychain")
            self.daemon.process.send_signal(raised)
            self.daemon.process.wait(60)
            self.trap.note("agent", self.agent.heard, b'"accessToken":"')
            self.note_files()
            self.agent.close()
            self.daemon.start()
            self.agent = Agent(sandbox)
            wait_for_state(sandbox, "prod", "active")

    def end_by_refusals(self):
        for way in ("raw", "base64-1", "json"):
            self.plant_everywhere(f"not {{refresh:{way}}}!", fault="status:401", faultBody="problem")
            self.refused("sign-in-needed", "session.refresh", name="prod")
            self.plant({}, fault="none")
            self.sign_in(refused="code-needed")
            self.agent.call("session.submitCode", name="prod", code=next(self.codes))
            self.look()

    def sign_out_and_forget(self):
        self.plant_everywhere("{access} {refresh:hex}", fault="status:500", faultGrant="logout")
        self.agent.call("session.signOut", name="prod")
        self.look()
        self.trap.note_requests(self.appliance.requests())
        self.note_files()
        self.agent.call("session.forget", name="prod")
        self.daemon.end()

    def test_no_report_with_a_token_in_the_log(self):
        """A person names a session after a part of another one's token, and then thinks better of
        it. The log still has the name, and the token is still good."""
        for name in ("prod", "two"):
            self.sign_in_whole(name)
        token = self.agent.call("session.token", name="prod")["accessToken"]
        self.ctl("report", self.report_path())
        os.remove(self.report_path())
        self.agent.call("session.rename", name="two", newName=token[-60:])
        self.agent.call("session.refresh", name=token[-60:])
        self.agent.call("session.rename", name=token[-60:], newName="two")
        with open(self.agent.call("agent.log")["file"], encoding="utf-8") as log:
            self.assertIn(token[-60:], log.read(), "the log lacks what this test is about")
        answer = ctl(sandbox, "report", self.report_path())
        self.assertEqual(answer.returncode, 1)
        self.assertIn("There is no report: a secret would have been in it", answer.stderr)
        self.assertFalse(os.path.exists(self.report_path()))
        self.agent.call("session.refresh", name="prod")  # the token that was told is no more in use
        self.ctl("report", self.report_path())
        os.remove(self.report_path())
        for name in ("prod", "two"):
            self.agent.call("session.forget", name=name)

    # What the steps are made of

    def report_path(self):
        return os.path.join(sandbox.folder, "report.json")

    def sign_in_whole(self, name):
        params = {"name": name, "server": self.appliance.url, "user": USER, "password": PASSWORD,
                  "kind": "azure", "trust": self.fingerprint()}
        with self.assertRaises(Refused):
            self.agent.call("session.signIn", **params)
        self.agent.call("session.submitCode", name=name, code=next(self.codes))

    def sign_in(self, password=PASSWORD, refused=None):
        self.refused(refused, "session.signIn", name="prod", server=self.appliance.url, user=USER,
                     password=password, trust=self.fingerprint())

    def fingerprint(self):
        return self.appliance.ask("/certificate")["sha256"]

    def refused(self, reason, method, **params):
        with self.assertRaises(Refused, msg=f"{method} {params}") as refusal:
            self.agent.call(method, **params)
        self.assertEqual(refusal.exception.reason, reason, f"{refusal.exception} {method}")

    def look(self):
        """Asks for everything that the agent tells about the session, and for its access token."""
        self.agent.call("session.get", name="prod")
        self.agent.call("session.list")
        try:
            token = self.agent.call("session.token", name="prod", orBest=True, deadline=0)
            self.trap.note_access_token(token["accessToken"])
        except Refused:
            pass

    def ctl(self, *arguments, stdin=None, exits=0, hands_out=None):
        answer = ctl(sandbox, *arguments, stdin=stdin)
        if exits is not None:
            self.assertEqual(answer.returncode, exits, f"{arguments[0]}: {answer.stderr}")
        self.trap.note(f"{arguments[0]}, stdout", answer.stdout, hands_out)
        self.trap.note(f"{arguments[0]}, stderr", answer.stderr)


class Windows(Case):
    """latchkey, read through AT-SPI, and its notices, which a file of the sandbox keeps."""

    def setUp(self):
        super().setUp()
        self.dunst = Dunst(sandbox)
        self.addCleanup(self.dunst.end)
        self.log_path = os.path.join(sandbox.folder, "latchkey.log")
        sandbox.forget_accounts()  # so that this is a first start
        with open(self.log_path, "ab") as log:
            self.process = sandbox.start(os.path.join(bin_folder(), "latchkey"), stderr=log)
        self.addCleanup(end, self.process)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "the agent")
        ctl(sandbox, "log", "debug").check_returncode()
        reader.overhear()

    def test_nothing_is_shown(self):
        self.be_refused()
        self.enter_codes()
        self.read_the_panel()
        self.copy_the_token()
        self.meet_another_certificate()
        self.be_signed_out()
        self.note_overheard()
        self.note_process(self.process)
        answered(sandbox, reader, "Remove", "sign-out", "prod", "--forget").check_returncode()
        end(self.process)
        self.assert_nothing_leaked()

    def be_refused(self):
        reader.press(MAIN, "Sign in")
        self.plant_everywhere("not {password}!")
        reader.enter(SIGN_IN, "Appliance", self.appliance.url)
        reader.key("Tab")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self.read()
        reader.press(SIGN_IN, "Trust this appliance")
        reader.press(SIGN_IN, "More")
        for label, text in (("User name", USER), ("Name", "prod"), ("Password", WRONG_PASSWORD)):
            reader.enter(SIGN_IN, label, text)
        reader.press(SIGN_IN, "Show password")
        self.read()
        reader.press(SIGN_IN, "Sign in")
        reader.wait_for_words(SIGN_IN, "refused the user name or the password")
        self.read()
        reader.fill(SIGN_IN, "Password", "")
        reader.paste_selected(SIGN_IN, "Password", PASSWORD)
        reader.press(SIGN_IN, "Sign in")

    def enter_codes(self):
        self.plant_everywhere("not {code:base64} nor {ticket}!")
        reader.press(SIGN_IN, "I use a scratch code, which has 8 digits")
        reader.enter(SIGN_IN, "Verification code", WRONG_CODE[:-1])
        self.read()
        reader.type(WRONG_CODE[-1])
        reader.wait_for_words(SIGN_IN, "refused the code")
        self.read()
        self.plant(dict(zip(MEMBERS, ("{password}", "{code:hex}", "{ticket}")))
                   | {"username": "{password:base64}"})
        reader.enter(SIGN_IN, "Verification code", CODES[0][:-1])
        reader.type(CODES[0][-1])
        reader.wait_for(SIGN_IN, "Done", "push button", "button")
        self.read()
        reader.press(SIGN_IN, "Done")
        reader.wait_until_closed(SIGN_IN)
        for section in ("Connection", "Details"):
            reader.unfold(MAIN, section)
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")
        self.read()

    def read_the_panel(self):
        for way in WAYS[::3]:
            self.plant({"detail": f"{{refresh:{way}}}"}, fault="status:503")
            reader.press(MAIN, "Refresh now")
            wait_until(lambda: show(sandbox, "prod")["state"] == "waiting", "the refusal")
            self.read()
            self.plant(dict.fromkeys(MEMBERS + ("username",), f"{{refresh:{way}}}"), fault="none")
            reader.press(MAIN, "Refresh now")
            wait_for_state(sandbox, "prod", "active")
            self.read()

    def copy_the_token(self):
        self.trap.note_access_token(ctl(sandbox, "token", "prod").stdout.strip())
        reader.press(MAIN, "Copy token")
        copied = wait_until(lambda: sandbox.run("xclip", "-selection", "clipboard", "-o").stdout,
                            "the clipboard")
        self.assertTrue(self.appliance.accepts(copied))
        self.trap.note("clipboard", copied, hands_out=b"")
        self.read()

    def meet_another_certificate(self):
        self.appliance.tell("/new-certificate", name="{refresh} {password:hex}")
        reader.press(MAIN, "Refresh now")
        wait_for_state(sandbox, "prod", "trust-needed")
        reader.press(MAIN, "Look at certificate")
        reader.wait_for(SIGN_IN, "Trust this appliance", "push button", "button")
        self.read()
        answer = answered(sandbox, reader, "Trust this certificate", "trust", "prod",
                          self.appliance.ask("/certificate")["sha256"])
        self.assertEqual(answer.returncode, 0, answer.stderr)
        wait_for_state(sandbox, "prod", "active")

    def be_signed_out(self):
        self.plant_everywhere("not {refresh}!", fault="status:401")
        reader.press(MAIN, "Refresh now")
        wait_for_state(sandbox, "prod", "signed-out")
        self.dunst.wait_for("prod: Ended by the appliance")
        self.read()

    def note_overheard(self):
        """Records what assistive tools were told during all this typing."""
        overheard = reader.overheard()
        for kind in ("object:text-changed:insert", "key"):
            self.assertIn(USER, overheard[kind], "the bus is not heard")
        for kind, text in overheard.items():
            self.trap.note(f"accessibility bus, {kind}", text)

    def read(self):
        """Reads every text in every window, and what programs are told at that time."""
        for title in reader.windows():
            self.trap.note(f'window "{title}"', title + "\n" + reader.words(title))
        self.trap.note("show", ctl(sandbox, "show", "prod", "--json").stdout)


class SelfCheck(unittest.TestCase):
    """The search itself works: it finds each form of each secret in a file."""

    def test_each_form_is_found(self):
        canaries = Canaries()
        secrets = {"password": PASSWORD, "code": WRONG_CODE, "token": "eyJh.b-_" * 40}
        for name, secret in secrets.items():
            canaries.add(name, secret)
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        for name, secret in secrets.items():
            for form, needle in (*folded_forms(secret), *exact_forms(secret)):
                with self.subTest(name=name, form=form):
                    path = os.path.join(folder, "scratch")
                    with open(path, "wb") as file:
                        file.write(os.urandom(1000) + needle + os.urandom(1000))
                    with open(path, "rb") as file:
                        self.assertIn(name, {hit.secret for hit in canaries.search(file.read())})

    def test_what_is_none_is_not_found(self):
        canaries = Canaries()
        canaries.add("password", PASSWORD)
        canaries.add("code", WRONG_CODE)
        said = f"{PASSWORD[:-1]} {WRONG_CODE[1:]} Kräh p a ss w".encode() + os.urandom(100000)
        self.assertEqual(canaries.search(said), [])

    def test_each_way_of_the_appliance_is_found(self):
        """A form that the appliance can plant but the search cannot find would hide a leak."""
        with DesktopSandbox(keychain=False) as scratch:
            appliance = Appliance(scratch)
            for way in WAYS:
                appliance.tell("/switches", plant=json.dumps({"detail": f"{{password:{way}}}"}))
                with self.subTest(way=way):
                    self.assertIn("password", {hit.secret for hit in self.refused(appliance)})

    def refused(self, appliance):
        canaries = Canaries()
        canaries.add("password", WRONG_PASSWORD)
        form = urllib.parse.urlencode({"username": "operator", "password": WRONG_PASSWORD})
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(appliance.url + "/api/oauth2/token", form.encode(), 30,
                                   context=ssl._create_unverified_context())
        with refusal.exception as answer:
            return canaries.search(answer.read())


if __name__ == "__main__":
    unittest.main()
