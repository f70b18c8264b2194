# SPDX-License-Identifier: MIT
"""What a trial's result depends on is counted in its identity: every file that a run opens is one that the
card of its data, the card of its encoder or the identity itself names by its content, or the program's own;
and what lies in an encoder's folder without being named is refused. The files are seen by a library that
stands before the C library (tests/faults/preload/interposed.cpp)."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(CHECKOUT / "tests"), str(CHECKOUT / "tests/cli")]
import counted  # noqa: E402
import run_cases  # noqa: E402

PROGRAM = pathlib.Path(shutil.which("spanlab") or CHECKOUT / "build/bin/spanlab").resolve()
INTERPOSED = PROGRAM.parent.parent / "tests/faults/interposed.so"
SYSTEM = (
    "/proc/",
    "/sys/",
    "/dev/",
    "/etc/",
    "/usr/",
    "/lib",
    f"{PROGRAM.parent.parent}/",
    f"{CHECKOUT}/.cache/vega/",
)

STUDY = """
local lab = require "spanlab"
return lab.study "tiny" {
  data = lab.data "%(data)s" { train = "train", test = "train" },
  model = lab.model {
    encoder = lab.encoder %(encoder)s,
    tasks = { entity = lab.task {
      head = lab.head "span" {}, loss = { classify = lab.loss "cross_entropy" {} },
      sampler = lab.sampler "uniform" { negatives = 2 }, labeler = lab.labeler "hard" {} } },
  },
  train = { epochs = 1, batch = 1 },
  seeds = { 1 },
  report = { metrics = { "entity.f1" } },
}
"""
BERT = '"bert" { model = "mini" }'
FROZEN = '"bert" { model = "mini", frozen = true }'
BIRNN = '"birnn" { size = 4, character_size = 4, character_states = 4, vectors = "vectors.txt" }'
CONTEXT = '"birnn" { size = 4, character_states = 0, word_size = 4, model = "mini" }'


def sum_of(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Case:
    """A folder with inputs in which a study runs."""

    def __init__(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="spanlab-opened-")
        self.folder = pathlib.Path(self.scratch.name).resolve()
        (self.folder / "home").mkdir()

    def make(self, *arguments):
        maker = CHECKOUT / "tests/made_inputs.py"
        subprocess.run([sys.executable, maker, *arguments], cwd=self.folder, check=True)

    def data(self, name):
        """The data set of a command-line case, under the name `mine`."""
        run_cases.lay_out(CHECKOUT / "tests/cli/data" / name, self.folder / "laid out")
        for part in ("mine", "mine.toml"):
            (self.folder / "laid out" / part).rename(self.folder / part)

    def spanlab(self, *arguments, log=None):
        variables = {**os.environ, "HOME": str(self.folder / "home"), "LC_ALL": "C.UTF-8"}
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "SPANLAB_PLUGIN_PATH"):
            variables.pop(name, None)
        if log:
            variables.update(LD_PRELOAD=str(INTERPOSED), INTERPOSED_LOG=str(log))
        command = [PROGRAM, *arguments, "--data-path", "."]
        return subprocess.run(command, cwd=self.folder, env=variables, text=True, capture_output=True)

    def run(self, encoder, data="mine"):
        """Runs the study; the files that were opened, and the names that were looked for."""
        (self.folder / "study.lua").write_text(STUDY % {"data": data, "encoder": encoder})
        log = self.folder / "home/log"
        result = self.spanlab("run", "study.lua", "--quiet", log=log)
        assert result.returncode == 0, result.stdout + result.stderr
        opened, asked = set(), set()
        for line in log.read_text(errors="replace").splitlines():
            verb, path = line.split(" ", 1)
            (opened if verb == "opened" else asked).add(os.path.normpath(path))
        return opened, asked | opened

    def counted(self, data="mine"):
        """The sums that the trial's identity counts: its own, and those of the cards that it was made
        from."""
        (trial,) = (self.folder / "runs/trials").glob("*/trial.json")
        node = json.loads(trial.read_text())
        text = json.dumps(node["identity"])
        for card in (f"{data}.toml", "models/{}.toml".format(node["configuration"]["encoder"].get("model"))):
            if (self.folder / card).exists():
                text += (self.folder / card).read_text()
        return text

    def not_counted(self, opened, data="mine"):
        counted_sums, found = self.counted(data), []
        own = [self.folder / name for name in ("runs", "home", "study.lua")]
        for path in sorted(opened):
            file = pathlib.Path(path)
            is_ours = file.is_relative_to(CHECKOUT / "datasets") or file.parent in (
                self.folder,
                self.folder / "models",
            )
            is_card = is_ours and file.suffix == ".toml"
            if path.startswith(SYSTEM) or ".so" in file.name or is_card or not file.is_file():
                continue
            if any(file.is_relative_to(folder) for folder in own) or sum_of(file) in counted_sums:
                continue
            found.append(path)
        return found


class Opened(unittest.TestCase):
    def check(self, case, encoder):
        opened, asked = case.run(encoder)
        self.assertIn(str(case.folder / "mine"), " ".join(opened))
        self.assertEqual(case.not_counted(opened), [])
        return asked

    def test_encoders(self):
        for encoder in (BERT, FROZEN, BIRNN, CONTEXT):
            with self.subTest(encoder=encoder):
                case = Case()
                case.make("data", "mine", "encoder", "mini")
                (case.folder / "vectors.txt").write_text("lives 1 2 3\nin 4 5 6\n")
                asked = self.check(case, encoder)
                read = "mini/model.safetensors" if "mini" in encoder else "vectors.txt"
                self.assertIn(str(case.folder / read), asked)
                if encoder == BERT:
                    self.check_folder(case, asked)

    def check_folder(self, case, asked):
        """Whatever an encoder looks for in its folder is named by its card, or refused once it lies there."""
        folder = case.folder / "mini"
        probed = {pathlib.Path(path).name for path in asked if pathlib.Path(path).parent == folder}
        probed |= {"tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.json"}
        for name in sorted(probed - {"config.json", "vocab.txt", "model.safetensors"}):
            (folder / name).write_text("{}")
            for command in ("plan", "run"):
                result = case.spanlab(command, "study.lua")
                self.assertEqual(result.returncode, 4, f"{name} is read and not counted: {result.stdout}")
                self.assertIn(f"mini/{name}: ", result.stderr)
                if name == "tokenizer_config.json":  # what it says is no mistake by itself
                    self.assertIn("may change what an encoder reads", result.stderr)
                    self.assertIn(sum_of(folder / name), result.stderr)
            (folder / name).unlink()
        self.assertIn("1 cached", case.spanlab("plan", "study.lua").stdout)

    def test_formats(self):
        makers = {
            "semeval": lambda case: case.data("semeval-good"),
            "scirex": lambda case: case.data("scirex-good"),
            "triples": lambda case: case.data("triples-good"),
            "scierc": self.scierc,
        }
        for name, make in makers.items():
            with self.subTest(reader=name):
                case = Case()
                make(case)
                (case.folder / "vectors.txt").write_text("was 1 2 3\nin 4 5 6\n")
                self.check(case, BIRNN)

    @staticmethod
    def scierc(case):
        document = {
            "doc_key": "d",
            "sentences": [["Ada", "lives", "in", "Ulm"], ["Ben", "left"]],
            "ner": [[[0, 0, "Per"], [3, 3, "Loc"]], [[4, 4, "Per"]]],
            "relations": [[[0, 0, 3, 3, "Live"]], []],
        }
        entities = {"Per": {"short": "Per", "verbose": "Person"}, "Loc": {"short": "Loc", "verbose": "Place"}}
        relations = {"Live": {"short": "Live", "verbose": "lives in", "symmetric": False}}
        types = {"entities": entities, "relations": relations}
        (case.folder / "mine").mkdir()
        (case.folder / "mine/train.json").write_text(json.dumps(document) + "\n")
        (case.folder / "mine/types.json").write_text(json.dumps(types))
        card = 'title = "made up"\nlicence = "MIT"\nsource = "here"\nreader = "scierc"\n'
        card += '[evaluation]\nprimary = "strict"\n'
        for table, file in (("types", "types.json"), ("splits.train", "train.json")):
            card += f'[{table}]\npath = "{file}"\nsha256 = "{sum_of(case.folder / "mine" / file)}"\n'
        (case.folder / "mine.toml").write_text(card)

    def test_that_an_uncounted_file_is_seen(self):
        case = Case()
        case.make("data", "mine", "encoder", "mini")
        opened, _ = case.run(BERT)
        (case.folder / "mini/extra.json").write_text("[]")
        extra = str(case.folder / "mini/extra.json")
        self.assertEqual(case.not_counted(opened | {extra}), [extra])


if __name__ == "__main__":
    counted.main()
