# SPDX-License-Identifier: MIT
"""The command-line cases share their inputs: no file stands twice in tests/cli, and what lies in `shared` is
shared."""

import collections
import hashlib
import pathlib
import sys
import tempfile
import unittest

import tree

sys.path.insert(0, str(tree.ROOT / "tests"))
sys.path.insert(0, str(tree.ROOT / "tests/cli"))
import counted  # noqa: E402
import run_cases  # noqa: E402

SMALL = 2  # bytes: an empty list or object may stand as often as it is needed


def twice(paths):
    """Groups of paths with equal contents."""
    groups = collections.defaultdict(list)
    for path in paths:
        if path.stat().st_size > SMALL:
            groups[hashlib.sha256(path.read_bytes()).digest()].append(str(path.relative_to(run_cases.CASES)))
    return [group for group in groups.values() if len(group) > 1]


def cases():
    return sorted(path.parent for path in run_cases.CASES.glob("*/*/case"))


def names_of_inputs():
    """What the lines of all cases and shared folders name, once for each line."""
    texts = [run_cases.parts_of(case).get("inputs", "") for case in cases()]
    texts += [path.read_text(encoding="utf-8") for path in run_cases.SHARED.rglob("inputs")]
    return [line.split(": ")[1] for text in texts for line in text.splitlines()]


class Cases(unittest.TestCase):
    maxDiff = None

    def files(self):
        return [path for path in tree.files() if path.is_relative_to(run_cases.CASES)]

    def test_no_file_stands_twice(self):
        self.assertGreater(len(cases()), 200)
        self.assertEqual(
            twice(self.files()), [], "let it lie in tests/cli/shared and be named under `-- inputs --`"
        )

    def test_what_is_shared_is_used_twice(self):
        named = names_of_inputs()
        for path in run_cases.SHARED.rglob("*"):
            if path.is_file() and path.name != "inputs":
                name = path.relative_to(run_cases.SHARED)
                uses = sum(name.is_relative_to(other) for other in named)
                self.assertGreaterEqual(
                    uses, 2, f"shared/{name}: let it lie in the folder of the case that uses it"
                )

    def test_every_folder_of_a_case_has_one(self):
        folders = {
            tree.ROOT.joinpath(*path.relative_to(tree.ROOT).parts[:4])
            for path in self.files()
            if len(path.relative_to(run_cases.CASES).parts) > 2 and not path.is_relative_to(run_cases.SHARED)
        }
        self.assertEqual(folders - set(cases()), set())
        parts = [str(path.relative_to(run_cases.CASES)) for case in cases() for path in case.iterdir()
                 if path.name in run_cases.PARTS]
        self.assertEqual(parts, [], "a part of a case stands in its file `case`")

    def test_equal_files_are_found(self):
        with tempfile.TemporaryDirectory(dir=run_cases.CASES) as scratch:
            paths = [pathlib.Path(scratch, name) for name in ("one", "other", "short", "brief")]
            for path, text in zip(paths, ("same", "same", "[]", "[]")):
                path.write_text(text)
            self.assertEqual([len(group) for group in twice(paths)], [2])


if __name__ == "__main__":
    counted.main()
