# SPDX-License-Identifier: MIT
"""Every command that Spanlab prints is run by bash as it was printed: with folders whose names need
quotes."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

DATA, PLUGINS, RUNS = "my data", "plug ins $(touch broken)/it's.so", "--runs ü"
STUDY = """local lab = require "spanlab"
return lab.study "tiny" {
  data = lab.data "mine" { train = "train", test = "test", limit = 12 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, word_size = 8, character_states = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "trouble" { act = "%s" } },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4 },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
"""


class PrintedCommands(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="spanlab-printed-"))
        self.addCleanup(shutil.rmtree, self.folder)
        mine = self.folder / DATA / "mine"
        mine.mkdir(parents=True)
        for file in (ROOT / "datasets/sample").glob("sample_*.json"):
            shutil.copy(file, mine)
        shutil.copy(ROOT / "datasets/sample.toml", self.folder / DATA / "mine.toml")
        plugin = self.folder / PLUGINS
        plugin.parent.mkdir()
        shutil.copy(
            pathlib.Path(shutil.which("spanlab")).resolve().parent.parent / "tests/plugins/trouble.so", plugin
        )
        self.options = ["--data-path", DATA, "--plugin-path", PLUGINS, f"--runs=./{RUNS}"]

    def study(self, name, act="none"):
        (self.folder / name).write_text(STUDY % act, encoding="utf-8")
        return "./" + name

    def spanlab(self, *words, status=0):
        return self.finished(["spanlab", *words, *self.options], status)

    def bash(self, command, status=0):
        """Runs what was printed, `scripts/spanlab` standing for the program."""
        return self.finished(["bash", "-c", re.sub("^scripts/spanlab", "spanlab", command)], status)

    def finished(self, command, status):
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**os.environ, "HOME": str(self.folder / "home"), "COLUMNS": "400"},
        )
        self.assertEqual(done.returncode, status, f"{command}\n{done.stdout}\n{done.stderr}")
        self.assertEqual(list(self.folder.rglob("broken")), [], command)
        return done.stdout + done.stderr

    def next_of(self, text):
        (command,) = re.findall(r"^next: (.*)$", text, re.MULTILINE)
        self.assertNotIn("\x1b", command)
        return command

    def test_from_plan_to_report(self):
        for name in ("my study.lua", "-it's $(touch broken).lua", "line\nbreak \x1b[2J.lua"):
            with self.subTest(name):
                planned = self.spanlab("plan", self.study(name), "--set", "train.epochs=1", "--seeds", "1,2")
                self.assertIn("2 to run" if name == "my study.lua" else "2 cached", planned)
                if "2 cached" in planned:  # then there is no next command; the stored plan's is below
                    shutil.rmtree(self.folder / RUNS)
                    planned = self.spanlab("plan", self.study(name))
                ran = self.bash(self.next_of(planned))
                self.assertIn("2 finished", self.spanlab("status", "tiny"))
                report = self.next_of(ran)
                part = "seeds-1-2+train.epochs-1" if name == "my study.lua" else ""
                self.assertIn(f"report tiny{'/' if part else ''}{part} --out DIR", report)
                self.bash(report)
                shutil.rmtree(self.folder / "DIR")
                folder = self.folder / RUNS / "studies/tiny"
                self.reproduce((folder / "parts" / part if part else folder) / "report/report.md")

    def reproduce(self, page):
        (block,) = re.findall(
            r"^## How to reproduce it\n\n```\n(.*?)```",
            page.read_text(encoding="utf-8"),
            re.MULTILINE | re.DOTALL,
        )
        run, report = block.splitlines()
        self.assertIn("2 cached", self.bash(run))
        self.bash(report)

    def test_a_published_report(self):
        self.spanlab("run", self.study("my study.lua"))
        self.spanlab("report", "tiny", "--out", "my page")
        self.reproduce(self.folder / "my page/report.md")

    def test_failed_trials(self):
        failed = self.spanlab("run", self.study("bad.lua", "nan"), status=1)
        self.bash(self.next_of(failed), status=1)
        self.assertIn(
            "2 failed",
            self.bash(
                self.next_of(self.spanlab("status", "tiny"))
                .replace("rerun", "status")
                .replace("--failed", "")
            ),
        )
        logs = re.findall(r"`(spanlab logs [^`]*)` prints", failed)
        self.assertEqual(len(logs), 2, failed)
        for command in logs:
            self.bash(command)

    def test_waiting_trials(self):
        self.spanlab("run", self.study("my study.lua"))
        for trial in json.loads(self.spanlab("ls", "--json"))[:1]:
            shutil.rmtree(self.folder / RUNS / "trials" / trial["trial"])
        resume = self.next_of(self.spanlab("status", "tiny"))
        self.assertIn("resume tiny", resume)
        self.bash(resume)
        self.bash(self.next_of(self.spanlab("status", "tiny")))

    def test_data_and_plugins(self):
        added = self.spanlab("data", "add", "mine", f"./{DATA}/mine")
        self.assertIn("mine: Sample", self.bash(self.next_of(added)))
        listed = self.spanlab("data", "list")
        (info,) = re.findall("^(spanlab data info NAME.*?)   ", listed, re.MULTILINE)
        self.assertIn("mine: Sample", self.bash(info.replace("NAME", "mine")))
        (add,) = re.findall("^(spanlab data add NAME DIR.*?)   ", listed, re.MULTILINE)
        self.bash(add.replace("NAME", "mine").replace("DIR", f"'./{DATA}/mine'"))
        (component,) = re.findall(
            "^(spanlab plugin info .*?)   ", self.spanlab("plugin", "list"), re.MULTILINE
        )
        self.assertIn("loss/trouble", self.bash(component.replace("KIND/ID", "loss/trouble")))

    def test_messages(self):
        study = self.study("my study.lua")
        text = (self.folder / study).read_text(encoding="utf-8")
        (self.folder / study).write_text(text.replace('"trouble"', '"truble"'), encoding="utf-8")
        (plugins,) = re.findall(r"\(`(spanlab plugin list[^`]*)`\)", self.spanlab("plan", study, status=2))
        self.assertIn("loss/trouble", self.bash(plugins))
        self.spanlab("run", self.study("my study.lua"))
        (trials,) = re.findall("`(spanlab ls[^`]*)` lists", self.spanlab("logs", "zzzz", status=2))
        self.assertEqual(self.bash(trials).count(" finished "), 2)

    def test_a_split_that_cannot_be_read(self):
        (self.folder / DATA / "mine/sample_dev.json").write_text("[")
        (check,) = re.findall("cannot be read: see (.*)$", self.spanlab("data", "info", "mine"), re.MULTILINE)
        self.assertIn("sample_dev.json", self.bash(check, status=4))

    def test_doctor(self):
        shutil.rmtree(self.folder / DATA / "mine")
        found = self.finished(["spanlab", "doctor", *self.options], 0)
        (add,) = re.findall("mine: not found; `([^`]*)`", found)
        self.assertIn("data add mine DIR", add)
        self.assertIn("is not a folder", self.bash(add, status=4))


if __name__ == "__main__":
    counted.main()
