# SPDX-License-Identifier: MIT
"""docs/language.md has every word of the study language, and each of its examples plans as many trials as it
says."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/lua")]
import counted  # noqa: E402
import every_function_test  # noqa: E402

PAGE = (ROOT / "docs/language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```lua\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
STUDY = """local lab = require "spanlab"
local spert = require "recipes.spert"
local study = {
  data = lab.data "sample" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "birnn" {} },
}
for name, value in pairs {
%s} do study[name] = value end
return lab.study "example" (study)
"""
METHODS = {"where", "when", "sample"}  # of a space, and functions too


def headings():
    return set(re.findall(r"^### `(.*)`$", PAGE, re.MULTILINE))


def entries():
    """The words that study, model, report and profiles take, as the sources list them."""
    reader = (ROOT / "core/lua/study_reader.cpp").read_text(encoding="utf-8")
    lists = re.findall(
        r'each_known\([^{]*?\{((?:"\w+",?\s*)+)\}|point\(table, inside, name, \{([^}]*)\}', reader
    )
    return {word for pair in lists for part in pair for word in re.findall(r'"(\w+)"', part)}


class Language(unittest.TestCase):
    maxDiff = None

    def plan(self, script):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "study.lua")
            path.write_text(script, encoding="utf-8")
            command = ["spanlab", "plan", path.name, "--json"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, script + done.stderr)
            return json.loads(done.stdout)["trials"]

    def test_examples_plan_what_they_say(self):
        self.assertGreater(len(EXAMPLES), 20)
        for example in EXAMPLES:
            with self.subTest(example):
                whole = "\nreturn" in example
                said = re.search(r"-- (\d+) trials?$", example, re.MULTILINE)
                count = self.plan(example if whole else STUDY % example)
                self.assertEqual(count, int(said[1]) if said else 1)

    def test_every_function_has_a_section(self):
        functions = {name for name in every_function_test.functions() if name.startswith("lab.")}
        self.assertGreater(len(functions), 15)
        words = {
            name.removeprefix("lab.") if name.removeprefix("lab.") in METHODS else name for name in functions
        }
        self.assertEqual(words - headings(), set())

    def test_every_entry_is_told(self):
        words = entries()
        self.assertLessEqual({"question", "encoder", "tasks", "baseline", "space", "profiles"}, words)
        self.assertEqual(
            {word for word in words if f"`{word}`" not in PAGE and f" {word} = " not in PAGE}, set()
        )

    def test_every_function_of_lua_is_named(self):
        rest = {name for name in every_function_test.functions() if not name.startswith("lab.")}
        lines = dict(
            re.findall(r"^\| `?(\w+)`? \| (`.*) \|$", PAGE[PAGE.index("## Lua itself") :], re.MULTILINE)
        )
        for name in rest:
            library, _, function = name.rpartition(".")
            self.assertIn(f"`{function}`", lines[library or "global"], name)


if __name__ == "__main__":
    counted.main()
