# SPDX-License-Identifier: MIT
"""A study in a folder of its own, and what may happen to the disk below it.

Case      the folder: runs the program in it, with or without a library of preload/ (whose head explains it)
Disk      a record of what of the folder survives a power cut, and the folder after it

with Case(STUDY) as case:
    disk = Disk(case.folder)
    case.run("run", "study.lua", preload="power_cut", variables=disk.variables(cut=7))
    disk.restore("strict")
    case.run("resume", "tiny")
"""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"

# Small, but with everything that a trial leaves: lines of several epochs, states to resume from, predictions,
# a model.
STUDY = """
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "tiny" {
  data = lab.data "sample" { train = "train", dev = "dev", test = "test", limit = 80 },
  model = spert.model { encoder = lab.encoder "birnn" { size = 24, word_size = 24, character_states = 0 } },
  train = { epochs = 4, batch = 4, lr = 1e-2 },
  seeds = { 1 },
  report = { metrics = { "entity.f1" } },
}
"""


class Case:
    """A study in a temporary folder. `run` gives what subprocess.run does."""

    def __init__(self, study):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="spanlab-faults-")).resolve()
        (self.folder / "study.lua").write_text(study, encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def run(self, *arguments, preload="", variables=None, timeout=300):
        environment = dict(
            os.environ, OMP_NUM_THREADS="1", XDG_CACHE_HOME=str(self.folder.with_suffix(".cache"))
        )
        environment.update(variables or {})
        if preload:
            environment["LD_PRELOAD"] = str(BUILD / "tests/faults" / f"{preload}.so")
        return subprocess.run(
            [str(BUILD / "bin/spanlab"), *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
        )

    def scores(self):
        """The final scores of each trial, from its newest finished attempt; of a trial without one,
        nothing."""
        found = {}
        for trial in sorted((self.folder / "runs/trials").glob("*")):
            for attempt in sorted(trial.glob("attempt-*")):
                status = json.loads((attempt / "status.json").read_text() or "{}")
                if status.get("state") != "finished":
                    continue
                lines = (attempt / "metrics.jsonl").read_text().splitlines()
                last = json.loads(lines[-1])
                if last["final"]:
                    found[trial.name] = last["scores"]
        return found


    def finished_files(self):
        """The lines of all finished attempts: metrics and predictions."""
        finished = [
            status.parent
            for status in (self.folder / "runs").rglob("status.json")
            if b'"finished"' in status.read_bytes()
        ]
        return [file for attempt in finished for file in attempt.rglob("*.jsonl")]


class Disk:
    """What of `folder` a power cut leaves. All that is there at first counts as durable."""

    MODES = {
        "strict": "nothing that was not synced survives, neither names nor contents",
        "names": "names survive, contents that were not synced do not: an empty file is left",
        "sizes": "names and sizes survive, contents that were not synced are zeros",
    }

    def __init__(self, folder):
        self.folder = folder
        self.record = folder.with_suffix(".disk")
        self.begin()

    def begin(self):
        shutil.rmtree(self.record, ignore_errors=True)
        for name in ("files", "folders", "kept"):
            (self.record / name).mkdir(parents=True)
        for place, folders, files in os.walk(self.folder):
            entries = []
            for name in folders + files:
                path = pathlib.Path(place, name)
                inode = path.stat().st_ino
                entries.append(f"{'d' if path.is_dir() else 'f'} {inode} {name}\n")
                if path.is_file():
                    shutil.copyfile(path, self.record / "files" / str(inode))
                    os.link(path, self.record / "kept" / str(inode))
            (self.record / "folders" / str(os.stat(place).st_ino)).write_text("".join(entries))

    def close(self):
        shutil.rmtree(self.record)

    def variables(self, cut=0):
        return {
            "SPANLAB_POWER_ROOT": str(self.folder),
            "SPANLAB_POWER_DISK": str(self.record),
            "SPANLAB_POWER_CUT": str(cut),
        }

    def syncs(self):
        """How many syncs there were."""
        count = self.record / "count"
        return int(count.read_text()) if count.exists() else 0

    def is_cut(self):
        return (self.record / "cut").exists()

    def await_silence(self):
        """Waits until every process that had the library has ended."""
        for process in (self.record / "processes").read_text().split():
            while _lives(process):
                time.sleep(0.01)

    def restore(self, mode):
        """The folder as it is when the power is back."""
        self.await_silence()
        after = self.folder.with_suffix(".after")
        if mode == "strict":
            self._build(self.folder.stat().st_ino, after)
        else:
            self._copy(after, mode)
        shutil.rmtree(self.folder)
        after.rename(self.folder)
        self.begin()

    def _synced(self, inode):
        file = self.record / "files" / str(inode)
        return file.read_bytes() if file.exists() else b""

    def _build(self, inode, to):
        to.mkdir()
        entries = self.record / "folders" / str(inode)
        for line in entries.read_text().splitlines() if entries.exists() else []:
            kind, child, name = line.split(" ", 2)
            if kind == "d":
                self._build(int(child), to / name)
            else:
                (to / name).write_bytes(self._synced(int(child)))

    def _copy(self, to, mode):
        for place, folders, files in os.walk(self.folder):
            here = to / pathlib.Path(place).relative_to(self.folder)
            here.mkdir()
            for name in files:
                status = os.stat(pathlib.Path(place, name))
                kept = self._synced(status.st_ino)
                if mode == "sizes":
                    kept = kept[:status.st_size].ljust(status.st_size, b"\0")
                (here / name).write_bytes(kept)


def _lives(process):
    try:
        state = pathlib.Path("/proc", process, "stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return False
    return state not in "ZX"
