# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""The recipes of latchkey-recipes(7), taken from the page and run against the demo appliance. No
token may appear on a command line or in a file."""

import glob
import json
import os
import re
import stat
import subprocess
import threading
import unittest

from appliance import PASSWORD, Appliance, bin_folder
from desktopsandbox import DesktopSandbox, wait_until
from programs import Daemon, ctl

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "../../packaging/linux/man/latchkey-recipes.7")
APPLIANCE = "https://backup.example.com"
#: Records its arguments, then becomes the program that it replaces.
RECORDER = """#!/bin/sh
for argument in "$0" "$@"; do printf '%s\\n' "$argument"; done >>{record}
exec {program} "$@"
"""
RECORDED = {"curl": "/usr/bin/curl", "python3": "/usr/bin/python3", "sed": "/usr/bin/sed",
            "ansible-playbook": "/usr/bin/ansible-playbook", "sh": "/bin/sh", "bash": "/bin/bash",
            "zsh": "/usr/bin/zsh"}


def blocks():
    """Every literal block of the page, as a reader sees it, with its name or None."""
    with open(PAGE, encoding="utf-8") as page:
        found = re.findall(r'(?:^\.\\" recipe (\S+)\n)?^\.Bd -literal.*\n((?:.*\n)*?)\.Ed$',
                           page.read(), re.M)
    return [(name or None, text) for name, text in found]


def as_shown(text):
    for written, shown in (("\\e", "\\"), ("\\(aq", "'")):
        text = text.replace(written, shown)
    return text


RECIPES = {name: as_shown(text) for name, text in blocks() if name}


class CommandLines:
    """All command lines in the meantime, as far as repeated looks at /proc find them."""

    def __enter__(self):
        self.seen = set()
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join()

    def _look(self):
        while not self._ends.wait(0.002):
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(path, "rb") as line:
                        self.seen.add(line.read())
                except OSError:
                    pass  # it has ended


class Recipes(unittest.TestCase):
    def setUp(self):
        self.sandbox = DesktopSandbox()
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        self.daemon = Daemon(self.sandbox)
        self.record = os.path.join(self.sandbox.folder, "arguments")
        self.trust_certificate()
        self.make_path()
        self.ctl("sign-in", "prod", "--kind", "azure", "--server", self.appliance.url, "--user",
                 "operator", "--password-stdin", "--trust", self.appliance.fingerprint,
                 stdin=PASSWORD)
        self.tokens = {self.token()}

    def trust_certificate(self):
        path = os.path.join(self.sandbox.folder, "appliance.pem")
        with open(path, "w", encoding="ascii") as file:
            file.write(self.appliance.ask("/certificate")["pem"])
        self.sandbox.env.update(CURL_CA_BUNDLE=path, REQUESTS_CA_BUNDLE=path, SSL_CERT_FILE=path)

    def make_path(self):
        self.folder = os.path.join(self.sandbox.folder, "bin")
        os.mkdir(self.folder)
        programs = {**RECORDED, "latchkeyctl": os.path.join(bin_folder(), "latchkeyctl")}
        for name, program in programs.items():
            self.assertTrue(os.path.exists(program), f"install {name}")
            self.write_program(name, RECORDER.format(record=self.record, program=program))
        self.sandbox.env["PATH"] = self.folder + ":" + self.sandbox.env["PATH"]

    def write_program(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, stat.S_IRWXU)

    def ctl(self, *arguments, stdin=None, exits=0):
        answer = ctl(self.sandbox, *arguments, stdin=stdin)
        self.assertEqual(answer.returncode, exits, answer.stderr)
        return answer

    def token(self):
        return self.ctl("token", "prod").stdout.strip()

    def run_recipe(self, text, *command, exits=0):
        """Runs the recipe from a file, and looks for tokens where none may be."""
        path = os.path.join(self.sandbox.folder, "recipe.yml")  # only Ansible needs .yml
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(re.escape(APPLIANCE) + r"(:\d+)?", self.appliance.url, text))
        with CommandLines() as lines:
            answer = self.sandbox.run(*command, path, stdin=subprocess.DEVNULL,
                                      cwd=self.sandbox.folder)
        self.assertEqual(answer.returncode, exits, answer.stdout + answer.stderr)
        if exits != 5:
            self.tokens.add(self.token())
        self.leaks = list(self.find_leaks(lines.seen))
        return answer

    def find_leaks(self, lines):
        for line in lines:
            if self.holds_token(line):
                yield line
        for folder, _, names in os.walk(self.sandbox.folder):
            for path in (os.path.join(folder, name) for name in names):
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        if self.holds_token(file.read()):
                            yield path

    def holds_token(self, text):
        return any(token.encode() in text for token in self.tokens)

    def run_well(self, name, *command, **options):
        answer = self.run_recipe(RECIPES[name], *command, **options)
        self.assertEqual(self.leaks, [], name)
        return answer

    def assert_asked(self, answer):
        self.assertIn("8.1.0.1", answer.stdout)

    def end_access_early(self):
        """The appliance no longer accepts the token, and Latchkey does not know that."""
        self.appliance.switch(accessLife=1, expiresIn="3600")
        self.ctl("refresh", "prod")
        token = self.token()
        self.tokens.add(token)
        wait_until(lambda: not self.appliance.accepts(token), "the token's early end")
        self.appliance.switch(accessLife=3600, expiresIn="number")

    def test_each_recipe_is_run_here(self):
        with open(__file__, encoding="utf-8") as this:
            run = set(re.findall(r'(?:run_well\(|RECIPES\[)"([a-z-]+)"', this.read()))
        self.assertEqual(set(RECIPES), run)
        unnamed = [text for name, text in blocks() if not name]
        self.assertEqual(len(unnamed), 1, "only PowerShell's is not run")

    def test_what_is_copied_is_what_is_printed(self):
        for _, text in blocks():
            for character in "'`^~":
                self.assertNotIn(character, text)

    def test_a_token_on_a_command_line_is_found(self):
        self.run_recipe('curl --header "$(latchkeyctl header prod)" ' + APPLIANCE, "bash")
        self.assertIn(self.record, self.leaks)

    def test_a_token_in_a_file_is_found(self):
        self.run_recipe("latchkeyctl token prod >kept", "sh")
        self.assertEqual(self.leaks, [os.path.join(self.sandbox.folder, "kept")])

    def test_curl(self):
        self.assert_asked(self.run_well("curl-bash", "bash"))
        self.assert_asked(self.run_well("curl-bash", "zsh"))
        self.assert_asked(self.run_well("curl-sh", "sh"))
        self.assert_asked(self.run_well("curl-config", "sh"))
        with open(self.record, encoding="utf-8") as record:
            self.assertIn("--header\n@-\n", record.read(), "the arguments were not recorded")

    def test_curl_with_a_version(self):
        self.ctl("sign-out", "prod", "--forget")
        self.appliance = Appliance(self.sandbox, "--kind", "vbr")
        self.trust_certificate()
        self.ctl("sign-in", "prod", "--server", self.appliance.url, "--user", "operator",
                 "--password-stdin", "--trust", self.appliance.fingerprint, stdin=PASSWORD)
        self.assertIn("vbrId", self.run_well("curl-version", "sh").stdout)

    def test_python(self):
        self.assert_asked(self.run_well("python-requests", "python3"))
        self.assert_asked(self.run_well("python-urllib", "python3"))

    def test_python_after_an_early_end(self):
        self.end_access_early()
        self.assert_asked(self.run_well("python-requests", "python3"))

    def test_ansible(self):
        answer = self.run_well("ansible", "ansible-playbook", "-vvv", "-i", "localhost,")
        self.assertIn("ok=1", answer.stdout)
        for token in self.tokens:
            self.assertNotIn(token, answer.stdout + answer.stderr)

    def test_terraform(self):
        self.write_program("terraform", '#!/bin/sh\necho "$1"\nprintenv TF_VAR_token\n')
        answer = self.run_well("terraform", "sh")
        self.assertEqual(answer.stdout.split(), ["apply", self.token()])

    def test_terraform_external(self):
        answer = self.run_well("terraform-external", "sh")
        self.assertEqual(json.loads(answer.stdout), {"token": self.token()})
        self.ctl("sign-out", "prod")
        self.assertEqual(self.run_well("terraform-external", "sh", exits=5).stdout, "")

    def test_cron(self):
        self.assert_asked(self.run_well("cron", "sh"))
        self.ctl("sign-out", "prod")
        self.assertIn("somebody has to sign in", self.run_well("cron", "sh", exits=5).stderr)

    def test_cron_in_an_outage(self):
        self.appliance.switch(accessLife=40)  # less than the recipe asks for
        self.ctl("refresh", "prod")
        self.appliance.tell("/outage", on=True)
        quick = RECIPES["cron"].replace("--deadline 60", "--deadline 2 --min-valid 39.9")
        answer = self.run_recipe(quick, "sh", exits=7)  # from curl: a token but no appliance
        self.assertNotIn("sign in", answer.stderr)
        self.assertEqual(self.leaks, [])

    def test_loop(self):
        with open(os.path.join(self.sandbox.folder, "pages"), "w", encoding="utf-8") as pages:
            pages.write("about\nserverInfo\nno-such-page\nabout\n")
        answer = self.run_well("loop", "sh")
        self.assertEqual(answer.stdout.count("serverVersion"), 1, "it went on after a failure")
        self.assertIn("westeurope", answer.stdout)


if __name__ == "__main__":
    unittest.main()
