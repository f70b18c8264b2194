# SPDX-License-Identifier: MIT
"""report.json is as docs/report.schema.json says, and docs/report.md tells every field and every file."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402
import made_up_store  # noqa: E402

SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/report.md").read_text(encoding="utf-8")


def fields(node, path=""):
    """(path, description) of every field; `*` for any name, `[]` for each of a list."""
    for name, part in node.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, part.get("description", "")
        if part.get("type") == "array":
            here, part = here + "[]", part["items"]
        yield from fields(part, here)
        if isinstance(part.get("additionalProperties"), dict):
            yield from fields(part["additionalProperties"], here + ".*")


class Schema(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        runs = pathlib.Path(cls.folder.name) / "runs"
        made_up_store.Store(runs)
        subprocess.run([ROOT / "build/bin/spanlab", "report", "made-up"], cwd=runs.parent, check=True,
                       capture_output=True)
        cls.report = runs / "studies/made-up/report"
        cls.content = json.loads((cls.report / "report.json").read_text(encoding="utf-8"))
        cls.validate = staticmethod(fastjsonschema.compile(SCHEMA))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_a_report_is_as_the_schema_says(self):
        self.validate(self.content)

    def test_a_field_that_the_schema_does_not_know_is_noticed(self):
        for change in ({"novel": 1}, {"study": 3}, {"tables": [{}]}):
            with self.assertRaises(fastjsonschema.JsonSchemaException):
                self.validate(self.content | change)

    def test_the_page_tells_every_field(self):
        section = PAGE.split("## `report.json`")[1].split("\n## ")[0]
        told = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.MULTILINE)
        self.assertEqual(told, list(fields(SCHEMA)))

    def test_the_page_tells_every_file(self):
        told = set(re.findall(r"^\| `([^`]+)` \|", PAGE.split("\n## ")[0], re.MULTILINE))
        names = {str(path.relative_to(self.report)) for path in self.report.rglob("*") if path.is_file()}
        shown = {re.sub(r"^charts/.*?(\.svg|\.vl\.json|\.tex)$", r"charts/NAME\1", name) for name in names}
        self.assertEqual(shown, told)

    def test_trials_have_a_column_for_each_parameter_that_differs(self):
        head, *lines = (self.report / "trials.csv").read_text(encoding="utf-8").splitlines()
        paths = [made_up_store.FACTOR, made_up_store.NEGATIVES, "encoder.frozen", "train.lr"]
        self.assertEqual(head.split(",")[4:-2], sorted(paths))
        frozen = [line.split(",") for line in lines if line.startswith("frozen encoder,")]
        self.assertEqual(len(frozen), 9)
        self.assertEqual({tuple(line[4:8]) for line in frozen}, {("true", "0", "20", "5e-05")})


if __name__ == "__main__":
    counted.main()
