# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Compares docs/agent-api.md with the agent: the paper has each method and notification and no
other, and its examples, sent one after the other, are answered as it says."""

import glob
import json
import os
import re
import unittest

from agent import Agent
from appliance import PASSWORD, Appliance
from desktopsandbox import DesktopSandbox
from programs import Daemon

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
#: Members with the same value each time, except in the history.
WORDS = {"code", "reason", "state", "kind", "policy", "answer", "trusted", "tokenType"}


def paper():
    """The text below the heading of each method or notification, by name."""
    with open(os.path.join(ROOT, "docs/agent-api.md"), encoding="utf-8") as file:
        _, *parts = re.split(r"^### `(\S+)`\n", file.read(), flags=re.M)
    return dict(zip(parts[::2], parts[1::2]))


def names_in_sources():
    names = set()
    for path in glob.glob(os.path.join(ROOT, "app/agent/**/*.cpp"), recursive=True):
        with open(path, encoding="utf-8") as source:
            names.update(re.findall(r'"((?:agent|session|ledger|grants|kinds)\.[A-Za-z]+)"',
                                    source.read()))
    return names


def messages(text):
    """The request and answer of a section's only example, or its notifications."""
    (block,) = re.findall(r"^```json\n(.*?)^```$", text, re.M | re.S)
    return [json.loads(message) for message in block.split("\n\n")]


def differences(told, real, where=""):
    """Where `real` differs from the paper: members, types, words. null may stand for anything."""
    if told is None or real is None:
        return []
    if type(told) is not type(real):
        return [f"{where}: {real!r}"]
    if isinstance(told, list):
        return [d for one in real for d in differences(told[0], one, where + "[]")]
    if not isinstance(told, dict):
        is_word = where.rpartition(".")[2] in WORDS and ".history" not in where
        return [f"{where}: {real!r}"] if is_word and told != real else []
    found = [f"{where}.{key}" for key in told.keys() ^ real.keys()]
    for key in told.keys() & real.keys():
        found += differences(told[key], real[key], f"{where}.{key}")
    return found


class AgentApi(unittest.TestCase):
    def setUp(self):
        self.sandbox = DesktopSandbox()
        self.addCleanup(self.sandbox.leave)
        self.appliance = Appliance(self.sandbox)
        Daemon(self.sandbox)
        self.agent = Agent(self.sandbox)
        self.addCleanup(self.agent.close)

    def answer_to(self, request):
        real = {"server": self.appliance.url, "password": PASSWORD,
                "sha256": self.appliance.fingerprint, "code": self.appliance.code()}
        params = {key: real.get(key, value) for key, value in request.get("params", {}).items()}
        number = self.agent.ask(request["method"], **params)
        heard = []
        while not any(message.get("id") == number for message in heard):
            came = self.agent.read(60)
            self.assertTrue(came, f"no answer to {request['method']}")
            heard += came
        self.notifications += [message for message in heard if "method" in message]
        (answer,) = [message for message in heard if message.get("id") == number]
        return {**answer, "id": request["id"]}

    def test_paper_and_agent_have_the_same_methods(self):
        self.assertEqual(set(paper()), names_in_sources())
        for name, text in paper().items():
            with self.subTest(name):
                self.assertEqual(messages(text)[0]["method"], name)

    def test_examples_are_answered_as_told(self):
        self.notifications = []
        told = {name: messages(text) for name, text in paper().items()}
        for name, (request, *answer) in told.items():
            with self.subTest(name):
                if "id" in request:
                    self.assertEqual(differences(answer[0], self.answer_to(request)), [])
        self.check_notifications(told)

    def check_notifications(self, told):
        session = told["session.list"][1]["result"][0]
        renamed, forgotten = told["session.changed"]
        (hand_outs,) = told["agent.handOutsChanged"]
        changes = []
        for heard in self.notifications:
            if heard["method"] == "session.changed":
                changes.append(heard["params"])
            else:
                self.assertEqual(differences(hand_outs, heard), [])
        self.assertEqual(changes.pop(), forgotten["params"])
        changes.remove(renamed["params"])
        self.assertTrue(changes)
        for change in changes:
            self.assertEqual(change.keys(), session.keys())


if __name__ == "__main__":
    unittest.main()
