# SPDX-License-Identifier: MIT
"""Sources stand as clang-format would write them, and no line of any source is too long to be read beside
another."""

import os
import subprocess
import sys
import unittest

from tree import ROOT, files

sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

COLUMNS = 110
SOURCES = {".cpp", ".hpp", ".lua", ".py", ".sh", ".cmake"}


def is_source(path):
    return (path.suffix in SOURCES or path.name == "CMakeLists.txt"
            or path.suffix == "" and path.read_bytes().startswith(b"#!"))


def long_lines(text):
    """Numbers and lengths of the lines above the limit."""
    return [(number, len(line)) for number, line in enumerate(text.splitlines(), 1) if len(line) > COLUMNS]


def differences(paths):
    """What clang-format would write otherwise."""
    command = [str(ROOT / ".venv/bin/clang-format"), "--dry-run", "--Werror", "--ferror-limit=1"]
    halves = [
        subprocess.Popen(
            command + [str(path) for path in paths[start::2]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for start in (0, 1)
    ]
    told = [process.communicate()[1] for process in halves]
    return [line for text in told for line in text.splitlines() if "error:" in line]


class Format(unittest.TestCase):
    maxDiff = None

    def test_sources_are_formatted(self):
        paths = [path for path in files() if path.suffix in {".cpp", ".hpp"}]
        self.assertGreater(len(paths), 100)
        self.assertEqual(differences(paths), [], "mend it: .venv/bin/clang-format -i FILE…")

    def test_no_long_line(self):
        found = [f"{path.relative_to(ROOT)}:{number}: {length} columns" for path in files() if is_source(path)
                 for number, length in long_lines(path.read_text(encoding="utf-8"))]
        self.assertEqual(found, [])

    def test_what_is_wrong_is_found(self):
        self.assertEqual(long_lines("a" * 110 + "\n" + "b" * 111), [(2, 111)])
        scratch = ROOT / f"tests/structure/.unformatted-{os.getpid()}.cpp"
        scratch.write_text("int  f( ){return 1;}\n")
        try:
            self.assertNotEqual(differences([scratch]), [])
        finally:
            scratch.unlink()


if __name__ == "__main__":
    counted.main()
