# SPDX-License-Identifier: MIT
"""What the tests of encoders' folders share: the program in a folder of its own, and a study."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SPANLAB_BUILD", ROOT / "build"))
STUDY = """local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "small" {
  data = lab.data "sample" { train = "dev", test = "dev", limit = 8 },
  model = spert.model { encoder = lab.encoder "bert" { model = "tiny" } },
  train = { epochs = 1, batch = 4, lr = 1e-3 },
}
"""


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)

    def spanlab(self, *arguments, text=""):
        environment = dict(os.environ, XDG_CONFIG_HOME=str(self.root / "config"), OMP_NUM_THREADS="1")
        return subprocess.run(
            [BUILD / "bin/spanlab", *arguments, "--data-path", "."],
            cwd=self.root,
            input=text,
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )

    def pieces(self, words, model="tiny"):
        result = self.spanlab("tokenize", "--model", model, "--json", text="\n".join(words) + "\n")
        self.assertEqual(result.returncode, 0, result.stderr)
        found = [json.loads(line) for line in result.stdout.splitlines()]
        return [one["pieces"][1:-1] for one in found]

    def run_study(self):
        (self.root / "small.lua").write_text(STUDY)
        return self.spanlab("run", "small.lua", "--jobs", "1", "--runs", "runs")

    def refused(self, result, *fragments):
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        for fragment in fragments:
            self.assertIn(fragment, result.stderr)
