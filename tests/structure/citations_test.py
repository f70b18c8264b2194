# SPDX-License-Identifier: MIT
"""What a file cites is there: a path of the repository exists, and a document has the heading that is
named."""

import re
import sys
import unittest

from tree import ROOT, files, place

sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

TEXTS = {".cpp", ".hpp", ".py", ".lua", ".sh", ".cmake", ".toml", ".md", ".txt", ""}
FOLDERS = "benchmarks|cmake|core|datasets|docs|examples|experiments|plugins|reports|scripts|tests"
# A path that begins at the root of the repository; `<name>`, `*` and the like stand for many.
ENDINGS = "md|hpp|cpp|lua|py|sh|cmake|toml|json|svg"
PATH = re.compile(rf"(?<![\w./$}}{{<>*~-])((?:{FOLDERS})/[\w./-]*\w\.(?:{ENDINGS}))(?!\w|\.\w)")
HEADING = re.compile(r"docs/(\w+\.md), ([A-Z][\w.]*(?: [\w.]+)*)")
# A document's section by number, or a document by its name alone that no folder has.
NUMBERED = re.compile(r"\b(?:design|README|\w+\.md),? §")
DOCUMENT = re.compile(r"(?<![\w/.<*-])([\w-]+\.md)\b")
# Inputs and outputs that tests make up, and pages that were published with what they cite.
LEFT_OUT = ("tests/cli/", "reports/", "tests/structure/citations_test.py")
MADE_UP = {"experiments/made-up.lua", "core/changed.cpp"}  # by tests
WRITTEN = {"report.md", "checklist.md"}  # by the program


def texts():
    for path in files():
        name = str(path.relative_to(ROOT))
        if path.suffix in TEXTS and not name.startswith(LEFT_OUT):
            lines = path.read_bytes().decode("utf-8", "replace").splitlines()
            # A sentence of a comment may go over lines: a heading is looked for in two of them together.
            yield path, [
                (number, re.sub(r"^\s*(///?|#|--)\s*", "", line)) for number, line in enumerate(lines, 1)
            ]


def headings(document):
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return re.findall(r"^#+ (.*)$", text, re.MULTILINE)


def has_heading(document, named):
    """The words behind the name of a document begin with one of its headings."""
    return any(re.match(re.escape(heading) + r"\b", named) for heading in headings(document))


def wrong_paths(line):
    if line.startswith(("include", "#include")):
        return []  # a header of ours by its place below another folder: includes_test.py
    return [name for name in PATH.findall(line) if name not in MADE_UP and not (ROOT / name).exists()]


class Citations(unittest.TestCase):
    maxDiff = None

    def test_paths_exist(self):
        wrong = [f"{place(path, number)}: {name}" for path, lines in texts() for number, line in lines
                 for name in wrong_paths(line)]
        self.assertEqual(wrong, [])

    def test_documents_exist(self):
        known = {path.name for path in files()} | WRITTEN
        wrong = [f"{place(path, number)}: {name}" for path, lines in texts() for number, line in lines
                 for name in DOCUMENT.findall(line) if name not in known]
        self.assertEqual(wrong, [])

    def test_headings_exist(self):
        cited = [(place(path, number), *match) for path, lines in texts()
                 for (number, line), (_, after) in zip(lines, lines[1:] + [(0, "")])
                 for match in HEADING.findall(f"{line} {after}") if match[0] in line]
        self.assertGreater(len(cited), 8)
        self.assertEqual([one for one in cited if not has_heading(*one[1:])], [])

    def test_sections_are_cited_by_name(self):
        wrong = [f"{place(path, number)}: {line}" for path, lines in texts() for number, line in lines
                 if NUMBERED.search(line)]
        self.assertEqual(wrong, [])

    def test_what_is_wrong_is_found(self):
        self.assertEqual(wrong_paths("see core/no/such.hpp and docs/data.md"), ["core/no/such.hpp"])
        self.assertTrue(NUMBERED.search("as in design §3") and NUMBERED.search("papers.md §1.4"))
        self.assertFalse(has_heading("papers.md", "Nothing of this name"))
        self.assertTrue(has_heading("papers.md", "Task depth over the last words"))


if __name__ == "__main__":
    counted.main()
