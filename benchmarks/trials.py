# SPDX-License-Identifier: MIT
"""Runs Spanlab and the reference and reads what they took."""
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
STUDIES = ROOT / "benchmarks/studies"


class Failed(Exception):
    """A program did not do what was asked; the text is its last line."""


@dataclasses.dataclass
class Trial:
    """One trial: seconds of each epoch's training and of the evaluations between epochs, and what its process
    needed."""
    trainings: list
    evaluations: list
    begun: float  # on the clock: when its process was about to start
    first_step: float
    peak_mib: float
    configuration: dict

    @property
    def train_seconds(self):
        return sum(self.trainings)

    @property
    def evaluate_seconds(self):
        return sum(self.evaluations)


@dataclasses.dataclass
class Run:
    """One `spanlab run`."""
    began: float
    wall_seconds: float
    trials: list

    @property
    def start_up(self):
        """Process start to the first training step of any trial."""
        return min(trial.first_step for trial in self.trials) - self.began


def read_trial(attempt):
    """The figures of a finished attempt. Its last metrics line is written `seconds` after its first step."""
    metrics = attempt / "metrics.jsonl"
    before, trainings, evaluations = 0.0, [], []
    for line in map(json.loads, metrics.read_text().splitlines()):
        if not line["final"]:
            (trainings if "losses" in line else evaluations).append(line["seconds"] - before)
            before = line["seconds"]
    status = json.loads((attempt / "status.json").read_text())
    trial = json.loads((attempt.parent / "trial.json").read_text())
    return Trial(
        trainings,
        evaluations,
        (attempt.parent / "lock").stat().st_mtime,
        metrics.stat().st_mtime - line["seconds"],
        status["peak_memory"] / 2**20,
        trial["configuration"],
    )


def find_data():
    """The folder with CoNLL04's files."""
    for folder in [
        *os.environ.get("SPANLAB_DATA", "").split(":"),
        os.environ.get("SPANLAB_SHARED", "") + "/datasets",
        str(ROOT.parent / "shared/datasets"),
    ]:
        for place in (pathlib.Path(folder, "conll04"), pathlib.Path(folder)):
            if folder and (place / "conll04_train.json").exists():
                return place
    raise Failed(
        "CoNLL04 was not found; looked in $SPANLAB_DATA, $SPANLAB_SHARED/datasets and ../shared/datasets"
    )


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"


def bind(cores):
    return lambda: os.sched_setaffinity(0, cores)


class Spanlab:
    """The program of a build folder, on some of the cores."""

    def __init__(self, build, cores):
        self.program, self.benchmarks, self.sampler = (
            build / name for name in ("bin/spanlab", "bin/spanlab_benchmarks", "lib/spanlab_sampler.so")
        )
        self.cores = cores

    def read(self, *arguments):
        """Standard output of a short command."""
        done = subprocess.run(
            [self.program, *arguments], capture_output=True, text=True, preexec_fn=bind(self.cores)
        )
        if done.returncode:
            raise Failed(last_line(done.stderr))
        return done.stdout

    def run(self, study, options=(), jobs=None, environment=None, cores=None):
        """`spanlab run` of a study in a run store of its own, which is removed."""
        runs = tempfile.mkdtemp(prefix="spanlab-bench-")
        try:
            command = [
                self.program,
                "run",
                STUDIES / study if isinstance(study, str) else study,
                "--runs",
                runs,
                "--quiet",
                *options,
            ]
            command += ["--jobs", str(jobs)] if jobs else []
            began = time.time()
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                env={**os.environ, **(environment or {})},
                preexec_fn=bind(cores or self.cores),
            )
            wall = time.time() - began
            if done.returncode:
                raise Failed(last_line(done.stderr))
            attempts = sorted(pathlib.Path(runs, "trials").glob("*/attempt-1"))
            return Run(began, wall, [read_trial(attempt) for attempt in attempts])
        finally:
            shutil.rmtree(runs)


class Reference:
    """The baseline's `run`."""

    def __init__(self, path, cores):
        self.path, self.cores = path, cores

    def start(self, limit, epochs, cores, frozen=False):
        """Begins a trial on these cores; finish() gives its figures."""
        file = tempfile.NamedTemporaryFile(suffix=".json")
        command = [self.path, "--epochs", epochs, "--threads", len(cores), "--json", file.name]
        command += (["--limit", limit] if limit else []) + (["--frozen"] if frozen else [])
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=bind(cores),
        )
        return process, file

    def finish(self, started):
        process, file = started
        errors = process.communicate()[1]
        with file:
            if process.returncode:
                raise Failed("the reference failed: " + last_line(errors))
            return json.load(open(file.name, encoding="utf-8"))

    def trial(self, limit, epochs, frozen=False):
        """One trial with all cores."""
        return self.finish(self.start(limit, epochs, self.cores, frozen))

    def side_by_side(self, limit, epochs, frozen=False):
        """One trial on each core at the same time: their figures."""
        started = [self.start(limit, epochs, {core}, frozen) for core in sorted(self.cores)]
        return [self.finish(one) for one in started]
