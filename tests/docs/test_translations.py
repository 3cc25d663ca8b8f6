# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that each language is complete, and that each translation keeps what its text has: the
places of values, the key that leads to it, the ellipsis, and a form for each number."""

import collections
import pathlib
import re
import unittest
import xml.etree.ElementTree as xml

FOLDER = pathlib.Path(__file__).parents[2] / "translations"
#: How many forms Qt asks for. It knows more languages than we have.
FORMS = {"de": 2, "fr": 2, "es": 2, "it": 2, "pt_BR": 2, "pl": 3, "uk": 3, "ja": 1, "zh_CN": 1,
         "he": 2}
#: Where the first form is for exactly one, so that the number may be written as a word.
ONE_IS_ONE = ("de", "es", "it", "pl", "he")
VALUE = re.compile(r"%(?:L?\d|n)")
KEY = re.compile(r"&(?!&)(.)")


def languages():
    return sorted(path.stem.removeprefix("latchkey_") for path in FOLDER.glob("*.ts"))


def messages(language):
    """Yields the text, the translations and the element of each message that is not obsolete."""
    for message in xml.parse(FOLDER / f"latchkey_{language}.ts").iter("message"):
        translation = message.find("translation")
        if translation.get("type") in ("obsolete", "vanished"):
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        yield message.findtext("source"), forms or [translation.text or ""], message


def keys_of(text):
    return KEY.findall(text.replace("&&", ""))


def is_list_of(cmake):
    return re.search(r"set\(languages ([\w ]+)\)", cmake)[1].split()


class Translations(unittest.TestCase):
    def each(self, faults_of):
        """Asserts that no translation has a fault, and names those that have."""
        faults = [f"{language}: {fault}: {source!r} -> {form!r}"
                  for language in languages() for source, forms, message in messages(language)
                  for place, form in enumerate(forms)
                  for fault in faults_of(language, source, form, place, message)]
        self.assertEqual(faults, [])

    def test_each_file_is_built_and_each_language_has_one(self):
        cmake = (FOLDER / "CMakeLists.txt").read_text(encoding="utf-8")
        self.assertEqual(sorted(is_list_of(cmake)), languages())
        for language in languages():
            root = xml.parse(FOLDER / f"latchkey_{language}.ts").getroot()
            self.assertEqual(root.get("language"), language)

    def test_nothing_is_unfinished(self):
        def faults(_language, _source, form, _place, message):
            if message.find("translation").get("type") == "unfinished" or not form.strip():
                yield "unfinished"
        self.each(faults)

    def test_there_is_a_form_for_each_number(self):
        def faults(language, _source, _form, place, message):
            has = len(message.findall("translation/numerusform"))
            wants = FORMS[language] if message.get("numerus") == "yes" else 0
            if place == 0 and has != wants:
                yield f"{has} forms in place of {wants}"
        self.each(faults)

    def test_values_keep_their_places(self):
        def faults(language, source, form, place, _message):
            wanted = collections.Counter(VALUE.findall(source))
            found = collections.Counter(VALUE.findall(form))
            if place == 0 and language in ONE_IS_ONE:
                found["%n"] = wanted["%n"] = max(wanted["%n"], found["%n"])
            if +wanted != +found:
                yield f"has {sorted(found)} of {sorted(wanted)}"
        self.each(faults)

    def test_keys_stay_keys(self):
        def faults(_language, source, form, _place, _message):
            keys = keys_of(form)
            if len(keys) != len(keys_of(source)):
                yield "one has a key, one has none"
            elif not all(key.isalnum() for key in keys):
                yield "no key of a keyboard"
        self.each(faults)

    def test_ends_are_alike(self):
        def faults(_language, source, form, _place, _message):
            if source.endswith("…") != form.endswith("…"):
                yield "one ends in an ellipsis"
            if form != form.strip() and source == source.strip():
                yield "a space too many"
        self.each(faults)


if __name__ == "__main__":
    unittest.main()
