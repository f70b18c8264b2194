# SPDX-License-Identifier: MIT
"""How time and memory grow with what a user can make large: each point is a run of the program on made-up
sentences."""

import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import time

import limit as model
from figures import exponent, rounded, steady, steepest
from rows import BATCH
from trials import STUDIES, Failed, bind, find_data

WORDS = (
    "the of and in a to was is for on as with by he at from his it an were are which this be had or not but "
    "one who"
).split()
TYPES = {"entities": {"Thing": {"short": "Thing", "verbose": "Thing"}},
         "relations": {"Near": {"short": "Near", "verbose": "Near", "symmetric": False}}}
CARD = """title = "made up"
licence = "none"
source = "made up"
reader = "spert"
[evaluation]
primary = "strict"
"""


def sentence(number, pieces, entities=2):
    """A sentence of so many pieces with its two marks; its first words are entities, of which the first two
    are related."""
    words = pieces - 2
    tokens = ["city"] * entities + [WORDS[(number + i) % len(WORDS)] for i in range(words - entities)]
    return {
        "tokens": tokens,
        "orig_id": str(number),
        "entities": [{"type": "Thing", "start": i, "end": i + 1} for i in range(entities)],
        "relations": [{"type": "Near", "head": 0, "tail": 1}] if entities > 1 else [],
    }


def write_data(folder, train, test):
    """The data set `made_up`: its card beside its folder."""
    files = folder / "made_up"
    files.mkdir(exist_ok=True)
    card = CARD
    for table, name, content in (
        ("types", "types", TYPES),
        ("splits.train", "train", train),
        ("splits.test", "test", test),
    ):
        text = json.dumps(content)
        (files / f"{name}.json").write_text(text)
        card += f'[{table}]\npath = "{name}.json"\nsha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n'
    (folder / "made_up.toml").write_text(card)


def run_made_up(spanlab, train, test, **settings):
    """The trial that comes out of training on `train`; `a__b` in a setting's name stands for `a.b`."""
    with tempfile.TemporaryDirectory() as folder:
        write_data(pathlib.Path(folder), train, test)
        options = ["--data-path", folder]
        for name, value in settings.items():
            options += ["--set", f"{name.replace('__', '.')}={value}"]
        return spanlab.run("growth.lua", options, jobs=1).trials[0]


def point(x, seconds, mib):
    return {"x": x, "seconds": rounded(seconds), "mib": rounded(mib)}


def series(name, x_title, time_title, points):
    sizes = [p["x"] for p in points]
    result = {"name": name, "x_title": x_title, "time_title": time_title, "points": points}
    for what in ("seconds", "mib"):
        values = [p[what] for p in points]
        result[f"exponent_{what}"] = rounded(exponent(sizes, values), 3) if len(points) > 1 else None
        result[f"steepest_{what}"] = rounded(steepest(sizes, values), 3) if len(points) > 1 else None
    return result


