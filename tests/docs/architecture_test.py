# SPDX-License-Identifier: MIT
"""docs/architecture.md lists the rooms as they are: their order, what sees tensors, and what lies on the
disk."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/structure")]
import counted  # noqa: E402
import includes_test  # noqa: E402

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def section(title):
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


class Architecture(unittest.TestCase):
    maxDiff = None

    def test_rooms_are_those_of_the_includes(self):
        rooms = re.findall(r"^\| `(\w+)` \| .+ \| (yes|no) \|$", section("The rooms"), re.MULTILINE)
        self.assertEqual([name for name, _ in rooms], includes_test.LEVELS)
        self.assertEqual({name for name, tensors in rooms if tensors == "no"}, includes_test.WITHOUT_TENSORS)

    def test_rooms_that_are_named_exist(self):
        named = set(re.findall(r"\| \d \| `(\w+)` \|", PAGE)) | set(
            re.findall(r"\| `(\w+)` \|$", PAGE, re.MULTILINE)
        )
        self.assertGreater(len(named), 5)
        self.assertEqual(named - set(includes_test.LEVELS), set())

    def test_files_on_the_disk_are_written(self):
        sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "core").rglob("*.[ch]pp"))
        names = re.findall(r"[/`]([a-z]+\.(?:jsonl?|safetensors|txt|sqlite))`", section("On the disk"))
        self.assertGreater(len(names), 6)
        self.assertEqual([name for name in names if f'"{name}"' not in sources], [])


if __name__ == "__main__":
    counted.main()
