# SPDX-License-Identifier: MIT
"""A model of each paper learns 30 real sentences: at least 95 F1 on them for entities and relations."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

DATASETS = pathlib.Path(os.environ.get("SPANLAB_SHARED", ROOT.parent / "shared")) / "datasets"


class Learning(unittest.TestCase):
    def learn(self, study):
        if not DATASETS.is_dir() and os.environ.get("CI") != "true":
            self.skipTest(f"no data sets at {DATASETS}")
        with tempfile.TemporaryDirectory() as runs:
            done = subprocess.run(
                ["spanlab", "run", study, "--runs", runs, "--quiet"], capture_output=True, text=True
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            report = json.loads(
                (
                    pathlib.Path(runs) / "studies" / f"learning_{study.stem}" / "report" / "report.json"
                ).read_text(encoding="utf-8")
            )
        (row,) = report["tables"][0]["rows"]
        reached = {metric: score["mean"] for metric, score in row["scores"].items()}
        print(f"{study.stem}: {reached}")
        self.assertTrue(reached)
        for metric, mean in reached.items():
            self.assertGreaterEqual(mean, 95, metric)


def test_of(study):
    return lambda self: self.learn(study)


for path in sorted((ROOT / "tests/studies/learning").glob("*.lua")):
    setattr(Learning, f"test_{path.stem}", test_of(path))

if __name__ == "__main__":
    counted.main()