def by_length(spanlab, lengths=(10, 20, 50, 100, 200, 500), pieces=6000):
    training, evaluation = [], []
    for length in lengths:
        count = max(8, pieces // length // 2 * 2)
        made = [sentence(i, length) for i in range(count)]
        trial = run_made_up(spanlab, made, made)
        training.append(point(length, steady(trial.trainings) / count, trial.peak_mib))
        evaluation.append(point(length, steady(trial.evaluations) / count, trial.peak_mib))
    return [series("length, training", "pieces in a sentence", "seconds for a sentence", training),
            series("length, evaluation", "pieces in a sentence", "seconds for a sentence", evaluation)]


def by_pairs(spanlab, entities=(11, 33, 101, 317), steps=4):
    """One positive pair in each sentence and all others negative."""
    points = []
    for count in entities:
        made = [sentence(i, 400, count) for i in range(steps)]
        pairs = count * (count - 1)
        trial = run_made_up(
            spanlab, made, [sentence(0, 10)], train__batch=1, relation__sampler__negatives=pairs
        )
        points.append(point(pairs, steady(trial.trainings) / steps, trial.peak_mib))
    return [
        series(
            "candidate pairs",
            "candidate pairs in a sentence, one of them positive",
            "seconds for a training step",
            points,
        )
    ]


def by_negatives(spanlab, negatives=(10, 100, 1000, 10000), steps=4):
    """One entity in each sentence of 500 pieces, and so many other spans."""
    made = [sentence(i, 500, 1) for i in range(steps)]
    points = []
    for count in negatives:
        trial = run_made_up(
            spanlab,
            made,
            [sentence(0, 10)],
            train__batch=1,
            entity__sampler__negatives=count,
            entity__sampler__max_span_width=25,
        )
        points.append(point(count, steady(trial.trainings) / steps, trial.peak_mib))
    return [
        series("negative spans", "negative spans for one positive", "seconds for a training step", points)
    ]


def drawn_negatives(sentences, ratio, spans=240):
    """Negative pairs for one relation that training draws: a sentence without relation counts as one with
    one, and short ones run out of pairs."""
    drawn = 0
    for sentence in sentences:
        sampled = sentence.sampled_spans(spans)
        drawn += min(ratio * max(1, sentence.relations), sampled * (sampled - 1) - sentence.relations)
    return drawn / sum(sentence.relations for sentence in sentences)


def by_ratio(spanlab, ratios=(10, 100, 1000, 10000), limit=60):
    """SpERT.MT on real sentences, with pairs of any two sampled spans for negatives, as in the study of
    imbalance."""
    training = json.loads((find_data() / "conll04_train.json").read_text())[:limit]
    sentences = [
        model.Sentence(0, len(s["tokens"]), len(s["entities"]), len(s["relations"])) for s in training
    ]  # pieces do not matter
    points = []
    for ratio in ratios:
        options = ["--limit", str(limit), "--set", f"relation.sampler.ratio={ratio}"]
        trial = spanlab.run("ratio.lua", options, jobs=1).trials[0]
        points.append(
            point(
                round(drawn_negatives(sentences, ratio), 1),
                steady(trial.trainings) / (limit // BATCH),
                trial.peak_mib,
            )
        )
    return [
        series(
            "negative pairs",
            "negative pairs for one relation, CoNLL04, SpERT.MT",
            "seconds for a training step",
            points,
        )
    ]


def by_batch(spanlab, sizes=(1, 2, 4, 8, 16, 32, 64), count=128):
    made = [sentence(i, 35) for i in range(count)]
    points = []
    for size in sizes:
        trial = run_made_up(spanlab, made, [sentence(0, 10)], train__batch=size)
        points.append(point(size, steady(trial.trainings) / (count // size), trial.peak_mib))
    return [series("batch", "sentences in a batch", "seconds for a training step", points)]


def by_planned(spanlab, counts=(1, 10, 100, 1000, 10000)):
    """`spanlab plan` of so many seeds."""
    points = []
    for count in counts:
        with tempfile.TemporaryDirectory() as runs:
            command = [
                spanlab.program,
                "plan",
                STUDIES / "sweep.lua",
                "--seeds",
                f"1..{count}",
                "--runs",
                runs,
            ]
            began = time.perf_counter()
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=bind(spanlab.cores)
            )
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                raise Failed(f"spanlab plan of {count} trials ended with status {status}")
            points.append(point(count, time.perf_counter() - began, usage.ru_maxrss / 1024))
    return [series("planned trials", "trials in a plan", "seconds to plan", points)]


def by_running(spanlab, limit=60):
    """As many trials at a time as cores, one core each: the wall time stays if they do not disturb each
    other."""
    points, counts = [], [1]
    while counts[-1] * 2 <= len(spanlab.cores):
        counts.append(counts[-1] * 2)
    if counts[-1] < len(spanlab.cores):
        counts.append(len(spanlab.cores))
    for count in counts:
        cores = set(sorted(spanlab.cores)[:count])
        run = spanlab.run(
            "sweep.lua", ["--seeds", f"1..{count}", "--limit", str(limit)], jobs=count, cores=cores
        )
        points.append(point(count, run.wall_seconds, sum(trial.peak_mib for trial in run.trials)))
    return [series("running trials", "trials at a time, one core each", "seconds until all are done", points)]


def measure(spanlab, say):
    found = []
    for part in (by_length, by_pairs, by_negatives, by_ratio, by_batch, by_planned, by_running):
        say(f"growth {part.__name__.replace('_', ' ')}")
        found += part(spanlab)
    return found
