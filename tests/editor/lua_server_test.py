# SPDX-License-Identifier: MIT
"""A Lua language server reads what `spanlab lua-stubs` writes: it reports nothing on the shipped studies,
finds what is wrong in a study, and completes and explains components, parameters and paths."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402
from lua_server import Server, installed  # noqa: E402

WRONG = """local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "wrong" {
  question = 3,
  data = lab.data "sample" { limit = "all" },
  model = spert.model { negatives = "many", encoder = lab.encoder "birnn" { size = "big", cell = "grus" } },
  train = { epochs = "three" },
  space = lab.grid { ["entity.sampler.negatives"] = { "few" } },
  ablate = { ["none"] = { ["encoder.dropout"] = "none" } },
  report = { metrics = { 3 } },
}
"""
TYPED = """local lab = require "spanlab"
local a = lab.encoder ""
local b = lab.encoder "birnn" { wo }
local c = lab.encoder "birnn" { cell = "" }
local d = lab.grid { en }
local e = require("recipes.spert").model { ne }
"""


@unittest.skipUnless(installed() or os.environ.get("CI") == "true", "no Lua language server is installed")
class LuaServer(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        subprocess.run(["spanlab", "lua-stubs", cls.folder / "stubs"], check=True, capture_output=True)
        shutil.copytree(ROOT / "experiments", cls.folder / "experiments")
        shutil.copytree(ROOT / "benchmarks/studies", cls.folder / "benchmarks")
        for study in (ROOT / "templates/plugin").glob("*/study.lua"):
            shutil.copy(study, cls.folder / f"{study.parent.name}.lua")

    def test_no_problem_in_the_shipped_studies(self):
        """With the definitions alone, as beside an installation."""
        studies = [path.relative_to(self.folder) for path in sorted(self.folder.rglob("*.lua"))
                   if "stubs" not in path.parts]
        self.assertGreater(len(studies), 35)
        with Server(installed(), self.folder) as server:
            for study in studies:
                server.open(study)
            found = {str(study): server.problems(study) for study in studies}
        self.assertEqual({study: problems for study, problems in found.items() if problems}, {})

    def test_no_problem_where_the_recipes_lie_beside(self):
        """As in a checkout, whose modules a server reads itself; they have none either."""
        with tempfile.TemporaryDirectory() as folder:
            for part in ("experiments", "scripts/recipes"):
                shutil.copytree(ROOT / part, pathlib.Path(folder, part))
            shutil.copytree(self.folder / "stubs", pathlib.Path(folder, "stubs"))
            names = [path.relative_to(folder) for part in ("experiments", "scripts")
                     for path in sorted(pathlib.Path(folder, part).rglob("*.lua"))]
            with Server(installed(), folder) as server:
                for name in names:
                    server.open(name)
                found = {str(name): server.problems(name) for name in names}
        self.assertEqual({name: problems for name, problems in found.items() if problems}, {})

    def test_what_is_wrong_is_found(self):
        with Server(installed(), self.folder) as server:
            server.open("wrong.lua", WRONG)
            lines = {int(problem.split(":")[0]) for problem in server.problems("wrong.lua")}
        self.assertEqual(lines, {4, 5, 6, 7, 8, 9, 10})

    def test_it_completes(self):
        with Server(installed(), self.folder) as server:
            server.open("typed.lua", TYPED)

            def offered(mark):
                return set(server.completions("typed.lua", TYPED, mark))

            self.assertLessEqual({"bert", "birnn"}, offered('a = lab.encoder "'))
            self.assertIn("word_size", offered("{ wo"))
            self.assertNotIn("frozen", offered("{ wo"))
            self.assertEqual(offered('cell = "'), {"gru", "lstm"})
            self.assertLessEqual({"entity.sampler.negatives", "encoder.model", "entity.loss.classify"},
                                 offered("{ en"))
            self.assertIn("negatives", offered("{ ne"))

    def test_it_explains(self):
        with Server(installed(), self.folder) as server:
            server.open("wrong.lua", WRONG)
            self.assertIn("states per direction of a shared layer", server.hover("wrong.lua", WRONG, "{ siz"))
            self.assertIn("passes over the training sentences", server.hover("wrong.lua", WRONG, "{ epo"))


if __name__ == "__main__":
    counted.main()
