# SPDX-License-Identifier: MIT
"""docs/commands.md is what the program's own table of commands says."""
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402


def printed(*words):
    return subprocess.run(["spanlab", *words], capture_output=True, text=True, check=True).stdout


class Commands(unittest.TestCase):
    maxDiff = None

    def test_the_document_is_what_the_program_prints(self):
        written = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
        self.assertEqual(written, printed("commands"), "write it anew: spanlab commands > docs/commands.md")

    def test_it_has_every_command_that_help_lists(self):
        text = printed("commands")
        listed = printed("--help").split("Commands:\n")[1].split("\n\n")[0]
        names = [line[2:18].strip() for line in listed.splitlines() if not line.startswith(" " * 18)]
        self.assertGreater(len(names), 15)
        for name in names:
            self.assertIn(f"\n### {name}\n\n    spanlab {name}", text)

    def test_every_example_of_it_is_taken_by_the_command_line(self):
        """Not run: --help is asked for the command that the example names."""
        for line in printed("commands").splitlines():
            if not line.startswith("    ") or "spanlab " not in line:
                continue
            words = line[line.index("spanlab "):].split()
            names = words[1:3] if words[1] in ("data", "plugin") else words[1:2]
            self.assertTrue(printed(*names, "--help").startswith("usage: spanlab " + " ".join(names)), line)


if __name__ == "__main__":
    counted.main()
