# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Checks that everything to which comments and papers refer exists: papers, sections, links,
files."""

import os
import re
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
FOLDERS = ("app", "ui", "tests", "docs", "resources", "packaging", "translations", ".ci")
ENDINGS = (".h", ".cpp", ".py", ".sh", ".md", ".txt", ".json", ".1", ".7")

#: `docs/protocol.md §3`, `RFC 9110 §10.2.3`, `docs/protocol.md §3 to §9`. A section without a
#: document belongs to the paper in which it is mentioned.
CITATION = re.compile(
    r"(?:(?P<paper>[\w./-]+\.md)|(?P<standard>RFC \d+|JSON-RPC 2\.0))?"
    r"(?P<sections>(?:(?:,| and| to)? ?§[\d.]*\d)+)|(?<![\w/}])(?P<whole>[\w./-]+\.md)\b")


def sources():
    """Yields the path, from the root, and the text of each of our files."""
    paths = [name for name in os.listdir(ROOT) if os.path.isfile(os.path.join(ROOT, name))]
    for top in FOLDERS:
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            paths += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names]
    for path in paths:
        if path.endswith(ENDINGS) or path == "dev":
            with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
                yield path, file.read()


def unwrapped(text):
    """Joins the lines of comments, because a citation may continue in the next line."""
    return re.sub(r"\n[ \t]*(?://!?|#|\*)?[ \t]*", " ", text)


def place(path, target):
    """Finds the file that `path` refers to: from the root, or from the folder of `path`."""
    found = [os.path.normpath(os.path.join(folder, target))
             for folder in (ROOT, os.path.join(ROOT, os.path.dirname(path)))]
    return next(filter(os.path.exists, found), None)


def sections(paper):
    with open(paper, encoding="utf-8") as file:
        return re.findall(r"^#+ ([\d.]*\d)\. ", file.read(), re.M)


def faults_of(path, text):
    for found in CITATION.finditer(unwrapped(text)):
        if found["standard"]:
            continue
        named = found["paper"] or found["whole"]
        if not named and not path.endswith(".md"):
            yield f"{found[0].strip()} of what?"
            continue
        paper = place(path, named) if named else os.path.join(ROOT, path)
        if not paper:
            yield f"there is no {named}"
            continue
        for number in re.findall(r"§([\d.]+)", found["sections"] or ""):
            if number not in sections(paper):
                yield f"{named or path} has no §{number}"


class Papers(unittest.TestCase):
    maxDiff = None

    def test_cited_papers_and_sections_are_there(self):
        this = os.path.relpath(__file__, ROOT)
        found = [f"{path}: {fault}" for path, text in sources() if path != this
                 for fault in faults_of(path, text)]
        self.assertEqual(found, [])

    def test_links_and_paths_lead_somewhere(self):
        link = re.compile(r"\]\((?!https?:)([^)#]+)")
        name = re.compile(r"`((?:%s)/[^`\s]*)`" % "|".join(map(re.escape, FOLDERS)))
        lost = [f"{path}: {target}" for path, text in sources() if path.endswith(".md")
                for target in link.findall(text) + name.findall(text) if not place(path, target)]
        self.assertEqual(lost, [])

    def test_readme_leads_to_each_paper(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            links = re.findall(r"\]\((docs/[^)]+)\)", file.read())
        self.assertEqual(set(links), {f"docs/{name}" for name in os.listdir(f"{ROOT}/docs")})

    def test_faults_are_found(self):
        for text in ("see protocol.md §1.5", "docs/protocol.md §99", "design §6", "(§3)",
                     "// docs/protocol.md\n    // §99", "docs/protocol.md §3 to §99",
                     "docs/nothing.md"):
            with self.subTest(text):
                self.assertEqual(len(list(faults_of("app/x.h", text))), 1)
        for text in ("RFC 9110 §10.2.3", "docs/protocol.md §3 and §4", "//! docs/protocol.md\n//! §3",
                     "tests/appliance/README.md"):
            with self.subTest(text):
                self.assertEqual(list(faults_of("app/x.h", text)), [])


if __name__ == "__main__":
    unittest.main()
