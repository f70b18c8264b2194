# SPDX-License-Identifier: MIT
"""Every study of experiments/<paper>/: its plan in full, and its quick profile run on real data."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

DATASETS = pathlib.Path(os.environ.get("SPANLAB_SHARED", ROOT.parent / "shared")) / "datasets"


def spanlab(*arguments):
    return subprocess.run(["spanlab", *map(str, arguments)], capture_output=True, text=True)


class Studies(unittest.TestCase):
    """One test per study is added below; all share a run store, as they share trials."""

    @classmethod
    def setUpClass(cls):
        if not DATASETS.is_dir():
            if os.environ.get("CI") == "true":
                raise AssertionError(f"no data sets at {DATASETS}")
            raise unittest.SkipTest(f"no data sets at {DATASETS}")
        cls.folder = tempfile.TemporaryDirectory()
        cls.runs = pathlib.Path(cls.folder.name) / "runs"
        cls.seconds = {}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()
        slowest = max(cls.seconds, key=cls.seconds.get, default="none")
        print(
            f"quick profiles: {len(cls.seconds)} studies ran {sum(cls.seconds.values()):.0f} s in all, "
            f"longest {slowest} with "
            f"{cls.seconds.get(slowest, 0):.0f} s"
        )

    def run_quick(self, study):
        planned = spanlab("plan", study, "--json", "--runs", self.runs)
        self.assertEqual(planned.returncode, 0, planned.stderr)
        start = time.monotonic()
        quick = spanlab("run", study, "--profile", "quick", "--runs", self.runs, "--quiet")
        self.seconds[f"{study.parent.name}/{study.stem}"] = time.monotonic() - start
        self.assertEqual(quick.returncode, 0, quick.stderr)
        name = json.loads(planned.stdout)["study"]
        report = json.loads(
            (self.runs / "studies" / name / "parts/quick/report/report.json").read_text(encoding="utf-8")
        )
        for table in report["tables"]:
            for row in table["rows"]:
                self.assertTrue(
                    any(score["n"] for score in row["scores"].values()),
                    f"{name}: {row['label']} has no score",
                )


def test_of(study):
    return lambda self: self.run_quick(study)


for path in sorted(ROOT.glob("experiments/*/*.lua")):
    setattr(Studies, f"test_{path.parent.name}_{path.stem}", test_of(path))

if __name__ == "__main__":
    counted.main()
