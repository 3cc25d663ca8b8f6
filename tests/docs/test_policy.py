# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that the policy template for Windows has what docs/administration.md §3 has, and is whole."""

import pathlib
import re
import unittest
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging/windows/policy"
KEY = "Software\\Policies\\Latchkey"
#: Its elements have values in the registry; `list` has a key of its own instead.
VALUED = ("text", "enum", "decimal", "multiText")


def tree(path):
    """The file without namespaces, which ElementTree would put before each name."""
    root = xml.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def documented():
    """Yields each member of the table, in full, and the words that it may have."""
    section = (ROOT / "docs/administration.md").read_text(encoding="utf-8").split("\n## ")[3]
    for names, value in re.findall(r"^\| (`.*?) \| (.*?) \|", section, re.M):
        group = None
        for name in re.findall(r"`([^`]+)`", names):
            full = name if group is None else f"{group}.{name}"
            group = full.rpartition(".")[0]
            yield full, re.findall(r"`(\w+)`", value)


def member(key, name):
    """`settings.proxy.host` of Software\\Policies\\Latchkey\\settings\\proxy and host."""
    below = key.removeprefix(KEY).strip("\\").split("\\") if key != KEY else []
    return ".".join([*below, name])


def templates():
    """Yields each member of the template, and the words that it may have."""
    for policy in tree(FOLDER / "latchkey.admx").iter("policy"):
        if policy.get("valueName"):
            yield member(policy.get("key"), policy.get("valueName")), []
        for element in policy.findall("elements/*"):
            if element.tag in VALUED:
                yield (member(element.get("key", policy.get("key")), element.get("valueName")),
                       [word.text for word in element.iter("string")])
            elif element.tag == "list":
                yield element.get("key").removeprefix(KEY).strip("\\"), []


class Policy(unittest.TestCase):
    def setUp(self):
        self.template = (FOLDER / "latchkey.admx").read_text(encoding="utf-8")
        self.texts = tree(FOLDER / "en-US/latchkey.adml")

    def test_each_member_is_in_the_template_with_its_words(self):
        # Groups are keys, and what an account has is in its own JSON.
        wanted = {name: words for name, words in documented()
                  if name not in ("settings", "settings.proxy") and not name.startswith("accounts[]")}
        self.assertEqual(dict(templates()), wanted)

    def test_texts_are_those_that_the_template_wants(self):
        wanted = set(re.findall(r"\$\(string\.(\w+)\)", self.template))
        self.assertEqual({text.get("id") for text in self.texts.iter("string")}, wanted)

    def test_each_element_has_its_field(self):
        wanted = set(re.findall(r"\$\(presentation\.(\w+)\)", self.template))
        self.assertEqual({form.get("id") for form in self.texts.iter("presentation")}, wanted)
        fields = [field.get("refId") for form in self.texts.iter("presentation") for field in form]
        elements = [element.get("id") for element in tree(FOLDER / "latchkey.admx").iter()
                    if element.tag in (*VALUED, "list") and element.get("id")]
        self.assertEqual(sorted(fields), sorted(elements))


if __name__ == "__main__":
    unittest.main()
