# SPDX-License-Identifier: MIT
"""The rows of the benchmark: what is run for each, and what becomes of the measurements."""
import json
import pathlib
import random
import statistics
import time

import limit as model
import machine
from figures import ratio, rounded, spread
from trials import Failed

BATCH = 2
TRIALS = 8  # of a sweep
EVALUATION_UNITS = 512  # pieces in a batch at evaluation (core/model/predict.hpp)
NO_BF16 = "this processor has no instructions for bf16 (avx512_bf16, amx_bf16)"
NO_GPU = "this machine has no GPU that LibTorch can use"
GPU_BY_HAND = (
    "not part of this benchmark: `engine_steps --device cuda` (cmake -DSPANLAB_ENGINE=ON) times steps at "
    "BERT-base size"
)
NAMES = [
    "train_f32",
    "train_bf16",
    "evaluate_f32",
    "evaluate_bf16",
    "start_up",
    "memory",
    "trial_f32",
    "trial_bf16",
    "sweep_f32",
    "sweep_bf16",
    "sweep_frozen",
    "gpu_train",
    "gpu_evaluate",
]
KINDS = {"f32": "float32", "bf16": "bf16"}


def make_row(name, unit, better, ours, reference=(), limits=None, seconds=None, note=None):
    """A row from the measurements of each round. The first of `limits` over `seconds` is the fraction of the
    limit, the second the same at the machine's highest rate of products."""
    row = {
        "name": name,
        "unit": unit,
        "ours": rounded(statistics.median(ours)),
        "reference": None,
        "ratio": None,
        "limit_fraction": None,
        "spread": {"ours": rounded(spread(ours), 2), "reference": None},
        "better": better,
    }
    if reference:
        row["reference"] = rounded(statistics.median(reference))
        row["ratio"] = rounded(ratio(statistics.median(ours), statistics.median(reference), better), 3)
        row["spread"]["reference"] = rounded(spread(reference), 2)
    if limits:
        row["limit_fraction"], row["peak_fraction"] = (
            rounded(limit / statistics.median(seconds), 3) for limit in limits
        )
    at = lambda values, i: rounded(values[i]) if i < len(values) else None
    row["runs"] = [
        {"ours": at(ours, i), "reference": at(reference, i)} for i in range(max(len(ours), len(reference)))
    ]
    if note:
        row["note"] = note
    return row


def absent_row(name, reason):
    return {
        "name": name,
        "unit": None,
        "ours": None,
        "reference": None,
        "ratio": None,
        "limit_fraction": None,
        "runs": [],
        "reason": reason,
    }


