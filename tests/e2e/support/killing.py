# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Kills latchkeyd again and again while it renews sessions, and sees that each comes back.

The appliance is strict: a refresh token works once. So a session is whole as long as its sealed
file holds a refresh token that has not been used. Where it does not, the newest token never got
into the file. What that is called depends on who had the token or knew of it at the kill:

- We had been told that the sign-in or the refresh succeeded, or the new file had been renamed
  into its place: a *lost session*. That must never be.
- Not all bytes of the appliance's answer had arrived: a *lost answer*, which nobody can prevent.
- All had arrived a few milliseconds before, and nobody had been told yet: *cut off* before the
  sync.

The latter two are counted, and no failure. What happened is seen from the sealed files and the
appliance's log, which are read after the kill, from the vault's steps in latchkeyd's log, and from
what we were told."""

import collections
import dataclasses
import hashlib
import os
import random
import re
import selectors
import subprocess
import time

from agent import Agent, Refused, result_of
from appliance import Appliance, bin_folder
from desktopsandbox import wait_until
from vault import Vault

#: The steps of the vault at which to kill, as its log calls them.
STEPS = ("sealing", "writing", "written", "synced", "compared", "renamed", "kept")
#: In place of a step, a random time: while it renews, or counted from its start.
AT_ANY_TIME = ("any time", "any time from the start")

LONGEST_WAIT = 0.4
SLOWEST_ANSWER_MS = 30
PASSWORD = "pw"
STEP = re.compile(r"vault: (\w+) (\S+)\.sealed\s*$")


class SessionLost(AssertionError):
    """The message tells all that is known of it."""


class Trouble(RuntimeError):
    """Something else went wrong, so that this cannot go on."""


class Killed(Exception):
    pass


@dataclasses.dataclass
class Aim:
    where: str
    #: For a step, at which of its occurrences; for a time, after how many seconds.
    after: float
    #: How much later the appliance answers.
    delay_ms: int
    #: How many sessions are renewed at once.
    lanes: int

    @property
    def is_step(self):
        return self.where not in AT_ANY_TIME


@dataclasses.dataclass
class Stats:
    kills: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    lost_answers: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    cut_off: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    renewals: int = 0
    restored: int = 0
    lost: list = dataclasses.field(default_factory=list)

    def text(self):
        rows = [f"{where:24} {self.kills[where]:6} kills {self.lost_answers[where]:5} lost answers"
                f" {self.cut_off[where]:5} cut off" for where in sorted(self.kills)]
        return "\n".join(rows + [
            f"{self.kills.total()} kills, {self.renewals} renewals, {self.restored} sessions "
            f"restored, {len(self.lost)} sessions lost; counted apart: "
            f"{self.lost_answers.total()} lost answers, {self.cut_off.total()} cut off before "
            "the sync, of which nobody had been told"])


@dataclasses.dataclass
class Suspect:
    """A session that may be lost: its file holds no refresh token that still works."""
    where: str = ""
    #: The refresh token that was used last, which the file should hold.
    token: str = ""
    #: Why it is a lost session; empty where it is not.
    objection: str = ""
    #: The whole answer had arrived.
    is_cut_off: bool = False
    story: str = ""
    #: It is counted already, or was never signed in; its next sign-in is under way.
    is_judged: bool = False


class DaemonRun:
    """latchkeyd from a start to its kill. Once it is killed, whatever waits raises Killed."""

    def __init__(self, sandbox, aim):
        self.aim = aim
        #: How often each step came, by step and by (step, session).
        self.steps = collections.Counter()
        self.log = []
        #: For each session, how often we were told that a sign-in or a refresh succeeded.
        self.told = collections.Counter()
        #: The sessions that needed a password.
        self.signed_in = set()
        self.sessions = {}
        self.agent = None
        self._answers = {}
        self._due = None
        self._left = None
        self._half = b""
        self.process = sandbox.start(
            os.path.join(bin_folder(), "latchkeyd"), stderr=subprocess.PIPE,
            env={"QT_LOGGING_RULES": "latchkey.vault.debug=true"})
        os.set_blocking(self.process.stderr.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.process.stderr, selectors.EVENT_READ, self._read_log)

    def arm(self):
        if self.aim.is_step:
            self._left = self.aim.after
        else:
            self._due = time.monotonic() + self.aim.after

    def connect(self, sandbox):
        def try_it():
            try:
                return Agent(sandbox)
            except OSError:
                return None
        self.agent = self.until(try_it, "latchkeyd's agent", pause=0.005)
        self._selector.register(self.agent, selectors.EVENT_READ, self._read_agent)
        self.agent.ask("session.watch")
        self.sessions = {one["name"]: one for one in self.call("session.list")}

    def ask(self, method, then, **params):
        """`then` gets the whole answer, called from whatever waits next."""
        self._answers[self.agent.ask(method, **params)] = then

    def call(self, method, **params):
        answers = []
        self.ask(method, answers.append, **params)
        self.until(lambda: answers, f"the answer to {method}")
        return result_of(answers[0])

    def until(self, condition, what, patience=60, pause=0.2):
        deadline = time.monotonic() + patience
        while not (answer := condition()):
            if time.monotonic() > deadline:
                raise Trouble(f"waited {patience} s in vain for {what}\n" + self.story())
            self._look(pause)
        return answer

    def story(self, lines=60):
        return "\n".join([f"aimed at {self.aim}; steps seen: {dict(self.steps)}",
                          *self.log[-lines:]])

    def end(self):
        """Reads, after the kill, what it still said."""
        self.process.wait()
        os.set_blocking(self.process.stderr.fileno(), True)
        self._take_log(self.process.stderr.read())
        self.process.stderr.close()
        if self.agent:
            self.agent.close()
        self._selector.close()

    def kill(self):
        self.process.kill()
        raise Killed

    def _look(self, pause):
        if self._due is not None:
            pause = max(0, min(pause, self._due - time.monotonic()))
        # The log before the agent, so that the kill follows the step at once.
        ready = self._selector.select(pause)
        for key, _ in sorted(ready, key=lambda one: one[0].fileobj is self.agent):
            key.data()
        if self._due is not None and time.monotonic() >= self._due:
            self.kill()

    def _read_log(self):
        came = os.read(self.process.stderr.fileno(), 1 << 16)
        if not came:
            raise Trouble("latchkeyd ended by itself\n" + self.story())
        self._take_log(came)
        if self._left is not None and self._left <= 0:
            self.kill()

    def _take_log(self, came):
        *lines, self._half = (self._half + came).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace")
            self.log.append(text)
            if step := STEP.search(text):
                self.steps[step[1]] += 1
                self.steps[step[1], step[2]] += 1
                if self._left is not None and step[1] == self.aim.where:
                    self._left -= 1

    def _read_agent(self):
        try:
            messages = self.agent.read()
        except ConnectionError as error:
            raise Trouble(f"{error}\n" + self.story()) from error
        for message in messages:
            if "id" in message:
                self._answers.pop(message["id"], lambda _: None)(message)
            else:
                self.sessions[message["params"]["name"]] = message["params"]


class Machine:
    """Kills and restarts latchkeyd. All its random choices come of the seed."""

    def __init__(self, sandbox, seed, sessions=3):
        self.sandbox = sandbox
        self.seed = seed
        self.tally = Stats()
        self._random = random.Random(seed)
        self._appliance = Appliance(
            sandbox, "--many", str(sessions), "--set", "rotation=strict", "--set", "accessLife=5",
            "--set", "claims=opaque", "--set", "delayWhere=afterGrant")
        #: Of the sessions, and of their users.
        self._names = [f"u{number:04}" for number in range(1, sessions + 1)]
        self._vault = Vault(sandbox)
        self._aims = []
        self._suspects = {name: Suspect(is_judged=True) for name in self._names}
        self._spent = collections.defaultdict(set)
        self._requests = collections.defaultdict(list)
        #: The sessions of which we were told that the sign-in succeeded.
        self._known = set()
        self._last_id = 0
        self._delay_ms = 0

    def run(self, is_enough):
        """Goes on until `is_enough` says so of the tally. Raises SessionLost where one is lost."""
        while not is_enough(self.tally):
            self.live()
        self.live(to_the_end=True)

    def live(self, to_the_end=False):
        """One run of latchkeyd, from its start to its kill. With `to_the_end` it is killed only
        when all sessions are back."""
        aim = self._next_aim()
        self._set_delay(aim.delay_ms)
        life = DaemonRun(self.sandbox, aim)
        try:
            if aim.where == AT_ANY_TIME[1] and not to_the_end:
                life.arm()
            life.connect(self.sandbox)
            self._welcome(life)
            if to_the_end:
                life.kill()
            if aim.where != AT_ANY_TIME[1]:
                life.arm()
            self._renew_all(life)
            life.until(lambda: False, f"the vault to say \"{aim.where}\"")
        except Killed:
            self.tally.kills[aim.where] += not to_the_end
        finally:
            life.process.kill()
            life.end()
        self._look_at_death(life)

    # --- Choices -----------------------------------------------------------------------------

    def _next_aim(self):
        if not self._aims:
            self._aims = [*STEPS, *STEPS, AT_ANY_TIME[0], *AT_ANY_TIME]
            self._random.shuffle(self._aims)
        where = self._aims.pop()
        delay = self._random.choice((0, 0, self._random.randint(1, SLOWEST_ANSWER_MS)))
        lanes = self._random.choice((1, 1, 2, len(self._names)))
        if where in AT_ANY_TIME:
            return Aim(where, self._random.uniform(0, LONGEST_WAIT), delay, lanes)
        return Aim(where, self._random.randint(1, 2 * lanes), delay, lanes)

    def _set_delay(self, milliseconds):
        if milliseconds != self._delay_ms:
            self._appliance.switch(delayMs=milliseconds)
            self._delay_ms = milliseconds

    # --- DaemonRun --------------------------------------------------------------------------------

    def _welcome(self, life):
        """Waits until all sessions are active again. They need a refresh token from the vault and
        no password, but for those that were never signed in, or whose answer was lost."""
        life.until(lambda: all(one["state"] != "restoring" for one in life.sessions.values()),
                   "the vault")
        if missing := self._known - set(life.sessions):
            self.tally.lost += sorted(missing)
            raise SessionLost(f"{missing} are not in the list any more\n" + life.story())
        back = set()
        for name in self._names:
            begin = self._renew if name in life.sessions else self._sign_in
            begin(life, name, lambda name=name: back.add(name))
        life.until(lambda: len(back) == len(self._names), "all sessions to be active")
        for name in self._names:
            life.until(lambda name=name: self._has_good_token(life, name), f"{name}'s good token")
        self.tally.restored += len(set(self._names) - life.signed_in)

    def _has_good_token(self, life, name):
        token = life.call("session.token", name=name)["accessToken"]
        return life.sessions[name]["state"] == "active" and self._appliance.accepts(token)

    def _renew_all(self, life):
        """Renews again and again, as many sessions at once as the aim has lanes."""
        def renew(names):
            self._renew(life, names[0], lambda: renew(names[1:] + names[:1]))
        for lane in range(life.aim.lanes):
            renew(self._names[lane::life.aim.lanes])

    def _renew(self, life, name, then):
        """Calls `then` as soon as the refresh is answered, since by then it has to be kept."""
        def answered(answer):
            if "error" not in answer:
                life.told[name] += 1
                self.tally.renewals += 1
                self._suspects.pop(name, None)
                then()
                return
            error = Refused(answer["error"])
            if error.reason == "sign-in-needed":
                self._judge(life, name)
                self._sign_in(life, name, then)
            elif error.reason == "unreachable":
                self._renew(life, name, then)
            else:
                raise Trouble(f"{name}: {error.reason}: {error}\n" + life.story())
        life.ask("session.refresh", answered, name=name, deadline=30)

    def _sign_in(self, life, name, then):
        def answered(answer):
            if "error" in answer:
                raise Trouble(f"{name} cannot sign in: {answer['error']}\n" + life.story())
            life.told[name] += 1
            self._known.add(name)
            self._suspects.pop(name, None)
            then()
        life.signed_in.add(name)
        life.ask("session.signIn", answered, name=name, kind="azure", server=self._appliance.url,
                 user=name, password=PASSWORD, trust=self._appliance.fingerprint)

    # --- Death -------------------------------------------------------------------------------

    def _look_at_death(self, life):
        """Notes which sessions are not whole, and what speaks against that being nobody's fault."""
        grants = self._take_requests()
        held = self._vault.refresh_tokens()
        for name in self._names:
            if name in self._suspects or held.get(name) not in {None, *self._spent[name]}:
                continue
            last = self._requests[name][-1]["token"]
            objections = {
                "nothing was granted to it in that life": not grants[name],
                "its file does not hold the token that was spent last": held.get(name) != last,
                "we had been told of all that was granted":
                    life.told[name] >= len(grants[name]),
                "its newest file had its name": life.steps["renamed", name] >= len(grants[name]),
            }
            self._suspects[name] = Suspect(
                life.aim.where, last,
                "; ".join(text for text, is_so in objections.items() if is_so),
                life.steps["sealing", name] >= len(grants[name]),
                self._story(name, life, held.get(name)))

    def _take_requests(self):
        """Notes what the appliance was asked in this run, once it has answered all of it. Returns
        what it granted to each user."""
        wait_until(self._is_appliance_done, "the appliance", pause=0.002)
        new = [one for one in self._appliance.requests() if one["id"] > self._last_id]
        if new and new[0]["id"] != self._last_id + 1:
            raise Trouble("the appliance's log is too short for such a life")
        grants = collections.defaultdict(list)
        for one in new:
            self._last_id = one["id"]
            entry = {"id": one["id"], "time": one["time"], "grant": one["grant"],
                     "status": one["status"], "token": one["form"].get("refresh_token", "")}
            self._requests[one["user"]].append(entry)
            if one["status"] == 200:
                grants[one["user"]].append(entry)
                self._spent[one["user"]].add(entry["token"])
        for entries in self._requests.values():
            del entries[:-50]
        return grants

    def _is_appliance_done(self):
        return not any(self._appliance.ask("/state")["inFlight"].values())

    def _judge(self, life, name):
        """Called for a session that is signed out. Raises SessionLost, or counts what it was."""
        suspect = self._suspects.get(name)
        if suspect and suspect.is_judged:
            return
        if not suspect:
            suspect = Suspect(objection="it was whole when latchkeyd was started")
        if not suspect.objection and not self._was_refused(name, suspect.token):
            suspect.objection = "the appliance was not asked with the token that was spent last"
        if suspect.objection:
            story = "\n".join([
                f"{name} was lost: {suspect.objection}. Seed {self.seed}, "
                f"kill {self.tally.kills.total()}.", suspect.story, "The life after it:",
                self._story(name, life, self._vault.refresh_tokens().get(name))])
            self.tally.lost.append(story)
            raise SessionLost(story)
        counter = self.tally.cut_off if suspect.is_cut_off else self.tally.lost_answers
        counter[suspect.where] += 1
        suspect.is_judged = True

    def _was_refused(self, name, token):
        return any(one["user"] == name and one["status"] in (400, 401)
                   and one["form"].get("refresh_token") == token
                   for one in self._appliance.requests())

    def _story(self, name, life, held):
        asked = [f"  {one['time']} {one['grant']} {short(one['token'])} -> {one['status']}"
                 for one in self._requests[name][-8:]]
        state = "spent" if held in self._spent[name] else "good"
        return "\n".join([f"The appliance was asked by {name}:", *asked,
                          f"Its file holds {short(held)} ({state}); "
                          f"told {life.told[name]} times in that life", life.story()])


def short(token):
    """Enough of its hash to tell one token from another."""
    return hashlib.sha256(token.encode()).hexdigest()[:8] if token else "-"
