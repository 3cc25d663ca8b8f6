# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
"""Compares what bash, zsh and fish offer after latchkeyctl with its help."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

from fakeagent import SILENCE, FakeAgent
from test_latchkeyctl import KINDS, SESSION

CTL = os.environ["LATCHKEYCTL"]
FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "../../../packaging/linux/completions")
#: Names that are allowed, including some that a shell would interpret.
NAMES = ["prod", "prod-eu", "ops@lab:2", "it's", "a$(touch${IFS}oops)b"]
LIMIT = 30  # seconds until a test that hangs gives up


def help_of(*command):
    return subprocess.run([CTL, *command, "--help"], stdout=subprocess.PIPE, text=True,
                          timeout=LIMIT, check=True).stdout


def commands_in_help():
    """Newer versions of CLI11 indent the list differently, with its heading in capitals."""
    told = re.split(r"^subcommands:\s*\n", help_of(), flags=re.M | re.I)[1]
    return set(re.findall(r"^ +([a-z][a-z-]*) {2,}\S", told, re.M))


def options_in_help(*command):
    return set(re.findall(r"^\s+(?:-\w, *)?(--[a-z][a-z-]*)", help_of(*command), re.M))


class Bash:
    """Runs a new shell for each question, with or without the functions of bash-completion."""

    #: Bash breaks words at these characters, which become words of their own.
    BREAKS = re.compile(r"""[@:=]+|[^\s@:=]+""")

    def __init__(self, folder, env, with_package=False):
        self._env, self._folder = env, folder
        self._package = "/usr/share/bash-completion/bash_completion" if with_package else ""

    def offers(self, line):
        words = self.BREAKS.findall(line)
        if line.endswith(" "):
            words.append("")
        current = "" if words[-1] in ("", "@", ":", "=") else words[-1]
        script = ('[[ -z $1 ]] || source "$1"; source "$2"; COMP_LINE=$3; COMP_POINT=${#3}; '
                  'current=$4; shift 4; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_latchkeyctl latchkeyctl "$current" "" 2>/dev/null; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(
            ["bash", "--norc", "-c", script, "bash", self._package,
             os.path.join(FILES, "latchkeyctl.bash"), line, current, *words],
            env=self._env, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            text=True, timeout=LIMIT, check=True)
        # What would then be at the prompt, as a shell reads it.
        start = line.split(" ")[-1]
        start = start[:len(start) - len(current)] if current else start
        return {self._unquoted(start + word) for word in done.stdout.splitlines() if word}

    def _unquoted(self, word):
        return subprocess.run(["bash", "-c", "printf %s " + word], stdout=subprocess.PIPE,
                              text=True, check=True).stdout

    def leave(self):
        pass


class Fish:
    def __init__(self, folder, env):
        self._env, self._folder = env, folder

    def offers(self, line):
        done = subprocess.run(
            ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
             os.path.join(FILES, "latchkeyctl.fish"), line],
            env=self._env, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            text=True, timeout=LIMIT, check=True)
        return {word.split("\t")[0] for word in done.stdout.splitlines()}

    def leave(self):
        pass


class Zsh:
    """One shell at a terminal. For each tab, it writes what it would offer to a file."""

    SETUP = r"""
        PS1=''; unsetopt zle_bracketed_paste prompt_cr; LISTMAX=1000
        fpath=($FILES $fpath); autoload -Uz compinit; compinit -u -D
        compadd() {
            local -a kept
            # With these it fills arrays for the asking function, and offers nothing.
            [[ "${@[1,(i)(-|--)]}" == *-(O|A|D)\ * ]] || {
                builtin compadd -A kept "$@"
                print -rl -- ${(Q)kept} >>$OFFERED
            }
            builtin compadd "$@"
        }
        done-widget() { print done >$READY; BUFFER='' }
        zle -N done-widget
        bindkey '^X' done-widget
        bindkey '^I' list-choices
    """

    def __init__(self, folder, env):
        self._offered = os.path.join(folder, "offered")
        self._ready = os.path.join(folder, "ready")
        os.mkfifo(self._ready)
        with open(os.path.join(folder, "setup"), "w", encoding="utf-8") as setup:
            setup.write(self.SETUP)
        self._master, slave = pty.openpty()
        more = {"FILES": FILES, "OFFERED": self._offered, "READY": self._ready, "TERM": "dumb"}
        self._process = subprocess.Popen(["zsh", "-f", "-i"], env={**env, **more}, stdin=slave,
                                         stdout=slave, stderr=slave, cwd=folder,
                                         start_new_session=True)
        os.close(slave)
        self._read_end = os.open(self._ready, os.O_RDWR)
        os.write(self._master, b" source ./setup; print done >$READY\n")
        self._wait()

    def offers(self, line):
        open(self._offered, "w", encoding="utf-8").close()
        os.write(self._master, line.encode() + b"\t\x18")
        self._wait()
        with open(self._offered, encoding="utf-8") as offered:
            words = {word for word in offered.read().splitlines() if word}
        if line.split(" ")[-1].startswith("-"):
            return words
        # If there is nothing else, zsh offers the options.
        return {word for word in words if not word.startswith("-")}

    def _wait(self):
        """Reads the terminal meanwhile, so that its buffer does not fill up."""
        end, shown = time.monotonic() + LIMIT, b""
        while time.monotonic() < end:
            ready, _, _ = select.select([self._read_end, self._master], [], [], 1)
            if self._master in ready:
                shown += os.read(self._master, 4096)
            if self._read_end in ready:
                os.read(self._read_end, 4096)
                return
        raise TimeoutError(f"zsh never came back: {shown!r}")

    def leave(self):
        self._process.kill()
        self._process.wait()
        os.close(self._master)
        os.close(self._read_end)


class Shell:
    """The same tests for every shell; each has a class of its own below."""

    def make(self, env):
        raise NotImplementedError

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="latchkey-completion-")
        self.addCleanup(shutil.rmtree, self.folder)
        programs = os.path.join(self.folder, "bin")
        os.mkdir(programs)
        os.symlink(CTL, os.path.join(programs, "latchkeyctl"))
        socket = os.path.join(self.folder, "s")
        self.agent = FakeAgent(socket)
        self.addCleanup(self.agent.close)
        self.agent.on("session.list", [{**SESSION, "name": name} for name in NAMES])
        env = {"PATH": programs + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
               "HOME": self.folder, "XDG_CONFIG_HOME": self.folder, "LATCHKEY_SOCKET": socket}
        self.shell = self.make(env)
        self.addCleanup(self.shell.leave)

    def offers(self, words):
        return self.shell.offers("latchkeyctl " + words)

    def test_commands(self):
        self.assertEqual(self.offers(""), commands_in_help())
        self.assertEqual(self.offers("sign-"), {"sign-in", "sign-out"})

    def test_options_of_no_command(self):
        self.assertEqual(self.offers("--"), options_in_help())

    def test_options_of_each_command(self):
        known = commands_in_help()
        self.assertGreater(len(known), 10, "the help is read wrongly")
        for command in sorted(known):
            with self.subTest(command=command):
                self.assertEqual(self.offers(f"{command} --") - {"--"}, options_in_help(command))

    def test_names_for_each_command_that_takes_one(self):
        takers = {command for command in commands_in_help() if " NAME" in help_of(command)}
        self.assertIn("show", takers)
        for command in sorted(takers):
            with self.subTest(command=command):
                self.assertEqual(self.offers(f"{command} "), set(NAMES))
        for command in sorted(commands_in_help() - takers - {"log"}):
            with self.subTest(command=command):
                self.assertEqual(self.offers(f"{command} "), set())

    def test_a_name_begun(self):
        self.assertEqual(self.offers("show prod-"), {"prod-eu"})
        self.assertEqual(self.offers("show ops@la"), {"ops@lab:2"})
        self.assertEqual(self.offers("show x"), set())

    def test_no_name_is_run(self):
        self.offers("show a")
        self.offers("show ")
        self.assertNotIn("oops", os.listdir(self.folder))

    def test_options_before_the_name(self):
        self.assertEqual(self.offers("token --min-valid 300 --or-best prod-"), {"prod-eu"})
        self.assertEqual(self.offers("token --min-valid "), set())

    def test_one_name_is_enough(self):
        self.assertEqual(self.offers("show prod "), set())

    def test_kind(self):
        self.agent.on("kinds.list", KINDS)
        self.assertEqual(self.offers("sign-in prod --kind "), {"vbr", "my-kind"})
        self.assertEqual(self.offers("sign-in prod --kind my"), {"my-kind"})

    def test_policy(self):
        self.assertEqual(self.offers("policy prod "), {"allow", "ask", "never"})

    def test_level_of_the_log(self):
        self.assertEqual(self.offers("log "), {"off", "info", "debug"})

    def test_command_after_the_dashes(self):
        for start in ("exec prod -- ", "exec --or-best prod -- "):
            self.assertIn("latchkeyctl", self.offers(start + "latchkeyct"))

    def test_arguments_of_that_command(self):
        open(os.path.join(self.folder, "report.txt"), "w", encoding="utf-8").close()
        self.assertEqual(self.offers("exec prod -- cat repor"), {"report.txt"})

    def test_nothing_where_no_agent_is(self):
        self.agent.close()
        self.assertEqual(self.offers("show "), set())

    def test_soon_nothing_where_an_agent_hangs(self):
        self.agent.on("session.list", SILENCE)
        start = time.monotonic()
        self.assertEqual(self.offers("show "), set())
        self.assertLess(time.monotonic() - start, 10)
        self.assertEqual(self.agent.methods(), ["session.list"])


class PlainBash(Shell, unittest.TestCase):
    def make(self, env):
        self.env = env
        return Bash(self.folder, env)

    test_arguments_of_that_command = None  # bash itself offers files: `compopt -o default`

    def test_at_a_prompt(self):
        """After a tab, bash reads the word in the line as the whole name."""
        for start, name in (("ops@la", "ops@lab:2"), ("ops@lab:", "ops@lab:2"), ("it", "it's"),
                            ("a", "a$(touch${IFS}oops)b"), ("prod-", "prod-eu")):
            with self.subTest(start=start):
                self.assertEqual(self.name_after_tab(start), name)

    def name_after_tab(self, start):
        master, slave = pty.openpty()
        shell = subprocess.Popen(["bash", "--norc", "-i"], env={**self.env, "TERM": "dumb"},
                                 stdin=slave, stdout=slave, stderr=slave, cwd=self.folder,
                                 start_new_session=True)
        os.close(slave)
        os.write(master, f" source {FILES}/latchkeyctl.bash\n".encode())
        # Back at the start of the line, turns it into the argument of another command.
        os.write(master, f"latchkeyctl show {start}\t\x01printf '<%s>\\n' \nexit\n".encode())
        shown = b""
        try:
            while chunk := os.read(master, 4096):
                shown += chunk
        except OSError:
            pass  # the shell has ended
        shell.wait(LIMIT)
        os.close(master)
        return re.findall(r"^<(.*)>\r?$", shown.decode(), re.M)[-1]


class BashWithItsPackage(Shell, unittest.TestCase):
    def make(self, env):
        return Bash(self.folder, env, with_package=True)


class TheFish(Shell, unittest.TestCase):
    def make(self, env):
        return Fish(self.folder, env)


class TheZsh(Shell, unittest.TestCase):
    def make(self, env):
        return Zsh(self.folder, env)


if __name__ == "__main__":
    unittest.main()