class Work:
    """The data that both systems get, and what it costs at least."""

    def __init__(self, spanlab, data, encoder, limit):
        types = json.loads((data / "conll04_types.json").read_text())
        self.encoder = encoder
        self.heads = model.Heads(encoder.width, len(types["entities"]), len(types["relations"]))
        self.train, ids = self.read(spanlab, data / "conll04_train.json", limit)
        self.test, _ = self.read(spanlab, data / "conll04_test.json", limit)
        self.rows = len(ids)
        self.steps = len(self.train) // BATCH

    @staticmethod
    def read(spanlab, file, limit):
        """Sentences and the pieces that occur in them, as Spanlab itself cuts them."""
        cut = [json.loads(line) for line in spanlab.read("tokenize", str(file), "--json").splitlines()]
        given = json.loads(pathlib.Path(file).read_text())
        count = min(limit or len(given), len(given))
        sentences = [model.Sentence(len(c["ids"]), len(g["tokens"]), len(g["entities"]), len(g["relations"]))
                     for c, g in zip(cut[:count], given)]
        return sentences, {piece for c in cut[:count] for piece in c["ids"]}

    def step_sizes(self):
        """Pieces of a step: five sizes, each of which stands for a fifth of an epoch's steps. The products of
        a short step are slower."""
        order = list(self.train)
        random.Random(1).shuffle(order)
        steps = sorted(sum(s.pieces for s in order[i:i + BATCH]) for i in range(0, self.steps * BATCH, BATCH))
        return [steps[len(steps) * (2 * fifth + 1) // 10] for fifth in range(5)]

    def sizes(self):
        """Rows of the products whose rates are wanted: of steps and of a batch of evaluation."""
        return sorted({*self.step_sizes(), EVALUATION_UNITS})

    def limits(self, rates, kind, mode, epochs, evaluations):
        """Seconds that so many epochs and evaluations take at least: at the rates of the products' own sizes,
        and at the highest rate of any size. `mode` is "all" (one trial with all cores) or "apart" (a trial on
        each core). Batches of evaluation need nothing of each other, so that one trial as well may take a
        batch on each core."""
        memory, largest = machine.bandwidth(rates), machine.largest(rates, kind)
        step = (
            machine.rate_over(rates, kind, self.step_sizes(), way, mode) for way in ("forward", "backward")
        )
        batch = machine.products(rates, kind, EVALUATION_UNITS)["forward"]
        own = (model.Rates(*step, memory), model.Rates(max(batch[mode], batch["apart"]), largest, memory))
        return [
            epochs * model.training_seconds(self.encoder, self.heads, self.train, BATCH, self.rows, training)
            + evaluations * model.evaluation_seconds(self.encoder, self.heads, self.test, evaluation)
            for training, evaluation in (own, [model.Rates(largest, largest, memory)] * 2)
        ]


class Bench:
    """Runs the rows in rounds, Spanlab and the reference in turn, and keeps what they took."""

    def __init__(self, spanlab, reference, work, settings, say):
        self.spanlab, self.reference, self.work, self.settings, self.say = (
            spanlab,
            reference,
            work,
            settings,
            say,
        )
        self.ours = {key: [] for key in ("f32", "bf16", "sweep_f32", "sweep_bf16", "frozen")}
        self.theirs = {key: [] for key in ("trial", "apart", "frozen", "frozen_apart")}
        self.absent = {}

    def options(self, kind="f32", epochs=1):
        options = ["--set", f"train.epochs={epochs}"] + (
            ["--limit", str(self.settings["limit"])] if self.settings["limit"] else []
        )
        return options + (["--set", "train.precision=bf16"] if kind == "bf16" else [])

    def try_run(self, key, study, kind="f32", epochs=1, jobs=None):
        """One run of ours; where the program refuses, the rows of this key say why."""
        if key in self.absent:
            return
        start = time.time()
        try:
            self.ours[key].append(self.spanlab.run(study, self.options(kind, epochs), jobs))
            self.say(f"  spanlab {key}: {time.time() - start:.1f} s")
        except Failed as reason:
            self.absent[key] = str(reason)
            self.say(f"  spanlab {key}: {reason}")

    def try_reference(self, key, measure):
        if not self.reference:
            return
        start = time.time()
        self.theirs[key].append(measure())
        self.say(f"  reference {key}: {time.time() - start:.1f} s")

    def kinds(self, rows):
        """Number types that the chosen rows need and this processor has."""
        wanted = [kind for kind in KINDS if any(row.endswith(kind) for row in rows)]
        if "bf16" in wanted and not machine.has_fast_bf16():
            self.absent.update(bf16=NO_BF16, sweep_bf16=NO_BF16)
        return wanted

    def run_trials(self, rows, rounds):
        epochs = self.settings["epochs"]
        kinds = self.kinds(rows) or ["f32"]
        for i in range(rounds):
            self.say(f"one trial, round {i + 1} of {rounds}")
            for kind in kinds:
                self.try_run(kind, "trial.lua", kind, epochs, jobs=1)
            self.try_reference("trial", lambda: self.reference.trial(self.settings["limit"], epochs))

    def run_sweeps(self, rows, rounds):
        epochs = self.settings["epochs"]
        for i in range(rounds):
            self.say(f"sweep of {TRIALS} trials, round {i + 1} of {rounds}")
            for kind in self.kinds(rows):
                self.try_run("sweep_" + kind, "sweep.lua", kind, epochs)
            self.try_reference("apart", lambda: self.reference.side_by_side(self.settings["limit"], epochs))

    def run_frozen(self, rounds):
        epochs = self.settings["frozen_epochs"]
        for i in range(rounds):
            self.say(
                f"sweep of {TRIALS} trials over a frozen encoder, {epochs} epochs, round {i + 1} of {rounds}"
            )
            self.try_run("frozen", "frozen.lua", "f32", epochs)
            self.try_reference(
                "frozen", lambda: self.reference.trial(self.settings["limit"], epochs, frozen=True)
            )
            self.try_reference(
                "frozen_apart",
                lambda: self.reference.side_by_side(self.settings["limit"], epochs, frozen=True),
            )

    def reference_sweeps(self, key, key_apart):
        """Trials per hour of the reference and how: one after another with all cores, or one on each core;
        the faster counts."""
        if not self.reference:
            return [], None
        after = [3600 / run["wall_seconds"] for run in self.theirs[key]]
        apart = [sum(3600 / run["wall_seconds"] for run in runs) for runs in self.theirs[key_apart]]
        if statistics.median(after) >= statistics.median(apart):
            return after, "reference scaled from single trials, one after another with all cores"
        return apart, "reference scaled from trials side by side, one core each"


def trial_rows(bench, kind, rates, rows):
    """train, evaluate and trial of one number type."""
    if kind in bench.absent:
        return [absent_row(f"{name}_{kind}", bench.absent[kind]) for name in ("train", "evaluate", "trial")]
    work, epochs = bench.work, bench.settings["epochs"]
    limits = lambda epochs, evaluations: work.limits(rates, KINDS[kind], "all", epochs, evaluations)
    runs, theirs = [(run, run.trials[0]) for run in bench.ours[kind]], bench.theirs["trial"]
    sentences, tested = work.steps * BATCH * epochs, len(work.test) * epochs
    return [
        make_row(
            f"train_{kind}",
            "sentences/s",
            "more",
            [sentences / t.train_seconds for _, t in runs],
            [run["train_sentences_per_second"] for run in theirs],
            limits(epochs, 0),
            [t.train_seconds for _, t in runs],
        ),
        make_row(
            f"evaluate_{kind}",
            "sentences/s",
            "more",
            [tested / t.evaluate_seconds for _, t in runs],
            [run["evaluate_sentences_per_second"] for run in theirs],
            limits(0, epochs),
            [t.evaluate_seconds for _, t in runs],
        ),
        # Evaluations between the epochs are there to be timed; the reference has none.
        make_row(
            f"trial_{kind}",
            "s",
            "less",
            [run.wall_seconds - t.evaluate_seconds for run, t in runs],
            [run["wall_seconds"] for run in theirs],
            limits(epochs, 1),
            [run.wall_seconds - t.evaluate_seconds for run, t in runs],
            "one trial end to end, with one evaluation",
        ),
    ]


def sweep_row(bench, name, key, kind, rates):
    if key in bench.absent:
        return absent_row(name, bench.absent[key])
    frozen = key == "frozen"
    reference, how = bench.reference_sweeps(*(("frozen", "frozen_apart") if frozen else ("trial", "apart")))
    if frozen and how:
        how += "; its frozen encoder runs in every step and keeps its dropout, ours once and without"
    walls = [run.wall_seconds for run in bench.ours[key]]
    # All trials together have all cores, each trial one of them.
    limits = (
        None
        if frozen
        else [
            TRIALS * least
            for least in bench.work.limits(rates, KINDS[kind], "apart", bench.settings["epochs"], 1)
        ]
    )
    return make_row(
        name, "trials/h", "more", [TRIALS * 3600 / wall for wall in walls], reference, limits, walls, how
    )


def all_rows(bench, rates, chosen):
    """The rows that were chosen, in their order."""
    found = {}
    for kind in KINDS:
        if bench.ours[kind] or kind in bench.absent:
            found.update({row["name"]: row for row in trial_rows(bench, kind, rates, chosen)})
        if bench.ours["sweep_" + kind] or "sweep_" + kind in bench.absent:
            found["sweep_" + kind] = sweep_row(bench, "sweep_" + kind, "sweep_" + kind, kind, rates)
    if bench.ours["frozen"] or "frozen" in bench.absent:
        found["sweep_frozen"] = sweep_row(bench, "sweep_frozen", "frozen", "f32", rates)
    if bench.ours["f32"]:
        theirs = bench.theirs["trial"]
        own = statistics.median(run.trials[0].first_step - run.trials[0].begun for run in bench.ours["f32"])
        found["start_up"] = make_row("start_up", "s", "less", [run.start_up for run in bench.ours["f32"]],
                                     [run["start_up_seconds"] for run in theirs],
                                     note=f"of which the trial's own process: {own:.2f} s")
        found["memory"] = make_row(
            "memory",
            "MiB",
            "less",
            [run.trials[0].peak_mib for run in bench.ours["f32"]],
            [run["peak_resident_mib"] for run in theirs],
        )
    for name in ("gpu_train", "gpu_evaluate"):
        found[name] = absent_row(name, GPU_BY_HAND if machine.has_gpu() else NO_GPU)
    return [
        found.get(name) or absent_row(name, "no figures: " + bench.absent.get("f32", "not measured"))
        for name in NAMES
        if name in chosen
    ]
