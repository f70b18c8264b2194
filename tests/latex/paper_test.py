# SPDX-License-Identifier: MIT
"""What a report has for a paper is set by pdflatex: no error, no box too wide, nothing undefined.
The document lies in build/pages afterwards."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/report")]
import counted  # noqa: E402
import made_up_store  # noqa: E402

PICTURES = ROOT / "build/pages"


class Paper(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not shutil.which("pdflatex"):
            if os.environ.get("CI"):
                raise AssertionError("pdflatex is missing")
            raise unittest.SkipTest("pdflatex is missing: scripts/setup tests installs it")
        cls.folder = tempfile.TemporaryDirectory()
        runs = pathlib.Path(cls.folder.name) / "runs"
        made_up_store.Store(runs)
        subprocess.run([ROOT / "build/bin/spanlab", "report", "made-up"], cwd=runs.parent, check=True,
                       capture_output=True)
        cls.report = runs / "studies/made-up/report"
        cls.log = cls.typeset("paper")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def typeset(cls, name):
        """Sets NAME.tex with its references; the log of the last run."""
        latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", name]
        for command in (latex, ["bibtex", name], latex, latex):
            done = subprocess.run(command, cwd=cls.report, capture_output=True, text=True, errors="replace")
            if done.returncode:
                raise AssertionError(f"{' '.join(command)}:\n{done.stdout[-2000:]}")
        log = (cls.report / f"{name}.log").read_text(errors="replace")
        PICTURES.mkdir(parents=True, exist_ok=True)
        shutil.copy(cls.report / f"{name}.pdf", PICTURES)
        return log.replace("\n", " ")

    def test_no_box_is_too_wide(self):
        self.assertEqual(re.findall(r"Overfull \\hbox[^\[]{0,200}", self.log), [])

    def test_nothing_is_undefined(self):
        self.assertNotIn("undefined", self.log)
        self.assertNotIn("multiply defined", self.log)

    def test_every_part_is_in_the_document(self):
        document = (self.report / "paper.tex").read_text(encoding="utf-8")
        charts = {path.name for path in (self.report / "charts").glob("*.tex")}
        self.assertEqual(len(charts), 15)
        self.assertEqual(set(re.findall(r"charts/([^}]+\.tex)", document)), charts)

    def test_a_box_that_is_too_wide_is_noticed(self):
        wide = "\\documentclass{article}\\begin{document}\\noindent\\rule{50cm}{1pt}\\cite{holm1979simple}"
        text = wide + "\\bibliographystyle{plain}\\bibliography{references}\\end{document}"
        (self.report / "wide.tex").write_text(text)
        self.assertIn("Overfull \\hbox", self.typeset("wide"))


if __name__ == "__main__":
    counted.main()
