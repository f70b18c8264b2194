# SPDX-License-Identifier: MIT
"""The calibration of core/statistics: its program, its corpus, and the page that is published."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks/calibration")]
import counted  # noqa: E402
import page  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("SPANLAB_BUILD", ROOT / "build")) / "bin/spanlab_calibration"
PUBLISHED = ROOT / "reports/statistics"
SAMPLE = ROOT / "datasets/sample"


def published():
    return page.read(PUBLISHED / "counts.json"), page.read(PUBLISHED / "calibration.json")


def f1(seed):
    correct, wrong, missed = (sum(document[i] for document in seed) for i in range(3))
    return 2 * correct / (2 * correct + wrong + missed)


class Calibration(unittest.TestCase):
    maxDiff = None

    def test_the_page_says_what_the_numbers_are(self):
        written = (PUBLISHED / "README.md").read_text(encoding="utf-8")
        self.assertEqual(page.page_of(*published()), written)

    def test_the_numbers_are_of_the_counts(self):
        counts, calibration = published()
        for score, systems in counts["scores"].items():
            for system in "ab":
                expected = [f1(seed) for seed in systems[system]]
                told = calibration["scores"][score][0][f"f1_{system}"]
                self.assertEqual(len(told), 12)
                for one, other in zip(told, expected):
                    self.assertAlmostEqual(one, other, places=12)

    def test_false_alarms_on_trained_models_are_between_1_and_7_percent(self):
        _, calibration = published()
        self.assertEqual(calibration["draws"], 2000)
        for score, sizes in calibration["scores"].items():
            for kind in ("same_a", "same_b", "mixed"):
                rate = sizes[0][kind]["rejected"]["two_way_t_sum"]
                self.assertTrue(0.01 <= rate <= 0.07, f"{score}, {kind}: {rate}")

    def test_the_program_repeats_itself(self):
        counts, _ = published()
        short = {score: {name: [seed[:40] for seed in system] for name, system in systems.items()}
                 for score, systems in counts["scores"].items()}
        with tempfile.TemporaryDirectory() as name:
            file = pathlib.Path(name) / "counts.json"
            page.write_counts({"scores": short}, file)
            once, again = (page.output_of(PROGRAM, file, 20) for _ in range(2))
        self.assertEqual(once, again)
        result = json.loads(once)["scores"]["entity"][0]
        self.assertEqual(result["documents_a_draw"], 20)
        self.assertAlmostEqual(result["f1_a"][0], f1(short["entity"]["a"][0]), places=12)

    def test_the_corpus_is_the_sample_with_more_sentences(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            script = ROOT / "benchmarks/calibration/corpus.py"
            subprocess.run([sys.executable, script, folder, "--test", "200"], check=True)
            for part in ("train", "dev"):
                file = f"sample_{part}.json"
                self.assertEqual((folder / "sample" / file).read_bytes(), (SAMPLE / file).read_bytes())
            longer, shipped = (json.loads((place / "sample_test.json").read_text(encoding="utf-8"))
                               for place in (folder / "sample", SAMPLE))
            self.assertEqual(len(longer), 200)
            self.assertEqual(longer[:180], shipped)
            done = subprocess.run(["spanlab", "data", "check", "sample", "--data-path", folder],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    counted.main()
