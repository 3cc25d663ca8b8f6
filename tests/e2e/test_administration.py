# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""An administrator decides in /etc/latchkey/policy.json. latchkeyd, latchkeyctl and the windows
obey, show what is decided, and tell when the policy is wrong."""

import json
import os
import shutil
import unittest

import ownetc
from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import end, wait_until
from programs import Daemon, ctl, doctor, show
from proxy import Proxy
from screenreader import desktop_with_reader
from screensaver import ScreenSaver

MAIN, SETTINGS, SIGN_IN = "Latchkey", "Settings", "Sign in"
HOST = "backup.example"
DENIED = 7

sandbox = reader = None


def setUpModule():
    global sandbox, reader
    ownetc.enter()
    with open("/etc/hosts", "a", encoding="ascii") as hosts:
        hosts.write(f"127.0.0.1 {HOST} other.example\n")
    sandbox, reader = desktop_with_reader(keychain=False)


def told():
    return json.loads(ctl(sandbox, "settings", "--json").stdout)


class Case(unittest.TestCase):
    def setUp(self):
        ownetc.lift()
        for home in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            shutil.rmtree(os.path.join(sandbox.env[home], "latchkey"), ignore_errors=True)
        self.appliance = Appliance(sandbox)
        self.addCleanup(end, self.appliance.process)
        self.port = self.appliance.url.rpartition(":")[2]

    def server(self, host=HOST):
        return f"https://{host}:{self.port}"

    def sign_in(self, name="prod", host=HOST, exits=0):
        answer = ctl(sandbox, "sign-in", name, "--kind", "azure", "--server", self.server(host),
                     "--user", "operator", "--password-stdin", "--trust",
                     self.appliance.fingerprint, stdin=PASSWORD)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer.stderr

    def preset(self, **more):
        return {"name": "prod", "server": self.server(), "kind": "azure", "user": "operator",
                "pin": self.appliance.fingerprint, **more}


class Programs(Case):
    def start(self, policy, *options):
        ownetc.decree(policy)
        self.daemon = Daemon(sandbox, "--memory-only", *options)
        self.addCleanup(self.daemon.end)

    def token(self):
        return ctl(sandbox, "token", "prod")

    def test_what_is_fixed_is_told(self):
        fixed = {"autostart": True, "language": "de", "appearance": "dark", "trayIcon": "symbol",
                 "lock": True, "clipboardSeconds": 20, "newSessions": "ask",
                 "proxy": {"use": "none"}}
        self.start({"settings": fixed})
        self.assertEqual({name: setting["value"] for name, setting in told()["settings"].items()
                          if setting["fixed"]}, fixed)
        self.assertIn("set by your administrator", ctl(sandbox, "settings").stdout)

    def test_lock_is_not_lifted_by_an_option(self):
        self.start({"settings": {"lock": True}}, "--no-lock")
        self.assertIn("--no-lock changes nothing: your administrator", self.daemon.log())
        self.sign_in()
        saver = ScreenSaver(sandbox, "active")
        self.addCleanup(saver.leave)
        wait_until(lambda: self.token().returncode == DENIED, "the lock")
        ownetc.decree({"settings": {"lock": False}})
        wait_until(lambda: self.token().returncode == 0, "the policy")

    def test_new_sessions_have_the_policy_that_is_set(self):
        self.start({"settings": {"newSessions": "never"}})
        self.sign_in()
        self.assertEqual(show(sandbox, "prod")["policy"], "never")
        self.assertEqual(self.token().returncode, DENIED)

    def test_proxy_that_is_set_is_the_way(self):
        proxy = Proxy()
        self.addCleanup(proxy.close)
        self.start({"settings": {"proxy": {"use": "own", "host": "127.0.0.1",
                                           "port": proxy.port}}})
        self.sign_in()
        self.assertEqual(set(proxy.asked), {f"{HOST}:{self.port}"})
        ownetc.decree({"settings": {"proxy": {"use": "none"}}})
        wait_until(lambda: told()["settings"]["proxy"]["value"] == {"use": "none"}, "the policy")
        proxy.asked.clear()
        self.assertEqual(ctl(sandbox, "refresh", "prod").returncode, 0)
        self.assertEqual(proxy.asked, [])

    def test_sign_in_elsewhere_is_refused_and_so_are_tokens_of_before(self):
        self.start({"appliances": ["*.example"], "kinds": ["azure"]})
        self.sign_in()
        ownetc.decree({"appliances": ["other.example"]})
        wait_until(lambda: self.token().returncode == DENIED, "the policy")
        self.assertIn("does not allow this appliance", self.token().stderr)
        self.assertIn("does not allow this appliance", self.sign_in(exits=DENIED))
        self.assertEqual(show(sandbox, "prod")["state"], "active")
        self.sign_in("other", "other.example")
        ownetc.decree({"kinds": ["vbr"]})
        wait_until(lambda: "this kind" in self.token().stderr, "the policy")
        ownetc.decree({})
        wait_until(lambda: self.token().returncode == 0, "the policy")

    def test_wrong_policy_is_told_and_loosens_nothing(self):
        self.start({"settings": {"lock": True}, "appliances": ["other.example"]})
        ownetc.decree({"appliances": "*"})
        problem = wait_until(lambda: told()["policy"]["problem"], "the fault to be told")
        self.assertIn("/etc/latchkey/policy.json: appliances is not a list", problem)
        self.assertIn("the last good one stays in force", problem)
        report, code = doctor(sandbox)
        self.assertEqual((report["policy"]["problem"], code), (problem, 1))
        self.assertIn("Problem", ctl(sandbox, "settings").stdout)
        self.assertTrue(told()["settings"]["lock"]["fixed"])
        self.sign_in(exits=DENIED)

        self.daemon.end()
        self.daemon.start()
        self.assertIn("nobody can sign in", told()["policy"]["problem"])
        self.assertIn("policy cannot be read", self.sign_in("other", "other.example", DENIED))
        self.assertIn("appliances is not a list", self.daemon.log())
        ownetc.decree({})
        wait_until(lambda: not told()["policy"]["problem"], "the policy")
        self.sign_in()

    def test_policy_counts_where_the_system_watches_no_more_files(self):
        ownetc.decree({})
        daemon = sandbox.start("unshare", "--user", "--map-root-user", "sh", "-c",
                               "echo 0 > /proc/sys/user/max_inotify_watches; exec \"$@\"", "sh",
                               os.path.join(bin_folder(), "latchkeyd"), "--memory-only")
        self.addCleanup(end, daemon)
        wait_until(lambda: ctl(sandbox, "list").returncode == 0, "latchkeyd's agent")
        self.assertIn("max_user_watches", doctor(sandbox)[0]["policy"]["problem"])
        ownetc.decree({"appliances": ["other.example"]})
        wait_until(lambda: told()["policy"]["appliances"] == ["other.example"], "the policy")

    def test_pin_is_replaced_by_nobody(self):
        self.start({"accounts": [self.preset(pin="7" * 64)]})
        self.assertIn("Your administrator has decided", self.sign_in("other", exits=DENIED))
        answer = ctl(sandbox, "sign-in", "prod", "--server", self.server(), "--user", "operator",
                     "--password-stdin", stdin=PASSWORD)
        self.assertEqual(answer.returncode, DENIED, answer.stderr)
        self.assertIn("SHA-256", answer.stderr)
        trusted = ctl(sandbox, "trust", "prod", self.appliance.fingerprint)
        self.assertEqual(trusted.returncode, DENIED, trusted.stderr)
        self.assertIn("ask your administrator", trusted.stderr)
        ownetc.decree({"accounts": [self.preset()]})  # and so the sign-in goes on
        wait_until(lambda: show(sandbox, "prod")["state"] == "active", "the policy")

    def test_kind_file_of_a_persons_own_is_not_allowed(self):
        self.start({"kinds": ["azure"]})
        self.sign_in()
        folder = os.path.join(sandbox.env["XDG_CONFIG_HOME"], "latchkey", "kinds")
        os.makedirs(folder, exist_ok=True)
        shutil.copy(os.path.join(os.path.dirname(__file__), "../../resources/kinds/azure.json"), folder)
        with open(os.path.join(folder, "azure.json"), encoding="utf-8") as file:
            kind = json.load(file)
        with open(os.path.join(folder, "azure.json"), "w", encoding="utf-8") as file:
            json.dump({**kind, "replaces": "azure"}, file)
        wait_until(lambda: self.token().returncode == DENIED, "the file")
        self.assertIn("this kind", self.sign_in("other", exits=DENIED))

    def test_policy_of_others_does_not_count(self):
        self.start({})
        ownetc.decree({"appliances": ["anywhere.example"]}, mode=0o666)
        problem = wait_until(lambda: told()["policy"]["problem"], "the fault to be told")
        self.assertIn("can be written by others than root", problem)
        self.assertIsNone(told()["policy"]["appliances"])

    def test_preset_waits_for_a_password(self):
        self.start({"accounts": [self.preset()]})
        session = show(sandbox, "prod")
        self.assertEqual((session["state"], session["mood"], session["headline"]),
                         ("signed-out", "needs-you", "Password needed"))
        self.assertIn("Password needed", ctl(sandbox, "list").stdout)
        answer = ctl(sandbox, "sign-in", "prod", "--server", self.server(), "--user", "operator",
                     "--password-stdin", stdin=PASSWORD)  # its certificate is known
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(self.token().returncode, 0)


class Windows(Case):
    def start(self, policy):
        ownetc.decree(policy)
        with open(os.path.join(sandbox.folder, "latchkey.log"), "ab") as log:
            process = sandbox.start(os.path.join(bin_folder(), "latchkey"), "--memory-only",
                                    stderr=log)
        self.addCleanup(wait_until, lambda: MAIN not in reader.windows(), "the windows to close")
        self.addCleanup(end, process)
        reader.window(MAIN)

    def open_settings(self):
        reader.key("alt+l")
        reader.key("e")
        reader.window(SETTINGS)

    def test_settings_say_what_is_set_and_by_whom(self):
        self.start({"settings": {"lock": True}})
        self.open_settings()
        reader.key("alt+e")
        reader.wait_for_words(SETTINGS, "Set by your administrator")
        lock = reader.wait_for(SETTINGS, "Lock when the screen locks or the computer sleeps")
        self.assertFalse(reader.is_enabled(lock))
        ownetc.decree({})
        wait_until(lambda: reader.is_enabled(lock), "the policy")
        self.assertNotIn("Set by your administrator", reader.words(SETTINGS))

    def test_wrong_policy_is_told(self):
        self.start({})
        ownetc.decree("{")
        reader.wait_for_words(MAIN, "Your administrator's policy has a fault")
        self.open_settings()
        reader.wait_for_words(SETTINGS, "policy.json: is not JSON")

    def test_preset_needs_its_password_and_no_more(self):
        self.start({"accounts": [self.preset()]})
        reader.wait_for_words(MAIN, "Password needed")
        reader.wait_for_words(MAIN, "Your administrator has set this session up.")
        reader.key("Return")
        reader.fill(SIGN_IN, "Password", PASSWORD)
        reader.press(SIGN_IN, "Sign in")
        reader.unfold(MAIN, "Details")
        reader.wait_for_value(MAIN, "State", lambda text: text == "Signed in")

    def test_sign_in_elsewhere_is_refused(self):
        self.start({"appliances": ["other.example"]})
        reader.press(MAIN, "Sign in")
        for label, text in (("Appliance", self.server()), ("User name", "operator"),
                            ("Password", PASSWORD)):
            reader.fill(SIGN_IN, label, text)
        reader.press(SIGN_IN, "Sign in")
        reader.wait_for_words(SIGN_IN, "Your administrator does not allow this appliance.")


if __name__ == "__main__":
    unittest.main()
