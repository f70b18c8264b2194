# SPDX-License-Identifier: MIT
"""What every study of a paper's folder says before anything else: its hypothesis, and what would refute it;
and that it has a quick profile."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

REFUTATION = re.compile(r"\b[Rr]efute[ds]\b")


def studies():
    """(name, text) of every file below experiments/<paper>/."""
    files = sorted(path for path in (ROOT / "experiments").glob("*/**/*") if path.is_file())
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in files]


def first_comment(text):
    """The lines of comment that follow the licence, before any code or empty line, as one text."""
    lines = []
    for line in text.splitlines()[1:]:
        if not line.startswith("--"):
            break
        lines.append(line[2:].strip())
    return " ".join(lines)


def sentences(comment):
    """A full stop, colon or semicolon ends one where white space follows."""
    return [part for part in re.split(r"[.:;]\s+", comment) if part]


def has_hypothesis(comment):
    """Whether a sentence of some length says something else than what would refute it."""
    return any(len(part.split()) >= 5 and not REFUTATION.search(part) for part in sentences(comment))


def keys_of_profiles(text):
    """Keys of the table `profiles`, by the braces around it."""
    found = re.search(r"^\s*profiles\s*=\s*\{", text, re.M)
    depth, own = 1, ""
    for sign in text[found.end():] if found else "}":
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            break
        if depth == 1:
            own += sign
    return re.findall(r"(\w+)\s*=(?!=)", own)


class Studies(unittest.TestCase):
    maxDiff = None

    def test_there_are_studies_of_every_paper_and_crossings(self):
        folders = {pathlib.PurePath(name).parts[1] for name, _ in studies()}
        self.assertLessEqual({"spert_mt", "label_variation", "task_depth", "crossings"}, folders)

    def test_each_begins_with_a_hypothesis(self):
        self.assertEqual([name for name, text in studies() if not has_hypothesis(first_comment(text))], [])

    def test_each_says_first_what_would_refute_it(self):
        self.assertEqual([name for name, text in studies() if not REFUTATION.search(first_comment(text))], [])

    def test_each_has_a_quick_profile(self):
        self.assertEqual([name for name, text in studies() if "quick" not in keys_of_profiles(text)], [])

    def test_what_is_wanting_is_found(self):
        head = "-- SPDX-License-Identifier: MIT\n"
        good = (
            head
            + "-- More layers of a task's own should help its scores. Refuted if\n-- they do not.\n"
            "local lab\nprofiles = { quick = fast }\n"
        )
        self.assertTrue(has_hypothesis(first_comment(good)) and REFUTATION.search(first_comment(good)))
        self.assertEqual(keys_of_profiles(good), ["quick"])
        late = head + "local lab\n-- More layers of a task's own should help. Refuted if not.\n"
        self.assertEqual(first_comment(late), "")
        self.assertFalse(has_hypothesis("Refuted if strict relation F1 is less than 3 below."))
        self.assertFalse(REFUTATION.search("More layers of a task's own should help its scores."))
        self.assertEqual(
            keys_of_profiles("profiles = { slow = { quick = 1 }, [\"a\"] = 2 }\n quick = 3"), ["slow"]
        )


if __name__ == "__main__":
    counted.main()
